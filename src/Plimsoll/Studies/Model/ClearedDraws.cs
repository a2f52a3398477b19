using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>What the market made of the first centre that was cleared in each draw, so that a course which differs from it in money alone is not cleared again.</summary>
/// <remarks>A centre is the same when the market would be told the same of it: every number, fleet, contract and rule. Other centres are cleared as ever.</remarks>
/// <param name="draws">Draws, at least 1.</param>
public sealed class ClearedDraws(int draws)
{
    private readonly Known?[] _known = new Known?[draws];

    /// <summary>What the market made of a centre in a draw; null when this centre was not cleared in it.</summary>
    public CentreOutlook? Find(CentrePlan plan, FleetPolicies policies, int draw) =>
        _known[draw] is { } known && known.Policies == policies && Same(known.Plan, plan)
            ? known.Outlook
            : null;

    /// <summary>Keeps what the market made of a centre, unless another is kept for the draw already.</summary>
    public void Keep(CentrePlan plan, FleetPolicies policies, int draw, CentreOutlook outlook) =>
        _known[draw] ??= new Known(plan, policies, outlook);

    private static bool Same(CentrePlan one, CentrePlan other) =>
        one.OperatorCapability == other.OperatorCapability
        && one.Fleets.SequenceEqual(other.Fleets)
        && one.Signed.SequenceEqual(other.Signed)
        && one.Products.SequenceEqual(other.Products)
        // All the rest by the record's own equality, so that a new property counts by itself.
        && one with
        {
            Fleets = other.Fleets,
            Signed = other.Signed,
            Products = other.Products,
        } == other;

    private sealed record Known(CentrePlan Plan, FleetPolicies Policies, CentreOutlook Outlook);
}
