using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <summary>One centre among the others: it asks, is chosen, lets, goes dark, sells and is handed over by the rules of its owner.</summary>
/// <remarks>
/// The same object stands in a full run (<see cref="ContractEngine"/>) and in a re-clearing (<see cref="Reclearing"/>), so that the two
/// differ only in how the rest of the market answers. Its fleets stand side by side in <see cref="FleetPool"/>s; no fleet stands for
/// another. Towards the market everything is counted in accelerators of the tier's reference chip.
/// </remarks>
internal sealed partial class AddedCentre
{
    private const int Needs = Segment.Needs;

    private readonly CentreFrame _f;
    private readonly CentrePlan _plan;
    private readonly PlanTerms _of;
    private readonly ContractTerms _terms;
    private readonly CentreSeries _s;
    private readonly FleetPool[] _pools;
    private readonly double[] _held = new double[Segment.Count];
    private readonly double[] _displaced = new double[Segment.Count];
    private readonly bool[] _has = new bool[Segment.Tiers];
    private MarketMoment? _now;

    public AddedCentre(CentrePlan plan, PlanTerms of)
    {
        (_plan, _of, _terms) = (plan, of, of.World.Terms);
        _f = new CentreFrame(plan, of);
        _s = new CentreSeries(plan.Months);
        _pools = [.. of.Fleets.Select(fleet => new FleetPool(_f, fleet))];
        foreach (var pool in _pools)
        {
            _has[pool.Tier] = true;
        }
        _operator = plan.Operator is { } run
            ? of.Counterparties.Of(run.Operator)
            : CounterpartyPath.Sound("the operator");
        _signed =
        [
            .. plan.Signed.Select(lease => new FirmLease(lease, plan, of, _pools.Length)
            {
                Apart = TakesTheSite(lease, plan),
            }),
        ];
    }

    /// <summary>Share of a site from which a contract signed before it stands takes it whole; own prior.</summary>
    private const double MostOfASite = 0.5;

    /// <summary>Whether a tenant takes most of the site, in however many contracts.</summary>
    private static bool TakesTheSite(SignedLease lease, CentrePlan plan) =>
        BeforeItStands(lease, plan)
        && plan.Signed.Where(l =>
                l.Terms.Tenant.Name == lease.Terms.Tenant.Name && BeforeItStands(l, plan)
            )
            .Sum(l => l.Accelerators)
            >= MostOfASite * plan.Fleets.Sum(f => f.Accelerators);

    private static bool BeforeItStands(SignedLease lease, CentrePlan plan) =>
        plan.Fleets.All(f =>
            (lease.Fleet is { } fleet && fleet != f.Name) || f.Online > plan.Start
        );

    /// <summary>First month of the market in which the centre's outlook stands.</summary>
    public int FirstMonth => _f.Offset;

    /// <summary>Month of the market after its last.</summary>
    public int EndMonthOf => _f.Offset + _plan.Months;

    /// <summary>Constants of the market it stands in.</summary>
    public ContractTerms Terms => _terms;

    /// <summary>Parameters of the market's member.</summary>
    public double[] Parameters => _f.P;

    /// <summary>Where it stands.</summary>
    public string Site => _plan.Site;

    /// <summary>True when it has a fleet in the tier.</summary>
    public bool Has(int tier) => _has[tier];

    /// <summary>Let in a segment.</summary>
    public double Held(int cell) => _held[cell];

    /// <summary>Of those, what the rest of the market would else have let.</summary>
    public double Displaced(int cell) => _displaced[cell];

    /// <summary>Attraction to buyers of a segment; 0 when nothing is offered.</summary>
    public double Weight(int cell)
    {
        var tier = cell / Needs / Segment.Reaches;
        var sum = 0.0;
        foreach (var pool in _pools)
        {
            sum += _standing && pool.Tier == tier ? pool.Weight(cell) : 0;
        }
        return sum;
    }

    private bool _standing;

    /// <summary>Let in a stock.</summary>
    public double LetIn(int stock) =>
        _held[stock * Needs] + _held[(stock * Needs) + 1] + _held[(stock * Needs) + 2];

    /// <summary>Let or offered in a stock.</summary>
    public double OfferedIn(int stock)
    {
        var sum = 0.0;
        foreach (var pool in _pools)
        {
            sum += pool.Tier == stock / Segment.Reaches ? pool.Offered * pool.Quality : 0;
        }
        return LetIn(stock) + (sum * _f.Place(stock));
    }

    /// <summary>Fit to be let in a stock.</summary>
    public double EligibleIn(int stock)
    {
        var sum = 0.0;
        foreach (var pool in _pools)
        {
            sum +=
                pool.Tier == stock / Segment.Reaches
                    ? (pool.Eligible - pool.Apart) * pool.Quality
                    : 0;
        }
        return sum * _f.Place(stock);
    }

    /// <summary>Installed in a tier.</summary>
    public double InstalledIn(int tier)
    {
        var sum = 0.0;
        foreach (var pool in _pools)
        {
            sum += pool.Tier == tier ? pool.Installed * pool.Quality : 0;
        }
        return sum;
    }

    /// <summary>The owner decides, fleets come, contracts end, and the month's offer stands.</summary>
    public void BeginMonth(int month, MarketMoment market)
    {
        var m = month - _f.Offset;
        _standing = m >= 0 && m < _plan.Months;
        if (!_standing)
        {
            _moving.Clear();
            return;
        }
        _now = market;
        foreach (var pool in _pools)
        {
            pool.Decide(m, market);
        }
        Sell(m, market);
        RenewVoucher(m);
        if (_of.Scheme >= 0)
        {
            ShareBudget(market.VoucherLeft[_of.Scheme]);
        }
        foreach (var pool in _pools)
        {
            pool.Prepare(m, market, Relief);
        }
        Settle(m, market);
        _stopped = OperatorGone(m);
        foreach (var pool in _pools)
        {
            pool.Offer(_stopped);
        }
    }

    /// <summary>What the centre sells of a tier in a month presses the price of all of it.</summary>
    private void Sell(int m, MarketMoment market)
    {
        Promise(m);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var gone = 0.0;
            foreach (var pool in _pools)
            {
                gone += pool.Tier == k ? pool.ForSale * pool.Quality : 0;
            }
            if (gone <= 0)
            {
                continue;
            }
            var flow = gone / Math.Max(1, market.Installed[k] + gone);
            foreach (var pool in _pools)
            {
                _s.Proceeds[m] += pool.Tier == k ? pool.Sell(m, market, flow) : 0;
            }
        }
    }

    /// <summary>A buyer has chosen the centre. False when no block is there for it.</summary>
    /// <param name="buyer">Who.</param>
    /// <param name="chance">Where among the centre's own fleets its choice falls, 0 to 1.</param>
    /// <param name="cell">Segment.</param>
    /// <param name="logRent">Log rent of the stock now.</param>
    /// <param name="displaces">True when it would else have signed elsewhere.</param>
    /// <param name="let">Accelerators let, in the reference chip.</param>
    /// <param name="logPrice">Log of the price of the reference chip, money a server-month.</param>
    public bool Take(
        in Buyer buyer,
        double chance,
        int cell,
        double logRent,
        bool displaces,
        out double let,
        out double logPrice
    )
    {
        (let, logPrice) = (0, logRent);
        var index = Choose(chance, cell);
        if (index < 0)
        {
            return false;
        }
        var pool = _pools[index];
        var rent = logRent + pool.Shift(_month);
        var block = pool.Block(buyer, cell / Needs, rent);
        if (block == 0)
        {
            return false;
        }
        var price = pool.SigningPrice(cell / Needs, rent);
        let = block * pool.Quality;
        logPrice = price - pool.Shift(_month);
        Sign(index, cell, block, price, buyer, displaces);
        pool.Withdraw(block);
        return true;
    }

    private int Choose(double chance, int cell)
    {
        var tier = cell / Needs / Segment.Reaches;
        var left = chance * Weight(cell);
        var last = -1;
        for (var i = 0; i < _pools.Length; i++)
        {
            if (_pools[i].Tier != tier || _pools[i].Weight(cell) <= 0)
            {
                continue;
            }
            last = i;
            left -= _pools[i].Weight(cell);
            if (left < 0)
            {
                break;
            }
        }
        return last;
    }

    /// <summary>Spot, tokens and books of the month.</summary>
    public void EndMonth(int month, MarketMoment market)
    {
        var m = month - _f.Offset;
        if (m < 0 || m >= _plan.Months)
        {
            return;
        }
        var hours = (_plan.Start + m).Hours;
        BookSigned(m);
        BookLeases(m, hours);
        foreach (var pool in _pools)
        {
            pool.Book(m, hours, market, _stopped);
        }
        BuyUnsold(m, hours);
        foreach (var pool in _pools)
        {
            Add(pool, m, hours);
        }
        ChargeStepIn(m);
        Explain(m, market);
        foreach (var pool in _pools)
        {
            pool.Close(m, market, InstalledIn(pool.Tier));
        }
        Prices(m);
    }

    private void BookLeases(int m, double hours)
    {
        if (_stopped)
        {
            return;
        }
        foreach (var c in _contracts)
        {
            var lease = c.Product == Product.TrainingLease ? _s.Training : _s.Small;
            var own = _pools[c.Pool].Series;
            lease.Hours[m] += c.Accelerators * hours;
            lease.Money[m] += c.Accelerators * hours * c.Price;
            own.Hours[m] += c.Accelerators * hours;
            own.Money[m] += c.Accelerators * hours * c.Price;
        }
    }

    private void Add(FleetPool pool, int m, double hours)
    {
        _s.Spot.Hours[m] += pool.Spot * hours;
        _s.Spot.Money[m] += pool.Spot * hours * pool.SpotPrice;
        _s.Tokens.Hours[m] += pool.Tokens * hours;
        _s.Tokens.Money[m] += pool.Tokens * hours * pool.TokenPrice(m);
        _s.TokenCount[m] += pool.TokenCount(m, hours);
        _s.TokensWon[m] += pool.TokensWon;
        _s.Installed[m] += pool.Installed;
        _s.Repair[m] += pool.Repair;
        _s.Dark[m] += pool.Dark;
        _s.SpotNow[m] += pool.Spot;
        _s.Captive[m] += pool.Captive;
        _s.Idle[m] += pool.Series.Idle[m];
        _s.Sold[m] += pool.Series.Sold[m];
    }

    /// <summary>Prices of the whole centre: means over its accelerators, those to come where none stands; a sale takes as long as its slowest part.</summary>
    private void Prices(int m)
    {
        double all = 0,
            planned = 0;
        foreach (var pool in _pools)
        {
            all += pool.Installed;
            planned += pool.Planned;
        }
        foreach (var pool in _pools)
        {
            var share = all > 0 ? pool.Installed / all : pool.Planned / planned;
            _s.Resale[m] += share * pool.Series.Resale[m];
            _s.Quote[m] += share * pool.Series.Quote[m];
            _s.ContractRent[m] += share * pool.Series.ContractRent[m];
            _s.SpotRent[m] += share * pool.Series.SpotRent[m];
            _s.MonthsToSell[m] = Math.Max(
                _s.MonthsToSell[m],
                share > 0 ? pool.Series.MonthsToSell[m] : 0
            );
        }
    }
}
