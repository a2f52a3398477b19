using MathNet.Numerics.Distributions;
using Plimsoll.Sampling;
using Xunit;

namespace Plimsoll.Tests.Sampling;

public sealed class DistributionTest
{
    private static readonly double[] _p = [1e-6, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1 - 1e-6];

    public static TheoryData<string, Distribution, Func<double, double>> Known() =>
        new()
        {
            { "uniform", new Uniform(2, 5), x => (x - 2) / 3 },
            {
                "triangular",
                new Plimsoll.Sampling.Triangular(1, 2, 5),
                x => x < 2 ? Math.Pow(x - 1, 2) / 4 : 1 - (Math.Pow(5 - x, 2) / 12)
            },
            { "gaussian", new Gaussian(3, 2), x => Normal.CDF(3, 2, x) },
            { "log-gaussian", new LogGaussian(3, 0.7), x => LogNormal.CDF(Math.Log(3), 0.7, x) },
            { "exponential", new Plimsoll.Sampling.Exponential(4), x => 1 - Math.Exp(-x / 4) },
            { "weibull", new WeibullGap(0.7, 3), x => 1 - Math.Exp(-Math.Pow(x / 3, 0.7)) },
            { "gamma", new GammaGap(0.5, 2), x => Gamma.CDF(0.5, 0.25, x) },
            { "beta", new BetaShare(2, 3), x => Beta.CDF(2, 3, x) },
        };

    [Theory]
    [MemberData(nameof(Known))]
    public void The_quantile_is_the_inverse_of_the_closed_form(
        string name,
        Distribution distribution,
        Func<double, double> cumulative
    )
    {
        Assert.NotEmpty(name);
        foreach (var p in _p)
        {
            Assert.Equal(p, cumulative(distribution.Quantile(p)), 7);
        }
        for (var i = 1; i < _p.Length; i++)
        {
            Assert.True(distribution.Quantile(_p[i]) > distribution.Quantile(_p[i - 1]));
        }
    }

    [Fact]
    public void A_range_gives_its_ends_at_ten_and_ninety_percent()
    {
        foreach (var positive in (bool[])[false, true])
        {
            var d = Distribution.OfRange(10, 7, 20, positive);
            Assert.Equal(7, d.Quantile(0.1), 9);
            Assert.Equal(10, d.Quantile(0.5), 9);
            Assert.Equal(20, d.Quantile(0.9), 9);
        }
        Assert.True(Distribution.OfRange(10, 7, 20, true).Quantile(1e-9) > 0);
        Assert.Equal(5, Distribution.OfRange(5, 5, 5, true).Quantile(0.3));
    }

    [Fact]
    public void One_sided_ranges_keep_to_their_side()
    {
        var d = Distribution.OfRange(10, 10, 20, positive: true);
        Assert.Equal(10, d.Quantile(0.2), 9);
        Assert.Equal(20, d.Quantile(0.9), 9);
    }

    [Fact]
    public void Impossible_ranges_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Distribution.OfRange(5, 6, 7, false));
        Assert.Throws<ArgumentException>(() => Distribution.OfRange(double.NaN, 0, 7, false));
        Assert.Throws<ArgumentException>(() => Distribution.OfRange(5, 0, 7, positive: true));
    }

    [Fact]
    public void Draws_follow_the_distribution()
    {
        var stream = RandomStream.Keyed(1, 0, EntityId.Single, Purpose.Inputs);
        var d = new LogGaussian(2, 0.5);
        var draws = Enumerable.Range(0, 20_000).Select(_ => d.Draw(ref stream)).Order().ToList();
        // Kolmogorov-Smirnov, 99.9 % point 1.95 / sqrt(n).
        var distance = draws
            .Select((x, i) => Math.Abs(((i + 0.5) / 20_000) - LogNormal.CDF(Math.Log(2), 0.5, x)))
            .Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(20_000));
    }
}
