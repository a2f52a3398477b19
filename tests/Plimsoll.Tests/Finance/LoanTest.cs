using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Terms of loans, each worked by hand on a small case.</summary>
public sealed class LoanTest
{
    private static readonly DebtTranche _loan = new()
    {
        Name = "loan",
        Gearing = 0.5,
        TenorMonths = 48,
        FirstPaymentMonth = 7,
        BaseRate = 0.06,
    };

    private static FinanceTerms Terms(params DebtTranche[] tranches) =>
        new()
        {
            Currency = Currency.Usd,
            Start = new Month(2024, 1),
            CapitalCosts =
            [
                new CapitalCost("first", 0, 40e6, 6, 5, 0, 0),
                new CapitalCost("second", 3, 60e6, 6, 5, 0, 0),
            ],
            LockUpCover = 0,
            Tranches = tranches,
        };

    private static MonthlyOutlook Rich(double cash = 3e6) =>
        Outlook.Of(m => m < 6 ? 0 : cash, _ => 0, 73, resalePrice: m => 50_000 * Math.Pow(0.97, m));

    [Fact]
    public void Interest_during_construction_joins_the_debt()
    {
        var flow = ProjectModel.Run(Terms(_loan), Rich());
        double balance = 0;
        for (var m = 0; m < 7; m++)
        {
            balance += balance * 0.005;
            balance +=
                m == 0 ? 20e6
                : m == 3 ? 30e6
                : 0;
            Assert.Equal(balance, flow.DebtBalance[m], 1e-3);
        }
        var payment = balance * DebtPlan.AnnuityFactor(0.06, 48);
        Assert.Equal(payment, flow.InterestDue[7] + flow.PrincipalDue[7], 1e-3);
        Assert.Equal(payment, flow.InterestDue[54] + flow.PrincipalDue[54], 1e-3);
        Assert.Equal(0, flow.DebtBalance[54], 1e-3);
        Assert.Equal(50e6, flow.EquityIn.Sum(), 1e-3);
    }

    /// <summary>Half of 100 million is committed: what the centre costs beyond is equity's, and of one that costs less half is lent.</summary>
    [Theory]
    [InlineData(1.3, 50, 80)]
    [InlineData(1.0, 50, 50)]
    [InlineData(0.8, 40, 40)]
    public void A_commitment_is_a_sum_and_an_overrun_is_equitys(
        double overrun,
        double lent,
        double equity
    )
    {
        foreach (var basis in new[] { GearingBase.CapitalCost, GearingBase.Uses })
        {
            var terms = Terms(_loan with { Commitment = 50e6, BaseRate = 0 });
            terms = terms with
            {
                GearingBase = basis,
                CapitalCosts =
                [
                    .. terms.CapitalCosts.Select(c => c with { Amount = c.Amount * overrun }),
                ],
            };
            var flow = ProjectModel.Run(terms, Rich());
            Assert.Equal(lent * 1e6, flow.DebtDrawn.Sum(), 1);
            Assert.Equal(equity * 1e6, flow.EquityIn.Sum(), 1);
        }
    }

    [Fact]
    public void Equity_first_spends_equity_before_any_draw()
    {
        var flow = ProjectModel.Run(Terms(_loan with { Draw = DrawRule.EquityFirst }), Rich());
        Assert.Equal(0, flow.DebtDrawn[0]);
        Assert.Equal(40e6, flow.EquityIn[0], 1e-3);
        Assert.Equal(50e6, flow.DebtDrawn[3], 1e-3);
        Assert.Equal(10e6, flow.EquityIn[3], 1e-3);
    }

    [Fact]
    public void Each_draw_after_acceptance_has_its_own_maturity_and_pays_the_bridge_back()
    {
        var flow = ProjectModel.Run(
            Terms(
                _loan with
                {
                    Gearing = 0.8,
                    Draw = DrawRule.AfterAcceptance,
                    AcceptanceMonths = 2,
                    InterestOnlyMonths = 3,
                    TenorMonths = 36,
                }
            ),
            Rich()
        );
        Assert.Equal(40e6, flow.EquityIn[0], 1e-3);
        Assert.Equal(32e6, flow.DebtDrawn[2], 1e-3);
        Assert.Equal(32e6, flow.BridgeReturned[2], 1e-3);
        Assert.Equal(0, flow.Distributed[2]);
        Assert.Equal(48e6, flow.DebtDrawn[5], 1e-3);
        Assert.Equal(32e6 * 0.005, flow.InterestDue[3], 1e-3);
        Assert.Equal(0, flow.PrincipalDue[5]);
        Assert.True(flow.PrincipalDue[6] > 0);
        // The first draw is repaid in months 6 to 41, the second in months 9 to 44.
        var second = 48e6 * DebtPlan.AnnuityFactor(0.06, 36);
        Assert.Equal(second, flow.InterestDue[43] + flow.PrincipalDue[43], 1e-3);
        Assert.Equal(0, flow.DebtBalance[44], 1e-3);
        Assert.True(flow.DebtBalance[43] > 1e6);
    }

    [Fact]
    public void Quarterly_payments_owe_three_months_of_interest_on_the_same_balance()
    {
        var flow = ProjectModel.Run(Terms(_loan with { PaymentEveryMonths = 3 }), Rich());
        var opening = flow.TrancheBalance[0][6];
        Assert.Equal(0, flow.InterestDue[7] + flow.InterestDue[8] + flow.PrincipalDue[8]);
        Assert.Equal(3 * opening * 0.005, flow.InterestDue[9], 1e-3);
        Assert.Equal(opening + (2 * opening * 0.005), flow.DebtBalance[8], 1e-3);
        var payment = opening * DebtPlan.AnnuityFactor(0.06 * 3, 16);
        Assert.Equal(payment, flow.InterestDue[9] + flow.PrincipalDue[9], 1e-3);
        Assert.Equal(payment, flow.InterestDue[54] + flow.PrincipalDue[54], 1e-3);
        Assert.Equal(0, flow.DebtBalance[54], 1e-3);
    }

    [Theory]
    [InlineData(CustomerCredit.InvestmentGrade, 0.0225)]
    [InlineData(CustomerCredit.BelowInvestmentGrade, 0.045)]
    [InlineData(CustomerCredit.Unstated, 0.03)]
    public void Margin_follows_the_customers_credit(CustomerCredit customer, double margin)
    {
        var loan = _loan with
        {
            Margin = 0.03,
            MarginByCredit = new MarginGrid(0.0225, 0.045),
            Customer = customer,
        };
        Assert.Equal(0.06 + margin, loan.RateAt(0), 1e-12);
    }

    [Fact]
    public void Floor_and_hedge_work_on_their_own_parts()
    {
        var loan = _loan with
        {
            BaseRate = 0.01,
            BaseFloor = 0.02,
            HedgedShare = 0.4,
            SwapRate = 0.05,
            Margin = 0.03,
        };
        Assert.Equal(0.03 + (0.4 * 0.05) + (0.6 * 0.02), loan.RateAt(5), 1e-12);
        Assert.Equal(0.03 + (0.4 * 0.05) + (0.6 * 0.04), loan.RateAt(5, 0.03), 1e-12);
    }

    [Fact]
    public void Actual_360_charges_the_days_of_the_month()
    {
        var flow = ProjectModel.Run(Terms(_loan with { DayCount = DayCount.Actual360 }), Rich());
        Assert.Equal(20e6 * 0.06 * 29 / 360, flow.TrancheInterest[0][1], 1e-3);
    }

    [Fact]
    public void Fees_are_the_upfront_share_and_the_commitment_on_what_is_undrawn()
    {
        var flow = ProjectModel.Run(
            Terms(_loan with { UpfrontFee = 0.01, CommitmentFee = 0.012 }),
            Rich()
        );
        Assert.Equal((50e6 * 0.01) + (50e6 * 0.001), flow.Fees[0], 1e-3);
        Assert.Equal(30e6 * 0.001, flow.Fees[2], 1e-3);
        Assert.Equal(30e6 * 0.001, flow.Fees[3], 1e-3);
        Assert.Equal(0, flow.Fees[4]);
    }

    [Fact]
    public void The_reserve_account_holds_coming_service_and_pays_when_cash_fails()
    {
        var terms = Terms(_loan) with { ReserveMonths = 6, CureMonths = 12 };
        var outlook = Outlook.Of(m => m < 6 || m is >= 20 and < 24 ? 0 : 3e6, _ => 0, 73);
        var flow = ProjectModel.Run(terms, outlook);
        var service = flow.InterestDue[10] + flow.PrincipalDue[10];
        Assert.Equal(6 * service, flow.Reserve[6], 1e-3);
        for (var m = 20; m < 24; m++)
        {
            Assert.Equal(service, flow.FromReserve[m], 1e-3);
            Assert.Equal(0, flow.Arrears[m]);
        }
        Assert.Equal(6 * service, flow.Reserve[30], 1e-3);
        Assert.Equal(-1, flow.DefaultMonth);
    }

    [Fact]
    public void A_sweep_repays_from_the_end_and_in_proportion()
    {
        var terms = Terms(_loan with { SweepShare = 0.5 });
        var end = ProjectModel.Run(terms, Rich());
        var service = end.InterestDue[7] + end.PrincipalDue[7];
        Assert.Equal(0.5 * (3e6 - service + (3e6)), end.Prepaid[7], 1e-3);
        Assert.Equal(
            ProjectModel.Run(Terms(_loan), Rich()).PrincipalDue[8],
            end.PrincipalDue[8],
            1e-3
        );
        var even = ProjectModel.Run(
            Terms(_loan with { SweepShare = 0.5, ProRataPrepayment = true }),
            Rich()
        );
        var left = 1 - (even.Prepaid[7] / (even.DebtBalance[7] + even.Prepaid[7]));
        Assert.Equal(end.PrincipalDue[8] * left, even.PrincipalDue[8], 1e-3);
    }

    /// <summary>Cash is shared once: the half that a sweep left, locked up or paid out later, is not halved again.</summary>
    [Theory]
    [InlineData(100, 1)]
    [InlineData(1.15, 6)]
    public void What_a_sweep_left_is_not_swept_again(double lockUp, int distributeEvery)
    {
        var terms = Terms(_loan with { SweepShare = 0.5 }) with
        {
            LockUpCover = lockUp,
            DistributeEveryMonths = distributeEvery,
        };
        var flow = ProjectModel.Run(terms, Rich());
        var months = 0;
        for (var m = 8; m < 24 && flow.DebtBalance[m] > 1; m++)
        {
            Assert.Equal(
                0.5 * (3e6 - flow.InterestDue[m] - flow.PrincipalDue[m]),
                flow.Prepaid[m],
                1e-3
            );
            months++;
        }
        Assert.True(months >= 8, $"{months}");
    }

    [Fact]
    public void A_borrowing_base_takes_what_is_above_it_and_bars_distribution()
    {
        // The accelerators stand when the loan is drawn: what is not there yet is no base.
        var outlook = Rich(2e6);
        outlook = outlook with { Installed = [.. outlook.Installed.Select(_ => 1000.0)] };
        var flow = ProjectModel.Run(Terms(_loan with { BorrowingBaseAdvance = 1 }), outlook);
        var taken = 0;
        for (var m = 7; m < 40; m++)
        {
            if (flow.DebtBalance[m] > flow.FleetValue[m] + 1)
            {
                Assert.Equal(0, flow.Distributed[m]);
            }
            taken += flow.Prepaid[m] > 0 ? 1 : 0;
        }
        Assert.True(taken > 3);
    }

    /// <summary>Two tranches on one fleet: the second has what the first leaves of the fleet, so that both with one advance rate owe no more than one loan of both.</summary>
    [Theory]
    [InlineData(0.4, 0.4)]
    [InlineData(0.5, 0.7)]
    [InlineData(0.8, 0.3)]
    [InlineData(1.0, 1.0)]
    public void No_machine_is_lent_on_twice(double first, double second)
    {
        var outlook = Rich(2e6);
        outlook = outlook with { Installed = [.. outlook.Installed.Select(_ => 1000.0)] };
        var half = _loan with { Amount = 0, Gearing = _loan.Gearing / 2 };
        var senior = half with { Name = "senior", BorrowingBaseAdvance = first };
        var junior = half with { Name = "junior", BorrowingBaseAdvance = second };
        var flow = ProjectModel.Run(Terms(senior, junior), outlook);
        for (var m = 0; m < flow.Months; m++)
        {
            // What is drawn is drawn once, before anything of the month is repaid.
            if (flow.TrancheDrawn[1][m] > 0)
            {
                var owed = flow.DebtBalance[m] + flow.PrincipalDue[m] + flow.Prepaid[m];
                Assert.True(owed <= (Math.Max(first, second) * flow.FleetValue[m]) + 1);
            }
            if (flow.DebtBalance[m] > (Math.Max(first, second) * flow.FleetValue[m]) + 1 && m >= 7)
            {
                Assert.Equal(0, flow.Distributed[m]);
            }
        }
    }

    [Fact]
    public void A_lost_contract_makes_its_share_due()
    {
        var lease = new Lease("a", Product.TrainingLease, 6, 60, 250, 1, 1, 0, 20, true);
        var outlook = Rich(9e6) with { Leases = [lease] };
        var flow = ProjectModel.Run(Terms(_loan with { PrepayOnContractLoss = true }), outlook);
        var due = 0.25 * (flow.DebtBalance[20] + flow.Prepaid[20]);
        Assert.Equal(Math.Min(due, 9e6 - flow.DebtPaid[20]), flow.Prepaid[20], 1);
        Assert.Equal(due, flow.Prepaid.Sum(), 1);
        Assert.Equal(0, flow.Distributed[20], 1e-6);
    }

    /// <summary>Of leases of 100 x 2 x 730 a month, the one signed at the start is contracted revenue, at what is due; the one that a draw lets later is not.</summary>
    [Fact]
    public void What_is_let_later_is_no_contract_at_the_start()
    {
        var later = new Lease("a", Product.TrainingLease, 6, 24, 100, 2, 1, 0, 30, false);
        var signed = later with { Tenant = "b", Id = "b", Signed = true };
        var due = new double[Rich().Months];
        Array.Fill(due, 1e5, 6, 24);
        double[] Contracted(params Lease[] leases) =>
            ProjectModel.Run(Terms(), Rich() with { Leases = leases }).ContractedRevenue;
        Assert.Equal(0, Contracted(later).Sum());
        Assert.Equal(24 * 146_000, Contracted(later, signed).Sum(), 1e-6);
        Assert.Equal(24 * 1e5, Contracted(later, signed with { Due = due }).Sum(), 1e-6);
    }

    [Fact]
    public void Lock_up_traps_cash_until_a_test_is_passed_and_pays_debt_after_enough_failures()
    {
        var lean = Outlook.Of(
            m =>
                m < 6 ? 0
                : m < 40 ? 1.3e6
                : 3e6,
            _ => 0,
            73
        );
        var terms = Terms(_loan) with { LockUpCover = 1.2 };
        var flow = ProjectModel.Run(terms, lean);
        Assert.True(flow.Locked[18] && flow.Locked[30]);
        Assert.All(flow.Distributed[18..36], d => Assert.Equal(0, d));
        Assert.True(flow.Cash[36] > flow.Cash[20]);
        var trapped = ProjectModel.Run(terms with { TrapTests = 2 }, lean);
        Assert.Equal(0, trapped.Prepaid[18]);
        Assert.True(trapped.Prepaid[21] > 0);
    }

    [Fact]
    public void A_missed_payment_is_cured_in_time_or_defaults()
    {
        MonthlyOutlook Gap(int months) =>
            Outlook.Of(
                m => m < 6 || (m >= 20 && m < 20 + months) ? 0 : 3e6,
                _ => 0,
                73,
                resalePrice: _ => 30_000
            );
        var terms = Terms(_loan) with { CureMonths = 3 };
        // Two missed months are made good out of the next two.
        var cured = ProjectModel.Run(terms, Gap(2));
        Assert.Equal(-1, cured.DefaultMonth);
        Assert.True(cured.ArrearsInterest.Sum() > 0);
        Assert.Equal(0, cured.Arrears[30], 1e-6);
        var defaulted = ProjectModel.Run(terms, Gap(4));
        Assert.Equal(23, defaulted.DefaultMonth);
        Assert.Equal(defaulted.DebtBalance[23], defaulted.Loss.Exposure, 1e-3);
        // 1,000 accelerators at 30,000, 5 % repossession, 6 months of holding at 1 %, discounted at 6 %/12.
        var recovered = 30e6 * 0.89 / Math.Pow(1.005, 6);
        Assert.Equal(recovered, defaulted.Loss.Recovered, 1);
        Assert.Equal(1 - (recovered / defaulted.Loss.Exposure), defaulted.Loss.GivenDefault, 1e-9);
    }

    [Fact]
    public void Sponsors_cure_up_to_their_limits()
    {
        var outlook = Outlook.Of(m => m < 6 || (m >= 20 && m < 30) ? 0 : 3e6, _ => 0, 73);
        var terms = Terms(_loan) with { SponsorSupport = 6e6, EquityCures = 4, CureMonths = 12 };
        var flow = ProjectModel.Run(terms, outlook);
        var service = flow.InterestDue[10] + flow.PrincipalDue[10];
        Assert.Equal(4, flow.SponsorSupport.Count(s => s > 0));
        Assert.Equal(4 * service, flow.SponsorSupport.Sum(), 1e-3);
        Assert.Equal(0, flow.Arrears[23]);
        Assert.True(flow.Arrears[24] > 0);
    }

    [Fact]
    public void Take_or_pay_ramps_up_and_its_exit_costs_a_fee()
    {
        var terms = Terms() with { Power = new TakeOrPayPower(1000, 0.8, 4, 6, 60, 0.1, 20, 3) };
        var energy = new double[73];
        Array.Fill(energy, 100_000, 6, 60);
        var flow = ProjectModel.Run(terms, Rich() with { EnergyKwh = energy });
        double Minimum(int m) => 1000 * 0.8 * (new Month(2024, 1) + m).Hours;
        Assert.Equal(0.1 * ((Minimum(6) / 4) - 100_000), flow.PowerShortfall[6], 1e-6);
        Assert.Equal(0.1 * (Minimum(12) - 100_000), flow.PowerShortfall[12], 1e-6);
        Assert.Equal(0.1 * ((4 * Minimum(20)) - 100_000), flow.PowerShortfall[20], 1e-6);
        Assert.Equal(0, flow.PowerShortfall[21]);
    }

    [Fact]
    public void Grant_subsidy_and_vouchers_are_clawed_back_when_the_fill_fails()
    {
        var terms = Terms() with
        {
            Grants = [new Grant(6, 5e6, 0.6, 0.9, 24)],
            Subsidies = [new OperatingSubsidy("rent", 6, 12, 1e5, 0, 0, 1e6, 0.5, 0.9, 25)],
            Vouchers = new VoucherTerms(2, 1, 0.9, 26),
        };
        var vouchers = new double[73];
        Array.Fill(vouchers, 1e5, 7, 10);
        var flow = ProjectModel.Run(terms, Rich() with { SubsidyIncluded = vouchers });
        Assert.Equal(5e6 + 1e5, flow.Grants[6], 1e-6);
        Assert.Equal(1e6, flow.Grants[6..24].Sum() - 5e6, 1e-6);
        Assert.Equal(-3e6, flow.Grants[24], 1e-6);
        Assert.Equal(-0.5e6, flow.Grants[25], 1e-6);
        Assert.Equal(-1e6, flow.Grants[26], 1e-6);
        Assert.Equal(2e5, flow.Receivable[10], 1e-6);
    }

    [Fact]
    public void Prepaid_rent_is_owed_until_earned_and_forfeited_on_breach()
    {
        var lease = new Lease("a", Product.TrainingLease, 6, 24, 100, 2, 1, 3, 100, false);
        var kept = ProjectModel.Run(Terms(), Rich() with { Leases = [lease] });
        var paid = 3 * 100 * 2 * 730.0;
        Assert.Equal(paid, kept.Deposits[6], 1e-6);
        Assert.Equal(paid, kept.Deposits[26], 1e-6);
        Assert.Equal(paid * 2 / 3, kept.Deposits[27], 1e-6);
        Assert.Equal(0, kept.Deposits[29], 1e-6);
        var broken = ProjectModel.Run(
            Terms(),
            Rich() with
            {
                Leases = [lease with { EndedMonth = 15, Breached = true }],
            }
        );
        Assert.Equal(3e6 + paid, broken.Revenue[15], 1e-3);
        Assert.Equal(0, broken.Deposits[15], 1e-6);
    }

    [Fact]
    public void A_refresh_is_saved_for_evenly_and_paid_from_its_reserve()
    {
        var terms = Terms() with { Refresh = new Refresh(36, 24e6) { FromMonth = 12 } };
        var flow = ProjectModel.Run(terms, Rich());
        Assert.Equal(12e6, flow.RefreshReserve[23], 1e-3);
        Assert.Equal(24e6, flow.RefreshReserve[35], 1e-3);
        Assert.Equal(24e6, flow.CapitalCost[36], 1e-3);
        Assert.Equal(0, flow.EquityIn[36], 1e-3);
        Assert.Equal(0, flow.RefreshReserve[36], 1e-3);
    }
}
