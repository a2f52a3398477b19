namespace Plimsoll.Market.ContractMarket;

/// <summary>Centres that enter a market together: they meet the same buyers, and one takes what another then misses.</summary>
/// <remarks>Their order changes nothing: a buyer's choice among them falls by their attraction, in an order fixed by name.</remarks>
internal sealed class AddedCentres
{
    private const int Needs = Segment.Needs;
    private const int Stocks = Segment.Stocks;
    private const int Cells = Segment.Count;

    private readonly AddedCentre[] _centres;
    private readonly double[][] _weights;
    private readonly double[][] _heldBy;
    private readonly double[][] _displacedBy;
    private readonly double[][] _offeredBy;
    private readonly double[] _weight = new double[Cells];
    private readonly double[] _held = new double[Cells];
    private readonly double[] _displaced = new double[Cells];
    private readonly double[] _offered = new double[Stocks];
    private readonly double[] _eligible = new double[Stocks];
    private readonly bool[] _has = new bool[Segment.Tiers];

    /// <param name="centres">At least one.</param>
    public AddedCentres(IReadOnlyList<AddedCentre> centres)
    {
        _centres = [.. centres];
        FirstMonth = _centres.Min(c => c.FirstMonth);
        EndMonthOf = _centres.Max(c => c.EndMonthOf);
        double[][] Room(int size) => [.. _centres.Select(_ => new double[size])];
        (_weights, _heldBy, _displacedBy) = (Room(Cells), Room(Cells), Room(Cells));
        _offeredBy = Room(Stocks);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            _has[k] = Array.Exists(_centres, c => c.Has(k));
        }
        LookAtAll();
    }

    public IReadOnlyList<AddedCentre> Centres => _centres;

    /// <summary>First month of the market in which one of them stands.</summary>
    public int FirstMonth { get; }

    /// <summary>Month of the market after the last of all.</summary>
    public int EndMonthOf { get; }

    public bool Has(int tier) => _has[tier];

    /// <inheritdoc cref="AddedCentre.Held"/>
    public double Held(int cell) => _held[cell];

    /// <inheritdoc cref="AddedCentre.Displaced"/>
    public double Displaced(int cell) => _displaced[cell];

    /// <inheritdoc cref="AddedCentre.Weight"/>
    public double Weight(int cell) => _weight[cell];

    /// <summary>True while one of them can take even the smallest buyer of a segment.</summary>
    public bool HasRoom(int cell) => _weight[cell] > 0;

    /// <inheritdoc cref="AddedCentre.Ending"/>
    public double Ending(int cell, int month)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Ending(cell, month);
        }
        return sum;
    }

    /// <inheritdoc cref="AddedCentre.LetIn"/>
    public double LetIn(int stock) =>
        _held[stock * Needs] + _held[(stock * Needs) + 1] + _held[(stock * Needs) + 2];

    /// <inheritdoc cref="AddedCentre.OfferedIn"/>
    public double OfferedIn(int stock) => _offered[stock];

    /// <inheritdoc cref="AddedCentre.EligibleIn"/>
    public double EligibleIn(int stock) => _eligible[stock];

    /// <inheritdoc cref="AddedCentre.InstalledIn"/>
    public double InstalledIn(int tier)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.InstalledIn(tier);
        }
        return sum;
    }

    /// <summary>Looks at every centre anew: sums are kept, since they are asked for far more often than a centre changes.</summary>
    private void LookAtAll()
    {
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (!_has[k])
            {
                continue;
            }
            for (var i = 0; i < _centres.Length; i++)
            {
                LookAt(i, k);
            }
            Sum(k);
            for (var stock = 2 * k; stock < (2 * k) + 2; stock++)
            {
                _eligible[stock] = 0;
                foreach (var centre in _centres)
                {
                    _eligible[stock] += centre.EligibleIn(stock);
                }
            }
        }
    }

    private void LookAt(int i, int tier)
    {
        var centre = _centres[i];
        if (!centre.Has(tier))
        {
            return;
        }
        for (var stock = 2 * tier; stock < (2 * tier) + 2; stock++)
        {
            for (var cell = stock * Needs; cell < (stock + 1) * Needs; cell++)
            {
                _weights[i][cell] = centre.Weight(cell);
                _heldBy[i][cell] = centre.Held(cell);
                _displacedBy[i][cell] = centre.Displaced(cell);
            }
            _offeredBy[i][stock] = centre.OfferedIn(stock);
        }
    }

    private void Sum(int tier)
    {
        for (var stock = 2 * tier; stock < (2 * tier) + 2; stock++)
        {
            _offered[stock] = Of(_offeredBy, stock);
            for (var cell = stock * Needs; cell < (stock + 1) * Needs; cell++)
            {
                _weight[cell] = Of(_weights, cell);
                _held[cell] = Of(_heldBy, cell);
                _displaced[cell] = Of(_displacedBy, cell);
            }
        }
    }

    private static double Of(double[][] by, int at)
    {
        var sum = 0.0;
        foreach (var own in by)
        {
            sum += own[at];
        }
        return sum;
    }

    /// <summary>Vouchers of a scheme paid to their tenants since January.</summary>
    public double PaidThisYear(int scheme)
    {
        var sum = 0.0;
        foreach (var centre in _centres)
        {
            sum += centre.Scheme == scheme ? centre.PaidThisYear : 0;
        }
        return sum;
    }

    /// <summary>True when one of them stands in the scheme.</summary>
    public bool Uses(int scheme) => Array.Exists(_centres, c => c.Scheme == scheme);

    public void BeginMonth(int month, MarketMoment market)
    {
        foreach (var centre in _centres)
        {
            centre.BeginMonth(month, market);
        }
        LookAtAll();
        for (var i = 0; i < _centres.Length; i++)
        {
            foreach (var tenant in _centres[i].Moving)
            {
                Rehouse(i, tenant, month, market);
            }
        }
    }

    /// <summary>A tenant whose hall shuts looks first among the others of its place; who finds nothing there searches with everybody.</summary>
    private void Rehouse(int from, in MovingTenant tenant, int month, MarketMoment market)
    {
        var key = KeyedDraws.Combine(tenant.Key, (ulong)month);
        if (KeyedDraws.At(key, 0) >= _centres[from].Terms.StaysInPlace)
        {
            return;
        }
        bool Here(int i) => i != from && _centres[i].Site == _centres[from].Site;
        var all = 0.0;
        for (var i = 0; i < _centres.Length; i++)
        {
            all += Here(i) ? _weights[i][tenant.Cell] : 0;
        }
        var left = KeyedDraws.At(key, 1) * all;
        for (var i = 0; i < _centres.Length && all > 0; i++)
        {
            var own = Here(i) ? _weights[i][tenant.Cell] : 0;
            if (own <= 0 || left >= own)
            {
                left -= own;
                continue;
            }
            var need = tenant.Cell % Needs;
            var centre = _centres[i];
            if (
                centre.Take(
                    Buyer.Moved(key, tenant.Accelerators, need, centre.Terms, centre.Parameters),
                    left / own,
                    tenant.Cell,
                    market.LogRent[tenant.Cell / Needs],
                    tenant.Displaces,
                    out _,
                    out _
                )
            )
            {
                var tier = tenant.Cell / Needs / Segment.Reaches;
                LookAt(i, tier);
                Sum(tier);
            }
            return;
        }
    }

    public void EndMonth(int month, MarketMoment market)
    {
        foreach (var centre in _centres)
        {
            centre.EndMonth(month, market);
        }
        LookAtAll();
    }

    /// <summary>A buyer has chosen one of them. False when no block is there for it.</summary>
    /// <param name="buyer">Who.</param>
    /// <param name="chance">Where among them its choice falls, 0 to 1.</param>
    /// <param name="cell">Segment.</param>
    /// <param name="logRent">Log rent of the stock now.</param>
    /// <param name="displaces">True when it would else have signed elsewhere.</param>
    /// <param name="let">Accelerators let, in the reference chip.</param>
    /// <param name="logPrice">Log of the price of the reference chip, money a server-month.</param>
    /// <param name="taker">Who took it.</param>
    public bool Take(
        in Buyer buyer,
        double chance,
        int cell,
        double logRent,
        bool displaces,
        out double let,
        out double logPrice,
        out AddedCentre? taker
    )
    {
        (let, logPrice, taker) = (0, logRent, null);
        var left = chance * _weight[cell];
        var chosen = -1;
        for (var i = 0; i < _centres.Length; i++)
        {
            var own = _weights[i][cell];
            if (own <= 0)
            {
                continue;
            }
            chosen = i;
            if (left < own)
            {
                break;
            }
            left -= own;
        }
        if (chosen < 0)
        {
            return false;
        }
        taker = _centres[chosen];
        if (
            !taker.Take(
                buyer,
                Math.Clamp(left / _weights[chosen][cell], 0, 1 - 1e-12),
                cell,
                logRent,
                displaces,
                out let,
                out logPrice
            )
        )
        {
            return false;
        }
        var tier = cell / Needs / Segment.Reaches;
        LookAt(chosen, tier);
        Sum(tier);
        return true;
    }
}
