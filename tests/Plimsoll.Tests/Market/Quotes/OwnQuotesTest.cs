using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Quotes;

/// <summary>Rents that the user has seen: units, tax, terms, and slips.</summary>
public sealed class OwnQuotesTest
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 4));

    [Theory]
    [InlineData("GPU-hour", 12.0, 12.0)]
    [InlineData("card-month", 8_760.0, 12.0)]
    [InlineData("server-month", 70_080.0, 12.0)]
    [InlineData("P-year", 106_292.2, 12.0)]
    public void Units_are_brought_to_an_accelerator_hour(string unit, double price, double expected)
    {
        var quote = Quote(unit, price).Normalised(Accelerator.Of(_view, "H100 SXM5"), 0.06);
        Assert.Equal(expected, quote.PerGpuHour, 1e-3);
    }

    [Fact]
    public void Tax_is_taken_out_prepayment_is_added_back_and_a_bid_is_below_an_ask()
    {
        var chip = Accelerator.Of(_view, "H100 SXM5");
        double Of(OwnQuote quote) => quote.Normalised(chip, 0.06).PerGpuHour;
        var plain = Quote("GPU-hour", 12);
        Assert.Equal(12 / 1.06, Of(plain with { TaxIncluded = true }), 12);
        Assert.Equal(12 / 1.13, Of(plain with { TaxIncluded = true, TaxRate = 0.13 }), 12);
        Assert.True(Of(plain with { Prepaid = 1, Tenor = 24 }) > 12);
        Assert.True(Of(plain with { Side = QuoteSide.Bid }) > 12);
        Assert.True(Of(plain with { Side = QuoteSide.Ask }) < 12);
        var year = plain.Normalised(chip, 0).LogError;
        var five = (plain with { Tenor = 60 }).Normalised(chip, 0).LogError;
        Assert.True(five > year);
    }

    [Theory]
    [InlineData("2025-04,H100 SXM5,server-month,70000,USD", "other-currency", "Convert it to CNY")]
    [InlineData("2025-04,H100 SXM,server-month,70000,", "unknown-chip", "'H100 SXM5'")]
    [InlineData("2025-06,H100 SXM5,server-month,70000,", "after-decision", "move the decision")]
    [InlineData(
        "2025-04,H100 SXM5,GPU-hour,70000,",
        "far-off",
        "a server-month for an accelerator-hour"
    )]
    [InlineData("2025-04,H100 SXM5,card-month,70000,", "far-off", "a server for one accelerator")]
    [InlineData("2025-04,H100 SXM5,server-month,7,", "far-off", "units of ten thousand")]
    [InlineData("2025-04,H100 SXM5,server-month,840000,", "far-off", "a year for a month")]
    [InlineData("2025-04,RTX 4090,server-month,60000,", "far-off", "check unit and price")]
    [InlineData(
        "2025-04,H100 SXM5,server-moth,70000,",
        "unknown-word",
        "Did you mean 'server-month'?"
    )]
    [InlineData("2025-13,H100 SXM5,server-month,70000,", "not-a-month", "Write the month")]
    [InlineData("2025-04,H100 SXM5,server-month,\"70,000\",", "not-a-number", "no separators")]
    [InlineData("2025-04,H100 SXM5,server-month,,", "blank", "Give the price")]
    [InlineData("2025-04,H100 SXM5,server-month,-5,", "not-a-number", "plain number")]
    public void A_slip_is_found_with_its_line_and_a_remedy(string row, string rule, string remedy)
    {
        var findings = Findings(
            "date,chip,unit,price,currency\n2025-03,H100 SXM5,server-month,75000,CNY\n" + row + "\n"
        );
        var finding = Assert.Single(findings);
        Assert.Equal(3, finding.Line);
        Assert.Equal(rule, finding.Finding.Rule);
        Assert.Contains(remedy, finding.Finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_slip_of_a_file_is_found_at_once()
    {
        var findings = Findings(
            "date,chip,unit,price,currency\n2025-04,H100 SXM5,GPU-hour,70000,\n2025-04,H200 SXM,GPU-hour,12,USD\n2026-01,H100 SXM5,GPU-hour,12,\n"
        );
        Assert.Equal([2, 3, 4], findings.Select(f => f.Line));
    }

    [Fact]
    public void Unknown_and_missing_columns_are_named()
    {
        var findings = Findings("date,chip,unit,prise\n2025-04,H100 SXM5,GPU-hour,12\n");
        Assert.Contains(findings, f => f.Finding.Rule == "missing-column");
        Assert.Contains(findings, f => f.Finding.Remedy == "Did you mean 'price'?");
    }

    /// <summary>The remedy never changes a value, and a right price is never refused: every quote of the catalogue passes as the user's own on its day.</summary>
    [Theory]
    [InlineData("china")]
    [InlineData("us")]
    public void Every_quote_of_the_catalogue_passes_on_its_own_day(string market)
    {
        var all = QuoteBook.Of(FactCatalog.Shipped().AsOf(new Month(2025, 12)), market).Quotes;
        foreach (var q in all.Where(q => q.Quote.KnownBy.Year >= 2023))
        {
            var view = FactCatalog.Shipped().AsOf(q.Quote.KnownBy);
            if (view.Find("accelerators", q.Quote.Accelerator) is null)
            {
                continue;
            }
            var own = new OwnQuote(
                q.Quote.Date,
                q.Quote.Accelerator,
                q.Quote.Basis,
                "GPU-hour",
                q.Quote.PerGpuHour,
                null,
                new QuotePlace("quotes.csv", 2, 1, "row")
            );
            var (_, findings) = OwnQuotes.Check(view, market, [own]);
            Assert.True(
                findings.Count == 0,
                $"{q.Place} {q.Quote.Date}: {string.Join(' ', findings)}"
            );
        }
    }

    [Fact]
    public void Contradictions_are_listed_with_both_quotes()
    {
        var month = new Month(2025, 4);
        PanelQuote Of(double price, string who, QuoteBasis basis) =>
            new(new Quote(month, month.FirstDay, "H100 SXM5", basis, price, 0.05, who), who, who);
        var conflicts = QuoteConflict.Of(
            [
                Of(12, "a", QuoteBasis.Contract),
                Of(9, "b", QuoteBasis.Contract),
                Of(11.5, "c", QuoteBasis.Contract),
                Of(20, "d", QuoteBasis.NeocloudList),
            ],
            _ => 0.35
        );
        Assert.Equal(2, conflicts.Count);
        Assert.All(conflicts, c => Assert.Equal(QuoteBasis.Contract, c.Later.Quote.Basis));
        Assert.All(conflicts, c => Assert.True(c.Widths > 1));
    }

    private static List<LocatedFinding> Findings(string text)
    {
        var (quotes, findings) = QuoteTable.Read(CsvTable.Parse(text, "quotes.csv"));
        return [.. findings, .. OwnQuotes.Check(_view, "china", quotes).Findings];
    }

    private static OwnQuote Quote(string unit, double price) =>
        new(
            new Month(2025, 4),
            "H100 SXM5",
            QuoteBasis.Contract,
            unit,
            price,
            null,
            new QuotePlace("study.yaml", 1, 1, "market.quotes[0]")
        );
}
