using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Construction;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>The sponsor's of a half-built centre: finish, shrink, stop, or assign the orders? What was spent counts in none.</summary>
/// <param name="Options">What is compared, finishing first.</param>
/// <param name="State">How far it has come.</param>
internal sealed record ConstructionQuestion(
    IReadOnlyList<IConstructionOption> Options,
    BuildingState State
) : IQuestion
{
    /// <summary>Its kind.</summary>
    public static QuestionKind Kind =>
        new(
            "construction",
            BuildingState.Rows,
            file => new ConstructionQuestion(
                ConstructionOptions.Read(file),
                BuildingState.Read(file)
            )
        );

    /// <inheritdoc/>
    public StudyOption First(StudyCase plan) => Options[0].Of(plan, State);

    /// <inheritdoc/>
    public IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts) =>
        Options.Select(o => o.Of(plan, State).Case);

    /// <inheritdoc/>
    public Decided Decide(QuestionRun run)
    {
        StudyOption[] options = [.. Options.Select(o => o.Of(run.Plan, State))];
        var results = new List<OptionResult>();
        foreach (var option in options)
        {
            run.Report("options", (double)results.Count / options.Length);
            results.Add(run.Run.Run(option));
        }
        var verdict = ConstructionVerdict.Of(results, run.Fitted);
        var named = Array.FindIndex(options, o => o.Name == verdict.Option);
        var course = options[named];
        var bank = ConstructionBank.Of(course, results[named]);
        // Nothing is let where nothing is built: its memo has no contracts and no loan.
        var unbuilt = course.Case.Gate is not null;
        var held =
            named == 0
                ? null
                : new RatedLoan(
                    unbuilt
                        ? course with
                        {
                            Case = course.Case with { Leases = [], Loan = null, Rates = null },
                        }
                        : course,
                    run.Run.Physical(course.Case)
                );
        return new Decided(verdict.On(bank), results, options, Phrase.Of("turned.course"))
        {
            Bank = bank,
            Rated = unbuilt ? null : held,
            MemoOf = unbuilt ? held : null,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) => [];
}
