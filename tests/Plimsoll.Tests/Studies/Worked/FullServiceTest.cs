using CsCheck;
using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>
/// Cost of service on the bench: 80 accelerators of 100,000 a server cost 1,000,000; lit, they run at 35,000 a month for 24 months, 840,000, and fetch 80 x 100 = 8,000 at the end.
/// At 0.8 load and 10 tokens a second each they serve 24 x 730 x 3,600 x 64 x 10 = 40.36608 x 10^9 tokens.
/// </summary>
public sealed class FullServiceTest
{
    private const double Tokens = 24.0 * 730 * 3600 * 64 * 10;
    private const double ByHand = (1_000_000 + 840_000 - 8_000) / Tokens * 1e6;

    private static readonly FleetCase _fleet = Bench.Fleet() with
    {
        Served = new ServedFleet(Bench.Exactly("goodput", 10), "on the bench"),
    };

    private static StudyCase Serving(IPolicy? policy = null) =>
        Bench.Case(_fleet) with
        {
            Plan = Bench.Case().Plan with { Products = [Product.SmallLease, Product.Inference] },
            Policies = new FleetPolicies(policy ?? new ConvertPolicy(0)),
        };

    /// <summary>Puts a share up for sale from a month on.</summary>
    private sealed record SellLater(double Share, int From) : IPolicy
    {
        public CentreAction Decide(in ObservedState state) =>
            CentreAction.Hold with
            {
                SellShare = state.MonthIndex + 1 >= From ? Share : 0,
            };
    }

    private static readonly Dictionary<string, double> _stated = [];

    private static CaseDraw Done(StudyCase plan, ConstantMarket market) =>
        new CaseRun(market.Centre).Run(plan, _stated, 0);

    private static double Cost(StudyCase plan, ConstantMarket market)
    {
        var run = new ServedTokensRun(plan, 0, 1);
        Assert.True(run.Serves);
        run.Keep(0, Done(plan, market), _stated);
        return run.Result("model", null, false, 1, 0).CostOutput.P50;
    }

    private static ConstantMarket Market(double rent = 5, double fill = 0.5) =>
        new()
        {
            TokenRent = rent,
            TokensPerHour = 36_000,
            Fill = (_, _) => fill,
            Resale = _ => 100,
        };

    [Fact]
    public void Cost_is_all_that_is_spent_over_all_that_can_be_served()
    {
        Assert.Equal(ByHand, Cost(Serving(), Market()), 1e-9);
        var full = Done(Serving(), Market()).Serving!(0.8);
        Assert.All(full.Accelerators, a => Assert.Equal(80, a));
        Assert.All(full.RunningCost, c => Assert.Equal(35_000, c, 1e-6));
        Assert.Equal(8_000, full.Proceeds[^1], 1e-9);
        Assert.All(full.Proceeds[..^1], p => Assert.Equal(0, p));
    }

    /// <summary>Sold after some months, the centre soon serves nothing; a token costs what it costs where nothing is sold.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 6)]
    [InlineData(0.5, 3)]
    public void An_early_sale_makes_no_token_dearer_or_cheaper(double share, int months)
    {
        var sold = Serving(new SellLater(share, months));
        Assert.True(Done(sold, Market()).Outlook.Physical.Installed[^1] < 80);
        Assert.Equal(ByHand, Cost(sold, Market()), 1e-9);
    }

    [Fact]
    public void Neither_rent_nor_fill_nor_a_policy_moves_the_cost() =>
        Gen.Select(
                Gen.Double[0, 200],
                Gen.Double[0, 1],
                Gen.Double[0, 30],
                Gen.Int[0, 2],
                Gen.Int[1, 12]
            )
            .Sample(
                (rent, fill, quote, course, months) =>
                {
                    IPolicy policy = course switch
                    {
                        0 => new ConvertPolicy(0),
                        1 => new SellLater(0.75, months),
                        _ => new AskPolicy(0.5),
                    };
                    var market = Market(rent, fill) with { Quote = _ => quote };
                    return Math.Abs(Cost(Serving(policy), market) - ByHand) < 1e-9;
                },
                iter: 200
            );
}
