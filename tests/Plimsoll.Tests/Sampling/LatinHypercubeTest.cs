using Plimsoll.Sampling;
using Xunit;

namespace Plimsoll.Tests.Sampling;

public sealed class LatinHypercubeTest
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(1000, 20)]
    public void Every_stratum_of_every_coordinate_holds_one_point(int points, int dimensions)
    {
        var sample = LatinHypercube.Sample(3, points, dimensions);
        for (var d = 0; d < dimensions; d++)
        {
            var strata = Enumerable
                .Range(0, points)
                .Select(i => (int)Math.Floor(sample[i, d] * points))
                .Order();
            Assert.Equal(Enumerable.Range(0, points), strata);
        }
    }

    [Fact]
    public void The_mean_of_an_additive_function_is_far_better_than_random()
    {
        // Stein 1987: the additive part of the variance is filtered out. Sum of 4 squares, mean 4/3.
        var errors = Enumerable
            .Range(0, 50)
            .Select(seed =>
            {
                var sample = LatinHypercube.Sample((ulong)seed, 200, 4);
                return sample.Cast<double>().Sum(x => x * x) / 200 - (4.0 / 3);
            })
            .ToList();
        // Random points: sqrt(4 x 4/45 / 200) = 0.042. Strata: 1/n of it.
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 0, 0.001);
    }

    [Fact]
    public void Coordinates_are_not_correlated()
    {
        var sample = LatinHypercube.Sample(11, 2000, 6);
        for (var a = 0; a < 6; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var r =
                    12
                    * Enumerable
                        .Range(0, 2000)
                        .Average(i => (sample[i, a] - 0.5) * (sample[i, b] - 0.5));
                Assert.InRange(r, -4 / Math.Sqrt(2000), 4 / Math.Sqrt(2000));
            }
        }
    }

    [Fact]
    public void Same_seed_same_points()
    {
        Assert.Equal(LatinHypercube.Sample(1, 50, 5), LatinHypercube.Sample(1, 50, 5));
        Assert.NotEqual(LatinHypercube.Sample(1, 50, 5), LatinHypercube.Sample(2, 50, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatinHypercube.Sample(1, 0, 5));
    }
}
