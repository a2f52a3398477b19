using Plimsoll.Outlooks;
using Plimsoll.Sampling;

namespace Plimsoll.Market.ContractMarket;

/// <summary>One centre among the others: it asks, is chosen, lets, goes dark, sells and is handed over by the rule of its owner.</summary>
/// <remarks>
/// The same object stands in a full run (<see cref="ContractEngine"/>) and in a re-clearing (<see cref="Reclearing"/>), so that the two
/// differ only in how the rest of the market answers. In a stock it competes with the share of its capacity that the site's reach gives
/// it there: reach makes near and remote gradual.
/// </remarks>
internal sealed partial class AddedCentre
{
    private const double HoursPerMonth = 730;
    private const double PerServer = ContractEngine.PerServer;
    private const int Needs = Segment.Needs;

    private readonly CentrePlan _plan;
    private readonly IPolicy _policy;
    private readonly PlanTerms _of;
    private readonly ContractTerms _terms;
    private readonly double[] _p;
    private readonly int _offset;
    private readonly double _luck;
    private readonly double _taste;
    private readonly double _goodput;
    private readonly double _logFactor;
    private readonly CentreSeries _s;
    private readonly double[] _quotes;
    private readonly double[] _weights = new double[Segment.Count];
    private readonly double[] _held = new double[Segment.Count];
    private readonly double[] _displaced = new double[Segment.Count];
    private readonly double[] _logAsk = new double[Segment.Stocks];
    private readonly double[] _pull = new double[Segment.Count];
    private readonly Pool[] _pools = [new(), new(), new()];
    private readonly double[] _logCeiling = new double[Segment.Tiers];
    private readonly double _logFloor;
    private readonly bool[] _sells = new bool[4];
    private double _inferenceFit = 1;
    private double _capability;
    private double _sold;
    private CentreAction _action = CentreAction.Hold;
    private ObservedState _state;

    public AddedCentre(CentrePlan plan, IPolicy policy, PlanTerms of)
    {
        (_plan, _policy, _of, _terms) = (plan, policy, of, of.World.Terms);
        _p = of.World.Member.Values;
        _offset = plan.Start - of.World.Forcing.Start;
        var stream = RandomStream.Keyed(of.Seed, of.Draw, EntityId.Of("centre"), Purpose.Inputs);
        var key = stream.NextBits();
        _luck = KeyedNormal.At(key, 0);
        _taste = _terms.TasteDeviation * KeyedNormal.At(key, 1);
        _goodput =
            (plan.Inference?.GoodputTokensPerSecond ?? 0)
            * Math.Exp((plan.Inference?.LogError ?? 0) * KeyedNormal.At(key, 2));
        _logFactor = Math.Log(of.Scenario.RentFactor);
        _logFloor = Math.Log(Math.Max(1e-9, plan.AvoidableCostPerAcceleratorMonth * PerServer));
        foreach (var product in plan.Products)
        {
            _sells[(int)product] = true;
        }
        _s = new CentreSeries(plan.Months);
        _quotes = new double[plan.Months + 1];
        SetCapability(plan.OperatorCapability);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            foreach (var fleet in of.Fleets[k] ?? [])
            {
                _pools[k].Planned += fleet.Accelerators;
                _pools[k].Fabric += fleet.TrainingFabric ? fleet.Accelerators : 0;
                _pools[k].FirstOnline = Math.Min(
                    _pools[k].FirstOnline,
                    fleet.Online + of.Scenario.DelayMonths - plan.Start
                );
            }
            Main = _pools[k].Planned > _pools[Main].Planned ? k : Main;
        }
    }

    /// <summary>First month of the market in which the centre's outlook stands.</summary>
    public int FirstMonth => _offset;

    /// <summary>Month of the market after its last.</summary>
    public int EndMonthOf => _offset + _plan.Months;

    /// <summary>The tier of its largest fleet.</summary>
    public int Main { get; }

    /// <summary>True when it has a fleet in the tier.</summary>
    public bool Has(int tier) => _pools[tier].Planned > 0;

    /// <summary>Accelerators let in a segment.</summary>
    public double Held(int cell) => _held[cell];

    /// <summary>Of those, what the rest of the market would else have let.</summary>
    public double Displaced(int cell) => _displaced[cell];

    /// <summary>Attraction to buyers of a segment; 0 when nothing is offered.</summary>
    public double Weight(int cell) => _weights[cell];

    /// <summary>Log of its ask over the rent of the segment's stock.</summary>
    public double LogAsk(int cell) => _logAsk[cell / Needs] + _logFactor;

    /// <summary>True while it can take even the smallest buyer of a segment.</summary>
    public bool HasRoom(int cell) => _weights[cell] > 0;

    /// <summary>Accelerators let in a stock.</summary>
    public double LetIn(int stock) =>
        _held[stock * Needs] + _held[(stock * Needs) + 1] + _held[(stock * Needs) + 2];

    /// <summary>Let or offered in a stock.</summary>
    public double OfferedIn(int stock) => LetIn(stock) + (_pools[stock / 2].Offered * Place(stock));

    /// <summary>Fit to be let in a stock.</summary>
    public double EligibleIn(int stock) => _pools[stock / 2].Eligible * Place(stock);

    /// <summary>Installed in a tier.</summary>
    public double InstalledIn(int tier) => _pools[tier].Installed;

    private double Place(int stock) =>
        stock % 2 == (int)Reach.Near ? _plan.ReachableShare : 1 - _plan.ReachableShare;

    private void SetCapability(double capability)
    {
        _capability = capability;
        Parameters p = _p;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var mean =
                k == (int)Tier.D ? p[Parameter.EligibleShareDomestic] : p[Parameter.EligibleShare];
            _pools[k].EligibleShare = _of.World.Off.Has(Mechanisms.Eligibility)
                ? 1
                : Eligibility.Share(
                    Eligibility.Location(mean),
                    Eligibility.Skill(capability),
                    _luck
                );
        }
    }

    /// <summary>The owner decides, fleets come, contracts end, and the month's offer stands.</summary>
    public void BeginMonth(int month, MarketMoment market)
    {
        var m = month - _offset;
        if (m < 0 || m >= _plan.Months)
        {
            Array.Clear(_weights);
            return;
        }
        if (m == 0)
        {
            _quotes[0] = Quote(market);
            _state = FirstState(market);
        }
        _action = _policy.Decide(in _state);
        if (_action.HandOver && _plan.TakeoverCapability > _capability)
        {
            SetCapability(_plan.TakeoverCapability);
        }
        RenewVoucher(m);
        if (_of.Scheme >= 0)
        {
            ShareBudget(market.VoucherLeft);
        }
        Come(m, market);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (Has(k))
            {
                Prepare(k, m, market);
            }
        }
        Settle(m, market);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (Has(k))
            {
                Offer(k);
            }
        }
    }

    /// <summary>Fleets come, and the owner sells the same share of each.</summary>
    private void Come(int m, MarketMoment market)
    {
        var share = Math.Clamp(_action.SellShare, 0, 1);
        var any = false;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            ref var pool = ref _pools[k];
            pool.Standing = 0;
            foreach (var fleet in _of.Fleets[k] ?? [])
            {
                pool.Standing +=
                    fleet.Online + _of.Scenario.DelayMonths <= _plan.Start + m
                        ? fleet.Accelerators
                        : 0;
            }
            if (share > 0 && pool.Standing > 0)
            {
                any = true;
                _s.Proceeds[m] += SellPool(k, share, m, market);
            }
        }
        _sold += any ? (1 - _sold) * share : 0;
    }

    /// <summary>What stands, what of it can be let, and the ask of the month.</summary>
    private void Prepare(int k, int m, MarketMoment market)
    {
        ref var pool = ref _pools[k];
        pool.Installed = pool.Standing * (1 - _sold);
        pool.Sound = pool.Installed * (1 - _terms.RepairShare);
        pool.Open = pool.Sound * (1 - _plan.CaptiveShare);
        pool.Eligible = pool.Open * pool.EligibleShare;
        _logCeiling[k] = Ceiling(k, m, market);
        _inferenceFit = InferenceFit(m, market.LogRent[MainStock] + _logFactor);
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var stock = Segment.Stock(k, r);
            var rent = market.LogRent[stock] + _logFactor;
            _logAsk[stock] = Math.Max(
                Math.Log(Math.Max(1e-3, _action.PriceOverQuote)),
                _logFloor - rent
            );
            var trust = (_terms.CapabilityWeight * (_capability - 0.5)) + _taste;
            var pull = Math.Exp(trust - (_terms.PriceWeight * _logAsk[stock])) * Place(stock);
            for (var need = 0; need < Needs; need++)
            {
                _pull[Segment.Of(stock, need)] = pull * Fit(k, need) * Relief(need, rent);
            }
        }
    }

    /// <summary>Log of the price at which tenants buy instead, money a server-month.</summary>
    private double Ceiling(int k, int m, MarketMoment market)
    {
        Parameters p = _p;
        var forcing = _of.World.Forcing;
        var price = ServerPrices.New(
            p,
            market.Expected[0] - market.LogReference,
            forcing.LogReference[0] - forcing.LogReference[m + _offset]
        );
        return RentLaws.LogCeiling(price * forcing.Tiers.Price[k], p[Parameter.BuyMonths])
            + _logFactor;
    }

    /// <summary>Nobody pays more than buying costs, unless the whole market does.</summary>
    private bool TooDear(int stock, double logRent) =>
        _logAsk[stock] > 0 && logRent + _logAsk[stock] + _logFactor > _logCeiling[stock / 2];

    /// <summary>Log of the price of a new contract, by the engine's rule: at most what buying costs, unless rents are imposed.</summary>
    private double SigningPrice(int stock, double rent) =>
        _of.World.Forcing.LogImposed is null
            ? Math.Min(rent + _logAsk[stock], _logCeiling[stock / 2])
            : rent + _logAsk[stock];

    /// <summary>How well the fleet meets a need, 0 to 1.</summary>
    private double Fit(int k, int need) =>
        need switch
        {
            (int)Need.Training => Sells(Product.TrainingLease)
                ? 0.1 + (0.9 * _pools[k].Fabric / _pools[k].Planned)
                : 0,
            (int)Need.Small => Sells(Product.SmallLease) ? 1 : 0,
            _ => Sells(Product.SmallLease) ? _inferenceFit : 0,
        };

    /// <summary>Who serves tokens on rented chips pays no more than the tokens earn: a chip poor at it loses them as if its price were that much higher.</summary>
    private double InferenceFit(int m, double logRent)
    {
        var value = TokenValue(m) * PerServer * HoursPerMonth;
        return value <= 0
            ? 1
            : Math.Exp(
                _terms.PriceWeight * Math.Clamp(Math.Log(value) - logRent, -MostShortfall, 0)
            );
    }

    /// <summary>Bound of the shortfall of token value below rent, in logs; beyond it nobody comes anyway.</summary>
    private const double MostShortfall = 2;

    private bool Sells(Product product) => _sells[(int)product];

    /// <summary>What is free and lit, and its attraction by segment.</summary>
    private void Offer(int k)
    {
        ref var pool = ref _pools[k];
        var free = Math.Max(0, pool.Eligible - pool.Let - pool.Tokens);
        pool.Offered = free * (1 - Math.Clamp(_action.DarkShare, 0, 1));
        Weigh(k);
    }

    private void Weigh(int k)
    {
        var open = _pools[k].Offered >= Math.Max(_terms.Granule, _plan.MinimumLot);
        for (var cell = 2 * k * Needs; cell < ((2 * k) + 2) * Needs; cell++)
        {
            _weights[cell] = open ? _pull[cell] * _pools[k].Offered : 0;
        }
    }

    /// <summary>A buyer has chosen the centre. False when no block is there for it.</summary>
    /// <param name="buyer">Who.</param>
    /// <param name="cell">Segment.</param>
    /// <param name="logRent">Log rent of the stock now.</param>
    /// <param name="displaces">True when it would else have signed elsewhere.</param>
    /// <param name="let">Accelerators let.</param>
    public bool Take(in Buyer buyer, int cell, double logRent, bool displaces, out int let)
    {
        var k = cell / Needs / 2;
        ref var pool = ref _pools[k];
        let = 0;
        var room = (int)(pool.Offered / _terms.Granule) * _terms.Granule;
        var lot = (int)Math.Ceiling(_plan.MinimumLot);
        if (
            room < buyer.Least
            || room < lot
            || buyer.Accelerators * 2 < lot
            || TooDear(cell / Needs, logRent)
        )
        {
            return false;
        }
        let = Math.Min(room, Math.Max(buyer.Accelerators, lot));
        pool.Offered -= let;
        var rent = logRent + _logFactor;
        Sign(k, cell, let, SigningPrice(cell / Needs, rent), buyer, displaces);
        Weigh(k);
        return true;
    }

    /// <summary>The state of one fleet.</summary>
    private struct Pool()
    {
        public double Planned;
        public double Fabric;
        public int FirstOnline = int.MaxValue;
        public double Standing;
        public double Installed;
        public double Sound;
        public double Open;
        public double Eligible;
        public double EligibleShare;
        public double Let;
        public double Offered;
        public double Tokens;
        public double Spot;
        public double Load;
    }
}
