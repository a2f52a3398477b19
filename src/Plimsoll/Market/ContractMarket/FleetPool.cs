using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <summary>Fleets of one kind under one rule: what stands, what can be let, what is asked for it and whom it draws.</summary>
/// <remarks>
/// Two halves of a fleet share a pool, so that splitting a fleet changes nothing. Capacity is counted in the pool's own accelerators;
/// towards the market one of them counts for <see cref="ChipTerms.Quality"/> accelerators of the tier's reference chip.
/// </remarks>
internal sealed partial class FleetPool
{
    private const double PerServer = ContractEngine.PerServer;
    private const double HoursPerMonth = CentreFrame.HoursPerMonth;
    private const int Needs = Segment.Needs;

    private readonly CentreFrame _f;
    private readonly PoolTerms _of;
    private readonly IPolicy _policy;
    private readonly ContractTerms _terms;
    private readonly double _logRentFactor;
    private readonly double[] _logAsk = new double[Segment.Reaches];
    private readonly double[] _pull = new double[Segment.Reaches * Needs];
    private readonly double[] _weights = new double[Segment.Reaches * Needs];
    private double _logCeiling;
    private double _capability;

    public FleetPool(CentreFrame frame, PoolTerms of)
    {
        (_f, _of, _policy, _terms) = (frame, of, of.Policy, frame.Terms);
        Tier = (int)of.Tier;
        var first = of.Fleets[0];
        (Fabric, Quality) = (first.TrainingFabric, of.Chip.Quality);
        Avoidable =
            first.AvoidableCostPerAcceleratorMonth ?? frame.Plan.AvoidableCostPerAcceleratorMonth;
        LogFloor = Math.Log(Math.Max(1e-9, Avoidable * PerServer));
        _capable = first.Inference ?? frame.Plan.Inference;
        _goodput =
            (_capable?.GoodputTokensPerSecond ?? 0)
            * Math.Exp((_capable?.LogError ?? 0) * frame.GoodputLuck);
        _logRentFactor = Math.Log(frame.Of.Scenario.RentFactor);
        Planned = of.Fleets.Sum(fleet => fleet.Accelerators);
        FirstOnline = of.Fleets.Min(fleet =>
            fleet.Online + frame.Of.Scenario.DelayMonths - frame.Plan.Start
        );
        Series = new FleetSeries(frame.Plan.Months);
        _quotes = new double[frame.Plan.Months + 1];
        _capability = frame.Plan.OperatorCapability;
    }

    public int Tier { get; }
    public bool Fabric { get; }

    /// <summary>Accelerators of the tier's reference chip for one of its own.</summary>
    public double Quality { get; }

    /// <summary>Running cost that darkness saves, money a month of one accelerator.</summary>
    public double Avoidable { get; }

    /// <summary>Log of that of a server.</summary>
    public double LogFloor { get; }
    public double Planned { get; }
    public int FirstOnline { get; }
    public FleetSeries Series { get; }
    public CentreAction Action { get; private set; } = CentreAction.Hold;

    /// <summary>Share sold for good.</summary>
    public double Gone { get; private set; }

    /// <summary>Share that the owner has put up for sale so far, sold or not: what is under contract is sold when its contract ends.</summary>
    private double _putUp;

    /// <summary>Accelerators promised to contracts that have not begun to use them.</summary>
    public double Promised { get; set; }

    /// <summary>Accelerators that stay when all that is to be sold is gone: no more than these are let anew.</summary>
    private double Kept => Standing * (1 - _putUp) * (1 - Math.Clamp(Action.SellLater, 0, 1));

    /// <summary>True when a tenant whose contract ends may stay on some accelerators: they are not to be sold.</summary>
    /// <param name="accelerators">Of the contract, still counted in what is let.</param>
    /// <param name="counted">True while they are counted in <see cref="Let"/>.</param>
    public bool Keeps(double accelerators, bool counted) =>
        Let + (counted ? 0 : accelerators) <= Kept + 1e-9;

    public double Standing { get; private set; }
    public double Installed { get; private set; }

    /// <summary>In working order.</summary>
    public double Sound { get; private set; }

    /// <summary>Not kept for the owner.</summary>
    public double Open { get; private set; }

    /// <summary>Let, firm contracts included.</summary>
    public double Let { get; private set; }

    /// <summary>Let under contracts signed before the decision: repairs and the owner's own use give way to them.</summary>
    public double Firm { get; private set; }

    /// <summary>Of these, hours that their tenants need not pay and leave this month, in accelerators: free by the hour, for they may be called for next month.</summary>
    public double Left { get; set; }

    /// <summary>Of these, let to demand that is not the merchants' market's: neither its supply nor its use.</summary>
    public double Apart { get; set; }

    /// <summary>Of what is open, what tenants can use as it stands; contracts signed count whole.</summary>
    public double Eligible => Firm + (Math.Max(0, Open - Firm) * _eligibleShare);
    public double Offered { get; private set; }

    private double _eligibleShare;
    private double _shareOfStock;

    /// <summary>True when it may serve a contract: one that names no fleet, or a fleet of the pool that has come, whatever else of its kind came before.</summary>
    public bool Serves(string? fleet, int m) =>
        fleet is null || _of.Fleets.Any(f => f.Name == fleet && Came(f, m) > 0);

    public IReadOnlyList<FleetPlan> Fleets => _of.Fleets;

    /// <summary>Log over the rent of the tier's stock, whatever the month of the outlook.</summary>
    public double Shift(int m) => At(_of.Chip.LogShift, m) + _logRentFactor;

    private double SpotShift(int m) => At(_of.Chip.LogSpotShift, m) + _logRentFactor;

    private double At(double[] shift, int m) =>
        shift[Math.Clamp(m + _f.Offset, 0, shift.Length - 1)];

    public double LogAsk(int stock) => _logAsk[stock % Segment.Reaches];

    /// <summary>Attraction to the buyers of a segment of its tier.</summary>
    public double Weight(int cell) => _weights[cell - (Tier * Segment.Reaches * Needs)];

    public double Trust => (_terms.CapabilityWeight * (_capability - 0.5)) + _f.Taste;

    public double Capability => _capability;

    /// <summary>Accelerators of a fleet that have come by a month, before sales.</summary>
    public double Came(FleetPlan fleet, int m) =>
        fleet.Online + _f.Of.Scenario.DelayMonths <= _f.Plan.Start + m ? fleet.Accelerators : 0;

    /// <summary>What share can be let, by who runs it and how large the centre is beside its tier's stock when it comes.</summary>
    private void SetEligible()
    {
        Parameters p = _f.P;
        var mean =
            Tier == (int)Market.Tier.D
                ? p[Parameter.EligibleShareDomestic]
                : p[Parameter.EligibleShare];
        _eligibleShare = _f.Of.World.Off.Has(Mechanisms.Eligibility)
            ? 1
            : Eligibility.Share(
                Eligibility.Location(mean) + (_f.SizeSlope * _shareOfStock),
                Eligibility.Skill(_capability),
                _f.Luck
            );
    }

    /// <summary>The owner decides and fleets come.</summary>
    public void Decide(int m, MarketMoment market)
    {
        if (m == 0)
        {
            _quotes[0] = Quote(0, market);
            _state = FirstState(market);
        }
        if (m == Math.Clamp(FirstOnline, 0, _f.Plan.Months - 1))
        {
            var own = Planned * Quality;
            _shareOfStock = own / Math.Max(own, market.Installed[Tier] + own);
            SetEligible();
        }
        Action = _policy.Decide(in _state);
        if (Action.HandOver && _f.Plan.TakeoverCapability > _capability)
        {
            _capability = _f.Plan.TakeoverCapability;
            SetEligible();
        }
        Standing = 0;
        foreach (var fleet in _of.Fleets)
        {
            Standing += Came(fleet, m);
        }
        _putUp += Standing > 0 ? (1 - _putUp) * Math.Clamp(Action.SellShare, 0, 1) : 0;
    }

    /// <summary>Accelerators sold this month: all that are put up for sale and under no contract.</summary>
    public double ForSale =>
        Math.Max(0, Math.Min(Standing * (_putUp - Gone), (Standing * (1 - Gone)) - Bound));

    /// <summary>Accelerators that contracts bind, spares for those of the market among them.</summary>
    private double Bound
    {
        get
        {
            var firm = Firm + Promised;
            return Let > Firm
                ? Math.Max(
                    firm,
                    (Let + Promised)
                        / Math.Max(1e-9, (1 - _terms.RepairShare) * (1 - _f.Plan.CaptiveShare))
                )
                : firm;
        }
    }

    /// <summary>Sells them; returns the money.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="market">The market.</param>
    /// <param name="flow">What the centre sells of the tier this month over the tier's stock.</param>
    public double Sell(int m, MarketMoment market, double flow)
    {
        var sold = ForSale;
        if (sold <= 0)
        {
            return 0;
        }
        Series.Sold[m] = sold;
        Gone = Math.Min(1, Gone + (sold / Standing));
        return sold * Resale(m, market, flow);
    }

    /// <summary>What stands, what of it can be let, and the ask of the month.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="market">The market.</param>
    /// <param name="relief">What a voucher makes of the odds of being chosen, by need and log rent.</param>
    public void Prepare(int m, MarketMoment market, Func<int, double, double> relief)
    {
        Installed = Standing * (1 - Gone);
        Sound = Installed * (1 - _terms.RepairShare);
        Open = Sound * (1 - _f.Plan.CaptiveShare);
        _logCeiling = Ceiling(m, market);
        _promise = Promise(m);
        var main = _f.MainStock(Tier);
        InferenceFit = FitForTokens(m, market.LogRent[_f.MainStock(Tier)] + Shift(m));
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var stock = Segment.Stock(Tier, r);
            var rent = market.LogRent[stock] + Shift(m);
            _logAsk[r] = Math.Max(Math.Log(Math.Max(1e-3, Action.PriceOverQuote)), LogFloor - rent);
            var pull = Math.Exp(Trust - (_terms.PriceWeight * _logAsk[r])) * _f.Place(stock);
            _logOffer = stock == main ? rent + _logAsk[r] : _logOffer;
            for (var need = 0; need < Needs; need++)
            {
                _pull[(r * Needs) + need] = pull * Fit(need) * relief(need, rent);
            }
        }
    }

    /// <summary>Log of the price at which tenants buy instead, money a server-month.</summary>
    private double Ceiling(int m, MarketMoment market)
    {
        Parameters p = _f.P;
        var forcing = _f.Of.World.Forcing;
        var price = ServerPrices.New(
            p,
            market.Expected[0] - market.LogReference,
            forcing.LogReference[0] - forcing.LogReference[m + _f.Offset]
        );
        return RentLaws.LogCeiling(price * forcing.Tiers.Price[Tier], p[Parameter.BuyMonths])
            + Shift(m);
    }

    /// <summary>Nobody pays more than buying costs, unless the whole market does.</summary>
    /// <param name="stock">Stock.</param>
    /// <param name="logRent">Log of its rent for the chip, money a server-month.</param>
    public bool TooDear(int stock, double logRent) =>
        LogAsk(stock) > 0 && logRent + LogAsk(stock) > _logCeiling;

    /// <summary>Log of the price of a new contract, by the engine's rule: at most what buying costs, unless rents are imposed.</summary>
    public double SigningPrice(int stock, double logRent) =>
        _f.Of.World.Forcing.LogImposed is null
            ? Math.Min(logRent + LogAsk(stock), _logCeiling)
            : logRent + LogAsk(stock);

    /// <summary>How well the fleet meets a need, 0 to 1.</summary>
    public double Fit(int need) =>
        (Need)need switch
        {
            Need.Training => _f.Sells(Product.TrainingLease) ? (Fabric ? 1 : 0.1) : 0,
            Need.Small => _f.Sells(Product.SmallLease) ? 1 : 0,
            Need.Inference => _f.Sells(Product.SmallLease) ? InferenceFit : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(need), need, "No such need."),
        };

    /// <summary>What is free and lit, and its attraction by segment.</summary>
    /// <param name="closed">True while nothing can be let.</param>
    public void Offer(bool closed)
    {
        // Traffic can be turned away for a tenant who pays more; only where it earns more is capacity kept for it.
        var free = Math.Max(0, Math.Min(Eligible - Let - Reserved, Kept - Let));
        // What tenants cannot use goes to the promise first.
        free -= Math.Min(free, Math.Max(0, CoveredAbove(_logOffer) - Math.Max(0, Open - Eligible)));
        Offered = closed ? 0 : free * (1 - Math.Clamp(Action.DarkShare, 0, 1));
        Weigh();
    }

    private void Weigh()
    {
        var open = Offered >= Math.Max(_terms.Granule, _f.Plan.MinimumLot);
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = open ? _pull[i] * Offered * Quality : 0;
        }
    }

    /// <summary>Accelerators that a buyer takes; 0 when no block is there for it.</summary>
    /// <param name="buyer">Who; counts in the tier's reference chip.</param>
    /// <param name="stock">Stock it searches in.</param>
    /// <param name="logRent">Log rent for the chip.</param>
    public int Block(in Buyer buyer, int stock, double logRent)
    {
        var granule = _terms.Granule;
        int Own(int accelerators) =>
            Quality == 1
                ? accelerators
                : (int)Math.Ceiling((accelerators / Quality / granule) - 1e-9) * granule;
        var room = (int)(Offered / granule) * granule;
        var lot = (int)Math.Ceiling(_f.Plan.MinimumLot);
        var wanted = Own(buyer.Accelerators);
        return room < Own(buyer.Least) || room < lot || wanted * 2 < lot || TooDear(stock, logRent)
            ? 0
            : Math.Min(room, Math.Max(wanted, lot));
    }

    /// <summary>A contract begins on some of its accelerators.</summary>
    public void Hold(double accelerators, bool firm)
    {
        Let += accelerators;
        Firm += firm ? accelerators : 0;
    }

    /// <summary>A contract on some of its accelerators ends.</summary>
    public void Release(double accelerators, bool firm)
    {
        Let = Math.Max(0, Let - accelerators);
        Firm = firm ? Math.Max(0, Firm - accelerators) : Firm;
    }

    /// <summary>Takes a block out of what is offered in the midst of a month.</summary>
    public void Withdraw(double accelerators)
    {
        Offered -= accelerators;
        Weigh();
    }
}
