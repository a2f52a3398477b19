namespace Plimsoll.Market.ContractMarket;

/// <summary>One more centre in a market already run: it meets the same buyers again and takes those whose draw falls into its share.</summary>
/// <remarks>
/// Exact: the buyers, their sizes, tenors and luck, and by the independence of the logit the choice between the centre and the rest.
/// Approximate: the answer of the rest. Tenants taken away free capacity there, which raises the rest's weight by the share freed; rent
/// is stepped again with demand, stock and let of the enlarged market; the others' darkness, building and exits stay as they were.
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
    private readonly MarketMoment _moment = new();

    /// <summary>Clears a centre; returns its largest share of a tier's installed accelerators.</summary>
    public double Run(AddedCentre centre, QuantileTable[] sizes)
    {
        var share = 0.0;
        var key = ContractEngine.WorldKey(world);
        var search = 1 - Math.Exp(-_p[(int)Parameter.SearchRate] / record.SubSteps);
        for (var m = centre.FirstMonth; m < centre.EndMonthOf; m++)
        {
            Look(m, false);
            centre.BeginMonth(m, _moment);
            for (var s = 0; s < record.SubSteps; s++)
            {
                var step = (m * record.SubSteps) + s;
                for (var k = 0; k < Segment.Tiers; k++)
                {
                    if (centre.Has(k))
                    {
                        Step(centre, step, m, k, key, search, sizes);
                    }
                }
            }
            Look(m, true);
            centre.EndMonth(m, _moment);
            for (var k = 0; k < Segment.Tiers; k++)
            {
                var own = centre.InstalledIn(k);
                share = Math.Max(
                    share,
                    own / Math.Max(1, own + (record.Path.Capacity[k][m] * ContractEngine.PerServer))
                );
            }
        }
        return share;
    }

    private void Step(
        AddedCentre centre,
        int step,
        int m,
        int k,
        ulong key,
        double search,
        QuantileTable[] sizes
    )
    {
        for (var stock = 2 * k; stock < (2 * k) + 2; stock++)
        {
            for (var need = 0; need < Needs; need++)
            {
                var cell = Segment.Of(stock, need);
                if (centre.Weight(cell) > 0)
                {
                    Meet(centre, step, m, cell, key, search, sizes);
                }
            }
        }
        var dt = 1.0 / record.SubSteps;
        MoveRent(centre, step, m, 2 * k, dt);
        MoveRent(centre, step, m, (2 * k) + 1, dt);
        var rent = 0.5 * (_shift[2 * k] + _shift[(2 * k) + 1]);
        _quoteShift[k] += RentLaws.QuoteStep(dt, rent, _quoteShift[k], _p[(int)Parameter.QuoteLag]);
        _expectedShift[k] +=
            (1 - Math.Exp(-dt / Orders.ExpectationMonths)) * (rent - _expectedShift[k]);
    }

    /// <summary>The buyers of a segment in a sub-step, in the order in which they came.</summary>
    private void Meet(
        AddedCentre centre,
        int step,
        int m,
        int cell,
        ulong key,
        double search,
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
        var due =
            Math.Max(0, record.Gap[at] + More(m, cell) - centre.Held(cell) + centre.Displaced(cell))
            * search;
        var first = record.FirstBuyer[at];
        var known = record.FirstBuyer[at + 1] - first;
        var cellKey = KeyedDraws.Combine(key, (ulong)at);
        var logRent = record.LogRent[(step * Stocks) + stock] + _shift[stock];
        double position = 0;
        for (var n = 0; ; n++)
        {
            var buyer = Buyer.Of(cellKey, n, cell, size, _terms, sizes, _p);
            position += buyer.Gap * size;
            if (position >= due)
            {
                return;
            }
            var note = n < known ? record.Attempts[first + n] : Beyond(free, buyer);
            var found = (note & 0x80) != 0;
            var asks = note & 0x7F;
            for (var a = 0; a < asks; a++)
            {
                var own = centre.Weight(cell);
                var luck = KeyedDraws.At(buyer.Key, Buyer.FirstChoice + (2 * a));
                if (luck * (own + weight) < own && centre.Take(buyer, cell, logRent, found, out _))
                {
                    break;
                }
            }
            if (centre.Weight(cell) <= 0)
            {
                return;
            }
        }
    }

    /// <summary>A buyer who never searched in the market as it was: it finds at once where a block is free, else it asks to the end.</summary>
    private byte Beyond(double free, in Buyer buyer) =>
        (byte)(free >= 4 * buyer.Accelerators ? 0x81 : _terms.Attempts);

    /// <summary>Demand that a shift of rent adds to a segment.</summary>
    private double More(int m, int cell)
    {
        var need = cell % Needs;
        var shift = _shift[cell / Needs];
        return need == (int)Need.Inference || shift == 0
            ? 0
            : record.Wanted[(m * Cells) + cell]
                * (Math.Exp(_p[(int)Parameter.Elasticity] * shift) - 1);
    }

    /// <summary>Rent of a stock stepped again with the centre in it; the shift is what that differs from the market as it was.</summary>
    private void MoveRent(AddedCentre centre, int step, int m, int stock, double dt)
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
        var offered = record.Stock[at] + centre.OfferedIn(stock);
        if (offered <= record.Stock[at] && _shift[stock] == 0)
        {
            return;
        }
        double displaced = 0,
            more = 0;
        for (var need = 0; need < Needs; need++)
        {
            displaced += centre.Displaced(Segment.Of(stock, need));
            more += More(m, Segment.Of(stock, need));
        }
        var state = new StockState(
            offered,
            Math.Max(0, record.Let[at] - displaced) + centre.LetIn(stock),
            record.Demand[at] + more,
            record.Eligible[at] + centre.EligibleIn(stock)
        );
        var reference = Reference(m, stock / 2);
        var gap = record.Expected[0][m] + _expectedShift[0] - world.Forcing.LogReference[m];
        var rent = RentStep.Next(
            world,
            stock,
            m,
            dt,
            record.LogRent[at] + _shift[stock],
            reference,
            gap,
            state
        );
        _shift[stock] = rent - record.LogRent[next];
    }

    private double Reference(int m, int tier) =>
        world.Forcing.LogReference[m]
        + (
            tier == 0
                ? 0
                : Math.Log(_p[(int)(tier == 1 ? Parameter.TierRentA : Parameter.TierRentD)])
        );

    /// <summary>The market as the centre sees it at a month's start or end.</summary>
    private void Look(int m, bool end)
    {
        var path = record.Path;
        var before = end ? m : Math.Max(0, m - 1);
        var step = end
            ? Math.Min(((m + 1) * record.SubSteps), (path.Months * record.SubSteps) - 1)
            : m * record.SubSteps;
        for (var k = 0; k < Stocks; k++)
        {
            _moment.LogRent[k] = record.LogRent[(step * Stocks) + k] + _shift[k];
            _moment.Offered[k] = path.StockOffered[k][before] * ContractEngine.PerServer;
            _moment.Let[k] = path.StockLet[k][before] * ContractEngine.PerServer;
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            _moment.LogQuote[k] = Math.Log(path.Quote[k][before]) + _quoteShift[k];
            _moment.SpotPrice[k] =
                path.Spot[k][before] * Math.Exp(0.5 * (_shift[2 * k] + _shift[(2 * k) + 1]));
            _moment.SpotUse[k] = record.SpotUse[k][before];
            _moment.SaleFlow[k] = path.SaleFlow[k][before];
            _moment.Expected[k] = record.Expected[k][before] + _expectedShift[k];
            _moment.Installed[k] = path.Capacity[k][before] * ContractEngine.PerServer;
        }
        for (var cell = 0; cell < Cells; cell++)
        {
            _moment.Demand[cell] = record.Wanted[(before * Cells) + cell];
            _moment.DropChance[cell] = record.DropChance[(m * Cells) + cell];
        }
        _moment.LogReference = world.Forcing.LogReference[m];
    }
}
