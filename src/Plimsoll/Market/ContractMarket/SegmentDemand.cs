namespace Plimsoll.Market.ContractMarket;

/// <summary>Demand by segment at the rents of now: need, then tier, then place; the same steps as the mean field's.</summary>
internal static class SegmentDemand
{
    /// <summary>Fills the servers wanted in every segment.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="levels">Demand at reference rents, H servers.</param>
    /// <param name="tiers">Ratios of the tiers.</param>
    /// <param name="tokenElasticity">Elasticity of inference; 0 where tokens are given.</param>
    /// <param name="logRent">By stock.</param>
    /// <param name="logReference">By tier.</param>
    /// <param name="installed">By stock; a tier without any is absent.</param>
    /// <param name="offered">Offered, let ones included, by stock.</param>
    /// <param name="latencyReach">False to let remote capacity serve everything.</param>
    /// <param name="wanted">Result by segment, servers of the tier.</param>
    public static void Fill(
        Parameters p,
        in DemandLevels levels,
        TierTerms tiers,
        double tokenElasticity,
        ReadOnlySpan<double> logRent,
        ReadOnlySpan<double> logReference,
        ReadOnlySpan<double> installed,
        ReadOnlySpan<double> offered,
        bool latencyReach,
        Span<double> wanted
    )
    {
        Span<double> gap = stackalloc double[Segment.Tiers];
        Span<double> near = stackalloc double[Segment.Tiers];
        Span<double> response = stackalloc double[Segment.Tiers];
        Span<bool> present = stackalloc bool[Segment.Tiers];
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var n = Segment.Stock(k, (int)Reach.Near);
            var r = Segment.Stock(k, (int)Reach.Remote);
            var both = installed[n] + installed[r];
            present[k] = both > 0;
            var rent =
                both > 0
                    ? ((logRent[n] * installed[n]) + (logRent[r] * installed[r])) / both
                    : logRent[n];
            gap[k] = rent - logReference[k];
            response[k] = Math.Exp(p[Parameter.Elasticity] * gap[k]);
            near[k] = DemandSplit.NearShare(
                p[Parameter.PlaceSensitivity],
                offered[n],
                offered[r],
                logRent[n] - logRent[r]
            );
        }
        Span<double> preference = stackalloc double[Segment.Tiers];
        Span<double> shares = stackalloc double[Segment.Tiers];
        for (var need = 0; need < Segment.Needs; need++)
        {
            DemandSplit.Preference(p, (Need)need, preference);
            DemandSplit.Tiers(p[Parameter.TierSensitivity], preference, gap, present, shares);
            for (var k = 0; k < Segment.Tiers; k++)
            {
                var work = need switch
                {
                    (int)Need.Training => levels.Training * response[k],
                    (int)Need.Small => levels.Small * response[k],
                    _ => (
                        levels.Merchant
                        * (tokenElasticity < 0 ? Math.Exp(tokenElasticity * gap[k]) : 1)
                    ) + (levels.Overflow * p[Parameter.OverflowShare] * response[k]),
                };
                var servers = work * shares[k] * DemandSplit.ServersPerH(p, tiers, (Need)need, k);
                var bound =
                    need == (int)Need.Inference && latencyReach ? p[Parameter.LatencyBound] : 0;
                var nearby = servers * (bound + ((1 - bound) * near[k]));
                var stock = Segment.Stock(k, (int)Reach.Near);
                wanted[Segment.Of(stock, need)] = nearby;
                wanted[Segment.Of(stock + 1, need)] = servers - nearby;
            }
        }
    }
}
