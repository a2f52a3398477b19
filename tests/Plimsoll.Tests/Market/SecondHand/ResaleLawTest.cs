using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Market.SecondHand;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.SecondHand;

/// <summary>What used accelerators fetch.</summary>
public sealed class ResaleLawTest(ITestOutputHelper output)
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 12));
    private static readonly ResaleLaw _us = ResaleLaw.Of(_view, "us");
    private static readonly ResaleLaw _china = ResaleLaw.Of(_view, "china");

    [Fact]
    public void A_doubled_lot_never_fetches_more_nor_sells_sooner() =>
        Gen.Select(Gen.Double[1, 50_000], Gen.Double[0, 1], Gen.Double[0, 72], Gen.Bool)
            .Sample(
                (lot, glut, age, china) =>
                {
                    var law = china ? _china : _us;
                    var one = law.Value("H100 SXM5", age, lot, 120_000, glut)!;
                    var two = law.Value("H100 SXM5", age, 2 * lot, 120_000, glut)!;
                    Assert.True(two.Orderly <= one.Orderly);
                    Assert.True(two.Forced <= one.Forced);
                    Assert.True(two.MonthsToSell >= one.MonthsToSell);
                    Assert.Equal(one.Fair, two.Fair);
                }
            );

    [Fact]
    public void Forced_is_below_orderly_below_fair_and_age_and_glut_never_help() =>
        Gen.Select(Gen.Double[1, 50_000], Gen.Double[0, 0.5], Gen.Double[0, 60])
            .Sample(
                (lot, glut, age) =>
                {
                    var now = _us.Value("H100 SXM5", age, lot, 120_000, glut)!;
                    var older = _us.Value("H100 SXM5", age + 6, lot, 120_000, glut)!;
                    var fuller = _us.Value("H100 SXM5", age, lot, 120_000, glut + 0.3)!;
                    Assert.True(now.Forced < now.Orderly && now.Orderly < now.Fair);
                    Assert.True(older.Fair <= now.Fair);
                    Assert.True(fuller.Orderly < now.Orderly);
                    Assert.True(fuller.MonthsToSell > now.MonthsToSell || now.MonthsToSell == 60);
                }
            );

    [Fact]
    public void The_quotes_of_the_H100_are_met_within_their_error()
    {
        foreach (var quote in _us.Quotes)
        {
            var value = _us.Value(quote.Chip, quote.AgeMonths, 1, 1e6, 0)!;
            // The quotes are asks; a deal is a tenth below.
            var miss = Math.Log(value.Fair / quote.Dollars) + 0.10;
            output.WriteLine(
                $"{quote.Chip} {quote.AgeMonths} {quote.Dollars} {value.Fair:0} {miss:0.00}"
            );
            Assert.InRange(miss, -1.2816 * quote.LogError, 1.2816 * quote.LogError);
        }
        output.WriteLine($"fall a year {_us.YearlyFall}");
        Assert.Equal(3, _us.Quotes.Count);
    }

    [Fact]
    public void Without_a_quote_of_the_chip_nothing_is_clearly_sold()
    {
        var b200 = _us.Value("B200 SXM", 6, 512, 200_000, 0)!;
        Assert.False(b200.Quoted);
        Assert.False(b200.MayBeClear);
        Assert.True(b200.LogDeviation > 0.35);
        Assert.True(_us.Value("H100 SXM5", 24, 512, 200_000, 0)!.MayBeClear);
        Assert.False(_china.Value("H100 SXM5", 24, 512, 200_000, 0)!.MayBeClear);
    }

    [Fact]
    public void A_large_lot_in_a_glut_takes_years_not_weeks()
    {
        var value = _us.Value("H100 SXM5", 24, 8_800, 60_000, 0.4)!;
        Assert.True(value.MonthsToSell > 24, $"{value.MonthsToSell}");
        var few = _us.Value("H100 SXM5", 24, 64, 60_000, 0)!;
        Assert.InRange(few.MonthsToSell, 1.5, 3);
    }

    [Fact]
    public void Buyers_follow_rule_and_date()
    {
        ResaleBuyers Of(int year, int month, string market, string chip) =>
            ResaleBuyers.Of(FactCatalog.Shipped().AsOf(new Month(year, month)), market, chip);
        Assert.Equal(1, Of(2023, 6, "us", "H800 SXM5").Share);
        Assert.True(Of(2023, 11, "us", "H800 SXM5").Share < 1);
        Assert.True(Of(2025, 5, "us", "H20 SXM").Share < Of(2025, 3, "us", "H20 SXM").Share);
        Assert.True(
            Of(2025, 12, "china", "H100 SXM5").Share < Of(2025, 9, "china", "H100 SXM5").Share
        );
        Assert.Contains(
            Of(2025, 12, "china", "H100 SXM5").Reasons,
            r => r.Contains("domestic chips", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_path_starts_at_one_price_of_the_day_up_to_its_error_and_falls_with_age()
    {
        var flat = new double[25];
        var paths = Enumerable
            .Range(0, 2_000)
            .Select(d => _us.LogPath("H100 SXM5", 24, flat, 1, d)!)
            .ToList();
        var today = _us.Value("H100 SXM5", 24, 1, 1e9, 0)!;
        Assert.Equal(Math.Log(today.Fair), paths.Average(p => p[0]), 0.03);
        Assert.All(paths, p => Assert.True(p[24] <= p[0]));
        Assert.Equal(-2 * _us.YearlyFall.Mean, paths.Average(p => p[24] - p[0]), 0.05);
    }

    [Fact]
    public void Second_hand_prices_of_later_days_are_not_seen() =>
        Assert.Empty(SecondHandQuote.Of(FactCatalog.Shipped().AsOf(new Month(2025, 5)), "us"));
}
