using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Demand that finds the near or the best chip full or dear goes on to the next best.</summary>
public sealed class SubstitutionTest(ITestOutputHelper output)
{
    private const int Draws = 24;

    private static readonly Lazy<MarketRun> _run = new(() =>
        MarketRun.Prepare(
            FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31)),
            new MarketScenario(),
            5,
            Draws,
            new Month(2028, 12),
            2
        )
    );

    private static CentreEntry Hall(
        string name,
        string chip = "H100 SXM5",
        double accelerators = 256,
        double reach = 0.6
    ) =>
        new(
            new CentrePlan
            {
                Name = name,
                Site = "Zhengzhou",
                Start = new Month(2025, 1),
                Months = 48,
                Fleets = [new FleetPlan(chip, "8x" + chip, accelerators, new Month(2025, 2), true)],
                Products = [Product.TrainingLease, Product.SmallLease],
                AvoidableCostPerAcceleratorMonth = 300,
                ReachableShare = reach,
            },
            new FleetPolicies(new AskPolicy(1))
        );

    /// <summary>Mean share sold of the first centre after a year, and the mean of its rent in logs, over all draws.</summary>
    private static (double Fill, double LogRent) Mean(bool full, params CentreEntry[] centres)
    {
        double fill = 0,
            rent = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var all = full
                ? _run.Value.ClearInFullRun(centres, draw)
                : _run.Value.Clear(centres, draw);
            fill += Enumerable.Range(12, 36).Average(all[0].Physical.Fill) / Draws;
            rent += all[0].ContractRent.Skip(12).Average(Math.Log) / Draws;
        }
        return (fill, rent);
    }

    private (double Fill, double LogRent) Told(string what, (double Fill, double LogRent) mean)
    {
        output.WriteLine(
            FormattableString.Invariant(
                $"{what}: fill {mean.Fill:0.000}, rent {Math.Exp(mean.LogRent):0.000}"
            )
        );
        return mean;
    }

    [Fact]
    public void A_glut_of_one_chip_presses_on_another_of_its_class()
    {
        var alone = Told("H100 alone", Mean(false, Hall("hall")));
        var beside = Told("20,000 H20 beside", Mean(false, Hall("hall"), Glut("H20 SXM")));
        Assert.True(beside.Fill < alone.Fill);
        Assert.True(beside.LogRent < alone.LogRent);
    }

    [Fact]
    public void A_glut_of_the_best_presses_on_the_next_best_and_less_than_on_itself()
    {
        var best = Mean(false, Hall("hall"));
        var next = Told("A800 alone", Mean(false, Hall("hall", "A800 SXM 80GB")));
        var bestBeside = Mean(false, Hall("hall"), Glut("H100 SXM5"));
        var nextBeside = Told(
            "20,000 H100 beside",
            Mean(false, Hall("hall", "A800 SXM 80GB"), Glut("H100 SXM5"))
        );
        Assert.True(nextBeside.LogRent < next.LogRent);
        Assert.True(next.LogRent - nextBeside.LogRent < best.LogRent - bestBeside.LogRent);
    }

    [Fact]
    public void A_glut_far_away_presses_on_what_is_near()
    {
        var alone = Told("near alone", Mean(false, Hall("hall", reach: 1)));
        var beside = Told(
            "20,000 far away beside",
            Mean(false, Hall("hall", reach: 1), Glut("H100 SXM5", 0))
        );
        Assert.True(beside.LogRent < alone.LogRent);
        Assert.True(beside.Fill < alone.Fill);
    }

    private static CentreEntry Glut(string chip, double reach = 0.6) =>
        Hall("a glut", chip, 20_000, reach);

    [Fact]
    public void What_ten_close_fills_others_of_other_chips_and_places_too()
    {
        CentreEntry[] ten =
        [
            .. Enumerable.Range(0, 10).Select(i => Hall($"closing {i}", accelerators: 2_000)),
        ];
        foreach (
            var (what, left) in new[]
            {
                ("the same", Hall("left")),
                ("another chip", Hall("left", "A800 SXM 80GB")),
                ("far away", Hall("left", reach: 0)),
            }
        )
        {
            var standing = Told($"{what}, ten stand", Mean(false, [left, .. ten]));
            var closed = Told($"{what}, ten closed", Mean(false, left));
            // Another chip's fill hardly moves: what its demand gains its builders gain too.
            Assert.True(closed.Fill >= standing.Fill - (what == "another chip" ? 0.01 : 0), what);
            Assert.True(closed.LogRent > standing.LogRent, what);
        }
    }

    /// <summary>The fast path holds the others' darkness and exits still, so it moves rents more; the gap is printed.</summary>
    [Theory]
    [InlineData("H100 SXM5")]
    [InlineData("A800 SXM 80GB")]
    public void What_is_added_presses_on_rents_as_in_a_full_run(string chip)
    {
        CentreEntry[] alone = [Hall("hall", chip)];
        CentreEntry[] beside = [Hall("hall", chip), Hall("more", accelerators: 8_000)];
        double[] Effect(bool full) =>
            [
                .. Enumerable
                    .Range(0, Draws)
                    .Select(d =>
                    {
                        double Of(CentreEntry[] all) =>
                            (full ? _run.Value.ClearInFullRun(all, d) : _run.Value.Clear(all, d))[0]
                                .ContractRent.Skip(12)
                                .Average(Math.Log);
                        return Of(beside) - Of(alone);
                    }),
            ];
        var (fast, whole) = (Effect(false), Effect(true));
        double Error(double[] x) =>
            Math.Sqrt(x.Select(v => (v - x.Average()) * (v - x.Average())).Average() / x.Length);
        output.WriteLine(
            FormattableString.Invariant(
                $"{chip}: re-cleared {fast.Average():0.0000} ({Error(fast):0.0000}), full {whole.Average():0.0000} ({Error(whole):0.0000})"
            )
        );
        Assert.True(fast.Average() < 0);
        Assert.True(whole.Average() < 2 * Error(whole));
        Assert.InRange(fast.Average(), (3 * whole.Average()) - 0.06, 0);
    }

    [Fact]
    public void Work_that_goes_on_is_conserved_fits_where_it_goes_and_keeps_its_promise()
    {
        Span<double> odds = [0.6, 0.3, 0.1, 0.3, 0.5, 0.2, 0.5, 0.3, 0.2];
        Span<double> perH = [1, 3, 4, 1, 3, 4, 1, 2, 3];
        Span<double> moved = stackalloc double[Segment.Count];
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var wanted = new double[Segment.Count];
            var offered = new double[Segment.Stocks];
            foreach (ref var w in wanted.AsSpan())
            {
                w = random.Next(3) == 0 ? 0 : 100 * random.NextDouble();
            }
            foreach (ref var o in offered.AsSpan())
            {
                o = random.Next(4) == 0 ? 0 : 400 * random.NextDouble();
            }
            var bound = random.NextDouble();
            Substitution.Fill(wanted, offered, new Choice(odds, perH, bound), moved);
            for (var n = 0; n < Segment.Needs; n++)
            {
                double work = 0;
                for (var s = 0; s < Segment.Stocks; s++)
                {
                    work += moved[Segment.Of(s, n)] / perH[(n * 3) + (s / 2)];
                }
                Assert.Equal(0, work, 1e-9);
            }
            for (var s = 0; s < Segment.Stocks; s++)
            {
                double sum = 0,
                    change = 0;
                for (var n = 0; n < Segment.Needs; n++)
                {
                    sum += wanted[Segment.Of(s, n)];
                    change += moved[Segment.Of(s, n)];
                }
                // Nobody goes where there is no room; at most a share of those without room leaves.
                Assert.True(change <= Math.Max(0, offered[s] - sum) + 1e-9);
                Assert.True(change >= -Substitution.GoesOn * Math.Max(0, sum - offered[s]) - 1e-9);
            }
        }
        // Real-time work whose near capacity is full stays near, whatever stands empty far away.
        double[] realTime = new double[Segment.Count];
        realTime[Segment.Of(Segment.Stock(0, 0), (int)Need.Inference)] = 100;
        double[] room = [10, 1_000, 0, 1_000, 0, 1_000];
        Substitution.Fill(realTime, room, new Choice(odds, perH, 1), moved);
        foreach (var change in moved)
        {
            Assert.Equal(0, change, 1e-12);
        }
        Substitution.Fill(realTime, room, new Choice(odds, perH, 0), moved);
        Assert.Equal(
            Substitution.GoesOn * 90,
            moved[Segment.Of(Segment.Stock(0, 1), (int)Need.Inference)],
            1e-9
        );
    }

    /// <summary>Elasticities of the demand law at reference rents and the middles of the priors, by a small change of one rent.</summary>
    [Fact]
    public void The_page_prints_the_elasticities_of_the_law()
    {
        var values = TwinCase.Middle();
        var tiers = TwinCase.Givens.Tiers;
        double[] reference =
        [
            0,
            Math.Log(values[(int)Parameter.TierRentA]),
            Math.Log(values[(int)Parameter.TierRentD]),
        ];
        double[] Wanted(int moved, double by)
        {
            var rent = new double[Segment.Stocks];
            for (var s = 0; s < rent.Length; s++)
            {
                rent[s] = reference[s / 2] + (s / 2 == moved ? by : 0);
            }
            var wanted = new double[Segment.Count];
            SegmentDemand.Fill(
                values,
                new DemandLevels(1, 1, 1, 0, 0, double.PositiveInfinity),
                tiers,
                values[(int)Parameter.TokenElasticity],
                rent,
                reference,
                [6, 4, 6, 4, 6, 4],
                [6, 4, 6, 4, 6, 4],
                true,
                wanted
            );
            return wanted;
        }
        const double Step = 1e-5;
        var page = File.ReadAllText(
            Path.Combine(TestData.Repository(), "docs", "model", "market.md")
        );
        foreach (var need in Enum.GetValues<Need>())
        {
            var cells = new List<string>();
            for (var moved = 0; moved < Segment.Tiers; moved++)
            {
                for (var k = 0; k < Segment.Tiers; k++)
                {
                    double Of(double by)
                    {
                        var w = Wanted(moved, by);
                        return Math.Log(
                            w[Segment.Of(2 * k, (int)need)] + w[Segment.Of((2 * k) + 1, (int)need)]
                        );
                    }
                    cells.Add(
                        ((Of(Step) - Of(-Step)) / (2 * Step)).ToString(
                            "+0.00;-0.00",
                            System.Globalization.CultureInfo.InvariantCulture
                        )
                    );
                }
            }
            var row = $"| {need.ToString().ToLowerInvariant()} | {string.Join(" | ", cells)} |";
            output.WriteLine(row);
            Assert.Contains(row, page, StringComparison.Ordinal);
        }
    }
}
