using Plimsoll.Finance;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

public sealed class SaleAndLeaseBackTest
{
    /// <summary>
    /// 80 accelerators at 1,000 less a fifth bring 64,000 now. At 1 % a month over 24 months the lessor takes 64,000 x 0.01 / (1 - 1.01^-24) =
    /// 64,000 x 0.0470735 = 3,012.70 a month, 72,304.9 in all. The centre earns as when held, 6,168,000, and has nothing to sell at the end.
    /// </summary>
    [Fact]
    public void It_brings_the_price_now_and_costs_the_rent_every_month()
    {
        var standing = Bench.Standing();
        var course = Assert.Single(
            new SaleAndLeaseBack(0.2, 0.12).Courses(
                standing,
                FleetScope.Whole(standing),
                new Bench.Facts()
            )
        );
        var market = new ConstantMarket { Resale = _ => 1_000 };
        Assert.Equal(6_168_000 + 64_000 - 72_304.87, Bench.Value(course, market), 0.1);
    }

    /// <summary>
    /// A million not yet written off is sold for 64,000: of 25 % tax the year bears it on 12 x 257,000 = 3,084,000 less a year's rent of 12 x 3,012.70 and less the loss of 936,000,
    /// not on the price with the million written off over five years.
    /// </summary>
    [Fact]
    public void Of_the_price_only_what_is_above_the_book_value_is_income()
    {
        var standing = Bench.Standing();
        standing = standing with
        {
            Tax = new TaxPreset(new TaxTerms(0.25, 5, 1, 0), 5, 0, 0),
            Terms = standing.Terms with { Opening = new OpeningPosition() },
        };
        var course = Assert.Single(
            new SaleAndLeaseBack(0.2, 0.12).Courses(
                standing,
                FleetScope.Whole(standing),
                new Bench.Facts()
            )
        );
        var tax = new double[2];
        Bench
            .Run(new ConstantMarket { Resale = _ => 1_000 })
            .Figures(course.Case, (draw, done) => tax[draw] = done.Cash.Tax.Take(12).Sum());
        Assert.Equal(0.25 * (3_084_000 - 36_152.44 - 936_000), tax[0], 1);
    }

    /// <summary>Of two kinds only one is sold; the other keeps its second-hand price: 40 x 1,000 at the end.</summary>
    [Fact]
    public void One_kind_of_server_alone_can_be_leased_back()
    {
        var mixed = Bench.Standing(Bench.Fleet("one", 5), Bench.Fleet("two", 5));
        var course = Assert.Single(
            new SaleAndLeaseBack(0.2, 0.12).Courses(
                mixed,
                FleetScope.Kinds(mixed)[0],
                new Bench.Facts()
            )
        );
        var market = new ConstantMarket { Resale = _ => 1_000 };
        Assert.Equal(
            6_168_000 + 32_000 - (72_304.87 / 2) + 40_000,
            Bench.Value(course, market),
            0.1
        );
    }
}
