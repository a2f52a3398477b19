using CsCheck;
using Plimsoll.Risk;
using Xunit;

namespace Plimsoll.Tests.Risk;

public sealed class WinsorisedTest
{
    /// <summary>0 to 100: the twentieth at either end is 5 and 95; the mean of 0..100 stays 50.</summary>
    [Fact]
    public void The_outermost_twentieth_is_drawn_in_to_its_quantile()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        var drawn = Winsorised.Of(values);
        Assert.Equal(
            (5.0, 5.0, 50.0, 95.0, 95.0),
            (drawn[0], drawn[5], drawn[50], drawn[95], drawn[100])
        );
        Assert.Equal(50, drawn.Average(), 1e-9);
    }

    /// <summary>One draw of a billion among a hundred of 1 carries the mean, and nothing once drawn in.</summary>
    [Fact]
    public void One_draw_carries_no_mean()
    {
        double[] values = [.. Enumerable.Repeat(1.0, 100), 1e9];
        Assert.Equal(1, Winsorised.Of(values).Average(), 1e-9);
    }

    [Fact]
    public void It_keeps_the_order_shifts_with_a_sum_and_scales_with_a_factor() =>
        Gen.Double[-1e3, 1e3]
            .Array[1, 60]
            .Select(Gen.Double[-50, 50], Gen.Double[0.1, 10])
            .Sample(
                (values, sum, factor) =>
                {
                    var drawn = Winsorised.Of(values);
                    var moved = Winsorised.Of([.. values.Select(v => (v * factor) + sum)]);
                    return values
                        .Index()
                        .All(v =>
                            Math.Abs((drawn[v.Index] * factor) + sum - moved[v.Index]) < 1e-6
                            && drawn[v.Index] >= values.Min()
                            && drawn[v.Index] <= values.Max()
                        );
                },
                iter: 300
            );
}
