using System.Text.Json;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Markets whose answer is known.</summary>
public sealed partial class ContractEngineTest
{
    /// <summary>Power stations as halls with their marginal cost as avoidable cost, load as training demand; price-sensitive load as supply at its price, the usual equivalence.</summary>
    [Theory]
    [InlineData("single_zone", -1)]
    [InlineData("price_sensitive_8000MW_at_70", -1)]
    [InlineData("four_periods", 0)]
    [InlineData("four_periods", 1)]
    [InlineData("four_periods", 2)]
    [InlineData("four_periods", 3)]
    public void Without_friction_rent_settles_at_the_merit_order_price(string name, int period)
    {
        using var file = JsonDocument.Parse(TestData.Text("Market/clearing_reference.json"));
        var inputs = file.RootElement.GetProperty("inputs");
        var reference = file.RootElement.GetProperty(name);
        reference = period < 0 ? reference : reference[period];
        var price = reference.GetProperty("price").GetProperty("South Africa").GetDouble();
        var dispatch = reference.GetProperty("dispatch");
        double load = 0;
        var centres = new List<CentreSeed>();
        foreach (var unit in dispatch.EnumerateObject())
        {
            var plant = unit.Name.Split('/')[1];
            if (plant == "industrial")
            {
                // Half of it is served, so the other half stands as supply at 70; all of it is load.
                centres.Add(SmallMarket.Centre(plant, 8000, 70));
                load += 8000;
                continue;
            }
            load += unit.Value.GetDouble();
            var capacity =
                plant == "Wind"
                    ? unit.Value.GetDouble()
                    : inputs
                        .GetProperty("capacity")
                        .GetProperty("South Africa")
                        .GetProperty(plant)
                        .GetDouble();
            var cost = inputs.GetProperty("marginal_cost").GetProperty(plant).GetDouble();
            centres.Add(SmallMarket.Centre(plant, (int)capacity, Math.Max(0.01, cost)));
        }
        var market = new SmallMarket
        {
            Training = load,
            Months = 180,
            Centres = centres,
            Terms = SmallMarket.Frictionless,
            Set = new()
            {
                [Parameter.NaturalVacancy] = 0,
                [Parameter.SearchRate] = 50,
                [Parameter.RentSpeed] = 0.4,
            },
        };
        var record = market.Run();
        var settled = record.Path.StockRent[0].TakeLast(24).Average();
        Assert.InRange(settled, price * 0.98, price * 1.02);
        Assert.InRange(record.Path.Let[0][^1], load * 0.98 - (name[0] == 'p' ? 4000 : 0), load);
    }

    [Fact]
    public void Two_identical_centres_share_demand_in_expectation()
    {
        var market = new SmallMarket
        {
            Small = 150,
            Centres = [SmallMarket.Centre("a", 200), SmallMarket.Centre("b", 200)],
        };
        var difference = Enumerable
            .Range(0, 120)
            .Select(seed =>
            {
                var record = market.Run((ulong)seed, true);
                return record.Centres[0].Let.Average() - record.Centres[1].Let.Average();
            })
            .ToArray();
        var mean = difference.Average();
        var error = Math.Sqrt(difference.Sum(d => (d - mean) * (d - mean)) / 120 / 119);
        Assert.True(error > 0);
        Assert.InRange(mean, -3 * error, 3 * error);
    }

    [Fact]
    public void Without_demand_nothing_is_sold_and_every_centre_goes_dark()
    {
        var record = new SmallMarket
        {
            Centres = [SmallMarket.Centre("cheap", 50, 20), SmallMarket.Centre("dear", 50, 40)],
            Months = 60,
        }.Run(1, true);
        foreach (var centre in record.Centres)
        {
            Assert.All(centre.Let, x => Assert.Equal(0, x));
            Assert.All(centre.Spot, x => Assert.Equal(0, x));
            var free = centre.Installed[^1] - centre.Repair[^1];
            Assert.Equal(free, centre.Dark[^1]);
        }
        var firstDark = record.Centres.Select(c => Array.FindIndex(c.Dark, d => d > 0)).ToArray();
        Assert.True(firstDark[1] < firstDark[0], "the dear centre goes dark before the cheap one");
        Assert.All(
            record.Transacted,
            stock => Assert.All(stock, x => Assert.True(double.IsNaN(x)))
        );
        Assert.All(record.Path.Rent[0], x => Assert.True(double.IsNaN(x)));
        Assert.Equal(0, record.Buyers);
    }

    [Fact]
    public void A_voucher_of_zero_face_value_changes_nothing()
    {
        SmallMarket With(double face) =>
            new()
            {
                Small = 120,
                Training = 100,
                Centres =
                [
                    SmallMarket.Centre("a", 200) with
                    {
                        Scheme = 0,
                    },
                    SmallMarket.Centre("b", 200),
                ],
                Vouchers = [new VoucherScheme("city", face, 1e6, 1e7, 6, 40)],
            };
        var none = With(0).Run(3, true);
        var without = new SmallMarket
        {
            Small = 120,
            Training = 100,
            Centres = [SmallMarket.Centre("a", 200), SmallMarket.Centre("b", 200)],
        }.Run(3, true);
        var some = With(0.3).Run(3, true);
        Assert.Equal(without.Path.StockRent[0], none.Path.StockRent[0]);
        Assert.Equal(without.Centres[0].Let, none.Centres[0].Let);
        Assert.Equal(0, none.VoucherPaid[0]);
        Assert.True(some.VoucherPaid[0] > 0);
        Assert.True(some.Centres[0].Let.Sum() > none.Centres[0].Let.Sum());
    }

    [Fact]
    public void Doubling_everything_leaves_the_mean_rent_within_seed_error()
    {
        SmallMarket Of(int scale) =>
            new()
            {
                Small = 60 * scale,
                Training = 120 * scale,
                Centres =
                [
                    .. Enumerable
                        .Range(0, 8)
                        .Select(i =>
                            SmallMarket.Centre($"c{i}", 30 * scale) with
                            {
                                MinimumLot = 8 * scale,
                                Taste = double.NaN,
                            }
                        ),
                ],
                Terms = ContractTerms.Shipped with
                {
                    MeanAccelerators =
                    [
                        .. ContractTerms.Shipped.MeanAccelerators.Select(a => a * scale),
                    ],
                    Granule = 8 * scale,
                },
            };
        var (one, errorOne) = LogRent(Of(1), 40);
        var (two, errorTwo) = LogRent(Of(2), 40);
        Assert.InRange(
            two - one,
            -3 * Math.Sqrt((errorOne * errorOne) + (errorTwo * errorTwo)),
            3 * Math.Sqrt((errorOne * errorOne) + (errorTwo * errorTwo))
        );
    }

    /// <summary>Stated tolerance: 0.06 in the log of the mean rent path at any month, that of the mean field.</summary>
    [Theory]
    [InlineData(RentLaw.Change)]
    [InlineData(RentLaw.Level)]
    [InlineData(RentLaw.ExcessDemand)]
    public void Four_sub_steps_agree_with_sixty_four(RentLaw law)
    {
        double[] Path(int subSteps)
        {
            var sum = new double[48];
            for (var seed = 0; seed < 24; seed++)
            {
                var record = Mixed(law, ContractTerms.Shipped with { SubSteps = subSteps })
                    .Run((ulong)seed);
                for (var m = 0; m < sum.Length; m++)
                {
                    sum[m] += Math.Log(record.Path.StockRent[0][m]) / 24;
                }
            }
            return sum;
        }
        var four = Path(4);
        var many = Path(64);
        var worst = four.Zip(many, (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(worst, 0, 0.06);
    }

    [Fact]
    public void An_absent_tier_has_no_quote_and_its_demand_goes_elsewhere()
    {
        var record = new SmallMarket
        {
            Training = 100,
            Centres = [SmallMarket.Centre("only", 300)],
            Set = new() { [Parameter.TopTierNeed] = 0.3 },
        }.Run();
        Assert.All(record.Path.Quote[1], x => Assert.True(double.IsNaN(x)));
        Assert.All(record.Path.Quote[2], x => Assert.True(double.IsNaN(x)));
        Assert.InRange(record.Path.Demand[0][^1], 99.9, 100.1);
        Assert.True(record.Path.Let[0][^1] > 60);
    }

    [Fact]
    public void Zero_vacancy_drives_rent_to_the_price_of_buying_instead()
    {
        var market = new SmallMarket
        {
            Training = 4000,
            Months = 60,
            Centres = [SmallMarket.Centre("a", 100), SmallMarket.Centre("b", 100)],
            Set = new() { [Parameter.ServerCost] = 2000, [Parameter.BuyMonths] = 10 },
        };
        var record = market.Run(1, true);
        Assert.InRange(record.Path.StockRent[0][^1], 199.99, 200.01);
        var sound = record.Centres.Sum(c => c.Installed[^1] - c.Repair[^1]);
        Assert.True(record.Centres.Sum(c => c.Let[^1]) > 0.9 * sound);
    }

    private static SmallMarket Mixed(RentLaw law, ContractTerms terms) =>
        new()
        {
            Law = law,
            Terms = terms,
            Training = 260,
            Small = 80,
            Inference = 100,
            Centres =
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(i =>
                        SmallMarket.Centre($"c{i}", 30) with
                        {
                            Taste = double.NaN,
                            Markup = double.NaN,
                            AvoidableCost = double.NaN,
                        }
                    ),
            ],
            Set = new() { [Parameter.Elasticity] = -0.6, [Parameter.RentSpeed] = 0.3 },
        };

    private static (double Mean, double Error) LogRent(SmallMarket market, int seeds)
    {
        var logs = Enumerable
            .Range(0, seeds)
            .Select(s => Math.Log(market.Run((ulong)s).Path.StockRent[0][^1]))
            .ToArray();
        var mean = logs.Average();
        return (mean, Math.Sqrt(logs.Sum(x => (x - mean) * (x - mean)) / seeds / (seeds - 1)));
    }
}
