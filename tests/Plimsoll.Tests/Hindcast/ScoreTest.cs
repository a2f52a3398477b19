using MathNet.Numerics.Distributions;
using Plimsoll.Hindcast;
using Plimsoll.Market;
using Plimsoll.Tests.Market;
using Xunit;

namespace Plimsoll.Tests.Hindcast;

/// <summary>Scores, baselines and the frozen forecast.</summary>
public static class ScoreTest
{
    /// <summary>CRPS of a normal forecast in closed form (Gneiting and Raftery 2007, eq. 21).</summary>
    private static double OfNormal(double z, double sd) =>
        sd
        * (
            (z * ((2 * Normal.CDF(0, 1, z)) - 1))
            + (2 * Normal.PDF(0, 1, z))
            - (1 / Math.Sqrt(Math.PI))
        );

    [Theory]
    [InlineData(0.3, 0.0, 0.2)]
    [InlineData(0.3, 0.0, -0.9)]
    [InlineData(0.3, 0.25, 0.5)]
    public static void The_score_of_a_lognormal_sample_is_the_closed_form(
        double sd,
        double error,
        double miss
    )
    {
        var sample = Enumerable
            .Range(0, 4_000)
            .Select(i => Math.Exp(sd * Normal.InvCDF(0, 1, (i + 0.5) / 4_000)))
            .ToArray();
        var total = Math.Sqrt((sd * sd) + (error * error));
        Assert.Equal(
            OfNormal(miss / total, total),
            LogScore.Of(sample, Math.Exp(miss), error),
            0.004
        );
    }

    [Fact]
    public static void A_weighted_quantile_equals_that_of_repeated_values()
    {
        var weighted = WeightedSample.Of([3.0, 1.0, 2.0], [1, 2, 1]);
        Assert.Equal([1, 2, 3], weighted.Values);
        Assert.Equal(1, weighted.Quantile(0.1));
        Assert.Equal(2, weighted.Quantile(0.625), 12);
        Assert.Equal(3, weighted.Quantile(0.99));
        Assert.Throws<ArgumentException>(() => WeightedSample.Of([double.NaN], [1]));
    }

    [Fact]
    public static void Quarters_are_read_counted_and_refused()
    {
        Assert.Equal(new Quarter(2025, 1), Quarter.Parse("2025Q1"));
        Assert.Equal(8, Quarter.Range(new Quarter(2025, 1), new Quarter(2026, 4)).Count);
        Assert.Throws<FormatException>(() => Quarter.Parse("2025-1"));
        Assert.Throws<FormatException>(() => Quarter.Parse("2025Q5"));
    }

    [Theory]
    [InlineData("quarter,observable\n2025Q1,rent 8xH100\n", "no column 'value'")]
    [InlineData(
        "quarter,observable,value,low,high\n2025Q1,rent 8xH200,1,1,1\n",
        "found 'rent 8xH200'"
    )]
    [InlineData(
        "quarter,observable,value,low,high\n2025Q9,rent 8xH100,1,1,1\n",
        "found.csv:2: quarter"
    )]
    [InlineData(
        "quarter,observable,value,low,high\n2025Q1,rent 8xH100,-4,1,1\n",
        "a number above 0"
    )]
    [InlineData(
        "quarter,observable,value,low,high\n2025Q1,rent 8xH100,4,5,6\n",
        "between low and high"
    )]
    public static void Bad_outcomes_are_refused_with_line_and_reason(string text, string says)
    {
        var e = Assert.Throws<InvalidDataException>(() => Outcome.Read(text, "found.csv"));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_forecast_is_the_same_on_any_number_of_threads_and_holds_every_row()
    {
        var view = TwinCase.Catalog.AsOf(new DateOnly(2024, 12, 31));
        var givens = MarketGivens.Of(view, "china");
        var quarters = Quarter.Range(new Quarter(2025, 1), new Quarter(2025, 4));
        Forecast Run(int threads) =>
            new ForecastRun(Ensemble.Of(view, "china"), givens, TargetSet.Of(view, givens), 9)
            {
                Draws = 12,
                Threads = threads,
            }.Run(ForecastMode.Unconditional, quarters);
        var (one, two) = (Run(1), Run(2));
        Assert.Equal(9 * 4 * 9, one.Cells.Count);
        Assert.Equal(
            FrozenForecast.Quantiles([one], "s.csv"),
            FrozenForecast.Quantiles([two], "s.csv")
        );
        var header = FrozenForecast.Quantiles([one], "s.csv").Split('\n')[0];
        Assert.Equal(
            "quarter,observable,unit,mode,law,world-link,p5,p10,p25,p50,p75,p90,p95,widest samples file",
            header
        );
        Assert.Equal(
            72,
            one.Cell("rent 8xH100", quarters[0], ForecastCell.Pooled, "half").Sample.Length
        );
    }

    [Fact]
    public static void Persistence_widens_with_time_and_the_trend_goes_on()
    {
        var view = TwinCase.Catalog.AsOf(new DateOnly(2024, 12, 31));
        var givens = MarketGivens.Of(view, "china");
        var rents = TargetSet
            .Of(view, givens)
            .Where(t => t.Observable == Observable.RentH)
            .ToList();
        double Spread(double[] fan) => Math.Log(fan[^1] / fan[0]);
        var near = Baselines.Persistence(rents, givens, new Quarter(2025, 1))!;
        var far = Baselines.Persistence(rents, givens, new Quarter(2026, 4))!;
        Assert.True(Spread(far) > Spread(near));
        Assert.Equal(65_000, Math.Sqrt(near[199] * near[200]), 1.0);
        var trend = Baselines.Trend(rents, givens, new Quarter(2025, 1))!;
        Assert.True(trend[200] < near[200]);
        Assert.Null(Baselines.Persistence([], givens, new Quarter(2025, 1)));
        Assert.Null(Baselines.Trend([rents[0]], givens, new Quarter(2025, 1)));
    }
}
