using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
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

    /// <summary>Orders sold for a share of the 400,000 that they cost: of 25 % tax only what the price is above them bears it; a loss is carried and meets nothing here.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void Only_a_gain_on_orders_sold_is_taxed(double share) =>
        Assert.Equal(
            400_000 * (share - (0.25 * Math.Max(0, share - 1))),
            Bench.Value(new Assign().Of(_taxed, _state with { AssignmentShare = share })),
            1e-3
        );

    /// <summary>Damages bear no value added tax and are paid once; before finance and to equity they are one figure.</summary>
    [Fact]
    public void Cancelling_costs_its_fee_and_no_tax_on_it()
    {
        var stop = new Stop().Of(_taxed, _state);
        Assert.Equal(-60_000, Bench.Value(stop), 1e-3);
        var figures = Bench.Run(new ConstantMarket()).Figures(stop.Case);
        Assert.Equal(-60_000, figures.ProjectNpv[0], 1e-3);
    }

    /// <summary>Half of it earns 3,084,000, cost 500,000, of which 100,000 are left, and pays a fee of 50,000: a quarter of 3,084,000 - 500,000 - 50,000 is tax, whether the fee is paid early or late in the year.</summary>
    [Fact]
    public void A_fee_is_deducted() =>
        Assert.Equal(
            3_084_000 - 100_000 - 50_000 - (0.25 * 2_534_000),
            Bench.Value(new Shrink(0.5).Of(_taxed with { Tax = _noVat }, _state)),
            1e-3
        );

    /// <summary>The million that the servers cost lowers tax whoever paid it when: 6,168,000 earned less 1,000,000, a quarter of it tax.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(400_000)]
    [InlineData(1_000_000)]
    public void What_was_spent_is_written_off_with_the_fleet_that_is_finished(double spent) =>
        Assert.Equal(
            6_168_000 - (1_000_000 - spent) - (0.25 * 5_168_000),
            Bench.Value(
                new Finish().Of(_taxed with { Tax = _noVat }, new BuildingState(spent, 0.1, 0.5))
            ),
            1e-3
        );

    /// <summary>
    /// 300,000 are still to draw and the servers' 600,000 fall due in month 0: a commitment that ended before lapses whole, and the bank is asked to let it be drawn; one that did
    /// not is all drawn, and none of it lapses. Where orders are sold the drawn debt is repaid with its charge.
    /// </summary>
    [Fact]
    public void The_bank_is_told_what_lapses_and_what_is_repaid()
    {
        var late = Owing(300_000, 300_000) with
        {
            Building = new BuildingDebt(300_000, 300_000, -1, 0.02),
        };
        var draws = DrawnToCome.Of(new Finish().Of(late, _state).Case)!.Value;
        Assert.Equal((0.0, 300_000.0), (draws.Drawn, draws.Lapses));
        Assert.Equal(
            0,
            DrawnToCome.Of(new Finish().Of(Owing(300_000, 300_000), _state).Case)!.Value.Lapses
        );
        IReadOnlyList<Phrase> Said(IConstructionOption option, StudyCase plan)
        {
            var course = option.Of(plan, _state);
            return ConstructionBank.Of(course, Bench.Run(new ConstantMarket(), 40).Run(course));
        }
        Assert.Equal("bank.building.lapses", Said(new Finish(), late)[0].Key);
        Assert.Equal(300_000.0, Said(new Finish(), late)[0].Arguments[3]);
        var repaid = Assert.Single(Said(new Assign(), late));
        Assert.Equal((300_000.0, 6_000.0), (repaid.Arguments[1], repaid.Arguments[2]));
        foreach (var option in new IConstructionOption[] { new Finish(), new Stop(), new Assign() })
        {
            Assert.NotEmpty(Said(option, Owing(300_000, 300_000)));
            Assert.Empty(Said(option, _plan));
        }
    }

    /// <summary>At a quote of 0.5 the centre takes 14,600 a month and pays 35,000: its bills are unpaid from the first month of operation, and the loan whose first payment is in month 6 defaults before it.</summary>
    [Fact]
    public void A_default_before_the_first_payment_names_the_bills_that_were_missed()
    {
        CashFlow? flow = null;
        Bench
            .Run(new ConstantMarket { Quote = _ => 0.5 })
            .Figures(
                new Finish().Of(Owing(300_000, 300_000), _state).Case,
                (draw, done) => flow = draw == 0 ? done.Cash : flow
            );
        Assert.InRange(flow!.DefaultMonth, 0, 5);
        Assert.Equal(DefaultCause.RunningCost, DefaultCauses.Of(flow));
        Assert.Equal(0, DefaultCauses.FirstUnpaid(flow));
        Assert.Equal(DefaultCause.None, DefaultCauses.Of(Flow(new Finish(), 0, 0)));
    }

    private static readonly TaxPreset _noVat = new(new TaxTerms(0.25, 5, 1, 0), 5, 0, 0);

    /// <summary>A quarter of income in tax, 13 % on purchases and sales.</summary>
    private static readonly StudyCase _taxed = Bench.Case(Bench.Fleet() with { Tax = _noVat }) with
    {
        Tax = new TaxPreset(new TaxTerms(0.25, 5, 1, 0.13), 5, 0, 0.13),
    };

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
