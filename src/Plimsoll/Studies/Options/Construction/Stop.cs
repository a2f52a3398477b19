using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Construction;

/// <summary>Cancel every order for its fee; nothing is built.</summary>
public sealed record Stop : IConstructionOption
{
    /// <inheritdoc/>
    public StudyOption Of(StudyCase plan, BuildingState state)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        var fee = state.Fee(Math.Max(0, BuildingState.Total(plan) - state.Spent));
        return new StudyOption(
            Phrase.Of("option.stop"),
            VerdictKind.Stop,
            Phrase.Of("option.stop.said", fee.Amount),
            state.Unbuilt(plan) with
            {
                Costs = [.. plan.Costs, fee, .. plan.Building?.Repaid ?? []],
            }
        )
        {
            Begins = FirstStep.StopBuilding,
        };
    }
}

/// <summary>Nothing is built, whatever is seen.</summary>
public sealed record NeverBuilt : IGate
{
    /// <inheritdoc/>
    public StudyCase? First => null;

    /// <inheritdoc/>
    public int DecideMonth => 0;

    /// <inheritdoc/>
    public bool Opens(CentreOutlook seen) => false;

    /// <inheritdoc/>
    public Phrase Trigger(Month start) => Phrase.Of("plan.trigger.never");
}
