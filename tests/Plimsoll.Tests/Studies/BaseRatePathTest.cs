using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>The base rate of floating debt is a drawn path about the contracted one.</summary>
public sealed class BaseRatePathTest
{
    private static CatalogView Known(int year, int month, int day) =>
        FactCatalog.Shipped().AsOf(new DateOnly(year, month, day));

    [Fact]
    public void The_volatility_is_that_of_the_currencys_rate_as_known_on_the_day()
    {
        // Too little is known in the first weeks of 2022.
        Assert.Equal(0, BaseRatePath.Fitted(Known(2022, 3, 31), Currency.Usd));
        var (early, late) = (
            BaseRatePath.Fitted(Known(2022, 12, 31), Currency.Usd),
            BaseRatePath.Fitted(Known(2025, 12, 31), Currency.Usd)
        );
        // Rates rose by four points in 2022; years of small moves lower the figure.
        Assert.InRange(early, 0.012, 0.03);
        Assert.InRange(late, 0.005, early);
        Assert.InRange(BaseRatePath.Fitted(Known(2025, 12, 31), Currency.Cny), 0.001, 0.004);
        Assert.Equal(0, BaseRatePath.Fitted(Known(2025, 12, 31), Currency.Eur));
    }

    [Fact]
    public void Draws_scatter_about_the_contracted_rate_as_the_law_says()
    {
        var path = new BaseRatePath(0.01, 5, 7);
        var year = Enumerable.Range(0, 4000).Select(d => path.Shift(d, 61)).ToList();
        var kept = Math.Pow(0.5, 1.0 / 60);
        double Deviation(int m) =>
            0.01 / Math.Sqrt(12) * Math.Sqrt((1 - Math.Pow(kept, 2 * m)) / (1 - (kept * kept)));
        foreach (var m in new[] { 1, 12, 60 })
        {
            var mean = year.Average(s => s[m]);
            var deviation = Math.Sqrt(year.Average(s => s[m] * s[m]));
            Assert.InRange(
                mean,
                -4 * Deviation(m) / Math.Sqrt(4000),
                4 * Deviation(m) / Math.Sqrt(4000)
            );
            Assert.InRange(deviation / Deviation(m), 0.95, 1.05);
        }
        Assert.Equal(0, year[0][0]);
        Assert.Equal(path.Shift(3, 61), path.Shift(3, 61));
        Assert.NotEqual(path.Shift(3, 61), (path with { Seed = 8 }).Shift(3, 61));
        Assert.Empty((path with { Volatility = 0 }).Shift(3, 61));
    }

    private static string Text(string finance) =>
        TestData
            .Text("cases/two-doors/hyperscaler.yaml")
            .Replace("  base_rate: 0.037\n", finance, StringComparison.Ordinal);

    [Fact]
    public void Rates_move_the_lenders_draws_unless_they_are_swapped_and_two_points_more_lower_the_cover()
    {
        var still = SmallStudy.Run(Text("  base_rate: 0.037\n  rate_volatility: 0\n"));
        var moving = SmallStudy.Run(Text("  base_rate: 0.037\n  rate_volatility: 0.02\n"));
        Assert.NotEqual(
            still.Result.Options[0].Figures.MinimumCover,
            moving.Result.Options[0].Figures.MinimumCover
        );
        double Cover(StudyAnswer a, string stress) =>
            a.Result.Stresses.Single(s => s.Name == stress).MinimumCover;
        Assert.True(Cover(still, "rates +2 points") < Cover(still, "none"));
        // Forward rates two points up say the same as the stress does of a flat curve.
        var forward = SmallStudy.Run(
            Text(
                "  base_rate: 0.037\n  rate_volatility: 0\n  forward_rates:\n    - { from: 0, rate: 0.037 }\n    - { from: 20, rate: 0.02 }\n"
            )
        );
        Assert.True(
            forward.Median.Case.Cash.InterestDue[40] < still.Median.Case.Cash.InterestDue[40]
        );
    }
}
