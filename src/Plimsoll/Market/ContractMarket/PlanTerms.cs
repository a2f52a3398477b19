using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.ContractMarket;

/// <summary>What clearing one centre takes from outside its plan.</summary>
/// <param name="World">The market it enters.</param>
/// <param name="Scenario">The stresses on the centre.</param>
/// <param name="Currency">Currency of the market.</param>
/// <param name="Fleets">Its fleets by tier; null where it has none.</param>
/// <param name="TokenPrice">Price of a million output tokens at the vintage.</param>
/// <param name="Known">Months of the market known at the vintage.</param>
/// <param name="Voucher">Voucher scheme of its tenants; null for none.</param>
/// <param name="Scheme">Index of that scheme in the world, whose budget it shares with the other centres; -1 where the world does not hold it.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Draw">Draw of the study: the centre's own luck, beside the market's.</param>
internal sealed record PlanTerms(
    MarketWorld World,
    MarketScenario Scenario,
    Currency Currency,
    List<FleetPlan>?[] Fleets,
    double TokenPrice,
    int Known,
    VoucherTerms? Voucher,
    int Scheme,
    ulong Seed,
    int Draw
);
