namespace Plimsoll.Reports.Workbooks;

/// <summary>The waterfall by calendar year.</summary>
internal sealed class AnnualSheet
{
    /// <summary>Writes it.</summary>
    public AnnualSheet(Inputs x, OperationsSheet o, TaxSheet tax, WaterfallSheet w)
    {
        var sheet = x.Book.Add(
            "Annual",
            "Waterfall by calendar year",
            "Sums of the months; what comes in is positive, what goes out negative."
        );
        sheet.Widths[1] = 46;
        sheet.Widths[2] = 12;
        sheet.Put(4, 1, "year", Look.Columns);
        sheet.Put(4, 2, "unit", Look.Columns);
        sheet.Frozen = (5, 3);
        var first = x.Month.Start.Year;
        var years = (x.Month.Start + (x.Count - 1)).Year - first + 1;
        for (var y = 0; y < years; y++)
        {
            sheet.Widths[3 + y] = 17;
            sheet.Put(
                4,
                3 + y,
                y == 0 ? x.Book.Scalars.StartYear : sheet.Along(4, 2 + y, first + y - 1) + 1,
                Look.Whole
            );
        }
        sheet.Put(4, 3 + years, "all years", Look.Columns);
        sheet.Widths[3 + years] = 18;
        sheet.Next = 5;
        (string Name, Line Line, int Sign, bool Sum)[] rows =
        [
            ("revenue", o.Revenue, 1, false),
            ("running cost", o.RunningCost, -1, false),
            ("working capital", o.WorkingCapital, -1, false),
            ("value added tax recovered", o.VatRecovered, 1, false),
            ("grants and subsidies", o.Grants, 1, false),
            ("operating cash", o.OperatingCash, 1, true),
            ("income tax", tax.Tax, -1, false),
            ("cash available for debt service", w["cash available for debt service"], 1, true),
            ("interest due", w["interest due"], -1, false),
            ("principal due", w["principal due"], -1, false),
            ("debt service paid", w["debt service paid"], -1, false),
            ("repaid early", w["repaid early"], -1, false),
            (
                "uses: capital cost, input tax, replacement, fees",
                w["uses: capital cost, input tax, replacement, fees"],
                -1,
                false
            ),
            ("debt drawn", w["debt drawn"], 1, false),
            (
                "proceeds of accelerators and the rest",
                w["proceeds of accelerators and the rest"],
                1,
                false
            ),
            ("equity paid in", w["equity paid in"], 1, false),
            ("bridge money given back", w["bridge money given back"], -1, false),
            ("paid out to equity", w["paid out to equity"], -1, true),
        ];
        foreach (var (name, line, sign, sum) in rows)
        {
            var row = sheet.Next++;
            Rows[name] = row;
            sheet.Put(row, 1, name, sum ? Look.Heading : Look.Text);
            sheet.Put(row, 2, x.Currency, Look.Note);
            var all = 0.0;
            for (var y = 0; y < years; y++)
            {
                var value = 0.0;
                for (var m = 0; m < x.Count; m++)
                {
                    value += (x.Month.Start + m).Year == first + y ? line.Values[m] : 0;
                }
                var formula = new Expr(
                    $"SUMIF({x.Book.Time.Year.All},{Sheet.Letters(3 + y)}$4,{line.All})",
                    value,
                    9
                );
                sheet.Put(
                    row,
                    3 + y,
                    sign > 0 ? formula : -formula,
                    sum ? Look.MoneySum : Look.Money
                );
                all += sign * value;
            }
            sheet.Put(
                row,
                3 + years,
                new Expr($"SUM(C{row}:{Sheet.Letters(2 + years)}{row})", all, 9),
                sum ? Look.MoneySum : Look.Money
            );
        }
    }

    /// <summary>Row of each line.</summary>
    public Dictionary<string, int> Rows { get; } = new(StringComparer.Ordinal);
}
