namespace Plimsoll.Market;

/// <summary>State of a mean-field run and its equations of motion.</summary>
internal ref struct MeanFieldState
{
    /// <summary>Numbers of room that the state needs.</summary>
    public const int Room =
        (8 * Segment.Stocks)
        + (3 * Segment.Count)
        + (12 * Segment.Tiers)
        + (6 * Segment.Needs)
        + 27;

    private readonly Parameters _p;
    private readonly TierTerms _tiers;
    private readonly Mechanisms _off;
    private readonly double _dt;
    private readonly RentTerms _terms;
    private readonly double _found;
    private readonly double _curvature;
    private readonly double _elasticity;
    private readonly double _natural;
    private readonly double _logReference;
    private readonly double _quoteShare;
    private readonly double _expectShare;

    private readonly Span<double> _capacity; // by stock, servers
    private readonly Span<double> _offered;
    private readonly Span<double> _rent; // log
    private readonly Span<double> _quote; // log
    private readonly Span<double> _letStock;
    private readonly Span<double> _wantedStock;
    private readonly Span<double> _signedStock;
    private readonly Span<double> _let; // by segment
    private readonly Span<double> _wanted;
    private readonly Span<double> _eligible; // share by tier
    private readonly Span<double> _gap;
    private readonly Span<double> _logTier; // log of reference ratio
    private readonly Span<double> _logCost; // log avoidable cost
    private readonly Span<double> _spot; // log
    private readonly Span<double> _expected; // log, smoothed
    private readonly Span<double> _saleFlow;
    private readonly Span<double> _newShares;
    private readonly Span<double> _perH; // need x tier
    private readonly Span<double> _preference; // need x tier
    private readonly Span<double> _ending; // by need

    private BuildStages _stages;
    private double _completed;
    private double _cancelled;
    private double _recent;
    private double _begunMonth;
    private DemandLevels _levels;
    private double _inferenceElasticity;

    public MeanFieldState(
        Parameters p,
        TierTerms tiers,
        Mechanisms off,
        int subSteps,
        Span<double> room
    )
    {
        _p = p;
        (_tiers, _off, _dt) = (tiers, off, 1.0 / subSteps);
        room.Clear();
        var at = 0;
        _capacity = Take(room, ref at, Segment.Stocks);
        _offered = Take(room, ref at, Segment.Stocks);
        _rent = Take(room, ref at, Segment.Stocks);
        _quote = Take(room, ref at, Segment.Stocks);
        _letStock = Take(room, ref at, Segment.Stocks);
        _wantedStock = Take(room, ref at, Segment.Stocks);
        _signedStock = Take(room, ref at, Segment.Stocks);
        _let = Take(room, ref at, Segment.Count);
        _wanted = Take(room, ref at, Segment.Count);
        _eligible = Take(room, ref at, Segment.Tiers);
        _gap = Take(room, ref at, Segment.Tiers);
        _logTier = Take(room, ref at, Segment.Tiers);
        _logCost = Take(room, ref at, Segment.Tiers);
        _spot = Take(room, ref at, Segment.Tiers);
        _expected = Take(room, ref at, Segment.Tiers);
        _saleFlow = Take(room, ref at, Segment.Tiers);
        _newShares = Take(room, ref at, Segment.Tiers);
        _perH = Take(room, ref at, Segment.Needs * Segment.Tiers);
        _preference = Take(room, ref at, Segment.Needs * Segment.Tiers);
        _ending = Take(room, ref at, Segment.Needs);
        _terms = RentTerms.Of(p);
        _natural = p[Parameter.NaturalVacancy];
        _found = Matching.FoundShare(p[Parameter.SearchRate], _dt);
        _curvature = p[Parameter.MatchCurvature];
        _elasticity = p[Parameter.Elasticity];
        _logReference = Math.Log(p[Parameter.ReferenceRent]);
        _quoteShare = 1 - Math.Exp(-0.5 * _dt / p[Parameter.QuoteLag]);
        _expectShare = 1 - Math.Exp(-0.5 * _dt / Orders.ExpectationMonths);
        Start();
    }

    private static Span<double> Take(Span<double> room, scoped ref int at, int count)
    {
        var part = room.Slice(at, count);
        at += count;
        return part;
    }

    private void Start()
    {
        _logTier[0] = 0;
        _logTier[1] = Math.Log(_p[Parameter.TierRentA]);
        _logTier[2] = Math.Log(_p[Parameter.TierRentD]);
        var near = _off.Has(Mechanisms.LatencyReach) ? 1 : _p[Parameter.NearShare];
        Orders.TierShares(_p, 0, _off, _newShares);
        var start = Math.Log(_p[Parameter.RentStart]);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var servers = _p[Parameter.CapacityStart] * _newShares[k] / _tiers.Compute[k];
            _capacity[Segment.Stock(k, 0)] = servers * near;
            _capacity[Segment.Stock(k, 1)] = servers * (1 - near);
            _eligible[k] =
                _off.Has(Mechanisms.Eligibility) ? 1
                : k == (int)Tier.D ? _p[Parameter.EligibleShareDomestic]
                : _p[Parameter.EligibleShare];
            _logCost[k] = Math.Log(DarkOffer.Cost(_p[Parameter.AvoidableCost], _tiers.Power[k]));
            _spot[k] = start + _logTier[k] - _p[Parameter.SpotDiscount];
            _expected[k] = start + _logTier[k];
            for (var r = 0; r < Segment.Reaches; r++)
            {
                _rent[Segment.Stock(k, r)] = _quote[Segment.Stock(k, r)] = start + _logTier[k];
            }
            for (var n = 0; n < Segment.Needs; n++)
            {
                _perH[(n * Segment.Tiers) + k] = DemandSplit.ServersPerH(_p, _tiers, (Need)n, k);
            }
        }
        for (var n = 0; n < Segment.Needs; n++)
        {
            DemandSplit.Preference(
                _p,
                (Need)n,
                _preference.Slice(n * Segment.Tiers, Segment.Tiers)
            );
            _ending[n] =
                1 - Math.Exp(-_dt / (_p[Parameter.Tenor] * (n == (int)Need.Small ? 0.5 : 1)));
        }
        _completed = 0.4 * _p[Parameter.ProjectsStart];
        _stages = new BuildStages(0.6 * _p[Parameter.ProjectsStart]);
        _recent = _p[Parameter.BaseOrders];
    }

    /// <summary>What holds for the whole month: levels of demand, rules.</summary>
    public void Begin(MarketBackdrop backdrop, int m)
    {
        _levels = Demand.At(_p, backdrop, m, _off);
        _inferenceElasticity = m < backdrop.GivenTokenMonths ? 0 : _p[Parameter.TokenElasticity];
        if (!_off.Has(Mechanisms.Vouchers) && backdrop.VoucherBudget[m] > 0)
        {
            _levels = _levels with
            {
                Small =
                    _levels.Small
                    + Vouchers.Added(
                        _levels.Small,
                        Math.Exp(_rent[0]),
                        backdrop.VoucherFace,
                        backdrop.VoucherBudget[m],
                        _elasticity,
                        _p[Parameter.VoucherPass]
                    ),
            };
        }
        Orders.TierShares(_p, backdrop.Rule[m], _off, _newShares);
        _signedStock.Clear();
        _begunMonth = 0;
    }

    /// <summary>One sub-step.</summary>
    public void Step(
        RentLaw law,
        bool worldLink,
        MarketBackdrop backdrop,
        int m,
        bool first,
        MarketPath path
    )
    {
        if (first)
        {
            path.AtBound.AsSpan().Clear();
            Offer();
            Want(backdrop.LogObsolescence[m]);
            Settle();
        }
        // Rents move half a step before and half a step after contracts (Strang 1968): second order in the step.
        MoveRents(law, worldLink, backdrop, m, path);
        Offer();
        Want(backdrop.LogObsolescence[m]);
        for (var s = 0; s < Segment.Stocks; s++)
        {
            Clear(s);
        }
        MoveRents(law, worldLink, backdrop, m, path);
        Build(backdrop, m);
    }

    private void Offer()
    {
        for (var k = 0; k < Segment.Tiers; k++)
        {
            for (var r = 0; r < Segment.Reaches; r++)
            {
                var s = Segment.Stock(k, r);
                var lit = _off.Has(Mechanisms.DarkDecision)
                    ? 1
                    : DarkOffer.Share(_rent[s], _logCost[k], _p[Parameter.DarkSpread]);
                // What is let stays lit to the end of its contract.
                _offered[s] = Math.Max(
                    Math.Min(_letStock[s], _capacity[s]),
                    _capacity[s] * _eligible[k] * lit
                );
            }
        }
    }

    private void Want(double logObsolescence)
    {
        Span<bool> present = stackalloc bool[Segment.Tiers];
        Span<double> shares = stackalloc double[Segment.Tiers];
        Span<double> nearShare = stackalloc double[Segment.Tiers];
        Span<double> response = stackalloc double[Segment.Tiers];
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var near = Segment.Stock(k, 0);
            var remote = near + 1;
            var total = _capacity[near] + _capacity[remote];
            present[k] = total > 0;
            var mean = present[k]
                ? ((_rent[near] * _capacity[near]) + (_rent[remote] * _capacity[remote])) / total
                : _rent[near];
            _gap[k] = mean - (_logReference - logObsolescence + _logTier[k]);
            nearShare[k] = DemandSplit.NearShare(
                _p[Parameter.PlaceSensitivity],
                _offered[near],
                _offered[remote],
                _rent[near] - _rent[remote]
            );
            response[k] = Math.Exp(_elasticity * _gap[k]);
        }
        for (var n = 0; n < Segment.Needs; n++)
        {
            DemandSplit.Tiers(
                _p[Parameter.TierSensitivity],
                _preference.Slice(n * Segment.Tiers, Segment.Tiers),
                _gap,
                present,
                shares
            );
            var inference = n == (int)Need.Inference;
            var bound =
                inference && !_off.Has(Mechanisms.LatencyReach) ? _p[Parameter.LatencyBound] : 0;
            for (var k = 0; k < Segment.Tiers; k++)
            {
                var level = inference
                    ? Inference(k, response[k])
                    : (n == 0 ? _levels.Training : _levels.Small) * response[k];
                var servers = level * shares[k] * _perH[(n * Segment.Tiers) + k];
                var near = (servers * bound) + (servers * (1 - bound) * nearShare[k]);
                var s = Segment.Stock(k, 0);
                _wanted[Segment.Of(s, n)] = near;
                _wanted[Segment.Of(s + 1, n)] = servers - near;
            }
        }
        for (var s = 0; s < Segment.Stocks; s++)
        {
            _wantedStock[s] = _wanted[s * 3] + _wanted[(s * 3) + 1] + _wanted[(s * 3) + 2];
        }
    }

    private readonly double Inference(int tier, double response)
    {
        var merchant =
            _inferenceElasticity < 0
                ? _levels.Merchant * Math.Exp(_inferenceElasticity * _gap[tier])
                : _levels.Merchant;
        return _levels.Overflow > 0
            ? merchant + (_levels.Overflow * _p[Parameter.OverflowShare] * response)
            : merchant;
    }

    /// <summary>The start: let is what is wanted, as far as natural vacancy allows, so that no transient is there to be fitted.</summary>
    private void Settle()
    {
        for (var s = 0; s < Segment.Stocks; s++)
        {
            if (_wantedStock[s] <= 0)
            {
                continue;
            }
            var let = Math.Min(_wantedStock[s], _offered[s] * (1 - _natural));
            _letStock[s] = let;
            for (var n = 0; n < Segment.Needs; n++)
            {
                _let[Segment.Of(s, n)] = let * _wanted[Segment.Of(s, n)] / _wantedStock[s];
            }
        }
    }

    /// <summary>One stock: contracts end, searching demand meets vacancy.</summary>
    private void Clear(int s)
    {
        if (_capacity[s] <= 0)
        {
            return;
        }
        double searching = 0,
            renewed = 0,
            let = 0;
        for (var n = 0; n < Segment.Needs; n++)
        {
            ref var held = ref _let[Segment.Of(s, n)];
            var wanted = _wanted[Segment.Of(s, n)];
            var ending = held * _ending[n];
            var dropped = held > wanted ? Math.Min(ending, held - wanted) : 0;
            held -= dropped;
            renewed += ending - dropped;
            searching += Math.Max(0, wanted - held);
            let += held;
        }
        var signed = Matching.SignedOf(
            searching,
            Math.Max(0, _offered[s] - let),
            _found,
            _curvature
        );
        if (signed > 0)
        {
            for (var n = 0; n < Segment.Needs; n++)
            {
                ref var held = ref _let[Segment.Of(s, n)];
                held += signed * Math.Max(0, _wanted[Segment.Of(s, n)] - held) / searching;
            }
        }
        _letStock[s] = let + signed;
        _signedStock[s] += signed + renewed;
    }

    private void MoveRents(
        RentLaw law,
        bool worldLink,
        MarketBackdrop backdrop,
        int m,
        MarketPath path
    )
    {
        var half = 0.5 * _dt;
        var reference = _logReference - backdrop.LogObsolescence[m];
        var price = ServerPrices.New(_p, _expected[0] - reference, backdrop.LogObsolescence[m]);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var ceiling = RentLaws.LogCeiling(price * _tiers.Price[k], _p[Parameter.BuyMonths]);
            double stock = 0,
                sum = 0,
                vacant = 0,
                offered = 0;
            for (var r = 0; r < Segment.Reaches; r++)
            {
                var s = Segment.Stock(k, r);
                if (_capacity[s] <= 0)
                {
                    continue;
                }
                var before = _rent[s];
                var rent = before + (backdrop.RentShock[k][m] * half);
                if (!_off.Has(Mechanisms.RentFormation))
                {
                    rent += RentLaws.Step(
                        law,
                        half,
                        before,
                        reference + _logTier[k],
                        new StockState(
                            _offered[s],
                            _letStock[s],
                            _wantedStock[s],
                            _capacity[s] * _eligible[k]
                        ),
                        _terms
                    );
                }
                if (worldLink && k == (int)Tier.H)
                {
                    rent += RentLaws.WorldPull(
                        half,
                        rent,
                        backdrop.LogWorldRent[m],
                        _p[Parameter.WorldPull],
                        _p[Parameter.WorldPremium]
                    );
                }
                if (rent > ceiling)
                {
                    rent = ceiling;
                    path.AtBound[m]++;
                }
                _rent[s] = rent;
                var mean = 0.5 * (before + rent);
                _quote[s] += _quoteShare * (mean - _quote[s]);
                stock += _capacity[s];
                sum += mean * _capacity[s];
                vacant += Math.Max(0, _offered[s] - _letStock[s]);
                offered += _offered[s];
            }
            if (stock <= 0)
            {
                continue;
            }
            _expected[k] += _expectShare * ((sum / stock) - _expected[k]);
            _spot[k] += RentLaws.SpotStep(
                half,
                _spot[k],
                sum / stock,
                (offered > 0 ? vacant / offered : 0) - _natural,
                _p
            );
        }
    }

    private void Build(MarketBackdrop backdrop, int m)
    {
        var gap = _expected[0] - (_logReference - backdrop.LogObsolescence[m]);
        var begun = Orders.Begun(_p, backdrop.Push[m], gap, _recent, _off) * _dt;
        _recent += (1 - Math.Exp(-_dt / Orders.ExpectationMonths)) * ((begun / _dt) - _recent);
        _begunMonth += begun;
        var done = _stages.Step(
            begun,
            _p[Parameter.BuildLag],
            Orders.CancelHazard(_p, gap),
            _dt,
            out var cancelled
        );
        _completed += done;
        _cancelled += cancelled;
        var near = _off.Has(Mechanisms.LatencyReach) ? 1 : _p[Parameter.NearShare];
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var servers = done * _p[Parameter.ProjectSize] * _newShares[k] / _tiers.Compute[k];
            _capacity[Segment.Stock(k, 0)] += servers * near;
            _capacity[Segment.Stock(k, 1)] += servers * (1 - near);
        }
    }

    /// <summary>The end of a month: sales, takeover, and the month's record.</summary>
    public void Close(MarketBackdrop backdrop, int m, MarketPath path, double rentFactor)
    {
        var obsolescence = backdrop.LogObsolescence[m];
        var reference = _logReference - obsolescence;
        var price = ServerPrices.New(_p, _expected[0] - reference, obsolescence);
        double wanted = 0;
        for (var n = 0; n < Segment.Needs; n++)
        {
            path.Needs[n][m] = 0;
            for (var s = 0; s < Segment.Stocks; s++)
            {
                path.Needs[n][m] += _wanted[Segment.Of(s, n)];
            }
            wanted += path.Needs[n][m];
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            Record(k, m, path, rentFactor, price * _tiers.Price[k]);
        }
        path.TrainingShare[m] = wanted > 0 ? path.Needs[0][m] / wanted : 0;
        path.Projects[m] = _completed + _stages.Total;
        path.Begun[m] = _begunMonth;
        path.Completed[m] = _completed;
        path.Cancelled[m] = _cancelled;
        path.Reference[m] = Math.Exp(reference);
        path.World[m] = Math.Exp(backdrop.LogWorldRent[m]);
        path.NewPrice[m] = price;
        path.TokenUse[m] = _levels.TokenUse;
        path.Usable[m] = _levels.Usable;
    }

    private void Record(int k, int m, MarketPath path, double rentFactor, double price)
    {
        double capacity = 0,
            offered = 0,
            let = 0,
            demand = 0,
            signed = 0,
            logRent = 0,
            logQuote = 0;
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var s = Segment.Stock(k, r);
            capacity += _capacity[s];
            offered += _offered[s];
            let += _letStock[s];
            demand += _wantedStock[s];
            signed += _signedStock[s];
            logRent += _rent[s] * _capacity[s];
            logQuote += _quote[s] * _capacity[s];
            path.StockRent[s][m] = Math.Exp(_rent[s]) * rentFactor;
            path.StockLet[s][m] = _letStock[s];
            path.StockOffered[s][m] = _offered[s];
        }
        path.Capacity[k][m] = capacity;
        path.Offered[k][m] = offered;
        path.Let[k][m] = let;
        path.Demand[k][m] = demand;
        path.Signed[k][m] = signed;
        var present = capacity > 0;
        path.Quote[k][m] = present ? Math.Exp(logQuote / capacity) * rentFactor : double.NaN;
        path.Rent[k][m] =
            present && signed > 0 ? Math.Exp(logRent / capacity) * rentFactor : double.NaN;
        path.Spot[k][m] = present ? Math.Exp(_spot[k]) * rentFactor : double.NaN;
        path.SecondHand[k][m] = double.NaN;
        path.SaleFlow[k][m] = 0;
        if (present)
        {
            Sell(k, m, path, price, let, offered, capacity);
        }
    }

    private void Sell(
        int k,
        int m,
        MarketPath path,
        double price,
        double let,
        double offered,
        double capacity
    )
    {
        var cost = Math.Exp(_logCost[k]);
        var rent = Math.Exp(_expected[k]);
        var fill = offered > 0 ? let / offered : 0;
        var worth = ServerPrices.SecondHand(_p, price, rent, fill, cost, 24, _saleFlow[k]);
        path.SecondHand[k][m] = worth;
        path.SaleFlow[k][m] = _saleFlow[k];
        if (!_off.Has(Mechanisms.Resale))
        {
            var hazard = ServerPrices.ExitHazard(
                _p,
                worth,
                Math.Max(0, (rent - cost) * let / capacity * 36)
            );
            double sold = 0;
            for (var r = 0; r < Segment.Reaches; r++)
            {
                var s = Segment.Stock(k, r);
                var gone = Math.Max(0, _capacity[s] - _letStock[s]) * Math.Min(0.5, hazard);
                _capacity[s] -= gone;
                sold += gone;
            }
            _saleFlow[k] += (sold / capacity - _saleFlow[k]) / 3;
        }
        if (!_off.Has(Mechanisms.Takeover))
        {
            _eligible[k] +=
                ServerPrices.TakeoverHazard(_p, 1 - (let / capacity)) * (1 - _eligible[k]);
        }
    }
}
