using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>The estate of studies/northern-data-2025.yaml: what the market said in August 2025 of the share allocated two months later.</summary>
public sealed class EmptyEstateTest(ITestOutputHelper output)
{
    private const int Draws = 200;

    [Fact]
    public void The_fan_of_October_holds_what_came()
    {
        var run = MarketRun.Prepare(
            FactCatalog.Shipped().AsOf(new DateOnly(2025, 8, 31)),
            new MarketScenario { Market = "europe" },
            1,
            Draws,
            new Month(2026, 12),
            2,
            TestContext.Current.CancellationToken
        );
        var plan = new CentrePlan
        {
            Name = "estate",
            Site = "Stockholm",
            Start = new Month(2025, 9),
            Months = 12,
            Fleets =
            [
                new FleetPlan("H100 SXM5", "8xH100", 20_000, new Month(2023, 12), true),
                new FleetPlan("H200 SXM", "8xH200", 2_000, new Month(2024, 9), true),
            ],
            Products = [Product.TrainingLease, Product.SmallLease, Product.Spot],
            AvoidableCostPerAcceleratorMonth = 150,
            ReachableShare = 0.7,
            OperatorCapability = 0.6,
        };
        // The owner cut its price by about a fifth; October is the second month.
        var let = Enumerable
            .Range(0, Draws)
            .Select(d => run.Centre(plan, new AskPolicy(0.8), d).Physical.Fill(1))
            .Order()
            .ToArray();
        var (low, middle, high) = (let[Draws / 10], let[Draws / 2], let[Draws * 9 / 10]);
        output.WriteLine($"allocated in October: {low:0.00} {middle:0.00} {high:0.00}");
        Assert.True(low <= 0.6 && high >= 0.7, "60 to 70 % were allocated");
        Assert.InRange(middle, 0.3, 0.9);
    }
}
