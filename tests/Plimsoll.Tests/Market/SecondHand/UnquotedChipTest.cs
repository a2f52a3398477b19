using CsCheck;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.SecondHand;
using Xunit;

namespace Plimsoll.Tests.Market.SecondHand;

/// <summary>What a chip fetches that nobody quotes second-hand: a price by age, drawn down to what a buyer still earns with it.</summary>
public sealed class UnquotedChipTest
{
    /// <summary>A buyer's return of .2 and .4 a year of obsolescence: .05 a month; half of the weight is on earnings.</summary>
    private static double[] Values()
    {
        var values = new double[Enum.GetValues<Parameter>().Length];
        values[(int)Parameter.BuyerReturn] = 0.2;
        values[(int)Parameter.Obsolescence] = 0.4;
        values[(int)Parameter.UsedToEarnings] = 0.5;
        return values;
    }

    private static UsedChip Chip(double price, double rent, bool quoted) =>
        new(
            new ResaleDraw(
                Math.Log(price),
                0.3,
                Math.Log(0.05 * price),
                Math.Log(1.5 * price),
                1,
                quoted
            ),
            1,
            [0],
            rent,
            null
        );

    /// <summary>
    /// New, it earns for sixty months: a unit a month is worth (1 - exp(-3)) / 0.05 = 19.00426. At 2 an hour less 460 a month it earns 1,000, worth 19,004.26; a price of four times
    /// that is halved (the root of a quarter), one below it stays.
    /// </summary>
    [Fact]
    public void Earnings_of_a_quarter_of_the_price_halve_it()
    {
        Parameters p = Values();
        Assert.Equal(0.5, Chip(76_017.04, 2, false).Earning(p, 0, 460), 1e-6);
        Assert.Equal(1, Chip(19_000, 2, false).Earning(p, 0, 460), 1e-12);
    }

    [Fact]
    public void A_quoted_chip_is_worth_its_quote() =>
        Assert.Equal(1, Chip(76_017.04, 2, true).Earning(Values(), 0, 460));

    [Fact]
    public void It_never_rises_above_the_price_by_age_and_falls_with_rent_and_cost() =>
        Gen.Select(
                Gen.Double[1_000, 200_000],
                Gen.Double[0, 20],
                Gen.Double[0, 2_000],
                Gen.Int[0, 72]
            )
            .Sample(
                (price, rent, cost, age) =>
                {
                    double[] p = Values();
                    var now = Chip(price, rent, false).Earning(p, age, cost);
                    Assert.InRange(now, 0.05, 1);
                    Assert.True(Chip(price, 0.8 * rent, false).Earning(p, age, cost) <= now);
                    Assert.True(Chip(price, rent, false).Earning(p, age, cost + 100) <= now);
                }
            );
}
