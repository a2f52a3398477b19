using CsCheck;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Searches;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>
/// What signed contracts carry under the lender's rule, worked by hand. Ten servers of eight, all 80 let at 5: 80 x 730 x 5 = 292,000 a month
/// less 35,000 to run them leave 257,000; over a cover of 1.3 that is 197,692 a month. The loan costs 12 % a year and pays from month 1.
/// </summary>
public sealed class LoanCapacityTest
{
    private const int Draws = 60;
    private const double Share = 257_000 / 1.3;
    private const double Step = 10_000_000.0 / 1024;
    private static readonly ConstantMarket _market = new() { Records = true };

    /// <summary>A contract of 7 months carries six payments, (1 - 1.01^-6) / 0.01 = 5.79548 of them; of 13, 11.25508; of 25, 21.24339; of 37, 30.10751.</summary>
    [Theory]
    [InlineData(7, 5.79548)]
    [InlineData(13, 11.25508)]
    [InlineData(25, 21.24339)]
    [InlineData(37, 30.10751)]
    public void A_contract_carries_what_its_months_pay_at_target_cover(int months, double annuity)
    {
        var found = Found(Let(months));
        Assert.InRange(
            found.Capacity,
            (Share * annuity) - Step - (0.01 * Share * annuity),
            Share * annuity
        );
        Assert.Equal(months - 1, found.Largest!.TenorMonths);
    }

    /// <summary>Nine months of a loan are never tested over twelve: its cover is that of its own months, and a reserve that equity paid in does not repay it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_loan_of_less_than_a_year_is_judged_over_its_own_months(int reserve)
    {
        // 2,000,000 / 8.56602 = 233,481 a month, covered 1.1007 times; 1,600,000 asks for 186,785 and is covered 1.376 times.
        foreach (var (amount, cover) in new[] { (2_000_000, 1.1007), (1_600_000, 1.3759) })
        {
            var plan = Let(10) with
            {
                Loan = Loan with { Gearing = 0, Amount = amount, TenorMonths = 9 },
                Terms = Bench.Case().Terms with { ReserveMonths = reserve },
            };
            var (run, held) = Run(plan);
            var figures = run.Money(held, plan, LoanOfCase.OnContracts);
            Assert.Equal(cover, figures.Lender!.JudgedCover(0), 1e-3);
            Assert.Equal(cover, figures.Lender.LifeCover[0], 1e-3);
            Assert.Equal(
                cover > 1.3 ? RuleOutcome.Passes : RuleOutcome.Fails,
                DecisionRule.Overall(run.Credit(figures, plan))
            );
        }
        Assert.Equal(
            Found(Let(10)).Capacity,
            Found(
                Let(10) with
                {
                    Terms = Bench.Case().Terms with { ReserveMonths = reserve },
                }
            ).Capacity
        );
    }

    /// <summary>
    /// Where every draw is alike the capacity is that of the estimates, and what binds is the cover. Where the contract pays in 19 draws of 20, sixty of them put the upper end of the
    /// downside test (3 of 60, at most 14 %) above its 10 %: nothing passes, and by the estimate as much is carried as without a failure.
    /// </summary>
    [Fact]
    public void What_keeps_a_capacity_from_being_larger_is_said()
    {
        var sure = Found(Let(25));
        Assert.False(sure.Bound!.BySampling);
        Assert.Contains("cover", sure.Bound.Test.Name, StringComparison.Ordinal);
        Assert.InRange(sure.Bound.AtEstimate, sure.Capacity, sure.Capacity + (3 * Step));
        Assert.Equal(Draws, sure.Bound.Draws);
        Assert.Equal("capacity.few", sure.Bound.Said.Key);
        Assert.NotEqual("capacity.few", (sure.Bound with { Draws = 500 }).Said.Key);
        var plan = Let(25);
        var market = _market with { Fails = draw => draw % 20 == 0 };
        var run = Bench.Run(market, Draws, 0, new LendingRule());
        var held = run.Physical(plan);
        var luck = new LoanSearch(run, plan, held).OnContracts(run, held);
        Assert.True(luck.Capacity < sure.Capacity);
        Assert.True(luck.Bound!.BySampling);
        Assert.True(luck.Bound.AtEstimate > luck.Capacity);
    }

    /// <summary>
    /// A fleet worth 10,000,000 at first that loses a twelfth of it a month: half of it as a base. Where the base ends loans that pay it is named, with what passes without it; without a base nothing
    /// is said of one. A balloon lent anew is said where the tenor is: twelve months on a schedule of 24.
    /// </summary>
    [Fact]
    public void A_borrowing_base_that_binds_is_named_and_a_new_loan_is_said()
    {
        var market = _market with { Resale = m => 125_000 * Math.Max(0, 1 - (m / 12.0)) };
        ContractedLoans In(StudyCase plan)
        {
            var run = Bench.Run(market, Draws, 0, new LendingRule());
            var held = run.Physical(plan);
            return new LoanSearch(run, plan, held).OnContracts(run, held);
        }
        var free = In(Let(25));
        Assert.True(double.IsNaN(free.Bound!.WithoutBase));
        var based = In(Let(25) with { Loan = Loan with { BorrowingBaseAdvance = 0.5 } });
        Assert.True(based.Capacity < 0.9 * free.Capacity, $"{based.Capacity} of {free.Capacity}");
        Assert.Equal(1, based.Bound!.MarginCalls);
        Assert.InRange(based.Bound.WithoutBase, free.Capacity - (2 * Step), free.Capacity + 1e-3);
        Assert.Equal("capacity.base", based.Bound with { Draws = 500 } is var b ? b.Said.Key : "");
        var anew = Let(25) with
        {
            Loan = Loan with
            {
                TenorMonths = 12,
                Repayment = Repayment.Annuity,
                Refinancing = new Refinancing(0, 12, 0.02, 0, 0.5, 0),
            },
        };
        var said = Found(anew).Offers[0].Said;
        Assert.Contains(
            "equal payments of a schedule of 24 months, the rest due then and lent anew for 12 months",
            PhraseBook.English.Say(said),
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// In 3 of 60 draws the tenant of 25 months leaves after 20. Swept, the loan is repaid by then in all of them; without, those three default, which is 5 % and at most 14 % of 10 % allowed: no amount
    /// passes, and by the estimate as much as with the sweep. The condition says so.
    /// </summary>
    [Fact]
    public void A_condition_that_the_number_of_draws_asks_for_says_so()
    {
        var plan = Let(25);
        var run = Bench.Run(
            _market with
            {
                Fails = draw => draw % 20 == 0,
                LeaveAfter = 20,
                // The fleet makes whole whom the tenant leaves: no loss, and a default all the same.
                Resale = _ => 100_000,
            },
            Draws,
            0,
            new LendingRule()
        );
        var held = run.Physical(plan);
        var found = new LoanSearch(run, plan, held).OnContracts(run, held);
        Assert.True(found.Capacity > 10 * Share, $"{found.Capacity}");
        Assert.DoesNotContain(found.Offers, o => o.Title.Key == "loan.contracted.unswept");
        Assert.InRange(
            found.Bound!.UnsweptAtEstimate,
            0.95 * found.Capacity,
            found.Bound.AtEstimate
        );
        var said = Assert.Single(found.Offers[1].Asked, c => c.Key == "condition.sweep.estimate");
        Assert.Contains(
            "without it no amount passes by the tests",
            PhraseBook.English.Say(said),
            StringComparison.Ordinal
        );
        // Where every draw is alike the sweep is not asked for at all.
        Assert.True(double.IsNaN(Found(plan).Bound!.UnsweptAtEstimate));
    }

    /// <summary>The tenant leaves after 23 of 25 months in 3 draws of 60: two payments of 24 are left then, which half of the free cash has repaid; all of it is not asked for.</summary>
    [Fact]
    public void The_least_sweep_that_does_is_asked_for()
    {
        var plan = Let(25);
        var run = Bench.Run(
            _market with
            {
                Fails = draw => draw % 20 == 0,
                LeaveAfter = 23,
                Resale = _ => 100_000,
            },
            Draws,
            0,
            new LendingRule()
        );
        var held = run.Physical(plan);
        var found = new LoanSearch(run, plan, held).OnContracts(run, held);
        Assert.Contains(
            "50 % of free cash repays debt early",
            found.Largest!.Conditions.Single(c =>
                c.Contains("free cash", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );
    }

    /// <summary>Amount, tenor and sweep asked for move nothing; a longer contract and a better price never carry less.</summary>
    [Fact]
    public void Capacity_follows_from_the_contract_alone() =>
        Gen.Select(
                Gen.Int[7, 40],
                Gen.Int[0, 12],
                Gen.Double[2, 8],
                Gen.Double[0, 1],
                Gen.Double[0.05, 0.9],
                Gen.Int[6, 40],
                Gen.Int[0, 2].Select(i => 0.5 * i)
            )
            .Sample(
                (months, more, price, dearer, gearing, tenor, sweep) =>
                {
                    var least = Found(Let(months, price)).Capacity;
                    var asked = Let(months, price) with
                    {
                        Loan = Loan with
                        {
                            Gearing = gearing,
                            TenorMonths = tenor,
                            SweepShare = sweep,
                        },
                    };
                    // To the rounding of a share of the cost.
                    Assert.Equal(least, Found(asked).Capacity, 1e-3);
                    Assert.True(
                        Found(Let(months + more, price)).Capacity >= least - 1e-3,
                        "longer"
                    );
                    Assert.True(
                        Found(Let(months, price + dearer)).Capacity >= least - 1e-3,
                        "dearer"
                    );
                },
                iter: 12
            );

    /// <summary>Asked for exactly what was offered, the answer is to lend it.</summary>
    [Theory]
    [InlineData(25)]
    [InlineData(37)]
    public void What_was_offered_is_lent_when_it_is_asked_for(int months)
    {
        var offered = Found(Let(months)).Offers[^1];
        var plan = Let(months) with
        {
            Loan = Loan with
            {
                Gearing = 0,
                Amount = offered.Amount,
                TenorMonths = offered.TenorMonths,
                SweepShare = offered.Asked.Any(c =>
                    c.Key.StartsWith("condition.sweep", StringComparison.Ordinal)
                )
                    ? 1
                    : 0,
            },
        };
        var asked = Found(plan).Offers;
        Assert.Equal(RuleOutcome.Passes, Assert.Single(asked).Outcome);
        Assert.Equal(VerdictKind.Lend, LenderVerdict.Of(asked[0], [], [], false, asked).Kind);
    }

    /// <summary>A mezzanine due in one sum that nothing repays is left out; the senior loan carries what it carries by itself.</summary>
    [Fact]
    public void A_junior_that_fails_does_not_take_the_senior_with_it()
    {
        var plan = Let(25) with
        {
            Junior =
            [
                Loan with
                {
                    Name = "mezzanine",
                    Gearing = 0.1,
                    Repayment = Repayment.Bullet,
                    TenorMonths = 24,
                },
            ],
        };
        var found = Found(plan);
        Assert.Equal(Found(Let(25)).Capacity, found.Capacity);
        Assert.Contains(found.Largest!.Asked, c => c.Key == "condition.senior");
        Assert.Contains("without mezzanine", found.Largest.Conditions);
    }

    /// <summary>A price below cost carries nothing; the smallest loan tried fails too, and the verdict says that no amount helps.</summary>
    [Fact]
    public void Where_no_amount_passes_the_verdict_says_so()
    {
        var plan = Let(25, 0.5);
        var (run, held) = Run(plan);
        var search = new LoanSearch(run, plan, held);
        var found = search.OnContracts(run, held);
        Assert.Null(found.Largest);
        Assert.NotNull(found.Smallest);
        var verdict = LenderVerdict.Of(search.Asked(), [], [], false, found.Offers, found.Smallest);
        Assert.Equal(VerdictKind.Decline, verdict.Kind);
        Assert.Contains(verdict.Because, g => g.Key == "ground.contracted.none");
        // With rents nobody has signed it passes: that stays open, and what was asked fails all the same.
        var beyond = found.Offers[0] with
        {
            Tests = Found(Let(25)).Largest!.Tests,
        };
        var open = LenderVerdict.Of(
            search.Asked(),
            [beyond],
            [],
            false,
            found.Offers,
            found.Smallest
        );
        Assert.Equal(VerdictKind.Decline, open.Kind);
        Assert.Contains("open is what would pass", open.Headline, StringComparison.Ordinal);
    }

    /// <summary>Less than a tenth of what was asked is no offer.</summary>
    [Fact]
    public void A_crumb_of_the_amount_asked_is_a_decline()
    {
        var passes = Found(Let(25)).Largest!;
        var asked = Found(Let(7)).Offers[0];
        Assert.Equal(RuleOutcome.Fails, asked.Outcome);
        VerdictKind Kind(double share) =>
            LenderVerdict
                .Of(asked, [], [], false, [asked, passes with { AmountShare = share }])
                .Kind;
        Assert.Equal(VerdictKind.Decline, Kind(0.09));
        Assert.Equal(VerdictKind.LendLess, Kind(0.11));
    }

    /// <summary>A cap that leaves nothing to lend is no amount to be searched, of whatever question.</summary>
    [Fact]
    public void Terms_that_allow_no_loan_carry_none()
    {
        var plan = Let(25) with { Terms = Let(25).Terms with { GearingCap = 0 } };
        var (run, held) = Run(plan);
        var search = new LoanSearch(run, plan, held);
        Assert.False(search.Lends);
        Assert.Equal(0, search.Capacity());
        Assert.Empty(search.OnContracts(run, held).Offers);
    }

    private static ContractedLoans Found(StudyCase plan)
    {
        var (run, held) = Run(plan);
        return new LoanSearch(run, plan, held).OnContracts(run, held);
    }

    private static (OptionRun Run, PhysicalDraws Held) Run(StudyCase plan)
    {
        var run = Bench.Run(_market, Draws, 0, new LendingRule());
        return (run, run.Physical(plan));
    }

    private static DebtTranche Loan =>
        new()
        {
            Name = "loan",
            Gearing = 0.6,
            BaseRate = 0.1,
            Margin = 0.02,
            TenorMonths = 18,
            FirstPaymentMonth = 1,
        };

    private static StudyCase Let(int months, double price = 5) =>
        Bench.Case(Bench.Fleet() with { CapexPerServer = Bench.Exactly("capex", 1_000_000) }) with
        {
            Plan = Bench.Case().Plan with { Months = 54 },
            Leases = [new LeaseCase(new SignedLease("a", 80, price, months, 1, 0, 0), null)],
            Loan = Loan,
        };
}
