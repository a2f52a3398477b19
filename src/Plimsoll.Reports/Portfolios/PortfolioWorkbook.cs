using Plimsoll.Decisions;
using Plimsoll.Portfolios;
using Plimsoll.Quantities;
using Plimsoll.Reports.Workbooks;

namespace Plimsoll.Reports.Portfolios;

/// <summary>The answer to a portfolio as a workbook: a sheet of the plan, and one for each centre.</summary>
public static class PortfolioWorkbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(PortfolioResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(stream);
        using var culture = InvariantCulture.Begin();
        var book = new List<Sheet> { Plan(result) };
        book.AddRange(result.Centres.Select((c, i) => Centre(result, c, i)));
        XlsxWriter.Write(book, stream);
    }

    private static string SheetOf(int centre) =>
        FormattableString.Invariant($"Centre{centre + 1:000}");

    private static Sheet Plan(PortfolioResult r)
    {
        var sheet = new Sheet("Plan");
        sheet.Put(1, 1, r.Portfolio.Name, Look.Title);
        sheet.Put(
            2,
            1,
            $"{r.Draws} joint draws, seed {r.Seed}; money in {r.Portfolio.Currency.Code} of {r.Portfolio.Decided}",
            Look.Note
        );
        string[] totals =
        [
            "plan",
            "worth mean",
            "worth P10",
            "worth P50",
            "worth P90",
            "fill",
            "useful hours",
            "lenders' loss",
            "public money",
            "cost",
            "defaults",
        ];
        Head(sheet, 4, totals);
        var row = 5;
        foreach (
            var s in new[] { r.Keep, r.Plan }
                .Concat(r.Search?.Rules.Select(g => g.Rule) ?? [])
                .OfType<PlanSummary>()
        )
        {
            sheet.Put(row, 1, s.Name);
            Money(sheet, row, 2, s.Value.Mean, s.Value.Low, s.Value.Middle, s.Value.High);
            Number(sheet, row, 6, s.Fill.Mean, Look.Percent);
            Money(sheet, row, 7, s.UsefulHours.Mean, s.LenderLoss.Mean, s.PublicMoney.Mean, s.Cost);
            Number(sheet, row, 11, s.Defaults, Look.Number);
            row++;
        }
        row += 1;
        string[] heads =
        [
            "centre",
            "sheet",
            "province",
            "site",
            "chips",
            "accelerators",
            "let today",
            "action",
            "odds right",
            "next best",
            "fill kept",
            "fill planned",
            "worth kept",
            "worth planned",
            "lender's loss kept",
            "lender's loss planned",
            "what would change it",
        ];
        Head(sheet, row++, heads);
        sheet.Frozen = (5, 2);
        foreach (var (i, c) in r.Centres.Index())
        {
            sheet.Put(row, 1, c.Centre.Name);
            sheet.Put(row, 2, SheetOf(i));
            sheet.Put(row, 3, c.Centre.Province);
            sheet.Put(row, 4, c.Centre.Case.Site.Name);
            sheet.Put(row, 5, c.Centre.Chips);
            Number(sheet, row, 6, c.Centre.Accelerators, Look.Number);
            Number(sheet, row, 7, c.Centre.Today.Let?.Value ?? double.NaN, Look.Percent);
            sheet.Put(row, 8, c.Planned.Action);
            Number(sheet, row, 9, c.Choice?.Right.Value ?? double.NaN, Look.Percent);
            sheet.Put(row, 10, c.Choice?.RunnerUp ?? "");
            Number(sheet, row, 11, c.Kept.Fill.Mean, Look.Percent);
            Number(sheet, row, 12, c.Planned.Fill.Mean, Look.Percent);
            Money(
                sheet,
                row,
                13,
                c.Kept.Value.Mean,
                c.Planned.Value.Mean,
                c.Kept.LenderLoss.Mean,
                c.Planned.LenderLoss.Mean
            );
            sheet.Put(row, 17, c.Choice?.Turns ?? "");
            row++;
        }
        double[] widths = [36, 16, 16, 18, 22, 16, 16, 26, 14, 26, 16, 16, 18, 18, 18, 18, 60];
        for (var c = 0; c < widths.Length; c++)
        {
            sheet.Widths[c + 1] = widths[c];
        }
        return sheet;
    }

    private static Sheet Centre(PortfolioResult r, CentreAdvice c, int index)
    {
        var sheet = new Sheet(SheetOf(index));
        sheet.Put(1, 1, c.Centre.Name, Look.Title);
        sheet.Put(2, 1, c.Centre.Stylised ? "made up" : c.Centre.Source, Look.Note);
        sheet.Put(3, 1, $"{c.Planned.Action}: {c.Planned.Description}", Look.Wrapped);
        Head(sheet, 5, ["", "kept", "planned"]);
        (string Name, Func<CentreOutcome, double> Of, Look Look)[] rows =
        [
            ("hours sold of installed, P10", o => o.Fill.Low, Look.Percent),
            ("hours sold of installed, P50", o => o.Fill.Middle, Look.Percent),
            ("hours sold of installed, P90", o => o.Fill.High, Look.Percent),
            ("rent of hours sold, P50", o => o.Rent.Middle, Look.Price),
            ("worth in the plan, mean", o => o.Value.Mean, Look.Money),
            ("value before finance, P10", o => o.ProjectNpv.Low, Look.Money),
            ("value before finance, P50", o => o.ProjectNpv.Middle, Look.Money),
            ("value before finance, P90", o => o.ProjectNpv.High, Look.Money),
            ("value to its owner after debt, P50", o => o.OwnerNpv.Middle, Look.Money),
            ("odds of default", o => o.Default?.Value ?? double.NaN, Look.Percent),
            ("lender's loss, mean", o => o.LenderLoss.Mean, Look.Money),
        ];
        var row = 6;
        foreach (var (name, of, look) in rows)
        {
            sheet.Put(row, 1, name);
            Number(sheet, row, 2, of(c.Kept), look);
            Number(sheet, row, 3, of(c.Planned), look);
            row++;
        }
        row++;
        Head(
            sheet,
            row++,
            ["month", "installed, kept", "let, kept", "installed, planned", "let, planned"]
        );
        for (var m = 0; m < c.Kept.LetByMonth.Length; m++)
        {
            sheet.Put(row, 1, (r.Portfolio.Start + m).ToString());
            Number(sheet, row, 2, c.Kept.InstalledByMonth[m], Look.Number);
            Number(sheet, row, 3, c.Kept.LetByMonth[m], Look.Number);
            Number(sheet, row, 4, c.Planned.InstalledByMonth[m], Look.Number);
            Number(sheet, row, 5, c.Planned.LetByMonth[m], Look.Number);
            row++;
        }
        if (c.Centre.Unknown.Count > 0)
        {
            row++;
            Head(sheet, row++, ["unknown", "taken as"]);
            foreach (var (path, prior) in c.Centre.Unknown)
            {
                sheet.Put(row, 1, path);
                sheet.Put(row++, 2, PhraseBook.English.Say(prior));
            }
        }
        sheet.Widths[1] = 44;
        for (var column = 2; column <= 5; column++)
        {
            sheet.Widths[column] = 20;
        }
        return sheet;
    }

    private static void Head(Sheet sheet, int row, string[] names)
    {
        for (var c = 0; c < names.Length; c++)
        {
            sheet.Put(row, c + 1, names[c], Look.Columns);
        }
    }

    private static void Money(Sheet sheet, int row, int column, params double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Number(sheet, row, column + i, values[i], Look.Money);
        }
    }

    private static void Number(Sheet sheet, int row, int column, double value, Look look)
    {
        if (double.IsFinite(value))
        {
            sheet.Put(row, column, value, look);
        }
    }
}
