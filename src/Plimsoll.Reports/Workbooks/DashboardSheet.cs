namespace Plimsoll.Reports.Workbooks;

/// <summary>The figures a committee asks for first, on one page.</summary>
internal sealed class DashboardSheet
{
    /// <summary>Writes it.</summary>
    public DashboardSheet(
        Inputs x,
        OperationsSheet o,
        DebtSheet debt,
        WaterfallSheet w,
        RatiosSheet ratios
    )
    {
        var sheet = x.Book.Add(
            "Dashboard",
            "Dashboard",
            "Every figure is a formula; change an assumption and it follows."
        );
        sheet.Widths[1] = 46;
        sheet.Widths[2] = 18;
        for (var c = 3; c <= 8; c++)
        {
            sheet.Widths[c] = 22;
        }
        sheet.Put(4, 1, "figure", Look.Columns);
        sheet.Put(4, 2, "value", Look.Columns);
        sheet.Put(4, 3, "convention", Look.Columns);
        sheet.Next = 5;
        foreach (var (name, cell, look, convention) in ratios.Figures.Values)
        {
            sheet.Put(sheet.Next, 1, name);
            sheet.Put(sheet.Next, 2, cell, look);
            sheet.Put(sheet.Next++, 3, convention, Look.Note);
        }
        sheet.Next++;
        var time = x.Book.Time;
        var (from, to) = Served(x, sheet, debt, w, ratios.Balloon);
        sheet.Put(sheet.Next++, 1, "By year", Look.Heading);
        string[] columns =
        [
            "year",
            "mean fill",
            $"revenue, {x.Currency}",
            $"available, {x.Currency}",
            $"service due, a balloon left out, {x.Currency}",
            "cover, times",
            $"debt at end, {x.Currency}",
            $"balloon due, {x.Currency}",
        ];
        for (var c = 0; c < columns.Length; c++)
        {
            sheet.Put(sheet.Next, c + 1, columns[c], Look.Columns);
        }
        sheet.Next++;
        var first = x.Month.Start.Year;
        var years = (x.Month.Start + (x.Count - 1)).Year - first + 1;
        FirstYear = sheet.Next;
        for (var y = 0; y < years; y++)
        {
            var row = sheet.Next++;
            var year = first + y;
            bool In(int m) => (x.Month.Start + m).Year == year;
            Expr SumIf(Line line) =>
                new(
                    $"SUMIF({time.Year.All},$A{row},{line.All})",
                    Enumerable.Range(0, x.Count).Where(In).Sum(m => line.Values[m]),
                    9
                );
            var months = Enumerable.Range(0, x.Count).Count(In);
            sheet.Put(
                row,
                1,
                y == 0 ? x.Book.Scalars.StartYear : sheet.Along(row - 1, 1, year - 1) + 1,
                Look.Whole
            );
            var count = new Expr($"COUNTIF({time.Year.All},$A{row})", months, 9);
            sheet.Put(row, 2, SumIf(o.Fill) / count, Look.Percent);
            sheet.Put(row, 3, SumIf(o.Revenue), Look.Money);
            var available = w["cash available for debt service"];
            sheet.Put(row, 4, SumIf(available), Look.Money);
            // As in the memo: a year in which the loan begins or ends has a cover like any other.
            var cash = new Expr(
                $"SUMIFS({available.All},{time.Year.All},$A{row},{time.Index.All},\">=\"&{from.Text},{time.Index.All},\"<=\"&{to.Text})",
                Enumerable
                    .Range(0, x.Count)
                    .Where(m => In(m) && m >= from.Value && m <= to.Value)
                    .Sum(m => available.Values[m]),
                9
            );
            var due = sheet.Put(
                row,
                5,
                SumIf(w["interest due"]) + SumIf(w["principal due"]) - SumIf(ratios.Balloon),
                Look.Money
            );
            sheet.Put(
                row,
                6,
                Fn.If(due > 0.005, cash / DebtSheet.Guard(due), Expr.Blank),
                Look.Times
            );
            var last = Enumerable.Range(0, x.Count).Last(In);
            sheet.Put(
                row,
                7,
                w["debt with arrears"]
                    .At(new Expr($"MATCH($A{row},{time.Year.All},1)", last + 1, 9)),
                Look.Money
            );
            sheet.Put(row, 8, SumIf(ratios.Balloon), Look.Money);
        }
        LastYear = sheet.Next - 1;
    }

    /// <summary>First and last month whose cash stands against debt service.</summary>
    private static (Expr From, Expr To) Served(
        Inputs x,
        Sheet sheet,
        DebtSheet debt,
        WaterfallSheet w,
        Line balloon
    )
    {
        var (interest, principal) = (w["interest due"], w["principal due"]);
        var last = Enumerable
            .Range(0, x.Count)
            .LastOrDefault(
                m => interest.Values[m] + principal.Values[m] - balloon.Values[m] > 0.005,
                -1
            );
        Expr Put(string name, Expr value)
        {
            sheet.Put(sheet.Next, 1, name);
            sheet.Put(sheet.Next, 3, "Cover by year counts the cash of these months.", Look.Note);
            return sheet.Put(sheet.Next++, 2, value, Look.Whole);
        }
        return (
            Put("first month in which debt is served", Fn.Min(x.Count, debt.First)),
            Put(
                "last month in which debt is served",
                new Expr(
                    $"SUMPRODUCT(MAX(({interest.All}+{principal.All}-{balloon.All}>0.005)*({x.Book.Time.Index.All}+1)))-1",
                    last,
                    5
                )
            )
        );
    }

    /// <summary>First row of the years.</summary>
    public int FirstYear { get; }

    /// <summary>Last row of the years.</summary>
    public int LastYear { get; }
}
