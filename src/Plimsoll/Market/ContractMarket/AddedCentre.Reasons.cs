using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Why it sold what it sold, and where the rest of its capacity was lost.</content>
internal sealed partial class AddedCentre
{
    private void Explain(int m, MarketMoment market)
    {
        double held = 0,
            tokens = 0;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (Has(k))
            {
                Seek(k, m, market);
            }
        }
        foreach (var pool in _pools)
        {
            held += pool.Let - pool.Left;
            tokens += pool.Tokens;
            Lose(pool, m, market);
        }
        var won = held + _s.TokensWon[m] + _s.SpotNow[m];
        // Who is let what nobody runs is won and not served.
        var served = _stopped ? 0 : held + tokens + _s.SpotNow[m] + _s.Bought[m];
        _s.Won[m] = Math.Max(won, served);
        _s.Served[m] = served;
        // Contracts outlast the demand that signed them: each step holds at least what the next one kept.
        _s.Eligible[m] = Math.Max(_s.Eligible[m], _s.Won[m]);
        _s.Reachable[m] = Math.Max(_s.Reachable[m], _s.Eligible[m]);
        _s.Demand[m] = Math.Max(_s.Demand[m], _s.Reachable[m]);
    }

    /// <summary>Demand of the tier, what the site reaches of it, what the centre's fleets of the tier are fit for, by their size.</summary>
    private void Seek(int k, int m, MarketMoment market)
    {
        Parameters p = _f.P;
        var bound = _of.World.Off.Has(Mechanisms.LatencyReach) ? 0 : p[Parameter.LatencyBound];
        for (var need = 0; need < Needs; need++)
        {
            var wanted =
                market.Demand[Segment.Of(2 * k, need)]
                + market.Demand[Segment.Of((2 * k) + 1, need)];
            var reach = need == (int)Need.Inference ? 1 - (bound * (1 - _plan.ReachableShare)) : 1;
            _s.Demand[m] += wanted;
            _s.Reachable[m] += wanted * reach;
            _s.Eligible[m] += wanted * reach * FitOf(k, need);
        }
    }

    private double FitOf(int tier, int need)
    {
        double fit = 0,
            all = 0;
        foreach (var pool in _pools)
        {
            if (pool.Tier != tier)
            {
                continue;
            }
            var own = pool.Fit(need);
            if (need == (int)Need.Inference && pool.ServesTokens)
            {
                own = Math.Max(own, pool.InferenceFit);
            }
            fit += own * pool.Planned;
            all += pool.Planned;
        }
        return all > 0 ? fit / all : 0;
    }

    /// <summary>Lit, fit and unsold: first what the whole stock suffers, then by what sets this centre below its rivals, the rest chance.</summary>
    private void Lose(FleetPool pool, int m, MarketMoment market)
    {
        if (pool.Installed <= 0)
        {
            return;
        }
        var idle = Math.Max(0, pool.Series.Idle[m] - pool.Captive);
        var unfit = Math.Min(Math.Max(0, pool.Open - pool.Eligible), idle);
        idle -= unfit;
        double offered = 0,
            let = 0;
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var stock = Segment.Stock(pool.Tier, r);
            offered += market.Offered[stock] * _f.Place(stock);
            let += market.Let[stock] * _f.Place(stock);
        }
        var vacancy = offered > 0 ? Math.Clamp(1 - (let / offered), 0, 1) : 1;
        var glut = Math.Min(idle, vacancy * pool.Eligible);
        var rest = idle - glut;
        double price = _terms.PriceWeight * Math.Max(0, pool.LogAsk(_f.MainStock(pool.Tier))),
            distrust = Math.Max(0, -pool.Trust),
            reach = 1 - _plan.ReachableShare,
            fit = 1 - (_s.Reachable[m] > 0 ? Math.Min(1, _s.Eligible[m] / _s.Reachable[m]) : 0);
        var all = price + distrust + reach + fit + 1;
        _s.LostToGlut[m] += glut;
        _s.LostToPrice[m] += rest * price / all;
        _s.LostToTrust[m] += rest * distrust / all;
        _s.LostToReach[m] += rest * reach / all;
        _s.LostToFit[m] += unfit + (rest * fit / all);
        _s.LostToChance[m] += rest / all;
    }

    /// <summary>The outlook, once every month has been gone through.</summary>
    public CentreOutlook Outlook(double largestShare, bool full)
    {
        foreach (var contract in _contracts)
        {
            _leases.Add(contract.Close(contract.End, LeaseEnd.Expired, FleetOf(contract)));
        }
        _contracts.Clear();
        _leases.AddRange(_signed.Select(lease => lease.AtHorizon()).OfType<Lease>());
        return new CentreOutlook(
            _s.ToOutlook(_plan.Start, _of.Currency, _leases) with
            {
                Fleets = [.. _plan.Fleets.Select(f => Months(f.Name))],
                Signed = [.. _signed.Select(lease => lease.Run())],
                Backstop = Promised(),
            },
            _s.ToReasons(_plan.Start),
            _s.Quote,
            _of.World.Member.Law.ToString()
        )
        {
            ContractRent = _s.ContractRent,
            SpotRent = _s.SpotRent,
            ShareOfTier = largestShare,
            FullRun = full,
        };
    }

    /// <summary>The months of a fleet, by name, in the order of the plan.</summary>
    private FleetMonths Months(string fleet) =>
        _pools.SelectMany(pool => pool.Months()).First(months => months.Fleet == fleet);
}
