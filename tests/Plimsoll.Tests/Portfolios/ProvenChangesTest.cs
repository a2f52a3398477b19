using Plimsoll.Portfolios;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>No centre changes unless draws that the search has not seen bear it out.</summary>
public sealed class ProvenChangesTest
{
    private static readonly Lazy<(
        PortfolioDraws Draws,
        PlanScores Held,
        ProvenChanges Proven
    )> _small = new(() =>
    {
        var draws = PortfolioDraws.Prepare(
            SmallPortfolio.Read(
                SmallPortfolio.Of(
                    SmallPortfolio.Head,
                    SmallPortfolio.Centre("full", servers: 32, let: "0.95"),
                    SmallPortfolio.Centre("half", "Wuhan", servers: 64, let: "0.5"),
                    SmallPortfolio.Centre("empty", "Xian", "8x910B", 128, "0.02", capability: 0.1)
                )
            ),
            32,
            11,
            SmallPortfolio.Context
        );
        var held = new PlanScores(draws, [.. Enumerable.Range(0, 32)], SmallPortfolio.Context);
        return (draws, held, new ProvenChanges(draws, held, SmallPortfolio.Context));
    });

    private static PlanScores Held => _small.Value.Held;

    private static void IsProven(PortfolioPlan plan, PortfolioPlan left)
    {
        var (gain, error) = Held.Gain(plan, left, Held.Draws);
        Assert.True(gain > ProvenChanges.Ninety * error);
        Assert.True(2 * Held.Better(plan, left) > Held.Draws);
    }

    /// <summary>Every plan of one action for all: what stays of it is proven, centre by centre and as a whole.</summary>
    [Fact]
    public void What_stays_of_any_plan_is_better_than_leaving_it_in_most_draws_and_beyond_its_error()
    {
        var (draws, _, proven) = _small.Value;
        var idle = ProvenChanges.AllIdle(draws);
        var changed = 0;
        for (var action = 1; action < draws.Actions.Max(a => a.Count); action++)
        {
            var plan = proven.Of(
                new([.. draws.Actions.Select(a => Math.Min(action, a.Count - 1))])
            );
            foreach (var c in Enumerable.Range(0, 3).Where(c => plan.Choices[c] != 0))
            {
                IsProven(plan, plan.With(c, 0));
                changed++;
            }
            if (plan.Key != idle.Key)
            {
                IsProven(plan, idle);
            }
        }
        Assert.True(changed > 0);
        Assert.NotEmpty(proven.Taken);
    }

    /// <summary>Of many centres what stays is proven for each by its own worth, and as a whole; what was taken back is not.</summary>
    [Fact]
    public void Changes_judged_in_parts_are_proven_for_themselves_and_as_a_whole()
    {
        var (draws, held, _) = _small.Value;
        var idle = ProvenChanges.AllIdle(draws);
        var changed = 0;
        for (var action = 1; action < draws.Actions.Max(a => a.Count); action++)
        {
            var liked = new PortfolioPlan([
                .. draws.Actions.Select(a => Math.Min(action, a.Count - 1)),
            ]);
            var proven = new ProvenChanges(draws, held, SmallPortfolio.Context, inParts: true);
            var plan = proven.Of(liked);
            if (plan.Key == idle.Key)
            {
                // Nothing of a plan is left out of thin air: each was taken back, or the whole was not proven.
                var (gain, error) = held.Gain(liked, idle, held.Draws);
                Assert.True(proven.Taken.Count > 0 || gain <= ProvenChanges.Ninety * error);
            }
            else
            {
                IsProven(plan, idle);
            }
            foreach (var c in Enumerable.Range(0, 3).Where(c => plan.Choices[c] != idle.Choices[c]))
            {
                var own = Own(held, plan, plan.With(c, idle.Choices[c]), c);
                Assert.True(CutMean.Of(own).Mean > ProvenChanges.Ninety * CutMean.Of(own).Error);
                Assert.True(2 * own.Count(g => g > 0) > own.Length);
                changed++;
            }
            var grown = new ProvenChanges(draws, held, SmallPortfolio.Context, inParts: true).Grown(
                idle,
                liked,
                p => p.Choices[2] == idle.Choices[2]
            );
            Assert.Equal(idle.Choices[2], grown.Choices[2]);
            if (grown.Key != idle.Key)
            {
                IsProven(grown, idle);
            }
        }
        Assert.True(changed > 0);
    }

    private static double[] Own(PlanScores held, PortfolioPlan plan, PortfolioPlan left, int c)
    {
        var worths = held.ByCentre([plan, left]);
        return [.. worths[0].Zip(worths[1], (a, b) => a![c] - b![c])];
    }

    [Fact]
    public void A_plan_grows_only_by_what_is_proven_and_within_its_means()
    {
        var (draws, held, _) = _small.Value;
        var idle = ProvenChanges.AllIdle(draws);
        for (var action = 1; action < draws.Actions.Max(a => a.Count); action++)
        {
            var other = new PortfolioPlan([
                .. draws.Actions.Select(a => Math.Min(action, a.Count - 1)),
            ]);
            var grown = new ProvenChanges(draws, held, SmallPortfolio.Context).Grown(
                idle,
                other,
                p => p.Choices[2] == 0
            );
            Assert.Equal(0, grown.Choices[2]);
            if (grown.Key != idle.Key)
            {
                IsProven(grown, idle);
            }
        }
    }

    [Fact]
    public void What_is_only_planned_is_not_begun_when_nobody_decides()
    {
        var planned = SmallPortfolio
            .Centre("p", servers: 32)
            .Replace("online: 2024-06", "online: 2025-12", StringComparison.Ordinal)
            .Replace(
                "    today:\n      let: 0.3\n      months_left: 8\n",
                "",
                StringComparison.Ordinal
            )
            .Replace("      existing_debt: 32000000\n", "", StringComparison.Ordinal)
            .Replace("      tenor: 30\n", "      tenor: 12\n", StringComparison.Ordinal)
            .Replace(
                "  - name: p\n",
                "  - name: p\n    state: planned\n",
                StringComparison.Ordinal
            );
        var draws = SmallPortfolio.Draws(
            SmallPortfolio.Of(SmallPortfolio.Head, SmallPortfolio.Centre("a"), planned),
            8
        );
        var idle = ProvenChanges.AllIdle(draws);
        Assert.Equal(ActionKind.Keep, draws.Actions[0][idle.Choices[0]].Kind);
        Assert.Equal(ActionKind.Refuse, draws.Actions[1][idle.Choices[1]].Kind);
        // What it would take from the other is what the other lets more without it.
        var taken = Assert.Single(CrowdingOut.Of(draws, SmallPortfolio.Context));
        Assert.Equal("p", taken.Applicant);
        var with = draws.Run(PortfolioPlan.KeepAll(2), SmallPortfolio.Context);
        var without = draws.Run(idle, SmallPortfolio.Context);
        Assert.Equal(
            without.Centres[0].SoldHours.Average() - with.Centres[0].SoldHours.Average(),
            taken.FromOthers,
            1e-6 * (1 + taken.Hours)
        );
        Assert.Equal(0, without.Centres[1].SoldHours.Sum());
        // With what it lacks paid at the start, half of the draws are even.
        double[] even = [.. with.Centres[1].ProjectNpv.Select(v => v + taken.Shortfall)];
        Assert.True(even.Count(v => v >= -1) * 2 >= even.Length);
    }

    /// <summary>The same centres in another order get the same actions and the same gain.</summary>
    [Fact]
    public void Centres_in_another_order_give_the_same_plan_in_that_order()
    {
        string[] centres =
        [
            SmallPortfolio.Centre("a", servers: 32, let: "0.05"),
            SmallPortfolio.Centre("b", servers: 32, let: "0.05"),
            SmallPortfolio.Centre("c", "Wuhan", "8x910B", 64, "0.02", 0.2),
        ];
        PortfolioResult Plan(params string[] order) =>
            PortfolioRun.Of(
                SmallPortfolio.Read(SmallPortfolio.Of(SmallPortfolio.Head, order)),
                new PortfolioSettings { Draws = 30, SearchDraws = 24 },
                SmallPortfolio.Context
            );
        var one = Plan(centres);
        var other = Plan(centres[2], centres[1], centres[0]);
        Assert.Equal(
            one.Centres.Select(c => (c.Centre.Name, c.Planned.Action)).Order(),
            other.Centres.Select(c => (c.Centre.Name, c.Planned.Action)).Order()
        );
        Assert.Equal(one.Plan!.Value.Middle, other.Plan!.Value.Middle, 1e-3);
    }

    /// <summary>The gain that is shown is the one the plan was judged by, and what is lost is said with it.</summary>
    [Fact]
    public void The_verdict_says_the_gain_that_counted_and_what_is_lost()
    {
        var result = PortfolioRun.Of(
            SmallPortfolio.Read(
                SmallPortfolio.Of(
                    SmallPortfolio.Head,
                    SmallPortfolio.Centre("a", "Xian", "8x910B", 256, "0.02", 0.1),
                    SmallPortfolio.Centre("b", servers: 32, let: "0.9")
                )
            ),
            new PortfolioSettings { Draws = 30, SearchDraws = 48 },
            SmallPortfolio.Context
        );
        var verdict = PlanVerdict.Of(result);
        var gain = result.Search!.Rules[0];
        var less = result.Plan!.UsefulHours.Mean < 0.98 * result.Keep.UsefulHours.Mean;
        var changed = result.Centres.Any(c => c.Planned.Action != c.Kept.Action);
        Assert.Equal(
            !changed || gain.Low <= 0 ? PlanGrade.Open
                : less ? PlanGrade.Loses
                : PlanGrade.Gains,
            verdict.Grade
        );
        Assert.Equal(
            changed && less,
            verdict.Lines.Any(l => l.StartsWith("It costs use", StringComparison.Ordinal))
        );
        Assert.All(
            result.Centres,
            c =>
                Assert.Equal(
                    c.Planned.Action != c.Kept.Action,
                    c.Choice!.Proof is { } proof
                        && proof.Low > 0
                        && 2 * proof.Better.Happened > proof.Better.Draws
                )
        );
        Assert.Contains(
            verdict.Lines,
            l => l.Contains("of the rent quoted for the chip", StringComparison.Ordinal)
        );
    }
}
