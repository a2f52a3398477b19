using Plimsoll.Catalog;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Portfolios;

/// <summary>What clouds that lease whole halls, take-or-pay, take of all centres of a portfolio together: they must place it with somebody.</summary>
/// <remarks>Own prior, grade D: a tenth of what the nation has let of a tier when the outlook starts, unless the file says how much.</remarks>
internal sealed class PoolDemand
{
    /// <summary>Share of the nation's let accelerators of a tier; own prior, .03 to .3.</summary>
    public const double Share = 0.1;

    private readonly CatalogView _view;
    private readonly double[] _most;

    private PoolDemand(CatalogView view, double[] most) => (_view, _most) = (view, most);

    /// <summary>The most by tier, accelerators of the tier's reference chip.</summary>
    public IReadOnlyList<double> Most => _most;

    /// <summary>The demand in a market: the median of its draws.</summary>
    /// <param name="portfolio">The centres.</param>
    /// <param name="market">The market they are cleared in.</param>
    public static PoolDemand Of(Portfolio portfolio, MarketRun market)
    {
        var month = Math.Max(0, portfolio.Start - market.Givens.Start);
        var most = new double[Segment.Tiers];
        for (var k = 0; k < most.Length; k++)
        {
            double[] let =
            [
                .. Enumerable.Range(0, market.Worlds).Select(d => market.Path(d).Let[k][month]),
            ];
            most[k] = portfolio.PoolServers is { } servers
                ? servers * ContractEngine.PerServer
                : Share * ContractEngine.PerServer * Risk.Spread.Of(let, Risk.BadSide.Low).P50;
        }
        return new PoolDemand(portfolio.View, most);
    }

    /// <summary>True when the clouds take all that a plan's actions lease to them.</summary>
    /// <param name="actions">One a centre.</param>
    public bool Covers(IEnumerable<CentreAction> actions)
    {
        Span<double> leased = stackalloc double[Segment.Tiers];
        leased.Clear();
        foreach (var action in actions)
        {
            if (action.Kind != ActionKind.Lease)
            {
                continue;
            }
            var study = action.Cases[0];
            foreach (var lease in study.Leases.Where(l => l.Terms.Tenant == Cloud))
            {
                var fleet = study.Fleets.First(f => f.Name == lease.Terms.Fleet);
                leased[(int)TierOf(fleet.Accelerator)] += lease.Terms.Accelerators;
            }
        }
        for (var k = 0; k < leased.Length; k++)
        {
            if (leased[k] > _most[k])
            {
                return false;
            }
        }
        return true;
    }

    private const string Cloud = Studies.Options.Owner.LeaseToCloud.Tenant;

    private Tier TierOf(string chip) =>
        _view.Find(Accelerator.Kind, chip)?.TextOrNull("tier") switch
        {
            "A" => Tier.A,
            "D" => Tier.D,
            _ => Tier.H,
        };

    /// <summary>Share of what the market offers that is let, mean of the months: how full a cloud keeps what it leased.</summary>
    public static double Filled(MarketPath path)
    {
        double let = 0,
            offered = 0;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            for (var m = 0; m < path.Months; m++)
            {
                let += path.Let[k][m];
                offered += path.Offered[k][m];
            }
        }
        return offered > 0 ? Math.Min(1, let / offered) : 0;
    }
}
