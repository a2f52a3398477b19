using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>The owner's: what now with a centre that stands, as a whole and with each kind of server in it?</summary>
/// <param name="Options">What is compared, holding first.</param>
/// <param name="Debt">How its debt could be restructured.</param>
internal sealed record OwnerQuestion(IReadOnlyList<IOwnerOption> Options, Restructure Debt)
    : IQuestion
{
    /// <summary>Its kind.</summary>
    public static QuestionKind Kind =>
        new(
            "owner",
            Restructure.Rows,
            file => new OwnerQuestion(OwnerOptions.Read(file), Restructure.Read(file))
        )
        {
            Standing = _ => true,
        };

    /// <inheritdoc/>
    public StudyOption First(StudyCase plan) =>
        new(Phrase.Of("option.hold"), VerdictKind.HoldPrice, Phrase.Of("option.hold.said"), plan);

    /// <inheritdoc/>
    public IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts) =>
        Options.SelectMany(o => o.Courses(plan, FleetScope.Whole(plan), facts)).Select(o => o.Case);

    /// <inheritdoc/>
    public Decided Decide(QuestionRun run)
    {
        var search = new CourseSearch(run, Options);
        StudyOption[] courses = [First(run.Plan), .. search.OfTheWhole(), .. search.ByFleet()];
        var results = new List<OptionResult> { run.First };
        foreach (var course in courses.Skip(1))
        {
            run.Report("courses", 0.5 + (0.5 * results.Count / courses.Length));
            results.Add(run.Run.Run(course));
        }
        var going = results
            .Index()
            .Where(r =>
                r.Item.Kind
                    is not (
                        VerdictKind.SellAccelerators
                        or VerdictKind.SellAndLeaseBack
                        or VerdictKind.Close
                    )
            )
            .MaxBy(r => r.Item.RobustProjectNpv.Mean);
        if (courses[going.Index].Case.Loan is null)
        {
            return Decided(run, results, courses, null);
        }
        run.Report("what to ask of the bank", 0);
        var bank = new RestructureSearch(run.Few, courses[going.Index], Debt)
        {
            Bank = Ending(run, results),
        };
        var needed = going.Item.OnCredit != RuleOutcome.Passes;
        var months = needed ? bank.Months() : Debt;
        var ask = needed ? bank.Ask(months) : null;
        // What the bank would lose by is no course, unless the study itself asks for it.
        if (ask is { BankGains: false } && !Debt.Stated)
        {
            return Decided(run, results, courses, null) with { Ask = ask };
        }
        var longer = months.Of(courses[going.Index])!;
        var restructured = new RestructuredCourse(run.Run.Run(longer), going.Item) { Ask = ask };
        return Decided(run, [.. results, restructured.Course], [.. courses, longer], restructured);
    }

    /// <summary>The most that the bank gets by a course that ends the centre, on the draws of the search.</summary>
    private static BankFloor Ending(QuestionRun run, IReadOnlyList<OptionResult> results)
    {
        double Gets(OptionResult o)
        {
            var first = o.Figures.Sound.Where(i => i < run.Few.Draws).ToArray();
            return first.Length == 0
                ? double.NegativeInfinity
                : first.Average(i => o.Figures.LenderValue[i]);
        }
        return results
                .Where(o => o.Begins == FirstStep.SellOut)
                .Select(o => new BankFloor(Gets(o), o.Title))
                .Where(b => double.IsFinite(b.Gets))
                .MaxBy(b => b.Gets)
            ?? new BankFloor(double.NegativeInfinity, null);
    }

    private static Decided Decided(
        QuestionRun run,
        IReadOnlyList<OptionResult> results,
        StudyOption[] courses,
        RestructuredCourse? restructured
    )
    {
        var verdict = OwnerVerdict.Of(
            restructured is null ? results : [.. results.SkipLast(1)],
            restructured,
            run.Run.Rule,
            run.Fitted
        );
        var followed = courses.First(c => c.Name == verdict.Option);
        return new Decided(verdict, results, courses, Phrase.Of("turned.course"))
        {
            Ask = restructured?.Ask,
            // Debt that the bank would not restructure is no course to turn to.
            Moved = new MovedCourses(
                run.Few,
                restructured is null || restructured.LenderAgrees(run.Run.Rule)
                    ? courses
                    : courses[..^1]
            ),
            // The loan is rated under the course that is followed, not under one that is given up.
            Rated =
                followed.Case.Loan is null
                || ReferenceEquals(followed, courses[0])
                || verdict.Kind == VerdictKind.Unresolved
                    ? null
                    : new RatedLoan(followed, run.Run.Physical(followed.Case)),
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) =>
        FlipSearch.OfOwner(decided.Moved!, run.Currency);
}
