using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Construction;

/// <summary>Sell the orders with what was paid on them; nothing is built here.</summary>
public sealed record Assign : IConstructionOption
{
    /// <inheritdoc/>
    public StudyOption Of(StudyCase plan, BuildingState state)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        var price = state.AssignmentShare * state.Spent;
        return new StudyOption(
            Phrase.Of("option.assign"),
            VerdictKind.Assign,
            Phrase.Of("option.assign.said", price),
            state.Unbuilt(plan) with
            {
                Costs = [.. plan.Costs, .. plan.Building?.Repaid ?? []],
                Receipts = [.. plan.Receipts, CourseCost.Of(Phrase.Of("cost.orders"), price)],
            }
        )
        {
            Begins = FirstStep.StopBuilding,
        };
    }
}
