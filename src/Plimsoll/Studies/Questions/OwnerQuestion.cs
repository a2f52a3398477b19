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
            .MaxBy(r => r.Item.MeanProjectNpv);
        var restructured = Debt.Of(courses[going.Index]) is { } option ? run.Run.Run(option) : null;
        return new Decided(
            OwnerVerdict.Of(results, restructured, run.Run.Rule, run.Fitted),
            restructured is null ? results : [.. results, restructured],
            courses,
            Phrase.Of("turned.course")
        );
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) =>
        FlipSearch.OfOwner(run.Few, decided.Courses, run.Currency);
}
