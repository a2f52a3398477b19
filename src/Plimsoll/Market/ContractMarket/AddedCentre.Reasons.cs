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
            if (!Has(k))
            {
                continue;
            }
            held += _pools[k].Let;
            tokens += _pools[k].Tokens;
            Seek(k, m, market);
            Lose(k, m, market);
        }
        var won = held + _s.TokensWon[m] + _s.SpotNow[m];
        var served = held + tokens + _s.SpotNow[m];
        _s.Won[m] = Math.Max(won, served);
        _s.Served[m] = served;
        // Contracts outlast the demand that signed them: each step holds at least what the next one kept.
        _s.Eligible[m] = Math.Max(_s.Eligible[m], _s.Won[m]);
        _s.Reachable[m] = Math.Max(_s.Reachable[m], _s.Eligible[m]);
        _s.Demand[m] = Math.Max(_s.Demand[m], _s.Reachable[m]);
    }

    /// <summary>Demand of the tier, what the site reaches of it, what the fleet is fit for.</summary>
    private void Seek(int k, int m, MarketMoment market)
    {
        Parameters p = _p;
        var bound = _of.World.Off.Has(Mechanisms.LatencyReach) ? 0 : p[Parameter.LatencyBound];
        for (var need = 0; need < Needs; need++)
        {
            var wanted =
                market.Demand[Segment.Of(2 * k, need)]
                + market.Demand[Segment.Of((2 * k) + 1, need)];
            var reach = need == (int)Need.Inference ? 1 - (bound * (1 - _plan.ReachableShare)) : 1;
            var fit = Fit(k, need);
            if (
                need == (int)Need.Inference
                && (Sells(Product.Inference) || _action.InferenceShare > 0)
            )
            {
                fit = Math.Max(fit, _inferenceFit);
            }
            _s.Demand[m] += wanted;
            _s.Reachable[m] += wanted * reach;
            _s.Eligible[m] += wanted * reach * fit;
        }
    }

    /// <summary>Lit, fit and unsold: first what the whole stock suffers, then by what sets this centre below its rivals, the rest chance.</summary>
    private void Lose(int k, int m, MarketMoment market)
    {
        var pool = _pools[k];
        if (pool.Installed <= 0)
        {
            return;
        }
        var vacant = Math.Max(0, pool.Open - pool.Let);
        var lit = vacant * (1 - Math.Clamp(_action.DarkShare, 0, 1));
        var idle = Math.Max(0, lit - pool.Tokens - pool.Spot);
        var unfit = Math.Min(pool.Open - pool.Eligible, idle);
        idle -= unfit;
        double offered = 0,
            let = 0;
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var stock = Segment.Stock(k, r);
            offered += market.Offered[stock] * Place(stock);
            let += market.Let[stock] * Place(stock);
        }
        var vacancy = offered > 0 ? Math.Clamp(1 - (let / offered), 0, 1) : 1;
        var glut = Math.Min(idle, vacancy * pool.Eligible);
        var rest = idle - glut;
        var trust = (_terms.CapabilityWeight * (_capability - 0.5)) + _taste;
        double price = _terms.PriceWeight * Math.Max(0, _logAsk[MainStock]),
            distrust = Math.Max(0, -trust),
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
            _leases.Add(contract.Close(contract.End, false));
        }
        _contracts.Clear();
        return new CentreOutlook(
            _s.ToOutlook(_plan.Start, _of.Currency, _leases),
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
}
