using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Policies and decisions to wait or to go on see the past only.</summary>
public sealed class PastOnlyTest
{
    public static TheoryData<IPolicy> Policies =>
        [
            new AskPolicy(0.8),
            new DarkPolicy(12, 0.05),
            new ConvertPolicy(3),
            new SellPolicy(0.5, 6),
            new HandOverPolicy(),
        ];

    /// <summary>The same quotes up to a month and others after it lead to the same actions up to that month.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void Changing_a_draw_s_future_leaves_actions_up_to_then_unchanged(IPolicy policy)
    {
        const int Cut = 20;
        double[] one = [.. Enumerable.Range(0, 40).Select(m => 20 - (0.4 * m))];
        double[] two = [.. one.Select((q, m) => m <= Cut ? q : q * 5)];
        for (var m = 0; m < Cut; m++)
        {
            Assert.Equal(policy.Decide(Seen(one, m)), policy.Decide(Seen(two, m)));
        }
    }

    /// <summary>The market hands a policy no quote later than the month just closed.</summary>
    [Fact]
    public void The_market_shows_a_policy_no_later_month()
    {
        var values = SmallStudy.Read(SmallStudy.Text);
        var view = FactCatalog.Shipped().AsOf(values.Month("decided"));
        var plan = StudyReader.Of(values, view).Plan();
        var market = PlanOnly.Market(values.Month("decided"), 60);
        var spy = new Spy();
        var outlook = market.Centre(
            plan.Plan with
            {
                Fleets =
                [
                    .. plan.Fleets.Select(f => new FleetPlan(
                        f.Accelerator,
                        f.Server,
                        f.Servers * f.PerServer,
                        f.Online,
                        f.TrainingFabric
                    )),
                ],
            },
            spy,
            2
        );
        Assert.Equal(plan.Plan.Months, spy.Seen.Count);
        for (var i = 0; i < spy.Seen.Count; i++)
        {
            var (month, quotes) = spy.Seen[i];
            Assert.Equal(i - 1, month);
            Assert.Equal(outlook.MarketQuote.Take(i), quotes.TakeLast(i));
        }
    }

    /// <summary>Waiting is decided on the quote before the building month: a trigger above every quote ends in not building, one below in building.</summary>
    [Fact]
    public void Waiting_may_end_in_not_building()
    {
        var values = SmallStudy.Read(SmallStudy.Text);
        var view = FactCatalog.Shipped().AsOf(values.Month("decided"));
        var plan = StudyReader.Of(values, view).Plan();
        var market = PlanOnly.Market(values.Month("decided"), 60);
        var cases = new CaseRun(
            (centre, policies, draw) => market.Clear([new CentreEntry(centre, policies)], draw)[0]
        );
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var draw = 0; draw < 5; draw++)
        {
            var never = cases.Run(plan with { Gate = new WaitGate(12, 1e9) }, none, draw);
            var always = cases.Run(plan with { Gate = new WaitGate(12, 0) }, none, draw);
            Assert.False(never.Built);
            Assert.Equal(0, never.Cash.EquityFlow().Sum());
            Assert.Equal(0, never.Cash.Lent);
            Assert.True(always.Built);
            Assert.True(always.Cash.Lent > 0);
        }
    }

    private static ObservedState Seen(double[] quotes, int month) =>
        new(
            new Quantities.Month(2025, 1) + month,
            month,
            100,
            0.4,
            quotes[month],
            quotes.AsMemory(0, month + 1),
            2,
            50_000,
            3
        );

    private sealed class Spy : IPolicy
    {
        public List<(int Month, double[] Quotes)> Seen { get; } = [];

        public CentreAction Decide(in ObservedState state)
        {
            Seen.Add((state.MonthIndex, state.MarketQuotes.ToArray()));
            return CentreAction.Hold;
        }
    }
}
