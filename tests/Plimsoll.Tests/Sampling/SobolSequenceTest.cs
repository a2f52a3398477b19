using Plimsoll.Sampling;
using Xunit;

namespace Plimsoll.Tests.Sampling;

public sealed class SobolSequenceTest
{
    /// <summary>The first points in three dimensions as printed by Joe and Kuo beside their direction numbers.</summary>
    [Fact]
    public void Plain_points_are_the_published_ones()
    {
        double[,] published =
        {
            { 0, 0, 0 },
            { 0.5, 0.5, 0.5 },
            { 0.75, 0.25, 0.25 },
            { 0.25, 0.75, 0.75 },
            { 0.375, 0.375, 0.625 },
            { 0.875, 0.875, 0.125 },
            { 0.625, 0.125, 0.875 },
            { 0.125, 0.625, 0.375 },
            { 0.1875, 0.3125, 0.9375 },
            { 0.6875, 0.8125, 0.4375 },
        };
        Assert.Equal(published, SobolSequence.Plain(10, 3));
    }

    /// <summary>Every coordinate of a base-2 net of 2^m points has one point in each of 2^m equal strata.</summary>
    [Theory]
    [InlineData(64, 1024)]
    [InlineData(1024, 200)]
    public void Every_stratum_of_every_coordinate_holds_one_point(int points, int dimensions)
    {
        foreach (
            var sample in new[]
            {
                SobolSequence.Plain(points, dimensions),
                SobolSequence.Scrambled(7, points, dimensions),
            }
        )
        {
            for (var d = 0; d < dimensions; d++)
            {
                var hit = new bool[points];
                for (var i = 0; i < points; i++)
                {
                    var stratum = (int)(sample[i, d] * points);
                    Assert.False(hit[stratum], $"dimension {d}, stratum {stratum}");
                    hit[stratum] = true;
                }
            }
        }
    }

    /// <summary>The first two coordinates are a (0, m, 2)-net: every elementary rectangle of area 2^-m holds one point, scrambled or not.</summary>
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(99UL)]
    public void Elementary_rectangles_hold_one_point_each(ulong seed)
    {
        const int M = 10;
        var sample = SobolSequence.Scrambled(seed, 1 << M, 2);
        for (var a = 0; a <= M; a++)
        {
            var hit = new bool[1 << M];
            for (var i = 0; i < 1 << M; i++)
            {
                var x = (int)(sample[i, 0] * (1 << a));
                var y = (int)(sample[i, 1] * (1 << (M - a)));
                var cell = (x << (M - a)) | y;
                Assert.False(hit[cell]);
                hit[cell] = true;
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    public void Discrepancy_is_far_below_that_of_random_points(int dimensions)
    {
        const int N = 512;
        // Mean squared centred discrepancy of random points: ((13/12... (Hickernell 1998): E = ((5/4)^s - (13/12)^s) / N.
        var random = (Math.Pow(1.25, dimensions) - Math.Pow(13.0 / 12, dimensions)) / N;
        var plain = Discrepancy.CentredSquared(SobolSequence.Plain(N, dimensions));
        var scrambled = Enumerable
            .Range(0, 8)
            .Average(s =>
                Discrepancy.CentredSquared(SobolSequence.Scrambled((ulong)s, N, dimensions))
            );
        Assert.InRange(plain, 0, random * (dimensions < 10 ? 0.15 : 0.9));
        Assert.InRange(scrambled, 0, random * (dimensions < 10 ? 0.15 : 0.75));
    }

    [Fact]
    public void Scrambled_means_are_unbiased_and_converge_faster_than_random()
    {
        // Integral of the product of 1.5 (1 - x^2) over five dimensions is 1.
        double Mean(ulong seed, int n)
        {
            var sample = SobolSequence.Scrambled(seed, n, 5);
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                var product = 1.0;
                for (var d = 0; d < 5; d++)
                {
                    product *= 1.5 * (1 - (sample[i, d] * sample[i, d]));
                }
                sum += product;
            }
            return sum / n;
        }
        var errors = Enumerable.Range(0, 40).Select(s => Mean((ulong)s, 1024) - 1).ToList();
        var rms = Math.Sqrt(errors.Average(e => e * e));
        // Random points: variance (6/5)^5 - 1 = 1.488, so 0.038 at 1,024 points.
        Assert.InRange(rms, 0, 0.004);
        Assert.InRange(errors.Average(), -4 * rms / Math.Sqrt(40), 4 * rms / Math.Sqrt(40));
    }

    [Fact]
    public void Points_lie_inside_the_open_cube_and_follow_the_seed()
    {
        var a = SobolSequence.Scrambled(5, 2048, 40);
        Assert.All(a.Cast<double>(), x => Assert.True(x is > 0 and < 1));
        Assert.Equal(a, SobolSequence.Scrambled(5, 2048, 40));
        Assert.NotEqual(a, SobolSequence.Scrambled(6, 2048, 40));
    }

    [Fact]
    public void Bad_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Scrambled(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Scrambled(1, 8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Scrambled(1, 8, 1025));
    }
}
