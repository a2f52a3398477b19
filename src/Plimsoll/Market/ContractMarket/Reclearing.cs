namespace Plimsoll.Market.ContractMarket;

/// <summary>More centres in a market already run: they meet the same buyers again and take those whose draw falls into their share.</summary>
/// <remarks>
/// Exact: the buyers, their sizes, tenors and luck, and by the independence of the logit the choice between the centre and the rest.
/// Approximate: the answer of the rest. Tenants taken away free capacity there, which raises the rest's weight by the share freed; rents
/// of all stocks are stepped again with demand, stock and let of the enlarged market, demand answering by tier, place and what is full
/// (<see cref="DemandResponse"/>) and new building by the H tier's rent (<see cref="SupplyResponse"/>); the others' darkness and exits stay as
/// they were.
/// The gap to a full run is measured in tests and grows with the centre's share of its tier.
/// </remarks>
internal sealed class Reclearing(MarketWorld world, MarketRecord record)
{
    private const int Needs = Segment.Needs;
    private const int Stocks = Segment.Stocks;
    private const int Cells = Segment.Count;

    private readonly ContractTerms _terms = world.Terms;
    private readonly double[] _p = world.Member.Values;
    private readonly double[] _shift = new double[Stocks];
    private readonly double[] _quoteShift = new double[Segment.Tiers];
    private readonly double[] _expectedShift = new double[Segment.Tiers];
    private readonly DemandResponse _demand = new(world, record);
    private readonly SupplyResponse _supply = new(world, record);
    private readonly double[] _chance = new double[Cells];
    private readonly MarketMoment _moment = new()
    {
        VoucherLeft = new double[world.Vouchers.Count],
    };
    private readonly RentStep _rents = new(world, 1.0 / record.SubSteps);

    /// <summary>Clears centres; returns for each its largest share of a tier's installed accelerators.</summary>
    public double[] Run(AddedCentres centre, QuantileTable[] sizes)
    {
        var share = new double[centre.Centres.Count];
        var key = ContractEngine.WorldKey(world);
        for (var m = centre.FirstMonth; m < centre.EndMonthOf; m++)
        {
            Look(centre, m, false);
            _rents.Begin(m, _moment.Expected[0] - _moment.LogReference);
            centre.BeginMonth(m, _moment);
            _demand.Begin(m);
            for (var s = 0; s < record.SubSteps; s++)
            {
                var step = (m * record.SubSteps) + s;
                _demand.Step(step, _shift, centre);
                Array.Clear(_chance);
                for (var k = 0; k < Segment.Tiers; k++)
                {
                    if (centre.Has(k))
                    {
                        Meet(centre, step, m, k, key, sizes);
                    }
                    MoveRents(centre, step, m, k);
                }
            }
            Look(centre, m, true);
            centre.EndMonth(m, _moment);
            _supply.End(m, _expectedShift[0]);
            for (var k = 0; k < Segment.Tiers; k++)
            {
                var all =
                    centre.InstalledIn(k) + (record.Path.Capacity[k][m] * ContractEngine.PerServer);
                for (var i = 0; i < share.Length; i++)
                {
                    share[i] = Math.Max(
                        share[i],
                        centre.Centres[i].InstalledIn(k) / Math.Max(1, all)
                    );
                }
            }
        }
        return share;
    }

    private void Meet(AddedCentres centre, int step, int m, int k, ulong key, QuantileTable[] sizes)
    {
        for (var stock = 2 * k; stock < (2 * k) + 2; stock++)
        {
            for (var need = 0; need < Needs; need++)
            {
                var cell = Segment.Of(stock, need);
                if (centre.Weight(cell) > 0)
                {
                    MeetIn(centre, step, m, cell, key, sizes);
                }
            }
        }
    }

    private void MoveRents(AddedCentres centre, int step, int m, int k)
    {
        MoveRent(centre, step, m, 2 * k);
        MoveRent(centre, step, m, (2 * k) + 1);
        var rent = 0.5 * (_shift[2 * k] + _shift[(2 * k) + 1]);
        _quoteShift[k] += _rents.Quote * (rent - _quoteShift[k]);
        _expectedShift[k] += _rents.Expect * (rent - _expectedShift[k]);
    }

    /// <summary>The buyers of a segment in a sub-step, in the order in which they came.</summary>
    private void MeetIn(
        AddedCentres centre,
        int step,
        int m,
        int cell,
        ulong key,
        QuantileTable[] sizes
    )
    {
        var at = (step * Cells) + cell;
        var stock = cell / Needs;
        var size = record.MeanSize[(m * Cells) + cell];
        var freed =
            centre.Displaced(stock * Needs)
            + centre.Displaced((stock * Needs) + 1)
            + centre.Displaced((stock * Needs) + 2);
        var free = Math.Max(
            1,
            record.Stock[(step * Stocks) + stock] - record.Let[(step * Stocks) + stock]
        );
        var weight = record.Weight[at] * (1 + (freed / free));
        var chance = centre.Weight(cell) / (centre.Weight(cell) + weight);
        _chance[cell] = chance;
        // Of what demand is more, or less, the rest lets its share.
        var due =
            Math.Max(
                0,
                record.Gap[at]
                    + (chance * _demand.Searching(cell))
                    - centre.Held(cell)
                    + centre.Displaced(cell)
            ) * _rents.Search;
        var first = record.FirstBuyer[at];
        var known = record.FirstBuyer[at + 1] - first;
        var cellKey = KeyedDraws.Combine(key, (ulong)at);
        var logRent = record.LogRent[(step * Stocks) + stock] + _shift[stock];
        var last = known + _terms.Unheard;
        double position = 0;
        for (var n = 0; n < last; n++)
        {
            var buyer = KeyedDraws.Combine(cellKey, (ulong)n);
            position += Buyer.Gap(buyer) * size;
            if (position >= due)
            {
                return;
            }
            var note = n < known ? record.Attempts[first + n] : Beyond(free, size);
            for (var a = 0; a < (note & 0x7F); a++)
            {
                var choice = KeyedDraws.At(buyer, Buyer.FirstChoice + (2 * a));
                if (choice >= chance)
                {
                    continue;
                }
                var wants = Buyer.Of(buyer, cell, size, _terms, sizes, _p);
                if (
                    centre.Take(
                        wants,
                        choice / chance,
                        cell,
                        logRent,
                        (note & 0x80) != 0,
                        out _,
                        out _,
                        out _
                    )
                )
                {
                    var own = centre.Weight(cell);
                    if (own <= 0)
                    {
                        return;
                    }
                    chance = own / (own + weight);
                    break;
                }
            }
        }
    }

    /// <summary>A buyer who never searched in the market as it was: it finds at once where a block is free, else it asks to the end.</summary>
    private byte Beyond(double free, double size) =>
        (byte)(free >= 4 * size ? 0x81 : _terms.Attempts);

    /// <summary>Rent of a stock stepped again with the centre in it; the shift is what that differs from the market as it was.</summary>
    private void MoveRent(AddedCentres centre, int step, int m, int stock)
    {
        var at = (step * Stocks) + stock;
        var next = at + Stocks;
        if (
            next >= record.LogRent.Length
            || (world.Forcing.LogImposed is { } imposed && !double.IsNaN(imposed[m]))
        )
        {
            return;
        }
        var own = centre.OfferedIn(stock);
        var supply = _supply.Factor(stock / Segment.Reaches, m);
        var rest = record.Stock[at] * supply;
        // Of more demand the rest lets what it lets of all; less is first missed by those who search in vain.
        var found = record.Demand[at] > 0 ? Math.Min(1, record.Let[at] / record.Demand[at]) : 1;
        double let = record.Let[at],
            more = 0;
        for (var need = 0; need < Needs; need++)
        {
            var cell = Segment.Of(stock, need);
            more += _demand.More(cell);
            var others = (1 - _chance[cell]) * _demand.Searching(cell);
            var unmet = Math.Max(0, record.Gap[(step * Cells) + cell]);
            let +=
                (others > 0 ? found * others : Math.Min(0, others + unmet))
                - centre.Displaced(cell);
        }
        if (own <= 0 && more == 0 && _shift[stock] == 0 && supply == 1)
        {
            return;
        }
        var state = new StockState(
            rest + own,
            Math.Clamp(let, 0, Math.Max(rest, 0)) + centre.LetIn(stock),
            record.Demand[at] + more,
            (record.Eligible[at] * supply) + centre.EligibleIn(stock)
        );
        var reference = Reference(m, stock / 2);
        var rent = _rents.Next(
            stock,
            m,
            record.LogRent[at] + _shift[stock],
            reference,
            state,
            out _
        );
        _shift[stock] = rent - record.LogRent[next];
    }

    private double Reference(int m, int tier) =>
        world.Forcing.LogReference[m] + (tier == 0 ? 0 : _logTier[tier]);

    private readonly double[] _logTier =
    [
        0,
        Math.Log(world.Member.Values[(int)Parameter.TierRentA]),
        Math.Log(world.Member.Values[(int)Parameter.TierRentD]),
    ];

    /// <summary>The market as the centre sees it at a month's start or end; only the tiers it stands in, and the H tier's expectation.</summary>
    private void Look(AddedCentres centre, int m, bool end)
    {
        var path = record.Path;
        var before = end ? m : Math.Max(0, m - 1);
        var step = end
            ? Math.Min((m + 1) * record.SubSteps, (path.Months * record.SubSteps) - 1)
            : m * record.SubSteps;
        _moment.LogReference = world.Forcing.LogReference[m];
        // First come, first served: what the centres' tenants drew is no longer there for the others.
        for (var v = 0; v < _moment.VoucherLeft.Length; v++)
        {
            _moment.VoucherLeft[v] =
                record.VoucherLeft[(v * path.Months) + m] - centre.PaidThisYear(v);
        }
        _moment.Expected[0] = record.Expected[0][before] + _expectedShift[0];
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (!centre.Has(k))
            {
                continue;
            }
            for (var stock = 2 * k; stock < (2 * k) + 2; stock++)
            {
                _moment.LogRent[stock] = record.LogRent[(step * Stocks) + stock] + _shift[stock];
                _moment.Offered[stock] =
                    path.StockOffered[stock][before] * ContractEngine.PerServer;
                _moment.Let[stock] = path.StockLet[stock][before] * ContractEngine.PerServer;
            }
            for (var cell = 2 * k * Needs; cell < ((2 * k) + 2) * Needs; cell++)
            {
                _moment.Demand[cell] = record.Wanted[(before * Cells) + cell];
                _moment.DropChance[cell] = record.DropChance[(m * Cells) + cell];
            }
            // A tier that nobody else has is not quoted; its rent still moves by the law.
            var quote = path.Quote[k][before];
            var rent = record.LogRent[(step * Stocks) + (2 * k)];
            _moment.LogQuote[k] = (double.IsNaN(quote) ? rent : Math.Log(quote)) + _quoteShift[k];
            _moment.SpotPrice[k] =
                (
                    double.IsNaN(path.Spot[k][before])
                        ? Math.Exp(rent - _p[(int)Parameter.SpotDiscount])
                        : path.Spot[k][before]
                ) * Math.Exp(0.5 * (_shift[2 * k] + _shift[(2 * k) + 1]));
            _moment.SpotUse[k] = record.SpotUse[k][before];
            _moment.SaleFlow[k] = path.SaleFlow[k][before];
            _moment.Expected[k] = record.Expected[k][before] + _expectedShift[k];
            _moment.Installed[k] = path.Capacity[k][before] * ContractEngine.PerServer;
        }
    }
}
