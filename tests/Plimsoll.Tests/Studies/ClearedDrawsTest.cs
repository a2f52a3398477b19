using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A centre is cleared once for all that differs from it in money alone, and the figures are those of clearing it anew.</summary>
public sealed class ClearedDrawsTest
{
    private const int Draws = 30;
    private int _cleared;

    private (OptionRun Run, StudyCase Plan) Study(bool keep)
    {
        var values = SmallStudy.Read(SmallStudy.Text);
        var reader = StudyReader.Of(values, FactCatalog.Shipped().AsOf(values.Month("decided")));
        var plan = reader.Plan();
        var market = PlanOnly.Market(values.Month("decided"), Draws);
        var run = new OptionRun(
            new CaseRun(
                (centre, policy, draw) =>
                {
                    Interlocked.Increment(ref _cleared);
                    return market.Clear([new CentreEntry(centre, policy)], draw)[0];
                }
            )
            {
                Known = keep ? new ClearedDraws(Draws) : null,
            },
            new DrawInputs(1, Draws, plan.Uncertain),
            reader.Rule(),
            [.. Enumerable.Range(0, Draws).Select(d => new DrawWorld(d, ""))],
            2
        );
        return (run, plan);
    }

    private static void Same(DrawFigures expected, DrawFigures found)
    {
        Assert.Equal(expected.Fill, found.Fill);
        Assert.Equal(expected.EquityNpv, found.EquityNpv);
        Assert.Equal(expected.MinimumCover, found.MinimumCover);
        Assert.Equal(expected.LossGivenDefault, found.LossGivenDefault);
        Assert.Equal(expected.Default, found.Default);
    }

    [Fact]
    public void What_moves_money_alone_is_not_cleared_again_and_comes_out_the_same()
    {
        var (keeping, plan) = Study(true);
        var (plain, _) = Study(false);
        var held = keeping.Physical(plan);
        Assert.Equal(Draws, _cleared);
        StudyCase[] cases =
        [
            plan,
            plan with
            {
                RentFactor = 0.7,
            },
            plan with
            {
                FillFloor = 0.9,
            },
            plan with
            {
                CapexFactor = 2,
            },
            plan with
            {
                Loan = plan.Loan! with { Gearing = 0.3 },
            },
        ];
        foreach (var like in cases)
        {
            _cleared = 0;
            var kept = keeping.Figures(like);
            Assert.Equal(0, _cleared);
            Same(plain.Figures(like), kept);
        }
        var capex = plan.Fleets[0].CapexPerServer;
        Assert.False(plan.MovesTheMarket(capex));
        Same(
            plain.With(capex.Path, 1.3 * capex.Value).Figures(plan),
            keeping.Costed(held, plan, capex.Path, 1.3 * capex.Value)
        );
    }

    [Fact]
    public void What_the_market_sees_is_cleared_again()
    {
        var (keeping, plan) = Study(true);
        var (plain, _) = Study(false);
        keeping.Physical(plan);
        Assert.True(plan.MovesTheMarket(plan.Capability));
        foreach (
            var run in new Func<OptionRun, DrawFigures>[]
            {
                r => r.With(plan.Capability.Path, 0.9).Figures(plan),
                r => r.Figures(plan with { PowerFactor = 3 }),
                r => r.Figures(plan with { Policies = new FleetPolicies(new AskPolicy(0.8)) }),
            }
        )
        {
            _cleared = 0;
            var kept = run(keeping);
            Assert.Equal(Draws, _cleared);
            Same(run(plain), kept);
        }
    }

    [Fact]
    public void Whether_a_case_passes_is_what_its_values_say()
    {
        var (run, plan) = Study(true);
        var held = run.Physical(plan);
        foreach (var rent in (double[])[0.5, 1, 2, 4, 8, 16])
        {
            var like = plan with { RentFactor = rent };
            var figures = run.Figures(like);
            foreach (var equity in (bool[])[true, false])
            {
                RuleTest[] tests =
                [
                    .. run.Credit(figures, like),
                    .. equity ? run.Rule.Equity(figures) : [],
                ];
                Assert.Equal(
                    tests.Length > 0 && tests.All(t => t.Value <= t.Limit),
                    run.Passes(like, equity)
                );
            }
        }
        Assert.Equal(run.Passes(plan, true), run.Passes(plan, true, held));
    }
}
