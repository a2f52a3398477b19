using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Rents start where the quotes of the day have them, chip by chip, and move with fill.</summary>
public sealed class ChipLevelsTest
{
    private const int Draws = 200;

    private static readonly Lazy<MarketRun> _run = new(() => Prepare([]));

    private static MarketRun Prepare(IReadOnlyList<Quote> quotes) =>
        MarketRun.Prepare(
            new MarketRequest(
                FactCatalog.Shipped().AsOf(new DateOnly(2025, 4, 30)),
                new MarketScenario(),
                3,
                Draws,
                new Month(2028, 12)
            )
            {
                Quotes = quotes,
            },
            new RunContext { Threads = 2 }
        );

    private static int Now(MarketRun run) => new Month(2025, 4) - run.Givens.Start;

    private static double Median(MarketRun run, string chip, int after)
    {
        double[] rents =
        [
            .. Enumerable
                .Range(0, Draws)
                .Select(d => run.LogRent(d, chip, QuoteBasis.Contract)[Now(run) + after])
                .Order(),
        ];
        return Math.Exp((rents[(Draws / 2) - 1] + rents[Draws / 2]) / 2);
    }

    /// <summary>Printed in spring 2025 for eight H100 a month: 75, 70 and 60 thousand yuan.</summary>
    [Fact]
    public void The_rent_at_the_decision_is_that_of_the_quotes_of_the_day() =>
        Assert.InRange(Median(_run.Value, "H100 SXM5", 0) * 8 * 730, 55_000, 78_000);

    [Fact]
    public void Chips_earn_by_what_they_are_worth()
    {
        double Of(string chip) => Median(_run.Value, chip, 0);
        Assert.True(Of("RTX 4090") < 0.5 * Of("H20 SXM"));
        Assert.True(Of("H20 SXM") < 0.7 * Of("H100 SXM5"));
        Assert.True(Of("H100 SXM5") < Of("H200 SXM"));
        // Eight 4090 a month were quoted at 7 to 17 thousand yuan from 2024 to the spring of 2025.
        Assert.InRange(Of("RTX 4090") * 8 * 730, 6_000, 18_000);
    }

    [Fact]
    public void Rents_can_turn_both_ways_and_drift_little()
    {
        double up = 0,
            down = 0;
        for (var d = 0; d < Draws; d++)
        {
            var path = _run.Value.LogRent(d, "H100 SXM5", QuoteBasis.Contract);
            var change = path[Now(_run.Value) + 6] - path[Now(_run.Value)];
            up += change > Math.Log(1.3) ? 1.0 / Draws : 0;
            down += change < Math.Log(0.7) ? 1.0 / Draws : 0;
        }
        Assert.InRange(up, 0.02, 0.3);
        Assert.InRange(down, 0.02, 0.4);
    }

    [Fact]
    public void The_studys_own_quotes_move_the_level_of_the_day()
    {
        var before = Median(_run.Value, "H100 SXM5", 0);
        var own = new Quote(
            new Month(2025, 4),
            new DateOnly(2025, 4, 20),
            "H100 SXM5",
            QuoteBasis.Contract,
            before * 1.3,
            0.03,
            "a signed contract"
        );
        var after = Median(Prepare([own]), "H100 SXM5", 0);
        Assert.InRange(after / before, 1.1, 1.3);
    }

    [Fact]
    public void Bad_rents_meet_bad_fill()
    {
        var plan = new CentrePlan
        {
            Name = "hall",
            Site = "Zhengzhou",
            Start = new Month(2025, 5),
            Months = 36,
            Fleets = [new FleetPlan("H100 SXM5", "8xH100", 1024, new Month(2025, 6), true)],
            Products = [Product.TrainingLease, Product.SmallLease],
            AvoidableCostPerAcceleratorMonth = 1500,
        };
        var rents = new double[Draws];
        var fills = new double[Draws];
        for (var d = 0; d < Draws; d++)
        {
            var outlook = _run.Value.Centre(plan, new AskPolicy(1), d);
            rents[d] = Math.Log(outlook.ContractRent[30]);
            fills[d] = outlook.Physical.Fill(30);
        }
        Assert.True(MathNet.Numerics.Statistics.Correlation.Pearson(rents, fills) > 0.1);
    }

    [Fact]
    public void An_old_chip_counts_for_less_of_the_demand()
    {
        CentreOutlook Of(string chip, string server, int draw) =>
            _run.Value.Centre(
                new CentrePlan
                {
                    Name = "hall",
                    Site = "Zhengzhou",
                    Start = new Month(2025, 5),
                    Months = 24,
                    Fleets = [new FleetPlan(chip, server, 512, new Month(2025, 6), false)],
                    Products = [Product.SmallLease],
                    AvoidableCostPerAcceleratorMonth = 300,
                },
                new AskPolicy(1),
                draw
            );
        double cards = 0,
            h100 = 0;
        for (var d = 0; d < Draws; d++)
        {
            cards += Enumerable.Range(1, 23).Sum(Of("RTX 4090", "8xRTX4090", d).Physical.Revenue);
            h100 += Enumerable.Range(1, 23).Sum(Of("H100 SXM5", "8xH100", d).Physical.Revenue);
        }
        Assert.True(cards < 0.5 * h100, $"{cards} and {h100}");
    }
}
