using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Motion;

/// <summary>Rents that cannot last: supply comes after a lag, servers go dark at once.</summary>
public sealed class SupplyAnswerTest
{
    private const int Horizon = 96;
    private static readonly SupplyAnswer _answer = new(Math.Log(4), Math.Log(0.2));

    [Fact]
    public void Between_top_and_bottom_nothing_is_done()
    {
        var path = Flat(Math.Log(1), 30);
        Assert.All(Enumerable.Range(1, 29), m => Assert.Equal(0, _answer.In(path, m)));
    }

    [Fact]
    public void A_shortage_lasts_for_the_lag_and_half_of_it_goes_in_a_year()
    {
        // Log 3 above a top that falls by .20 a year: nothing comes for 18 months, then 1 - .5^(1/12) = 5.61 % a month of what stood above when it was ordered.
        var path = Flat(Math.Log(4) + 3, 40);
        Assert.All(Enumerable.Range(1, 18), m => Assert.Equal(0, _answer.In(path, m)));
        Assert.Equal(-(1 - Math.Pow(0.5, 1.0 / 12)) * 3, _answer.In(path, 19), 1e-12);
        // Month 31 was ordered in month 12, when the top had fallen by .20.
        Assert.Equal(-(1 - Math.Pow(0.5, 1.0 / 12)) * 3.2, _answer.In(path, 31), 1e-12);
    }

    [Fact]
    public void What_is_ordered_does_not_come_when_rents_have_fallen()
    {
        var path = Flat(Math.Log(4) + 3, 40);
        path[25] = Math.Log(1);
        Assert.Equal(0, _answer.In(path, 26));
    }

    [Fact]
    public void Below_the_bottom_servers_go_dark_at_once()
    {
        // Log 1 below: half of it goes in a quarter, 1 - .5^(1/3) = 20.63 % a month.
        var path = Flat(Math.Log(0.2) - 1, 5);
        Assert.Equal(1 - Math.Pow(0.5, 1.0 / 3), _answer.In(path, 1), 1e-12);
    }

    [Theory]
    [InlineData("china", 2024, 3, "H800")]
    [InlineData("china", 2025, 4, "Ascend 910B3")]
    [InlineData("us", 2025, 12, "H100 SXM5")]
    [InlineData("us", 2025, 6, "GB200")]
    [InlineData("europe", 2025, 8, "H200 SXM")]
    public void The_mean_of_eight_years_is_not_of_a_few_draws(
        string market,
        int year,
        int month,
        string chip
    )
    {
        var view = FactCatalog.Shipped().AsOf(new Month(year, month));
        var near = view.Entries(Accelerator.Kind).Select(e => e.Name).ToList();
        chip = near.Contains(chip)
            ? chip
            : near.First(n => n.StartsWith(chip, StringComparison.Ordinal));
        var levels = RentLevels.Condition(view, market, [], 3, 2_000, Horizon);
        foreach (var basis in Enum.GetValues<QuoteBasis>())
        {
            var paths = Enumerable
                .Range(0, 2_000)
                .Select(d => levels.LogPath(d, chip, basis))
                .ToList();
            foreach (var at in new[] { 24, 60, 96 })
            {
                var rents = paths.Select(p => Math.Exp(p[at])).Order().ToArray();
                // Of a lognormal of deviation 1.2 the upper hundredth holds 13 % of the sum; without bounds it was nearly all.
                Assert.InRange(rents[^20..].Sum() / rents.Sum(), 0, 0.35);
                Assert.InRange(rents.Average() / rents[1_000], 0.9, 4);
            }
        }
    }

    [Fact]
    public void Two_years_are_left_to_the_quotes()
    {
        // What is forecast for the next quarters is the law of the replay: supply has no part in it but where servers go dark.
        var levels = RentLevels.Condition(
            FactCatalog.Shipped().AsOf(new Month(2025, 12)),
            "us",
            [],
            1,
            500,
            Horizon
        );
        var changed = Enumerable
            .Range(0, 500)
            .Select(d => levels.LogPath(d, "H100 SXM5", QuoteBasis.Contract))
            .Count(p => p[..12].Any(x => x < Math.Log(0.2)));
        Assert.InRange(changed, 0, 5);
    }

    private static double[] Flat(double log, int months) => [.. Enumerable.Repeat(log, months)];
}
