using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Motion;

/// <summary>The month of decision stands at what was printed by then.</summary>
public sealed class MonthZeroTest(ITestOutputHelper output)
{
    private static readonly Month[] _decisions =
    [
        new(2024, 3),
        new(2025, 4),
        new(2025, 9),
        new(2025, 12),
    ];

    /// <summary>Quotes of the quarter before the decision; older ones are history, from which the level may have moved.</summary>
    private const int Quarter = 3;

    [Fact]
    public void Nine_in_ten_of_the_newest_quotes_hold_the_median_within_their_width()
    {
        var fits = All();
        var fresh = fits.Where(f => f.AgeMonths <= Quarter).ToList();
        var rms = Math.Sqrt(fresh.Average(f => Math.Pow(f.LogMiss / f.Deviation, 2)));
        foreach (var f in fits)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{f.AgeMonths, 3} {f.Quote.Place, -70} {f.Quote.Quote.PerGpuHour, 7:0.00} {f.Median, 7:0.00} {f.LogMiss, 6:0.00} {f.Allowed:0.00} {f.Deviation:0.00} {(f.Within ? "" : "MISS")}"
                )
            );
        }
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fresh.Count(f => f.Within)} of {fresh.Count} within a quarter, {fits.Count(f => f.AgeMonths <= 6 && f.Within)} of {fits.Count(f => f.AgeMonths <= 6)} within two, {fits.Count(f => f.Within)} of {fits.Count} in all; rms {rms:0.00}"
            )
        );
        Assert.True(fresh.Count >= 30);
        Assert.True(fresh.Count(f => f.Within) >= 0.9 * fresh.Count);
        Assert.InRange(rms, 0, 1);
    }

    [Fact]
    public void The_quotes_weight_no_draw() =>
        Assert.InRange(Levels("us", _decisions[3], 250).EffectiveSize, 200, 250);

    [Fact]
    public void Zhengzhou_starts_between_the_quotes_of_march_and_april_2025()
    {
        var levels = Levels("china", new Month(2025, 4), 504);
        var server = Median(levels, "H100 SXM5", QuoteBasis.Contract) * 8 * 730;
        Assert.InRange(server, 60_000, 75_000);
        Assert.Contains(
            levels.Conflicts,
            c => c.Earlier.Quote.Date == new Month(2025, 3) && c.LogGap < -0.2 && c.Widths > 1
        );
    }

    [Fact]
    public void Draws_have_the_mean_and_deviation_of_the_closed_form()
    {
        var levels = Levels("us", new Month(2025, 9), 4_000);
        foreach (
            var (chip, basis) in new[]
            {
                ("H100 SXM5", QuoteBasis.Contract),
                ("B200 SXM", QuoteBasis.Contract),
                ("A100 SXM 80GB", QuoteBasis.HyperscalerList),
                ("RTX 4090", QuoteBasis.Marketplace),
            }
        )
        {
            var logs = levels.LogLevels(chip, basis);
            var mean = logs.Average();
            var deviation = Math.Sqrt(logs.Average(x => (x - mean) * (x - mean)));
            var closed = levels.Posterior(chip, basis);
            Assert.Equal(closed.Mean, mean, 4 * closed.Deviation / Math.Sqrt(4_000));
            Assert.Equal(1, deviation / closed.Deviation, 0.06);
        }
    }

    [Fact]
    public void An_own_quote_moves_its_rent_to_itself_and_a_chip_that_it_is_not_of_less()
    {
        var month = new Month(2025, 9);
        var own = new Quote(
            month,
            month.FirstDay,
            "H100 SXM5",
            QuoteBasis.Contract,
            3.0,
            0.03,
            "offer"
        );
        var before = Levels("us", month, 504);
        var after = RentLevels.Condition(View(month), "us", [own], 1, 504, 0);
        Assert.InRange(Median(after, "H100 SXM5", QuoteBasis.Contract), 2.4, 3.0);
        var far =
            Math.Log(Median(after, "A100 SXM 80GB", QuoteBasis.NeocloudList))
            - Math.Log(Median(before, "A100 SXM 80GB", QuoteBasis.NeocloudList));
        Assert.InRange(far, 0, 0.4);
    }

    [Fact]
    public void Levels_do_not_depend_on_the_order_of_quotes()
    {
        var month = new Month(2025, 9);
        Quote Of(string chip, double price) =>
            new(month, month.FirstDay, chip, QuoteBasis.Contract, price, 0.1, "offer " + chip);
        Quote[] quotes = [Of("H100 SXM5", 2.2), Of("A100 SXM 80GB", 1.1), Of("B200 SXM", 3.9)];
        var one = RentLevels.Condition(View(month), "us", quotes, 1, 40, 0);
        var other = RentLevels.Condition(View(month), "us", [.. quotes.Reverse()], 1, 40, 0);
        Assert.Equal(
            one.LogLevels("H200 SXM", QuoteBasis.Contract),
            other.LogLevels("H200 SXM", QuoteBasis.Contract)
        );
    }

    [Fact]
    public void A_quote_after_the_decision_is_refused()
    {
        var late = new Quote(
            new Month(2025, 10),
            new DateOnly(2025, 10, 1),
            "H100 SXM5",
            QuoteBasis.Contract,
            2,
            0.1,
            "offer"
        );
        var e = Assert.Throws<ArgumentException>(() =>
            RentLevels.Condition(View(new Month(2025, 9)), "us", [late], 1, 10, 0)
        );
        Assert.Contains("dated after the decision", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Europe_stands_at_the_dollar_quotes_in_euros()
    {
        var month = new Month(2025, 9);
        var dollars = Median(Levels("us", month, 504), "H100 SXM5", QuoteBasis.Contract);
        var euros = Median(Levels("europe", month, 504), "H100 SXM5", QuoteBasis.Contract);
        Assert.InRange(euros * 1.17 / dollars, 0.9, 1.1);
    }

    private List<QuoteFit> All() =>
        [
            .. from market in (string[])["china", "us"]
            from decision in _decisions
            from fit in Levels(market, decision, 504).Fits()
            select fit,
        ];

    private static CatalogView View(Month month) => FactCatalog.Shipped().AsOf(month);

    private static RentLevels Levels(string market, Month month, int draws) =>
        RentLevels.Condition(View(month), market, [], 1, draws, 0);

    private static double Median(RentLevels levels, string chip, QuoteBasis basis)
    {
        var logs = levels.LogLevels(chip, basis);
        Array.Sort(logs);
        return Math.Exp(logs[logs.Length / 2]);
    }
}
