namespace Plimsoll.Market.ContractMarket;

/// <summary>One step of a stock's contract rent: its law, the world's pull, what nothing explains, the upper bound.</summary>
internal static class RentStep
{
    /// <summary>Log rent after the step.</summary>
    /// <param name="world">Member and forcing.</param>
    /// <param name="stock">Which stock.</param>
    /// <param name="month">Month.</param>
    /// <param name="dt">Step, months.</param>
    /// <param name="logRent">Log rent before.</param>
    /// <param name="logReference">Log reference rent of the tier.</param>
    /// <param name="expectedGap">Smoothed log rent of the H tier over its reference.</param>
    /// <param name="state">State of the stock.</param>
    public static double Next(
        MarketWorld world,
        int stock,
        int month,
        double dt,
        double logRent,
        double logReference,
        double expectedGap,
        in StockState state
    )
    {
        Parameters p = world.Member.Values;
        var forcing = world.Forcing;
        var tier = stock / Segment.Reaches;
        var next = logRent;
        if (!world.Off.HasFlag(Mechanisms.RentFormation))
        {
            next += RentLaws.Step(
                world.Member.Law,
                dt,
                logRent,
                logReference,
                state,
                RentTerms.Of(p)
            );
        }
        if (world.Member.WorldLink && tier == (int)Tier.H && !double.IsNaN(forcing.LogWorld[month]))
        {
            next += RentLaws.WorldPull(
                dt,
                next,
                forcing.LogWorld[month],
                p[Parameter.WorldPull],
                p[Parameter.WorldPremium]
            );
        }
        next += forcing.RentShock[tier][month] * dt;
        var fallen = forcing.LogReference[0] - forcing.LogReference[month];
        var price = ServerPrices.New(p, expectedGap, fallen) * forcing.Tiers.Price[tier];
        return Math.Min(next, RentLaws.LogCeiling(price, p[Parameter.BuyMonths]));
    }
}
