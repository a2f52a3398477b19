using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Construction;
using Plimsoll.Studies.Questions;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>A half-built centre on the bench: a million in all, 400,000 of it spent, a tenth of what is unpaid owed on cancelling, half of what was spent paid by a buyer.</summary>
public sealed class ConstructionTest
{
    private static readonly BuildingState _state = new(400_000, 0.1, 0.5);
    private static readonly StudyCase _plan = Bench.Case();

    /// <summary>24 x 257,000 = 6,168,000, less the 600,000 that are left.</summary>
    [Fact]
    public void Finish_pays_only_what_is_left() => Near(5_568_000, new Finish());

    /// <summary>
    /// Half of the plan earns 3,084,000 and costs 500,000, of which 100,000 are left; the other half is unpaid, 500,000, a tenth of it owed.
    /// At 30 % what is kept costs 300,000 and is paid; 100,000 stand in the cancelled 700,000, of which 600,000 are unpaid: 60,000.
    /// </summary>
    [Fact]
    public void Shrink_pays_for_what_is_kept_first()
    {
        Near(3_084_000 - 100_000 - 50_000, new Shrink(0.5));
        Near((0.3 * 6_168_000) - 60_000, new Shrink(0.3));
    }

    /// <summary>A tenth of 600,000.</summary>
    [Fact]
    public void Stop_pays_the_fee() => Near(-60_000, new Stop());

    /// <summary>Half of 400,000.</summary>
    [Fact]
    public void Assign_brings_its_share_of_what_was_spent() => Near(200_000, new Assign());

    /// <summary>On a market that pays it is finished; at a quote of 0.5 it would earn less than running costs, 600,000 for nothing, and the orders are sold.</summary>
    [Theory]
    [InlineData(10, VerdictKind.Finish)]
    [InlineData(0.5, VerdictKind.Assign)]
    public void The_course_worth_most_from_here_on_is_named(double quote, VerdictKind kind)
    {
        var question = new ConstructionQuestion(
            [new Finish(), new Shrink(0.5), new Stop(), new Assign()],
            _state
        );
        var run = Bench.Run(new ConstantMarket { Quote = _ => quote }, 40);
        var held = run.Physical(_plan);
        var decided = question.Decide(
            new QuestionRun
            {
                Plan = _plan,
                Facts = new Bench.Facts(),
                Run = run,
                Few = run,
                First = run.Result(question.First(_plan), run.Money(held, _plan)),
                Held = held,
                FewHeld = held,
                Fitted = true,
                Currency = "CNY",
                Report = (_, _) => { },
            }
        );
        Assert.Equal(kind, decided.Verdict.Kind);
    }

    /// <summary>
    /// 300,000 of the 400,000 spent were drawn, and as much is still to draw, both without interest, in one sum at the end: finishing draws it for
    /// the servers' 600,000 before equity pays the other 300,000, and repays 600,000 in the end.
    /// </summary>
    [Fact]
    public void Finishing_draws_the_commitment_before_equity()
    {
        var flow = Flow(new Finish(), 300_000, 300_000);
        Assert.Equal(600_000, flow.DebtDrawn.Sum(), 1e-6);
        Assert.Equal(300_000, flow.EquityIn.Sum(), 1e-6);
        Assert.Equal(600_000, flow.PrincipalDue.Sum(), 1e-6);
        // 24 x 257,000 less 300,000 of equity and the 600,000 repaid.
        Near(6_168_000 - 300_000 - 600_000, new Finish(), Owing(300_000, 300_000));
        // A commitment above what is left: 600,000 are drawn, equity pays nothing, and 900,000 are repaid.
        Near(6_168_000 - 900_000, new Finish(), Owing(300_000, 900_000));
    }

    /// <summary>The commitment ends before the servers are paid: equity pays all 600,000.</summary>
    [Fact]
    public void What_may_no_longer_be_drawn_is_not() =>
        Near(
            6_168_000 - 600_000 - 300_000,
            new Finish(),
            Owing(300_000, 300_000) with
            {
                Building = new BuildingDebt(300_000, 300_000, -1, 0.02),
            }
        );

    /// <summary>A tenth of 600,000, the 300,000 drawn and a fiftieth of them; what is undrawn is lost.</summary>
    [Fact]
    public void Stopping_repays_what_was_drawn()
    {
        Near(-60_000 - 300_000 - 6_000, new Stop(), Owing(300_000, 300_000));
        Near(200_000 - 300_000 - 6_000, new Assign(), Owing(300_000, 300_000));
        Near(-60_000, new Stop(), Owing(0, 300_000));
    }

    /// <summary>Half of it: 100,000 left, all from the commitment; 400,000 are repaid, 50,000 is the fee.</summary>
    [Fact]
    public void Shrinking_draws_less() =>
        Near(3_084_000 - 50_000 - 400_000, new Shrink(0.5), Owing(300_000, 300_000));

    [Fact]
    public void No_debt_changes_nothing()
    {
        var none = Owing(0, 0) with { Loan = null };
        foreach (
            var option in new IConstructionOption[]
            {
                new Finish(),
                new Shrink(0.5),
                new Stop(),
                new Assign(),
            }
        )
        {
            Assert.Equal(
                Bench.Value(option.Of(_plan, _state)),
                Bench.Value(option.Of(none, _state))
            );
        }
    }

    /// <summary>More undrawn is never worse where it costs nothing, more drawn never better.</summary>
    [Fact]
    public void More_debt_drawn_is_never_better()
    {
        foreach (var option in new IConstructionOption[] { new Finish(), new Stop(), new Assign() })
        {
            var worth = new[] { 0.0, 100_000, 400_000 }
                .Select(d => Bench.Value(option.Of(Owing(d, 100_000), _state)))
                .ToArray();
            Assert.True(worth[1] < worth[0] && worth[2] < worth[1]);
        }
    }

    private static StudyCase Owing(double drawn, double undrawn) =>
        _plan with
        {
            Loan = new DebtTranche
            {
                Name = "loan",
                TenorMonths = 12,
                FirstPaymentMonth = 6,
                Repayment = Repayment.Bullet,
            },
            Terms = _plan.Terms with { GearingCap = 1 },
            Building = new BuildingDebt(drawn, undrawn, 12, 0.02),
        };

    private static CashFlow Flow(Finish option, double drawn, double undrawn)
    {
        CashFlow? flow = null;
        Bench
            .Run(new ConstantMarket())
            .Figures(
                option.Of(Owing(drawn, undrawn), _state).Case,
                (draw, done) => flow = draw == 0 ? done.Cash : flow
            );
        return flow!;
    }

    private static void Near(double value, IConstructionOption option, StudyCase plan) =>
        Assert.Equal(value, Bench.Value(option.Of(plan, _state)), 1e-3);

    private static void Near(double value, IConstructionOption option) =>
        Assert.Equal(value, Bench.Value(option.Of(_plan, _state)), 1e-3);
}
