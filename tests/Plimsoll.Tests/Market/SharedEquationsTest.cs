using CsCheck;
using Plimsoll.Market;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>The equations that the mean field and the contract engine share.</summary>
public static class SharedEquationsTest
{
    private static readonly RentTerms _terms = new(0.3, 0.2, 0.7, 1.8);

    [Fact]
    public static void Matching_is_zero_where_a_side_is_empty()
    {
        Assert.Equal(0, Matching.Signed(0, 100, 1, 1.27, 0.25));
        Assert.Equal(0, Matching.Signed(100, 0, 1, 1.27, 0.25));
        Assert.True(Matching.Signed(1e-300, 1e300, 1, 1.27, 0.25) > 0);
    }

    [Fact]
    public static void Matching_never_exceeds_the_short_side_and_scales_with_size() =>
        Gen.Select(Gen.Double[1e-6, 1e6], Gen.Double[1e-6, 1e6], Gen.Double[0.3, 5])
            .Sample(
                (u, v, g) =>
                {
                    var signed = Matching.Signed(u, v, 2, g, 1);
                    Assert.True(signed <= Math.Min(u, v));
                    Assert.Equal(2 * signed, Matching.Signed(2 * u, 2 * v, 2, g, 1), 1e-12 * u);
                    // The formula as written, where it does not overflow.
                    var plain =
                        (1 - Math.Exp(-2)) * Math.Pow(Math.Pow(u, -g) + Math.Pow(v, -g), -1 / g);
                    Assert.Equal(plain, signed, 1e-9 * plain);
                }
            );

    [Fact]
    public static void Without_friction_the_short_side_is_served_whole()
    {
        var signed = Matching.Signed(
            30,
            100,
            double.PositiveInfinity,
            double.PositiveInfinity,
            0.25
        );
        Assert.Equal(30, signed);
    }

    [Theory]
    [InlineData(RentLaw.Change)]
    [InlineData(RentLaw.Level)]
    [InlineData(RentLaw.ExcessDemand)]
    public static void At_natural_vacancy_and_reference_rent_nothing_moves(RentLaw law)
    {
        var stock = new StockState(100, 80, 80, 120);
        Assert.Equal(0, RentLaws.Step(law, 0.25, 11, 11, stock, _terms), 12);
    }

    [Theory]
    [InlineData(RentLaw.Change)]
    [InlineData(RentLaw.Level)]
    [InlineData(RentLaw.ExcessDemand)]
    public static void Unmet_demand_raises_rent_by_a_third_in_a_quarter_where_vacancy_alone_cannot(
        RentLaw law
    )
    {
        double Quarter(double wanted)
        {
            var log = 11.0;
            for (var i = 0; i < 12; i++)
            {
                log += RentLaws.Step(
                    law,
                    0.25,
                    log,
                    11,
                    new StockState(100, 100, wanted, 100),
                    _terms with
                    {
                        Speed = 0.5,
                    }
                );
            }
            return log - 11;
        }
        Assert.True(Quarter(180) > Math.Log(1.3));
        // Zero vacancy without unmet demand: v* - v is all there is.
        Assert.True(Quarter(100) < Math.Log(1.42));
    }

    [Fact]
    public static void Nothing_offered_and_nothing_wanted_moves_no_rent()
    {
        foreach (var law in Enum.GetValues<RentLaw>())
        {
            Assert.Equal(0, RentLaws.Step(law, 1, 11, 10, new StockState(0, 0, 0, 0), _terms));
        }
        Assert.True(
            RentLaws.Step(RentLaw.ExcessDemand, 1, 11, 10, new StockState(0, 0, 5, 10), _terms) > 0
        );
        Assert.True(
            RentLaws.Step(RentLaw.ExcessDemand, 1, 11, 10, new StockState(10, 0, 0, 10), _terms) < 0
        );
    }

    /// <summary>Single zone of PyPSA's example (MIT): load 42,000 against Wind 3,000 at 0, Coal 35,000 at 30, Gas 8,000 at 60, Oil 2,000 at 80; price 60. Two more loads from its four periods.</summary>
    [Theory]
    [InlineData(42_000, 3_000, 60)]
    [InlineData(42_000, 900, 60)]
    [InlineData(45_000, 1_200, 80)]
    [InlineData(30_000, 3_000, 30)]
    public static void Without_friction_the_excess_demand_law_finds_the_merit_order_price(
        double load,
        double wind,
        double price
    )
    {
        (double Cost, double Capacity)[] blocks =
        [
            (1, wind),
            (30, 35_000),
            (60, 8_000),
            (80, 2_000),
        ];
        var terms = new RentTerms(0.2, 0, 0, 0);
        var log = Math.Log(45);
        double mean = 0;
        const int Steps = 40_000;
        for (var i = 0; i < Steps; i++)
        {
            var offered = blocks.Sum(b => b.Capacity * DarkOffer.Share(log, Math.Log(b.Cost), 0));
            log += RentLaws.Step(
                RentLaw.ExcessDemand,
                0.01,
                log,
                0,
                new StockState(offered, Math.Min(load, offered), load, 48_000),
                terms
            );
            mean += i >= Steps / 2 ? Math.Exp(log) / (Steps / 2) : 0;
        }
        Assert.Equal(price, mean, 0.01 * price);
    }

    [Fact]
    public static void Owners_offer_only_above_avoidable_cost()
    {
        Assert.Equal(0, DarkOffer.Share(1, 2, 0));
        Assert.Equal(1, DarkOffer.Share(2, 2, 0));
        Assert.Equal(0.5, DarkOffer.Share(2, 2, 0.3), 12);
        Assert.True(DarkOffer.Share(0, 2, 0.3) < 0.01);
    }

    [Fact]
    public static void Projects_are_conserved_through_the_stages()
    {
        var stages = new BuildStages(30);
        double begun = 30,
            done = 0,
            cancelled = 0;
        for (var i = 0; i < 400; i++)
        {
            done += stages.Step(0.5, 12, 0.02, 0.25, out var lost);
            cancelled += lost;
            begun += 0.5;
            Assert.Equal(begun, done + cancelled + stages.Total, 1e-9 * begun);
        }
        Assert.True(cancelled > 0);
    }

    [Fact]
    public static void The_delay_from_order_to_service_has_its_mean_and_a_hump()
    {
        var stages = new BuildStages(0);
        double mean = 0,
            first = 0,
            sum = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var done = stages.Step(i == 0 ? 1 : 0, 12, 0, 0.05, out _);
            mean += done * i * 0.05;
            sum += done;
            first += i * 0.05 < 2 ? done : 0;
        }
        Assert.Equal(1, sum, 6);
        Assert.Equal(12, mean, 0.2);
        Assert.True(first < 0.02);
    }

    [Fact]
    public static void Orders_rise_with_expected_rent_the_push_and_imitation()
    {
        var p = TwinCase.Middle();
        var calm = Orders.Begun(p, 0, 0, 0);
        Assert.True(Orders.Begun(p, 0, 0.5, 0) > calm);
        Assert.True(Orders.Begun(p, 1, 0, 0) > 2 * calm);
        Assert.True(Orders.Begun(p, 0, 0, 10) > calm);
        Assert.Equal(0, Orders.Begun(p, 1, 1, 10, Mechanisms.NewBuild));
        Assert.True(Orders.CancelHazard(p, -1) > Orders.CancelHazard(p, 0));
        Assert.Equal(Orders.CancelHazard(p, 0), Orders.CancelHazard(p, 1));
    }

    [Fact]
    public static void A_used_server_is_worth_less_than_a_new_one_and_less_still_in_a_fire_sale()
    {
        var p = TwinCase.Middle();
        var calm = ServerPrices.SecondHand(p, 2e6, 90_000, 0.8, 15_000, 24, 0);
        Assert.InRange(calm, 0.1e6, 2e6);
        Assert.True(ServerPrices.SecondHand(p, 2e6, 90_000, 0.8, 15_000, 24, 0.03) < calm);
        Assert.True(ServerPrices.SecondHand(p, 2e6, 40_000, 0.8, 15_000, 24, 0) < calm);
        Assert.True(ServerPrices.SecondHand(p, 2e6, 90_000, 0.2, 15_000, 24, 0) < calm);
        Assert.True(ServerPrices.SecondHand(p, 2e6, 90_000, 0.8, 15_000, 48, 0) < calm);
        Assert.Equal(0.05 * 2e6, ServerPrices.SecondHand(p, 2e6, 0, 0, 15_000, 240, 0.5), 1);
        Assert.True(
            ServerPrices.MonthsToSell(500, 2_000, 0) > ServerPrices.MonthsToSell(50, 2_000, 0)
        );
        Assert.Equal(36, ServerPrices.MonthsToSell(1, 0, 0));
    }

    /// <summary>Rent at the cost of buying, the price that this rent makes, the rent that this price makes: over and over, it comes to rest.</summary>
    [Theory]
    [InlineData(0.25)]
    [InlineData(1.5)]
    public static void Rent_and_the_price_of_a_server_do_not_move_each_other_without_end(
        double priceToRent
    )
    {
        Parameters p = TwinCase.Middle((Parameter.PriceToRent, priceToRent));
        var reference = Math.Log(p[Parameter.ReferenceRent]);
        foreach (var start in (double[])[-4, -1, 0, 1, 4])
        {
            var gap = start;
            for (var month = 0; month < 200; month++)
            {
                var price = ServerPrices.New(p, gap, 0);
                Assert.InRange(
                    price / p[Parameter.ServerCost],
                    ServerPrices.LeastOverCost * (1 - 1e-12),
                    ServerPrices.MostOverCost * (1 + 1e-12)
                );
                gap = RentLaws.LogCeiling(price, p[Parameter.BuyMonths]) - reference;
            }
        }
    }

    [Fact]
    public static void Vouchers_add_less_than_they_pay_for_and_nothing_at_zero()
    {
        Assert.Equal(0, Vouchers.Added(100, 50_000, 0, 1e6, -0.5, 0.6));
        Assert.Equal(0, Vouchers.Added(100, 50_000, 0.2, 0, -0.5, 0.6));
        var added = Vouchers.Added(1_000, 50_000, 0.2, 1e6, -0.5, 0.6);
        Assert.InRange(added, 1, 0.2 * 1e6 / (0.2 * 50_000));
    }

    [Fact]
    public static void Tokens_that_need_more_than_the_nation_has_do_not_close()
    {
        var p = TwinCase.Middle((Parameter.TokensPerServerDay, 1e4));
        var backdrop = MarketBackdrop.Known(TwinCase.Givens, 24, Prior.Of("china"));
        Assert.False(Demand.At(p, backdrop, 23).Closed);
        Assert.True(backdrop.FirstUnclosed(p) >= 0);
        Assert.Equal(-1, backdrop.FirstUnclosed(TwinCase.Middle()));
    }

    [Fact]
    public static void No_price_acts_on_tokens_that_were_really_served()
    {
        var cheap = TwinCase.Run(TwinCase.Middle((Parameter.RentStart, 30_000)), months: 20);
        var dear = TwinCase.Run(TwinCase.Middle((Parameter.RentStart, 190_000)), months: 20);
        for (var m = 0; m < 20; m++)
        {
            Assert.Equal(cheap.TokenUse[m], dear.TokenUse[m]);
        }
    }
}
