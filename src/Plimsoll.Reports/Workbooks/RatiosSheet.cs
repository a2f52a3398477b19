namespace Plimsoll.Reports.Workbooks;

/// <summary>Every figure of the engine as a formula, with its convention in words beside it; the rows they are made from stand below.</summary>
internal sealed partial class RatiosSheet
{
    private const double Cent = 0.005;
    private const int Room = 64;

    private readonly Inputs _x;
    private readonly Sheet _sheet;
    private readonly OperationsSheet _o;
    private readonly DebtSheet _debt;
    private readonly WaterfallSheet _w;
    private readonly TermsBlock _t;
    private readonly Months _time;

    /// <summary>Writes it.</summary>
    public RatiosSheet(ModelBook book, RatesSheet rates)
    {
        (_x, _o, _debt, _w) = (book.Inputs, book.Operations, book.Debt, book.Waterfall);
        (_t, _time) = (_x.Terms, book.Book.Time);
        _sheet = book.Book.Monthly(
            "Ratios",
            "Ratios",
            "Figures stand in the total column; one without meaning is empty. Rows below hold what they are made from."
        );

        // Rows are written first, under the room for the figures that refer to them.
        var top = _sheet.Next;
        _sheet.Next = top + Room;
        var rows = new RatioRows(book, _sheet);
        (Balloon, TrailingCover) = (rows.Balloon, rows.Trailing);
        ForwardCover = rows.Forward;
        _sheet.Next = top;
        Funding(rows);
        Cover(rows);
        Lender(rows);
        Earned(rows, rates);
        PerUnit(rows);
        BreakEven();
        if (_sheet.Next > top + Room)
        {
            throw new InvalidOperationException("The figures need more room above their rows.");
        }
    }

    /// <summary>Figures by the key that the engine gives them.</summary>
    public Dictionary<
        string,
        (string Name, Expr Cell, Look Look, string Convention)
    > Figures { get; } = new(StringComparer.Ordinal);

    /// <summary>Sums due at the end of tranches, no part of debt service, by month.</summary>
    public Line Balloon { get; }

    /// <summary>Cover behind, by month.</summary>
    public Line TrailingCover { get; }

    /// <summary>Cover ahead, by month.</summary>
    public Line ForwardCover { get; }

    /// <summary>Whether anything is lent, or in arrears when the outlook begins.</summary>
    private Expr HasDebt =>
        Figures["lent"].Cell + Fn.Total(_debt.Tranches.Select(c => c.Terms.Arrears)) > 0;

    private void Figure(string key, string name, Expr value, Look look, string convention)
    {
        var row = _sheet.Next++;
        _sheet.Put(row, 1, name);
        _sheet.Put(
            row,
            2,
            look switch
            {
                Look.Money => _x.Currency,
                Look.Price => _x.Currency,
                Look.Times => "times",
                Look.Percent => "share",
                _ => "months",
            },
            Look.Note
        );
        var cell = _sheet.Put(row, 3, value, look);
        _sheet.Put(row, Sheet.FirstMonthColumn, convention, Look.Note);
        _x.Book.Name("ratio_" + key, cell.Text);
        Figures[key] = (name, cell, look, convention);
    }

    private void Heading(string text) => Book.Heading(_sheet, text);

    private static Expr Ratio(Expr a, Expr b) => Fn.If(b > 0, a / DebtSheet.Guard(b), Expr.Blank);

    private static Expr Least(Line line) =>
        new(
            $"IF(COUNT({line.All})=0,\"\",MIN({line.All}))",
            line.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min(),
            9
        );

    private static Expr Greatest(Line line) =>
        new(
            $"IF(COUNT({line.All})=0,\"\",MAX({line.All}))",
            line.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(),
            9
        );

    private static Expr Mean(Line line) =>
        new(
            $"IF(COUNT({line.All})=0,\"\",AVERAGE({line.All}))",
            line.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
            9
        );

    /// <summary>First month, from 0, in which a row holds a number; empty when it never does.</summary>
    private static Expr FirstOf(Line line, Expr wanted)
    {
        var first = Array.FindIndex(line.Values, v => v == wanted.Value);
        return new Expr(
            $"IF(ISNUMBER({wanted.Text}),IFERROR(MATCH({wanted.Text},{line.All},0)-1,\"\"),\"\")",
            first < 0 ? double.NaN : first,
            9
        );
    }

    /// <summary>Present value at the start of month 0.</summary>
    private Expr Discounted(Line line, Expr rate)
    {
        var value = 0.0;
        for (var m = 0; m < _x.Count; m++)
        {
            value += line.Values[m] * Math.Pow(1 + rate.Value, -(m + 1) / 12.0);
        }
        return new Expr(
            $"SUMPRODUCT({line.All},(1+{rate.Text})^(-{_time.Number.All}/12))",
            value,
            9
        );
    }
}
