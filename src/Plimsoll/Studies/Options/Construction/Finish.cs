using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Construction;

/// <summary>Pay what is left and finish the plan.</summary>
public sealed record Finish : IConstructionOption
{
    /// <inheritdoc/>
    public StudyOption Of(StudyCase plan, BuildingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new StudyOption(
            Phrase.Of("option.finish"),
            VerdictKind.Finish,
            Phrase.Of("option.finish.said", Math.Max(0, BuildingState.Total(plan) - state.Spent)),
            state.Left(plan)
        );
    }
}
