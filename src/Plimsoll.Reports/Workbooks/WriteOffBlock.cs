namespace Plimsoll.Reports.Workbooks;

/// <summary>Write-off for tax and book value, before capitalised interest.</summary>
internal sealed class WriteOffBlock
{
    /// <summary>Writes the block under the operations.</summary>
    public WriteOffBlock(Inputs x, Sheet sheet, OperationsSheet o)
    {
        var book = x.Book;
        var (t, k) = (x.Terms, x.Capital);
        var time = book.Time;
        Line Row(string name, Look look = Look.Money) => book.Line(sheet, name, x.Currency, look);
        Book.Heading(sheet, "Write-off and book value");
        var tables = ByTable(x, Row);
        Capital = Row("capital cost, tax excluded").Fill(m => k.PaidIn(time.Index[m])).Sum();
        Refresh = Row("replacement of accelerators")
            .Fill(m => Fn.If(time.Index[m].Is(t.RefreshMonth), t.RefreshCost, 0))
            .Sum();
        var fleetCapital = Row("capital sold with the accelerators")
            .Fill(m => k.PaidOn(time.Index[m], CapitalTable.Kind.Fleet));
        var fleetOff = Row("write-off of what is sold with the accelerators")
            .Fill(m =>
                (
                    Opened(Straight(k, time.Index[m], true), x.Opening?.WriteOff(time.Index[m]))
                    + Fn.Total(tables.Where(l => l.Fleet).Select(l => l.Line[m]))
                    + Fn.If(
                        Fn.And(
                            time.Index[m] >= t.RefreshMonth,
                            time.Index[m] < t.RefreshMonth + Fn.Max(1, Fn.Round(t.RefreshLife * 12))
                        ),
                        t.RefreshCost / Fn.Max(1, Fn.Round(t.RefreshLife * 12)),
                        0
                    )
                ) * (1 - o.Gone[m - 1])
            );
        var otherOff = Row("write-off of the rest")
            .Fill(m =>
                Straight(k, time.Index[m], false)
                + Fn.Total(tables.Where(l => !l.Fleet).Select(l => l.Line[m]))
                + Expensed(m)
            );
        Expr Expensed(int m) =>
            x.Given.CapitalCosts.Any(c => c.Expensed)
                ? k.PaidOn(time.Index[m], CapitalTable.Kind.Expensed)
                : 0;
        var fleetBook = Row("book value of what is sold with the accelerators, before sales");
        var fleet = Row("the same, at month end");
        var other = Row("book value of the rest, before the end");
        Sold = Row("book value of what is sold or wound up");
        WriteOff = Row("written off").Fill(m => fleetOff[m] + otherOff[m]).Sum();
        BookValue = Row("book value at month end");
        Taxable = Row("income before interest and fees", Look.MoneySum);
        for (var m = 0; m < x.Count; m++)
        {
            fleetBook.Set(
                m,
                (m == 0 && x.Opening is { } opening ? opening.Book : fleet[m - 1])
                    + fleetCapital[m]
                    + Refresh[m]
                    - fleetOff[m]
            );
            other.Set(
                m,
                other[m - 1]
                    + k.PaidOn(time.Index[m], CapitalTable.Kind.Rest)
                    + Expensed(m)
                    - otherOff[m]
            );
            Sold.Set(
                m,
                Fn.If(time.Last[m].Is(1), fleetBook[m] + other[m], fleetBook[m] * o.SoldShare[m])
            );
            fleet.Set(m, Fn.If(time.Last[m].Is(1), 0, fleetBook[m] - Sold[m]));
            BookValue.Set(m, fleet[m] + (other[m] * (1 - time.Last[m])));
            Taxable.Set(
                m,
                o.Revenue[m]
                    - o.RunningCost[m]
                    + o.Grants[m]
                    - WriteOff[m]
                    + o.Proceeds[m]
                    - Sold[m]
                    - (time.Last[m] * o.VatCredit[m])
            );
        }
    }

    private static Expr Opened(Expr own, Expr? before) => before is { } b ? own + b : own;

    public Line Capital { get; }

    public Line Refresh { get; }

    public Line Sold { get; }

    public Line WriteOff { get; }

    public Line BookValue { get; }

    public Line Taxable { get; }

    /// <summary>Immediate deduction and straight line of the costs of a kind that have no table.</summary>
    private static Expr Straight(CapitalTable k, Expr month, bool fleet)
    {
        var m = month.Text;
        var kind = $"({k.Fleet.All}={(fleet ? 1 : 0)})*{k.InUse.All}";
        bool Of(int i) => k.Fleet.Values[i] == (fleet ? 1 : 0);
        return k.InUse.Products(
                $"({k.OnlineInUse.All}={m})*{kind}*{k.Immediate.All}",
                i =>
                    Of(i) && k.OnlineInUse.Values[i] == month.Value
                        ? k.InUse.Values[i] * k.Immediate.Values[i]
                        : 0
            )
            + k.InUse.Products(
                $"({k.ByTable.All}=0)*({k.OnlineInUse.All}<={m})*({k.OnlineInUse.All}+{k.LifeMonths.All}>{m})*{kind}*(1-{k.Immediate.All})/{Divisor(k)}",
                i =>
                    Of(i)
                    && k.ByTable.Values[i] == 0
                    && k.OnlineInUse.Values[i] <= month.Value
                    && k.OnlineInUse.Values[i] + k.LifeMonths.Values[i] > month.Value
                        ? k.InUse.Values[i] * (1 - k.Immediate.Values[i]) / k.LifeMonths.Values[i]
                        : 0
            );
    }

    /// <summary>Life in months; with no cost at all the empty row must not divide.</summary>
    private static string Divisor(CapitalTable k) =>
        k.Count > 0 ? k.LifeMonths.All : $"({k.LifeMonths.All}+1)";

    /// <summary>One line per cost that is written off by a table of years.</summary>
    private static List<(bool Fleet, Line Line)> ByTable(Inputs x, Func<string, Look, Line> row)
    {
        var lines = new List<(bool, Line)>();
        var costs = x.Given.CapitalCosts;
        var time = x.Book.Time;
        for (var i = 0; i < costs.Count; i++)
        {
            var table = costs[i].WriteOffTable;
            if (table.Count == 0)
            {
                continue;
            }
            var k = x.Capital;
            var first = x.Book.Scalars.Table(
                $"Write-off table of {costs[i].Name}",
                ["tax year", "share"],
                table.Count
            );
            var shares = new Column(x.Book.Scalars.Tables, 2, first, table.Count);
            for (var y = 0; y < table.Count; y++)
            {
                x.Book.Scalars.Tables.Put(first + y, 1, $"year {y + 1}");
                shares.Enter(y, table[y], Look.InputPercent);
            }
            var online = k.OnlineInUse[i];
            var rest = k.InUse[i] * (1 - k.Immediate[i]);
            var line = row($"{costs[i].Name}: by table", Look.Money)
                .Fill(m =>
                {
                    var year = x.Calendar
                        ? time.Year[m] - time.Year.At(online + 1)
                        : Fn.Int((time.Index[m] - online) / 12);
                    var length = x.Calendar
                        ? Fn.If(year.Is(0), 13 - time.OfYear.At(online + 1), 12)
                        : 12;
                    var place = (int)year.Value;
                    var share = new Expr(
                        $"INDEX({shares.All},{year.Text}+1)",
                        place >= 0 && place < table.Count ? shares.Values[place] : 0,
                        9
                    );
                    return Fn.If(
                        Fn.And(time.Index[m] >= online, year < table.Count),
                        rest * share / length,
                        0
                    );
                });
            lines.Add((costs[i].SoldWithAccelerators, line));
        }
        return lines;
    }
}
