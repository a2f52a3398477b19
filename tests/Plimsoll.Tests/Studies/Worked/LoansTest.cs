using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Memos;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Searches;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>
/// Loans on signed contracts, worked by hand. Ten servers of eight at a million each, all 80 let at 5 for 24 months: 80 x 730 x 5 = 292,000 a
/// month less 35,000 to run them leave 257,000. The loan costs 12 % a year.
/// </summary>
public sealed class LoansTest
{
    private const int Many = 400;
    private const double Step = 10_000_000.0 / 512;
    private static readonly ConstantMarket _market = new() { Records = true };

    /// <summary>
    /// Cover of 1.2 carries 257,000 / 1.2 = 214,167 a month. Over the eighteen months asked that is 3,511,965; a loan that uses the contract's
    /// 24 months from month 0, of which 23 are left after the first payment's month, carries 214,167 x (1 - 1.01^-23) / 0.01 = 4,380,955.
    /// </summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Contracted_capacity_is_the_same_whatever_was_asked(double gearing)
    {
        var loans = Search(Let(gearing), _market).Found;
        Assert.InRange(loans.Capacity, 4_380_955 - Step, 4_380_955);
        Assert.Equal(23, loans.Largest!.TenorMonths);
    }

    /// <summary>Five million over eighteen months fail; what is offered instead is the capacity itself, and the verdict says it.</summary>
    [Fact]
    public void What_fails_on_contracts_is_answered_with_what_they_carry()
    {
        var (search, loans) = Search(Let(0.5), _market);
        Assert.Equal(RuleOutcome.Fails, loans.Offers[0].Outcome);
        Assert.Same(loans.Largest, loans.Offers[1]);
        var verdict = LenderVerdict.Of(search.Asked(), [], [], false, loans.Offers);
        Assert.Equal(VerdictKind.LendLess, verdict.Kind);
        Assert.Equal(loans.Largest!.Name, verdict.Option);
        Assert.Contains(
            Words.Money(loans.Largest.Amount),
            verdict.Headline,
            StringComparison.Ordinal
        );
    }

    /// <summary>Four million fail over eighteen months (243,928 a month) and pass inside the contract (195,543): the same money, on a condition.</summary>
    [Fact]
    public void The_amount_asked_is_lent_on_a_tenor_that_the_contract_carries()
    {
        var (search, loans) = Search(Let(0.4), _market);
        Assert.Equal(4_000_000, loans.Offers[1].Amount, 1.0);
        Assert.True(loans.Largest!.Amount > 4_300_000);
        var verdict = LenderVerdict.Of(search.Asked(), [], [], false, loans.Offers);
        Assert.Equal(VerdictKind.LendOnConditions, verdict.Kind);
    }

    /// <summary>
    /// A sum due after eighteen of 36 months that are let: interest of 1 % a month is covered 257,000 / 30,000 = 8.57 times at three million, the
    /// balloon is no part of it. Seventeen months of contract are left then: 257,000 x (1 - 1.01^-17) / 0.01 = 3,999,499, over 1.3 = 3,076,537.
    /// Three and a half million are too much and three are not; a sale at 52,000 an accelerator, 85 % of which are 3,536,000, pays them.
    /// </summary>
    [Theory]
    [InlineData(0.35, 0, true)]
    [InlineData(0.3, 0, false)]
    [InlineData(0.35, 52_000, false)]
    public void A_bullet_is_lent_anew_or_paid_by_a_sale_or_else_in_default(
        double gearing,
        double resale,
        bool defaults
    )
    {
        var plan = Bullet(gearing);
        var run = Bench.Run(_market with { Resale = _ => resale });
        var cash = CaseRun.Money(
            plan,
            new Dictionary<string, double>(StringComparer.Ordinal),
            run.Physical(plan).Kept[0]!
        );
        Assert.Equal(defaults, CreditEvent.Defaults(cash));
        Assert.Equal(defaults, cash.TakenOut is null);
        Assert.Equal(257_000 / (gearing * 100_000), CreditEvent.LowestCover(cash), 1e-6);
        var draws = new LenderDraws(
            1,
            LoanOfCase.Terms(CaseTerms.Contract(plan, n => n.Value, true).Debt)
        );
        draws.Record(0, cash);
        Assert.Equal(gearing * 10_000_000, draws.Balloon[0], 1.0);
        if (!defaults)
        {
            // Lent at par and repaid at par: it earns its rate, and nothing is lost.
            Assert.Equal(Math.Pow(1.01, 12) - 1, LenderYield.Of(draws.Flow[0]), 1e-6);
            Assert.Equal(0, draws.Loss[0]);
        }
    }

    /// <summary>A loan whose base rate is swapped is charged the swap's rate; its balloon is what the schedule leaves, lent anew or due at once.</summary>
    [Fact]
    public void A_loan_is_named_by_the_rate_it_pays_and_the_balloon_of_its_schedule()
    {
        LoanTerms Of(StudyCase plan) =>
            LoanOfCase.Terms(CaseTerms.Contract(plan, n => n.Value, true).Debt);
        var plan = Let(0.5);
        var swapped = plan with
        {
            Loan = plan.Loan! with
            {
                BaseRate = 0.04,
                Margin = 0.045,
                HedgedShare = 1,
                SwapRate = 0.045,
            },
        };
        Assert.Equal((0.045, 0.09), (Of(swapped).BaseRate, Of(swapped).Rate));
        Assert.Equal((0, -1), (Of(plan).ScheduledBalloon, Of(plan).BalloonMonth));
        var bullet = Of(Bullet(0.35));
        Assert.Equal(3_500_000, bullet.ScheduledBalloon, 1);
        Assert.Equal(bullet.MaturityMonth - 1, bullet.BalloonMonth);
        // Twelve of 24 equal payments of 1 % a month leave (1 - 1.01^-12) / (1 - 1.01^-24) of the loan.
        var anew = Of(
            plan with
            {
                Loan = plan.Loan! with
                {
                    TenorMonths = 12,
                    Repayment = Repayment.Annuity,
                    Refinancing = new Refinancing(24, 12, 0.02, 0, 0.5, 0),
                },
            }
        );
        Assert.Equal(
            anew.Amount * (1 - Math.Pow(1.01, -12)) / (1 - Math.Pow(1.01, -24)),
            anew.ScheduledBalloon,
            1
        );
    }

    /// <summary>What contracts still pay at the end of a month: eleven months of 257,000 at 1 % after month 12, nothing after the last.</summary>
    [Fact]
    public void Contracts_left_are_rent_less_cost_of_the_months_that_remain()
    {
        var o = Bench.Run(_market).Physical(Let(0.5)).Kept[0]!.Outlook.Physical;
        Assert.Equal(2_664_480.46, Takeout.ContractsLeft(o, 12, 0.12), 1.0);
        Assert.Equal(11, Takeout.MonthsLeft(o, 12));
        Assert.Equal(0, Takeout.ContractsLeft(o, 23, 0.12));
    }

    /// <summary>Every default breaks the covenant, in options, loans and stresses alike.</summary>
    [Fact]
    public void Breach_is_never_less_than_default()
    {
        foreach (var gearing in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 })
        {
            foreach (var plan in new[] { Bullet(gearing), Let(gearing) })
            {
                var run = Bench.Run(_market, 40);
                var held = run.Physical(plan);
                var figures = run.Money(held, plan);
                var loan = MemoRun.Draw(plan, run, held, new LendingRule());
                for (var i = 0; i < 40; i++)
                {
                    Assert.True(figures.Breach[i] || !figures.Default[i]);
                    Assert.Equal(figures.Breach[i], loan.Whole.Breach[i]);
                    Assert.Equal(figures.Default[i], loan.Whole.Default[i]);
                }
            }
        }
    }

    /// <summary>Eighteen equal payments of principal and interest: EL, margin and PD of one loan over one schedule, in case and decisions alike.</summary>
    [Fact]
    public void Expected_loss_a_year_is_over_the_contractual_life()
    {
        var plan = Let(0.5);
        var terms = LoanOfCase.Terms(CaseTerms.Contract(plan, n => n.Value, true).Debt);
        Assert.Equal(OptionRun.MeanLife(plan), terms.WeightedLifeYears, 1e-12);
        Assert.Equal(1.5, terms.TermYears, 1e-12);
    }

    /// <summary>
    /// Servers paid for in month 1 come in month 2. A base of 70 % of 80 accelerators at 10,000 has room for 560,000 then and for nothing before:
    /// half a million waits for delivery, equity bridges ten million and has the half back; drawn with the payment all of it is lost.
    /// </summary>
    [Theory]
    [InlineData(1, 500_000)]
    [InlineData(0, 0)]
    public void Debt_on_a_borrowing_base_is_drawn_when_the_machines_are_there(
        int after,
        double lent
    )
    {
        var built = Bench.Case(
            Bench.Fleet(online: 2) with
            {
                CapexPerServer = Bench.Exactly("capex", 1_000_000),
            }
        );
        var plan = built with
        {
            Loan = Let(0.05).Loan! with
            {
                BorrowingBaseAdvance = 0.7,
                AcceptanceMonths = after,
                FirstPaymentMonth = 3,
            },
        };
        var cash = CaseRun.Money(
            plan,
            new Dictionary<string, double>(StringComparer.Ordinal),
            Bench.Run(_market with { Resale = _ => 10_000 }).Physical(plan).Kept[0]!
        );
        Assert.Equal(lent, cash.Lent, 1e-6);
        Assert.Equal(lent, cash.BridgeReturned[2], 1e-6);
        Assert.InRange(cash.EquityIn[1], 10_000_000, 10_100_000);
    }

    /// <summary>Fourteen million asked of a centre that costs ten, 85 % of which may be lent: what was asked stays fourteen, 1.65 times the 8.5 that may be lent, and fails for it; smaller ones begin with all that may be, 61 %, then 60 %.</summary>
    [Fact]
    public void An_amount_above_the_cost_is_asked_and_not_lent()
    {
        var plan = Let(0) with { Loan = Let(0).Loan! with { Gearing = 0, Amount = 14_000_000 } };
        Assert.Equal(0.85, plan.Terms.GearingCap);
        var (search, found) = Search(plan, _market);
        var asked = search.Asked();
        Assert.Equal(14_000_000, asked.Amount, 1e-6);
        Assert.Equal(14 / 8.5, asked.Tests[^1].Value, 1e-9);
        Assert.Equal(RuleOutcome.Fails, asked.Tests[^1].Outcome);
        Assert.Empty(asked.Conditions);
        Assert.Equal(14_000_000, found.Offers[0].Amount, 1e-6);
        var less = search.Less();
        Assert.Equal(8_500_000, less[0].Amount, 1e-3);
        Assert.Equal(8.5 / 14, less[0].AmountShare, 1e-9);
        Assert.Equal(8_400_000, less[1].Amount, 1e-3);
        // What the contracts carry does not depend on it.
        Assert.Equal(Search(Let(0.5), _market).Found.Capacity, found.Capacity, 1e-3);
    }

    private static (LoanSearch Search, ContractedLoans Found) Search(
        StudyCase plan,
        ConstantMarket market
    )
    {
        var run = Bench.Run(
            market,
            Many,
            0,
            new LendingRule { TargetCover = 1.2, MarginFloor = 0 }
        );
        var held = run.Physical(plan);
        var search = new LoanSearch(run, plan, held);
        return (search, search.OnContracts(run, held));
    }

    private static StudyCase Bullet(double gearing) =>
        Let(gearing) with
        {
            Plan = Let(gearing).Plan with { Months = 36 },
            Leases = [new LeaseCase(new SignedLease("a", 80, 5, 36, 1, 0, 0), null)],
            Loan = Let(gearing).Loan! with { Repayment = Repayment.Bullet },
        };

    private static StudyCase Let(double gearing) =>
        Bench.Case(Bench.Fleet() with { CapexPerServer = Bench.Exactly("capex", 1_000_000) }) with
        {
            Leases = [new LeaseCase(new SignedLease("a", 80, 5, 24, 1, 0, 0), null)],
            Loan = new DebtTranche
            {
                Name = "loan",
                Gearing = gearing,
                BaseRate = 0.12,
                TenorMonths = 18,
                FirstPaymentMonth = 1,
            },
        };
}
