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
        return new Decided(
            ConstructionVerdict.Of(results, run.Fitted),
            results,
            options,
            Phrase.Of("turned.course")
        );
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) => [];
}
