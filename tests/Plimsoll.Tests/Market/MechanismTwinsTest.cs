using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Market.Hedonics;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Small markets whose answer is known beforehand, one a mechanism.</summary>
public sealed class MechanismTwinsTest(ITestOutputHelper output)
{
    private static double Last(double[] months) => months[^6..].Average();

    /// <summary>Two halls of 100 servers, one near and one far, and inference for 100.</summary>
    private static double[] LetNearAndFar(double bound, Mechanisms off = Mechanisms.None)
    {
        var market = new SmallMarket
        {
            Inference = 100,
            Terms = SmallMarket.Frictionless,
            Centres =
            [
                SmallMarket.Centre("near", 100),
                SmallMarket.Centre("far", 100) with
                {
                    Reach = 0,
                },
            ],
            Off = Mechanisms.NewBuild | Mechanisms.Resale | Mechanisms.Takeover | off,
            Set = new()
            {
                [Parameter.LatencyBound] = bound,
                [Parameter.NaturalVacancy] = 0.05,
                [Parameter.SearchRate] = 1.4,
            },
        };
        var path = market.Run().Path;
        return [Last(path.StockLet[0]), Last(path.StockLet[1])];
    }

    [Fact]
    public void Under_a_real_time_product_the_near_hall_fills_and_the_far_one_stands_empty()
    {
        var realTime = LetNearAndFar(1);
        Assert.True(realTime[0] > 85, $"near {realTime[0]}");
        Assert.Equal(0, realTime[1]);
        var batch = LetNearAndFar(0);
        Assert.InRange(batch[1], 0.6 * batch[0], 1.6 * batch[0]);
    }

    [Theory]
    [InlineData(0.3, false)]
    [InlineData(1.5, true)]
    public void An_efficiency_shock_of_four_fifths_lowers_rents_unless_work_more_than_comes_back(
        double rebound,
        bool rises
    )
    {
        var values = TwinCase.Middle((Parameter.Rebound, rebound), (Parameter.RentSpeed, 0.7));
        var calm = MarketBackdrop.Known(TwinCase.Givens, 48, Prior.Of("china"));
        var shocked = MarketBackdrop.Known(TwinCase.Givens, 48, Prior.Of("china"));
        for (var m = 24; m < 48; m++)
        {
            shocked.LogEfficiencyShock[m] += Math.Log(5);
        }
        // A fifth of the compute a unit of work, and 5^rebound as much work.
        var before = Demand.At(values, calm, 30);
        var after = Demand.At(values, shocked, 30);
        Assert.Equal(Math.Pow(5, rebound - 1), after.Training / before.Training, 9);
        foreach (var law in Enum.GetValues<RentLaw>())
        {
            var rent = Last(TwinCase.Run(values, law, months: 48, backdrop: calm).Quote[0]);
            var moved = Last(TwinCase.Run(values, law, months: 48, backdrop: shocked).Quote[0]);
            output.WriteLine(
                FormattableString.Invariant($"{law}, rebound {rebound}: rent {rent:0} to {moved:0}")
            );
            Assert.True(rises ? moved > rent : moved < rent, $"{law}: {rent} to {moved}");
        }
    }

    [Fact]
    public void Of_a_barred_chip_no_more_comes_while_others_are_built()
    {
        var path = new SmallMarket
        {
            Training = 200,
            Off = Mechanisms.Resale | Mechanisms.Takeover,
            Centres = [SmallMarket.Centre("stock", 100)],
            Rule = 1,
            Set = new()
            {
                [Parameter.TierHShare] = 0,
                [Parameter.BaseOrders] = 3,
                [Parameter.ProjectSize] = 20,
                [Parameter.TopTierNeed] = 0.7,
            },
        }
            .Run()
            .Path;
        Assert.All(path.Capacity[0], servers => Assert.Equal(100, servers));
        Assert.True(path.Capacity[1][^1] > 100);
        // What cannot be bought is what others are measured by: its rent rises against theirs.
        Assert.True(
            path.StockRent[0][^1] / path.StockRent[2][^1]
                > path.StockRent[0][0] / path.StockRent[2][0]
        );
    }

    [Fact]
    public void What_a_hyperscaler_takes_whole_before_it_is_built_fills_and_leaves_the_merchants_their_rents()
    {
        var run = MarketRun.Prepare(
            FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31)),
            new MarketScenario(),
            5,
            16,
            new Month(2027, 12),
            2,
            TestContext.Current.CancellationToken
        );
        CentreEntry Hall(string name, double accelerators, params SignedLease[] signed) =>
            new(
                new CentrePlan
                {
                    Name = name,
                    Site = "Zhengzhou",
                    Start = new Month(2025, 1),
                    Months = 36,
                    Fleets =
                    [
                        new FleetPlan(
                            "H100 SXM5",
                            "8xH100",
                            accelerators,
                            new Month(2025, 2),
                            true
                        ),
                    ],
                    Products = [Product.TrainingLease, Product.SmallLease],
                    AvoidableCostPerAcceleratorMonth = 300,
                    ReachableShare = 0.6,
                    Signed = signed,
                },
                new FleetPolicies(new AskPolicy(1))
            );
        var lease = new SignedLease("a hyperscaler", 8_000, 12, 36, 1, 0, 0);
        double let = 0,
            merchant = 0;
        for (var draw = 0; draw < 16; draw++)
        {
            var taken = run.Clear([Hall("merchant", 256), Hall("whole", 8_000, lease)], draw);
            var open = run.Clear([Hall("merchant", 256), Hall("whole", 8_000)], draw);
            Assert.All(Enumerable.Range(2, 34), m => Assert.True(taken[1].Physical.Fill(m) > 0.97));
            let += taken[0].Physical.Sales.Sum(s => s.GpuHours.Sum()) / 16;
            merchant += open[0].Physical.Sales.Sum(s => s.GpuHours.Sum()) / 16;
        }
        output.WriteLine(
            FormattableString.Invariant(
                $"merchant's hours {let:0} beside pre-let, {merchant:0} beside open"
            )
        );
        Assert.True(let >= merchant);
    }

    [Fact]
    public void No_old_chip_is_anchored_above_what_a_new_generation_costs_for_the_same_work()
    {
        var view = FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31));
        var law = HedonicLaw.Fit(view);
        double Anchor(string chip) =>
            ReplacementCost.DollarsPerGpuHour(view, law, "us", chip)!.Value;
        var price = NewPrice.Dollars(view, "us", "H100 SXM5")!.Value;
        var power = view.Find(Accelerator.Kind, "H100 SXM5")!.Number("board_power").Value;
        var better = law.Quality("H100 SXM5").Mean - law.Quality("A100 SXM 80GB").Mean;
        Assert.True(better > 0);
        var old = Anchor("A100 SXM 80GB");
        var work = ReplacementCost.Hourly(price, power) / Math.Exp(better);
        output.WriteLine(
            FormattableString.Invariant(
                $"A100 anchored at {old:0.00}, its work on new H100 {work:0.00}"
            )
        );
        Assert.True(old <= work * (1 + 1e-9));
    }

    private static double[] Spot(double demand, double power)
    {
        var path = new SmallMarket
        {
            Training = demand,
            Small = 0.2 * demand,
            Law = RentLaw.Level,
            Off = Mechanisms.Resale | Mechanisms.Takeover,
            Power = power,
            Months = 72,
            Centres = [SmallMarket.Centre("stock", 100)],
            Set = new()
            {
                [Parameter.BaseOrders] = 2,
                [Parameter.ProjectSize] = 15,
                [Parameter.TierHShare] = 1,
                [Parameter.CancelBase] = 0,
                [Parameter.CancelSlope] = 0,
            },
        }
            .Run()
            .Path;
        return [Last(path.Spot[0]), Last(path.Capacity[0])];
    }

    [Fact]
    public void Demand_that_doubles_where_power_is_fixed_raises_spot_rents_ever_more()
    {
        double[] demand = [40, 80, 160];
        var fixedPower = demand.Select(d => Spot(d, 105)).ToArray();
        output.WriteLine(string.Join("; ", fixedPower.Select(x => $"{x[0]:0.0} of {x[1]:0}")));
        Assert.All(fixedPower, x => Assert.InRange(x[1], 99, 105));
        var first = Math.Log(fixedPower[1][0] / fixedPower[0][0]);
        var second = Math.Log(fixedPower[2][0] / fixedPower[1][0]);
        Assert.True(first > 0 && second > first, $"{first}, then {second}");
        // With power to be had capacity follows and holds rents down.
        var free = Spot(160, double.PositiveInfinity);
        output.WriteLine($"free power: {free[0]:0.0} of {free[1]:0}");
        Assert.True(free[1] > 1.5 * fixedPower[2][1]);
        Assert.True(free[0] < fixedPower[2][0]);
    }
}
