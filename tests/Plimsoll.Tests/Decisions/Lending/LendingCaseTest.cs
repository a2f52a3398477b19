using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Decisions.Lending;

/// <summary>A loan is judged on what it must earn, what carries it and what may befall it.</summary>
public sealed class LendingCaseTest
{
    private const int Draws = 400;
    private const int Months = 73;
    private static readonly LendingRule _rule = new();

    [Fact]
    public void A_tail_is_the_mean_of_the_worst_twentieth()
    {
        var loss = Enumerable.Range(0, 100).Select(i => i < 10 ? (10 - i) / 10.0 : 0).ToArray();
        var tail = LossTail.Of(loss, [.. loss.Select(l => l > 0)], 0.05);
        Assert.Equal(0.055, tail.Expected, 1e-12);
        Assert.Equal(0.8, tail.Tail, 1e-12);
        Assert.Equal(0.55, tail.GivenDefault, 1e-12);
        // A part of a draw counts in part: 5 % of 10 draws is half of the worst.
        Assert.Equal(
            1,
            LossTail.Of([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], new bool[10], 0.05).Tail,
            1e-12
        );
        Assert.Equal(
            0.5,
            LossTail.Of([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], new bool[10], 0.2).Tail,
            1e-12
        );
        Assert.Throws<ArgumentException>(() => LossTail.Of([], [], 0.05));
    }

    [Fact]
    public void The_margin_required_is_expected_loss_and_tail_charge_less_fees()
    {
        var loan = new LoanTerms(100, 0.04, 0.03, 0.015, 1, 60);
        var margin = RequiredMargin.Of(new LossTail(0.02, 0, 0.2, 0.5), 2.5, _rule, loan);
        Assert.Equal(0.008, margin.ExpectedLoss, 1e-12);
        Assert.Equal(0.02, margin.TailCharge, 1e-12);
        Assert.Equal(0.006, margin.Fees, 1e-12);
        Assert.Equal(0.022, margin.Required, 1e-12);
        Assert.Equal(0.008, margin.Headroom, 1e-12);
        // A loan without risk asks for nothing, unless the study sets what its lender's funding, liquidity and capital cost.
        var none = new LossTail(0, 0, 0, double.NaN);
        Assert.Equal(0, RequiredMargin.Of(none, 2.5, _rule, loan).Required);
        var free = RequiredMargin.Of(none, 2.5, _rule with { MarginFloor = 0.015 }, loan);
        Assert.Equal(0.015, free.Required, 1e-12);
    }

    /// <summary>
    /// A balloon of 10 is met by an orderly sale at 0.7 x 0.85 of fair value, or by what contracts pay after cost over a cover of 1.3: by 16.9
    /// (10.06), by 13.1 of contracts (10.08); not by 16.7 and 12.9.
    /// </summary>
    [Theory]
    [InlineData(16.9, 0, true)]
    [InlineData(0, 13.1, true)]
    [InlineData(16.7, 12.9, false)]
    public void A_balloon_is_repaid_by_a_sale_or_lent_anew_on_the_contracts_left(
        double fair,
        double contracts,
        bool repaid
    )
    {
        var draws = new LenderDraws(1, Loan());
        draws.Balloon[0] = 10;
        draws.FairAtMaturity[0] = fair;
        draws.ContractsLeft[0] = contracts;
        Assert.Equal(repaid, _rule.Repays(draws, 0));
    }

    [Theory]
    [InlineData(0, "AA")]
    [InlineData(0.0004, "A")]
    [InlineData(0.0015, "BBB")]
    [InlineData(0.006, "BB")]
    [InlineData(0.03, "B")]
    [InlineData(0.2, "CCC")]
    [InlineData(1, "CCC")]
    public void Odds_of_default_have_a_rating_class(double yearly, string rating) =>
        Assert.Equal(rating, RatingClass.Of(yearly));

    [Fact]
    public void Yearly_odds_add_up_to_those_over_the_life()
    {
        Assert.Equal(0.19, 1 - Math.Pow(1 - RatingClass.Yearly(0.19, 2), 2), 1e-12);
        Assert.Equal(1, RatingClass.Yearly(1, 5));
    }

    [Fact]
    public void A_fully_contracted_investment_grade_deal_is_lent_on_and_a_start_up_s_is_not()
    {
        var safe = Judged(CreditClass.InvestmentGrade);
        var young = Judged(CreditClass.StartUp);
        Assert.Equal(RuleOutcome.Passes, safe.Outcome);
        Assert.True(safe.Margin.Headroom > 0);
        Assert.Equal(RuleOutcome.Fails, young.Outcome);
        Assert.True(young.Margin.Required > safe.Margin.Required);
        Assert.True(young.Events.Default.Low > safe.Events.Default.High, "beyond sampling error");
        Assert.Contains(safe.Rating, new[] { "AA", "A", "BBB" });
        Assert.Contains(young.Rating, new[] { "B", "CCC" });
        Assert.True(safe.LossAdjustedYield <= safe.GrossYield + 1e-9);
        Assert.True(young.LossAdjustedYield < safe.LossAdjustedYield);
        Assert.InRange(safe.GrossYield, 0.07, 0.12);
    }

    [Fact]
    public void Odds_of_default_limit_only_where_the_study_says_so()
    {
        var free = Judged(CreditClass.FundedLab);
        Assert.DoesNotContain(free.Tests, t => t.Name == "chance of a payment default");
        var bound = Judged(
            CreditClass.FundedLab,
            _rule with
            {
                MaxDefault = 0.01,
                MaxBreach = 0.5,
            }
        );
        Assert.Equal(
            RuleOutcome.Fails,
            Assert.Single(bound.Tests, t => t.Name == "chance of a payment default").Outcome
        );
        Assert.Equal(free.Tests.Count + 2, bound.Tests.Count);
    }

    [Fact]
    public void Events_are_nested_and_counted_while_debt_is_outstanding()
    {
        var judged = Judged(CreditClass.StartUp);
        Assert.True(judged.Events.Loss.Value <= judged.Events.Default.Value);
        Assert.True(judged.Events.Default.Value > 0.2);
        // The tenant leaves when the loan is repaid: nothing has befallen the lender.
        var late = Drawn(_ => Outlook(lasts: 61), Loan());
        Assert.Equal(0, late.Breach.Count(b => b));
        Assert.Equal(0, late.LockUp.Count(b => b));
        Assert.Equal(0, late.Default.Count(b => b));
    }

    [Fact]
    public void The_parts_of_the_amount_add_up_and_contracts_come_first()
    {
        var loan = Loan();
        foreach (var of in Enum.GetValues<CreditClass>())
        {
            var draws = Class(of, loan);
            var split = AmountSplit.Of(_rule, draws, draws, draws);
            Assert.Equal(
                loan.Amount,
                split.Contracts + split.Merchant + split.Resale + split.Nothing,
                1e-6 * loan.Amount
            );
            var without = AmountSplit.Of(_rule, draws, null, null);
            Assert.Equal(0, without.Contracts);
        }
        var safe = Class(CreditClass.InvestmentGrade, loan);
        Assert.Equal(loan.Amount, AmountSplit.Of(_rule, safe, safe, safe).Contracts, 1e-6);
        // Cash for 1.00x carries 1/1.3 of the loan by contract, and no more by the market.
        var thin = Drawn(_ => Outlook(cover: 1, resale: 0), loan);
        var split1 = AmountSplit.Of(_rule, thin, thin, thin);
        Assert.InRange(split1.Contracts / loan.Amount, 0.74, 0.78);
        Assert.Equal(0, split1.Merchant);
        Assert.Equal(loan.Amount - split1.Contracts, split1.Nothing, 1e-6);
        // What nobody has signed yet is told apart, whatever the loan would bring with it.
        var unsigned = AmountSplit.Of(_rule, safe, null, safe, 2 * loan.Amount);
        Assert.Equal(0, unsigned.Contracts);
        Assert.InRange(unsigned.ToBeSigned, 0.9 * loan.Amount, 2 * loan.Amount);
        Assert.Equal(0, unsigned.Merchant, 1e-6);
    }

    [Fact]
    public void A_balloon_must_be_met_by_an_orderly_sale()
    {
        var bullet = Loan();
        var rich = Drawn(_ => Outlook(resale: 800_000), bullet, Repayment.Bullet);
        var poor = Drawn(_ => Outlook(resale: 2_000), bullet, Repayment.Bullet);
        Assert.All(rich.Balloon, b => Assert.InRange(b, 0.9 * bullet.Amount, 1.1 * bullet.Amount));
        RuleTest Balloon(LenderDraws draws) =>
            Judge(draws).Tests.Single(t => t.Name.Contains("balloon", StringComparison.Ordinal));
        Assert.Equal(RuleOutcome.Passes, Balloon(rich).Outcome);
        Assert.Equal(RuleOutcome.Fails, Balloon(poor).Outcome);
        Assert.DoesNotContain(
            Judge(Drawn(_ => Outlook(), Loan())).Tests,
            t => t.Name.Contains("balloon", StringComparison.Ordinal)
        );
    }

    /// <summary>A loan that loses nothing costs nothing, whatever its fee; the lowest margin that a study sets is a test of its own.</summary>
    [Fact]
    public void The_cost_of_the_risk_is_no_fee()
    {
        var safe = Drawn(_ => Outlook(), Loan());
        RuleTest Of(LendingRule rule, string key) =>
            Judge(safe, rule).Tests.Single(t => t.Title.Key == key);
        Assert.Equal(0, Of(_rule with { MarginFloor = 0 }, "test.margin").High);
        Assert.DoesNotContain(
            Judge(safe, _rule with { MarginFloor = 0 }).Tests,
            t => t.Title.Key == "test.margin.floor"
        );
        Assert.Equal(0, Of(_rule with { MarginFloor = 0.03 }, "test.margin").Value);
        foreach (
            var (floor, outcome) in new[]
            {
                (0.03, RuleOutcome.Passes),
                (0.045, RuleOutcome.Passes),
                (0.05, RuleOutcome.Fails),
            }
        )
        {
            Assert.Equal(
                outcome,
                Of(_rule with { MarginFloor = floor }, "test.margin.floor").Outcome
            );
        }
    }

    [Fact]
    public void Without_a_draw_there_is_no_case() =>
        Assert.Null(LendingCase.Judge(_rule, new LenderDraws(3, Loan()), [], new int[3]));

    [Fact]
    public void On_contracts_alone_the_rest_is_dark_and_a_full_contract_is_the_whole()
    {
        var outlook = Outlook() with { Leases = [Signed(1000)] };
        var full = ContractedOutlook.Of(outlook);
        var half = ContractedOutlook.Of(outlook with { Leases = [Signed(500)] });
        for (var m = 1; m < Months; m++)
        {
            Assert.Equal(outlook.Revenue(m), full.Revenue(m), 1e-6);
            Assert.Equal(outlook.Costs[0].Total(m), full.Costs[0].Total(m), 1e-6);
            Assert.Equal(0.5 * outlook.Revenue(m), half.Revenue(m), 1e-6);
            Assert.Equal(500, half.Dark[m], 1e-9);
            Assert.Equal(
                0.5 * outlook.Costs[0].AvoidableWhenDark[m],
                half.Costs[0].AvoidableWhenDark[m],
                1e-6
            );
            Assert.Equal(outlook.Costs[0].Sunk[m], half.Costs[0].Sunk[m], 1e-9);
        }
        Assert.Equal(0, ContractedOutlook.Of(Outlook()).Revenue(5));
        Assert.False(ContractedOutlook.Any(Outlook()));
    }

    private static Lease Signed(double accelerators) =>
        new("anchor", Product.TrainingLease, 1, 72, accelerators, Rent, 1, 0, Months, false)
        {
            Signed = true,
        };

    private const double Rent = 2.5;

    private static LoanTerms Loan() => new(40e6, 0.04, 0.045, 0.01, 1, 60);

    private static LendingCase Judge(LenderDraws draws, LendingRule? rule = null) =>
        LendingCase.Judge(
            rule ?? _rule,
            draws,
            [Enumerable.Repeat("one law", Draws).ToArray()],
            [.. Enumerable.Range(0, Draws)]
        )!;

    private static LendingCase Judged(CreditClass of, LendingRule? rule = null) =>
        Judge(Class(of, Loan()), rule);

    /// <summary>A centre let to one tenant of a class; empty from its default on.</summary>
    private static LenderDraws Class(CreditClass of, LoanTerms loan)
    {
        var odds = CounterpartyOdds.Of(new Counterparty("tenant") { Class = of });
        return Drawn(
            d => Outlook(lasts: odds.Draw(7, d, CreditFactor.Own(7, d), Months).DefaultMonth),
            loan
        );
    }

    private static LenderDraws Drawn(
        Func<int, MonthlyOutlook> outlook,
        LoanTerms loan,
        Repayment repayment = Repayment.Annuity
    )
    {
        var draws = new LenderDraws(Draws, loan);
        var terms = new FinanceTerms
        {
            Currency = Currency.Usd,
            Start = new Month(2025, 1),
            CapitalCosts = [new CapitalCost("servers", 0, 60e6, 0, 5, 0, 0)],
            LockUpCover = 1.15,
            CovenantCover = 1.1,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Amount = loan.Amount,
                    TenorMonths = 60,
                    FirstPaymentMonth = 1,
                    BaseRate = loan.BaseRate,
                    Margin = loan.Margin,
                    UpfrontFee = loan.UpfrontFee,
                    Repayment = repayment,
                },
            ],
        };
        for (var d = 0; d < Draws; d++)
        {
            draws.Record(d, ProjectModel.Run(terms, outlook(d)));
        }
        return draws;
    }

    /// <summary>1,000 accelerators let in full until the tenant goes; cash for a stated cover of the loan.</summary>
    private static MonthlyOutlook Outlook(
        int lasts = int.MaxValue,
        double cover = 1.6,
        double resale = 20_000
    )
    {
        var service = 40e6 * 1.01 * DebtPlan.AnnuityFactor(0.085, 60);
        double[] Row(Func<int, double> f) => [.. Enumerable.Range(0, Months).Select(f)];
        var zero = new double[Months];
        var month = new Month(2025, 1);
        var hours = Row(m => m == 0 || m >= lasts ? 0 : 1000 * (month + m).Hours);
        return new MonthlyOutlook
        {
            Start = month,
            Currency = Currency.Usd,
            Installed = Row(m => m == 0 ? 0 : 1000),
            Repair = zero,
            Dark = zero,
            Idle = zero,
            Sales = [new ProductSales(Product.TrainingLease, hours, Row(_ => Rent), [])],
            Leases = [],
            Costs =
            [
                new CostSplit(
                    "running",
                    Row(m => m == 0 ? 0 : 0.4 * Cost(m)),
                    zero,
                    Row(m => m == 0 ? 0 : 0.6 * Cost(m))
                ),
            ],
            EnergyKwh = zero,
            PeakKw = zero,
            ResalePrice = Row(m => resale * Math.Exp(-0.4 * m / 12)),
            MonthsToSell = Row(_ => 6),
        };
        double Cost(int m) => (1000 * (month + m).Hours * Rent) - (cover * service);
    }
}
