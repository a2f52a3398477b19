using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Sponsor;

namespace Plimsoll.Studies.Options.Construction;

/// <summary>Finish a share of the plan with what was spent, and cancel the rest of the orders.</summary>
/// <param name="Share">Share that is finished, more than 0, less than 1.</param>
public sealed record Shrink(double Share) : IConstructionOption
{
    /// <inheritdoc/>
    public StudyOption Of(StudyCase plan, BuildingState state)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        var total = BuildingState.Total(plan);
        // What was spent pays for what is kept first; only the rest of it stands in orders that are cancelled.
        var unpaid = Math.Max(
            0,
            ((1 - Share) * total) - Math.Max(0, state.Spent - (Share * total))
        );
        var fee = state.Fee(unpaid);
        return new StudyOption(
            Phrase.Of("option.shrink", Share),
            VerdictKind.Shrink,
            Phrase.Of("option.shrink.said", Share * 100, fee.Amount),
            state.Left(Smaller.Scaled(plan, Share)) with
            {
                Costs = [.. plan.Costs, fee],
            }
        );
    }
}
