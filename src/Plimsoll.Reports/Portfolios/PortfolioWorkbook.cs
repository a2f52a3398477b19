using Plimsoll.Decisions;
using Plimsoll.Portfolios;
using Plimsoll.Quantities;
using Plimsoll.Reports.Workbooks;

namespace Plimsoll.Reports.Portfolios;

/// <summary>The answer to a portfolio as a workbook: a sheet of the plan, and one for each centre.</summary>
public static class PortfolioWorkbook
{
    /// <summary>Writes the workbook in English.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(PortfolioResult result, Stream stream) =>
        Write(result, stream, PhraseBook.English);

    /// <summary>Writes the workbook in a language.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="book">The language of sheets, headings and words.</param>
    public static void Write(PortfolioResult result, Stream stream, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(book);
        using var culture = InvariantCulture.Begin();
        var spoken = SpokenPortfolio.Of(result, book);
        var sheets = new List<Sheet> { Plan(spoken, book) };
        sheets.AddRange(spoken.Centres.Select((c, i) => Centre(spoken, c, i, book)));
        XlsxWriter.Write(sheets, stream);
    }

    private static string SheetOf(int centre, PhraseBook book) =>
        book.Say("portfolio.book.centre", FormattableString.Invariant($"{centre + 1:000}"));

    private static Sheet Plan(PortfolioResult r, PhraseBook book)
    {
        var sheet = new Sheet(book.Say("portfolio.book.plan"));
        sheet.Put(1, 1, r.Portfolio.Name, Look.Title);
        sheet.Put(
            2,
            1,
            book.Say(
                "portfolio.book.note",
                (double)r.Draws,
                r.Seed,
                book.Unit(r.Portfolio.Currency.Code),
                r.Portfolio.Decided
            ),
            Look.Note
        );
        sheet.Put(3, 1, book.Say("portfolio.report.baseline"), Look.Note);
        Head(
            sheet,
            4,
            book,
            "portfolio.report.plan",
            "portfolio.book.worth.mean",
            "portfolio.report.worth.p10",
            "portfolio.report.worth.p50",
            "portfolio.report.worth.p90",
            "portfolio.book.fill",
            "portfolio.report.useful.mean",
            "portfolio.report.loss.mean",
            "portfolio.report.public.mean",
            "portfolio.frontier.cost",
            "portfolio.report.defaults.mean"
        );
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
        Centres(sheet, row + 1, r, book);
        sheet.Frozen = (5, 2);
        double[] widths = [36, 16, 16, 18, 22, 16, 12, 16, 26, 14, 26, 16, 16, 18, 18, 18, 18, 60];
        for (var c = 0; c < widths.Length; c++)
        {
            sheet.Widths[c + 1] = widths[c];
        }
        return sheet;
    }

    private static void Centres(Sheet sheet, int row, PortfolioResult r, PhraseBook book)
    {
        Head(
            sheet,
            row++,
            book,
            "portfolio.report.centre",
            "portfolio.book.sheet",
            "portfolio.book.province",
            "portfolio.book.site",
            "portfolio.report.chips",
            "portfolio.book.accelerators",
            "portfolio.book.assumed",
            "portfolio.report.today",
            "portfolio.report.action",
            "portfolio.book.right",
            "portfolio.report.next",
            "portfolio.book.fill.base",
            "portfolio.book.fill.plan",
            "portfolio.book.worth.base",
            "portfolio.book.worth.plan",
            "portfolio.book.loss.base",
            "portfolio.book.loss.plan",
            "portfolio.book.turns"
        );
        foreach (var (i, c) in r.Centres.Index())
        {
            sheet.Put(row, 1, c.Centre.Name);
            sheet.Put(row, 2, SheetOf(i, book));
            sheet.Put(row, 3, book.Name("place", c.Centre.Province));
            sheet.Put(row, 4, book.Name("place", c.Centre.Case.Site.Name));
            sheet.Put(row, 5, PortfolioWords.Chips(c.Centre, book));
            Number(sheet, row, 6, c.Centre.Accelerators, Look.Number);
            sheet.Put(row, 7, c.Centre.SizeAssumed ? book.Say("portfolio.book.assumed.yes") : "");
            Number(sheet, row, 8, c.Centre.Today.Let?.Value ?? double.NaN, Look.Percent);
            sheet.Put(row, 9, PortfolioWords.Action(c.Planned.Action, book));
            Number(sheet, row, 10, c.Choice?.Right.Value ?? double.NaN, Look.Percent);
            sheet.Put(
                row,
                11,
                c.Choice is { } next ? PortfolioWords.Action(next.RunnerUp, book) : ""
            );
            Number(sheet, row, 12, c.Kept.Fill.Mean, Look.Percent);
            Number(sheet, row, 13, c.Planned.Fill.Mean, Look.Percent);
            Money(
                sheet,
                row,
                14,
                c.Kept.Value.Mean,
                c.Planned.Value.Mean,
                c.Kept.LenderLoss.Mean,
                c.Planned.LenderLoss.Mean
            );
            sheet.Put(row, 18, c.Choice?.Turns ?? "");
            row++;
        }
    }

    private static readonly (string Key, Func<CentreOutcome, double> Of, Look Look)[] _figures =
    [
        ("portfolio.book.fill.p10", o => o.Fill.Low, Look.Percent),
        ("portfolio.book.fill.p50", o => o.Fill.Middle, Look.Percent),
        ("portfolio.book.fill.p90", o => o.Fill.High, Look.Percent),
        ("portfolio.book.rent", o => o.Rent.Middle, Look.Price),
        ("portfolio.book.worth", o => o.Value.Mean, Look.Money),
        ("portfolio.book.project.p10", o => o.ProjectNpv.Low, Look.Money),
        ("portfolio.book.project.p50", o => o.ProjectNpv.Middle, Look.Money),
        ("portfolio.book.project.p90", o => o.ProjectNpv.High, Look.Money),
        ("portfolio.book.owner", o => o.OwnerNpv.Middle, Look.Money),
        ("portfolio.book.default", o => o.Default?.Value ?? double.NaN, Look.Percent),
        ("portfolio.book.loss", o => o.LenderLoss.Mean, Look.Money),
    ];

    private static Sheet Centre(PortfolioResult r, CentreAdvice c, int index, PhraseBook book)
    {
        var sheet = new Sheet(SheetOf(index, book));
        sheet.Put(1, 1, c.Centre.Name, Look.Title);
        sheet.Put(
            2,
            1,
            c.Centre.Stylised ? book.Say("portfolio.book.made") : c.Centre.Source,
            Look.Note
        );
        sheet.Put(
            3,
            1,
            book.Say(
                "portfolio.report.does",
                PortfolioWords.Action(c.Planned.Action, book),
                c.Planned.Description
            ),
            Look.Wrapped
        );
        sheet.Put(5, 1, "", Look.Columns);
        sheet.Put(5, 2, book.Say("portfolio.report.key.base"), Look.Columns);
        sheet.Put(5, 3, book.Say("portfolio.report.key.plan"), Look.Columns);
        var row = 6;
        foreach (var (key, of, look) in _figures)
        {
            sheet.Put(row, 1, book.Say(key));
            Number(sheet, row, 2, of(c.Kept), look);
            Number(sheet, row, 3, of(c.Planned), look);
            row++;
        }
        row++;
        Head(
            sheet,
            row++,
            book,
            "portfolio.book.month",
            "portfolio.book.installed.base",
            "portfolio.book.let.base",
            "portfolio.book.installed.plan",
            "portfolio.book.let.plan"
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
            Head(sheet, row++, book, "portfolio.unknowns.unknown", "portfolio.unknowns.taken");
            foreach (var (path, prior) in c.Centre.Unknown)
            {
                sheet.Put(row, 1, PortfolioWords.Path(path, book));
                sheet.Put(row++, 2, book.Say(prior));
            }
        }
        sheet.Widths[1] = 44;
        for (var column = 2; column <= 5; column++)
        {
            sheet.Widths[column] = 20;
        }
        return sheet;
    }

    private static void Head(Sheet sheet, int row, PhraseBook book, params string[] keys)
    {
        for (var c = 0; c < keys.Length; c++)
        {
            sheet.Put(row, c + 1, book.Say(keys[c]), Look.Columns);
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
