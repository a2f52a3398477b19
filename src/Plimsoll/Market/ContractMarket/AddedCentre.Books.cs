using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Its month's end: spot, tokens, prices, reasons, and what the owner sees.</content>
internal sealed partial class AddedCentre
{
    /// <summary>Highest mean load of accelerators that serve tokens at a latency promise: traffic of ten minutes runs above the day's mean. Own prior.</summary>
    private const double MostTokenLoad = 0.8;

    /// <summary>Share of the way to its share of the token demand that a service goes in a month; own prior.</summary>
    private const double TokenUptake = 0.15;

    /// <summary>Share of a change of rent that token prices follow; own prior.</summary>
    private const double TokenPriceToRent = 0.5;

    /// <summary>Spot, tokens and books of the month.</summary>
    public void EndMonth(int month, MarketMoment market)
    {
        var m = month - _offset;
        if (m < 0 || m >= _plan.Months)
        {
            return;
        }
        var hours = (_plan.Start + m).Hours;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (_pools[k].Installed > 0)
            {
                Book(k, m, hours, market);
            }
        }
        foreach (var c in _contracts)
        {
            var lease = c.Product == Product.TrainingLease ? _s.Training : _s.Small;
            lease.Hours[m] += c.Accelerators * hours;
            lease.Money[m] += c.Accelerators * hours * c.Price;
        }
        Explain(m, market);
        _s.Resale[m] = Resale(Main, m, market, 0);
        _s.MonthsToSell[m] = ServerPrices.MonthsToSell(
            _pools[Main].Installed,
            market.Installed[Main] + _pools[Main].Installed,
            market.SaleFlow[Main]
        );
        _quotes[m + 1] = Quote(market);
        _s.Quote[m] = _quotes[m + 1];
        _s.ContractRent[m] =
            Math.Exp(market.LogRent[MainStock] + _logFactor) / PerServer / HoursPerMonth;
        _s.SpotRent[m] =
            market.SpotPrice[Main] * _of.Scenario.RentFactor / PerServer / HoursPerMonth;
        _state = Observe(m, market);
    }

    private int MainStock =>
        Segment.Stock(Main, (int)(_plan.ReachableShare >= 0.5 ? Reach.Near : Reach.Remote));

    private void Book(int k, int m, double hours, MarketMoment market)
    {
        ref var pool = ref _pools[k];
        var floor = _plan.AvoidableCostPerAcceleratorMonth / HoursPerMonth;
        var vacant = Math.Max(0, pool.Open - pool.Let);
        var dark = vacant * Math.Clamp(_action.DarkShare, 0, 1);
        var lit = vacant - dark;
        var fit = Math.Max(0, (pool.Eligible * (vacant > 0 ? lit / vacant : 1)) - pool.Let);
        pool.Tokens = ServeTokens(k, m, Math.Min(lit, fit), floor, market);
        var spotPrice = market.SpotPrice[k] * _of.Scenario.RentFactor / PerServer / HoursPerMonth;
        var spot =
            Sells(Product.Spot) && spotPrice >= floor
                ? (Math.Min(lit, fit) - pool.Tokens) * market.SpotUse[k]
                : 0;
        spot = Math.Max(0, spot);
        pool.Spot = spot;
        _s.Spot.Hours[m] += spot * hours;
        _s.Spot.Money[m] += spot * hours * spotPrice;
        _s.Tokens.Hours[m] += pool.Tokens * hours;
        _s.Tokens.Money[m] += pool.Tokens * hours * TokenValue(m);
        _s.TokenCount[m] += pool.Tokens * hours * 3600 * Goodput(m);
        _s.Installed[m] += pool.Installed;
        _s.Repair[m] += pool.Installed - pool.Sound;
        _s.Dark[m] += dark;
        _s.SpotNow[m] += spot;
        _s.Captive[m] += pool.Sound - pool.Open;
        // Capacity kept for the owner is neither sold nor on offer: it stands with the idle.
        _s.Idle[m] += (pool.Sound - pool.Open) + lit - pool.Tokens - spot;
    }

    /// <summary>Accelerators busy with tokens sold at the API price: a share of the inference demand in reach, by price per token and trust, never beyond the load that keeps the promise.</summary>
    /// <param name="k">Tier.</param>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="lit">Accelerators lit, fit and not let.</param>
    /// <param name="floor">Avoidable cost of an accelerator-hour.</param>
    /// <param name="market">The market at the month's end.</param>
    private double ServeTokens(int k, int m, double lit, double floor, MarketMoment market)
    {
        ref var pool = ref _pools[k];
        var offered =
            Sells(Product.Inference) || _action.InferenceShare > 0
                ? lit * (_action.InferenceShare > 0 ? Math.Min(1, _action.InferenceShare) : 1)
                : 0;
        if (offered <= 0 || TokenValue(m) <= floor)
        {
            pool.Load = 0;
            return 0;
        }
        double wanted = 0,
            rivals = 0;
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var stock = Segment.Stock(k, r);
            wanted += market.Demand[Segment.Of(stock, (int)Need.Inference)] * Place(stock);
            rivals += market.Offered[stock] * Place(stock);
        }
        var trust = (_terms.CapabilityWeight * (_capability - 0.5)) + _taste;
        var own = offered * Math.Exp(trust) * _inferenceFit;
        var target = wanted * own / (own + (rivals * RivalTrust)) / offered;
        pool.Load += TokenUptake * (target - pool.Load);
        _s.TokensWon[m] += pool.Load * offered;
        return Math.Min(MostTokenLoad, pool.Load) * offered;
    }

    /// <summary>Mean of e^trust over the operators of a market, from the spreads of capability and taste.</summary>
    private const double RivalTrust = 1.6;

    private double Goodput(int m) =>
        _goodput * Math.Pow(1 + (_plan.Inference?.SoftwareGrowthPerYear ?? 0), m / 12.0);

    /// <summary>What one accelerator-hour earns in tokens: goodput at the promise times the price, which falls as everybody serves more from a server.</summary>
    private double TokenValue(int m)
    {
        if (_goodput <= 0)
        {
            return 0;
        }
        if (m != _valueMonth)
        {
            var cheaper =
                Demand.TokensPerServerDay(_p, m + _offset, _of.Known)
                / Demand.TokensPerServerDay(_p, _of.Known, _of.Known);
            _valueAtStart = Goodput(m) * 3600 / 1e6 * _of.TokenPrice / cheaper;
            _valueMonth = m;
        }
        return _valueAtStart * _tokenPriceShift;
    }

    private double _tokenPriceShift = 1;
    private double _valueAtStart;
    private int _valueMonth = -1;

    private double Quote(MarketMoment market)
    {
        var quote = market.LogQuote[Main];
        _rentAtStart = double.IsNaN(_rentAtStart) ? quote : _rentAtStart;
        _tokenPriceShift = Math.Exp(TokenPriceToRent * Math.Clamp(quote - _rentAtStart, -1.5, 1.5));
        return Math.Exp(quote + _logFactor) / PerServer / HoursPerMonth;
    }

    private double _rentAtStart = double.NaN;

    private double SellPool(int k, double share, int m, MarketMoment market)
    {
        var gone = _pools[k].Standing * (1 - _sold) * share;
        var flow = gone / Math.Max(1, market.Installed[k] + gone);
        return gone * Resale(k, m, market, flow);
    }

    /// <summary>Second-hand price of one accelerator with its share of the server.</summary>
    private double Resale(int k, int m, MarketMoment market, double ownFlow)
    {
        Parameters p = _p;
        var forcing = _of.World.Forcing;
        var month = Math.Min(forcing.Months - 1, m + _offset);
        var price =
            ServerPrices.New(
                p,
                market.Expected[0] - market.LogReference,
                forcing.LogReference[0] - forcing.LogReference[month]
            ) * forcing.Tiers.Price[k];
        double offered = market.Offered[2 * k] + market.Offered[(2 * k) + 1],
            let = market.Let[2 * k] + market.Let[(2 * k) + 1];
        var cost = DarkOffer.Cost(p[Parameter.AvoidableCost], forcing.Tiers.Power[k]);
        return ServerPrices.SecondHand(
                p,
                price,
                Math.Exp(market.Expected[k] + _logFactor),
                offered > 0 ? let / offered : 0,
                cost,
                Math.Max(0, m - Math.Max(0, _pools[k].FirstOnline)),
                market.SaleFlow[k] + ownFlow
            ) / PerServer;
    }

    private ObservedState FirstState(MarketMoment market) =>
        new(
            _plan.Start + -1,
            -1,
            0,
            0,
            0,
            _quotes.AsMemory(0, 1),
            _plan.AvoidableCostPerAcceleratorMonth / HoursPerMonth,
            Resale(Main, 0, market, 0),
            TokenValue(0)
        );

    private ObservedState Observe(int m, MarketMoment market)
    {
        var hours = _s.HoursSold(m);
        var installed = _s.Installed[m] * (_plan.Start + m).Hours;
        return new ObservedState(
            _plan.Start + m,
            m,
            _s.Installed[m],
            installed > 0 ? hours / installed : 0,
            hours > 0 ? _s.MoneyTaken(m) / hours : 0,
            _quotes.AsMemory(0, m + 2),
            _plan.AvoidableCostPerAcceleratorMonth / HoursPerMonth,
            _s.Resale[m],
            TokenValue(m)
        );
    }
}
