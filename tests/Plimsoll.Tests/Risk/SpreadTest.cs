using Plimsoll.Risk;
using Xunit;

namespace Plimsoll.Tests.Risk;

/// <summary>Percentiles with P90 as the bad side, and odds with their interval.</summary>
public sealed class SpreadTest
{
    private static readonly double[] _hundred =
    [
        .. Enumerable.Range(0, 101).Select(i => (double)i),
    ];

    [Fact]
    public void P90_is_the_bad_side_whichever_that_is()
    {
        var fill = Spread.Of(_hundred, BadSide.Low);
        var cost = Spread.Of(_hundred, BadSide.High);
        Assert.Equal((10, 50, 90), (fill.P90, fill.P50, fill.P10));
        Assert.Equal((90, 50, 10), (cost.P90, cost.P50, cost.P10));
    }

    [Fact]
    public void Draws_without_meaning_are_counted_and_left_out()
    {
        var spread = Spread.Of([1, double.NaN, 3, double.NaN], BadSide.Low);
        Assert.Equal((2.0, 2, 4), (spread.Mean, spread.Defined, spread.Draws));
        Assert.True(double.IsNaN(Spread.Of([double.NaN], BadSide.Low).P50));
    }

    /// <summary>Wilson's interval for 10 of 100: 5.52 to 17.44 % (any table of score intervals).</summary>
    [Fact]
    public void Odds_carry_wilson_s_interval()
    {
        var odds = Proportion.Of(10, 100);
        Assert.Equal(0.0552, odds.Low, 0.0001);
        Assert.Equal(0.1744, odds.High, 0.0001);
        Assert.Equal(0, Proportion.Of(0, 50).Low);
        Assert.True(Proportion.Of(0, 50).High > 0.05);
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Of(3, 2));
    }

    /// <summary>Four draws in each of 25 worlds that always agree carry no more than 25 independent draws.</summary>
    [Fact]
    public void Draws_that_share_a_world_count_once()
    {
        bool[] flags = [.. Enumerable.Range(0, 100).Select(i => i % 25 < 5)];
        int[] shared = [.. Enumerable.Range(0, 100).Select(i => i % 25)];
        int[] apart = [.. Enumerable.Range(0, 100)];
        Assert.Equal(Proportion.Of(5, 25).Low, Proportion.Of(flags, shared).Low, 1e-12);
        Assert.Equal(Proportion.Of(20, 100).Low, Proportion.Of(flags, apart).Low, 1e-12);
        double[] values = [.. flags.Select(f => f ? 1.0 : 0)];
        Assert.True(
            MeanOfWorlds.Of(values, shared).Error > 1.9 * MeanOfWorlds.Of(values, apart).Error
        );
    }
}
