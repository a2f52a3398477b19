using Plimsoll.Catalog;
using Plimsoll.Market.Curves;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>All that a national market depends on, and nothing of the centre that will stand in it: what a prepared market is kept under.</summary>
/// <param name="View">The catalogue as known on the day of decision.</param>
/// <param name="Scenario">What is assumed beside the parameters.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Draws">Draws, at least 1.</param>
/// <param name="LastMonth">Last month any centre will look at.</param>
public sealed record MarketRequest(
    CatalogView View,
    MarketScenario Scenario,
    ulong Seed,
    int Draws,
    Month LastMonth
)
{
    /// <summary>Rents that the user has seen beside those of the catalogue, up to the day of decision.</summary>
    public IReadOnlyList<Quote> Quotes { get; init; } = [];

    /// <summary>A forward curve of rents, which sets their mean up to its last month; width, joint behaviour and the motion from there stay the model's.</summary>
    public IReadOnlyList<ForwardPoint> Curve { get; init; } = [];

    /// <summary>An appraisal of used accelerators, which sets the mean of their orderly sale in its month, and with it the level.</summary>
    public IReadOnlyList<ForwardPoint> ResaleCurve { get; init; } = [];

    /// <summary>Projects of the catalogue that the study or portfolio itself holds, and which the market must not hold a second time.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}

/// <summary>A centre with the rules by which its owner runs it, to be cleared in a market.</summary>
/// <param name="Plan">The centre.</param>
/// <param name="Policies">The rules of its fleets.</param>
public sealed record CentreEntry(CentrePlan Plan, FleetPolicies Policies);
