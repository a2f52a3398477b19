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
        if (courses.All(c => c.Case.Loan is null))
        {
            return Decided(run, results, courses, new BankRequest(-1), Judged(run, results, null));
        }
        var (request, verdict) = Asked(run, results, courses);
        return request.Longer is { } longer && request.Restructured is { } restructured
            ? Decided(
                run,
                [.. results, restructured.Course],
                [.. courses, longer],
                request,
                verdict
            )
            : Decided(run, results, courses, request, verdict);
    }

    /// <summary>What to ask of the bank for the course that the verdict keeps to, and the verdict with it: a request for one course beside a verdict on another would be two answers.</summary>
    /// <remarks>First the best course that goes on is tried with its debt restructured; where the verdict keeps to another, that one.</remarks>
    private (BankRequest Request, Verdict Verdict) Asked(
        QuestionRun run,
        List<OptionResult> results,
        StudyOption[] courses
    )
    {
        var known = new Dictionary<int, BankRequest>();
        BankRequest Of(int at)
        {
            if (!known.TryGetValue(at, out var request))
            {
                run.Report("what to ask of the bank", 0);
                known[at] = request = Request(run, results, courses, at);
            }
            return request;
        }
        var course = results
            .Index()
            .Where(r => !Ends(r.Item) && r.Item.Kind != VerdictKind.SellAccelerators)
            .MaxBy(r => r.Item.RobustProjectNpv.Mean)
            .Index;
        while (true)
        {
            var again = known.ContainsKey(course);
            var request = Of(course);
            // Where one request leads to the other and back, restructuring is no course.
            request = again ? request with { Restructured = null, Longer = null } : request;
            var verdict = Judged(run, results, request.Restructured);
            var kept = Kept(verdict);
            if (kept == request.Longer?.Name || kept == courses[course].Name)
            {
                return (
                    request with
                    {
                        Ask = request.Ask is { } ask
                            ? ask with
                            {
                                Followed = kept == request.Longer?.Name,
                            }
                            : null,
                    },
                    verdict
                );
            }
            course = results.FindIndex(r => r.Name == kept);
            if (again)
            {
                return (Of(course) with { Restructured = null, Longer = null }, verdict);
            }
        }
    }

    /// <summary>True for a course after which nothing is left to serve a loan from.</summary>
    private static bool Ends(OptionResult course) =>
        course.Begins == FirstStep.SellOut
        || course.Kind is VerdictKind.Close or VerdictKind.SellAndLeaseBack;

    private BankRequest Request(
        QuestionRun run,
        List<OptionResult> results,
        StudyOption[] courses,
        int at
    )
    {
        var (course, result) = (courses[at], results[at]);
        if (Ends(result) && !Debt.Stated)
        {
            return new BankRequest(at)
            {
                Said =
                [
                    Phrase.Of(
                        "ground.ask.ended",
                        result.Title,
                        result.MeanLenderValue,
                        result.Owed,
                        result.Default.Value
                    ),
                ],
            };
        }
        var needed = result.OnCredit != RuleOutcome.Passes;
        var bank = new RestructureSearch(run.Few, course, Debt) { Bank = Ending(run, results) };
        var months = needed ? bank.Months() : Debt;
        var request = new BankRequest(at)
        {
            Ask = needed ? bank.Ask(months) : null,
            Said = needed ? [] : [Phrase.Of("ground.ask.passes", result.Title)],
        };
        // What the bank would lose by is no course, unless the study itself asks for it.
        if (request.Ask is { BankGains: false } && !Debt.Stated)
        {
            return request;
        }
        var longer = months.Of(course)!;
        return request with
        {
            Longer = longer,
            Restructured = new RestructuredCourse(run.Run.Run(longer), result)
            {
                Ask = request.Ask,
            },
        };
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
                .Select(o => new BankFloor(Gets(o), o.Title) { Result = o })
                .Where(b => double.IsFinite(b.Gets))
                .MaxBy(b => b.Gets)
            ?? new BankFloor(double.NegativeInfinity, null);
    }

    private static Verdict Judged(
        QuestionRun run,
        IReadOnlyList<OptionResult> results,
        RestructuredCourse? restructured
    ) => OwnerVerdict.Of(results, restructured, run.Run.Rule, run.Fitted);

    /// <summary>Name of the course that is kept to: what the verdict follows, or meanwhile where it is open.</summary>
    private static string Kept(Verdict verdict) =>
        verdict is { Kind: VerdictKind.Unresolved, Followed.Until: { } until }
            ? until.Name
            : verdict.Option;

    private static Decided Decided(
        QuestionRun run,
        IReadOnlyList<OptionResult> results,
        StudyOption[] courses,
        BankRequest request,
        Verdict verdict
    )
    {
        var kept = courses.First(c => c.Name == Kept(verdict));
        var bank = request.Ask?.Said ?? request.Said;
        // A request that came with a course of its own stands among its grounds already.
        var judged =
            request.Restructured?.Ask is null && bank.Count > 0 ? verdict.On(bank) : verdict;
        return new Decided(judged, results, courses, Phrase.Of("turned.course"))
        {
            Ask = request.Ask,
            Bank = bank,
            // Debt that the bank would not restructure is no course to turn to.
            Moved = new MovedCourses(
                run.Few,
                request.Restructured is null || request.Restructured.LenderAgrees(run.Run.Rule)
                    ? courses
                    : courses[..^1]
            ),
            // The loan is rated under the course that is kept to, not under one that is given up.
            Rated =
                kept.Case.Loan is null || ReferenceEquals(kept, courses[0])
                    ? null
                    : new RatedLoan(kept, run.Run.Physical(kept.Case)),
        };
    }

    /// <summary>What the bank is asked for one course.</summary>
    /// <param name="Course">Its place among the courses.</param>
    private sealed record BankRequest(int Course)
    {
        public RestructureAsk? Ask { get; init; }

        /// <summary>Why nothing is asked, where nothing was searched.</summary>
        public IReadOnlyList<Phrase> Said { get; init; } = [];

        /// <summary>The course with its debt restructured, and its draws; null where the bank would lose by it, or nothing is asked.</summary>
        public StudyOption? Longer { get; init; }

        public RestructuredCourse? Restructured { get; init; }
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) =>
        FlipSearch.OfOwner(decided.Moved!, run.Currency);
}
