using Plimsoll.Outlooks;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Layouts in units: 16 accelerators serve 0.4 of the best layout's rate each, 64 of them 0.8, 176 the whole.</summary>
public sealed class ServingUnitsTest
{
    private static readonly ServingUnits _units = new(
        new ServingUnit(16, 0.4),
        new ServingUnit(64, 0.8),
        new ServingUnit(176, 1)
    );

    [Theory]
    [InlineData(15.9, 0)]
    [InlineData(16, 0.4)]
    [InlineData(175, 0.8)]
    [InlineData(384, 1)]
    public void What_is_free_decides_which_layout_fits(double free, double share) =>
        Assert.Equal(share, _units.ShareOn(free));

    /// <summary>
    /// Four of the best layout's accelerators are ten of the smallest, whose unit takes 16. Forty are a hundred of the smallest or fifty of the next, whose unit takes 64: the
    /// next keeps fewer from other uses. On 64 free a load of 0.8 x 64 busy accelerators serves 40.96 of the best's at most; on 12 nothing is served.
    /// </summary>
    [Fact]
    public void The_layout_taken_keeps_fewest_accelerators_from_other_uses()
    {
        Assert.Equal((10, 16, 0.4), Rounded(_units.Least(4, 384, 0.8)));
        Assert.Equal((50, 64, 0.8), Rounded(_units.Least(40, 384, 0.8)));
        Assert.Equal((51.2, 64, 0.8), Rounded(_units.Least(40.96, 64, 0.8)));
        Assert.Equal((0, 0, 0), _units.Least(41, 64, 0.8));
        Assert.Equal((0, 0, 0), _units.Least(4, 12, 0.8));
    }

    [Fact]
    public void Without_units_any_number_serves_alike()
    {
        Assert.Equal(1, ServingUnits.Any.ShareOn(1));
        Assert.Equal((7, 7, 1), ServingUnits.Any.Least(7, 8, 0.8));
        Assert.Equal(_units, new ServingUnits([.. _units.Steps]));
    }

    private static (double, double, double) Rounded((double Busy, double Kept, double Share) l) =>
        (Math.Round(l.Busy, 9), Math.Round(l.Kept, 9), l.Share);
}
