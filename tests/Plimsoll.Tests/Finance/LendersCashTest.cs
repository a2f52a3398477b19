using Plimsoll.Finance;
using Plimsoll.Inputs;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>What counts as cash for debt service, when equity is paid, what a borrowing base lets out, what reserves hold.</summary>
public sealed class LendersCashTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(500, 60)];

    private static double First(CashFlow f) => f.TrailingCover.First(c => !double.IsNaN(c));

    [Theory]
    [InlineData("gpu_prepaid12")]
    [InlineData("gpu_pre24_breach40")]
    public void Prepaid_rent_moves_no_cover(string name)
    {
        var (_, prepaid) = CaseFile.Run($"lenders-cash/{name}");
        var (_, paid) = CaseFile.Run("lenders-cash/gpu_prepaid0");
        Assert.Equal(1.955, First(paid), 0.0005);
        Assert.Equal(First(paid), First(prepaid), 1e-12);
        Assert.True(prepaid.Deposits.Max() > 1e6);
    }

    [Fact]
    public void Prepaid_rent_changes_no_month_of_a_contract_that_is_kept()
    {
        var (_, prepaid) = CaseFile.Run("lenders-cash/gpu_prepaid12");
        var (_, paid) = CaseFile.Run("lenders-cash/gpu_prepaid0");
        Assert.Equal(paid.OperatingCash, prepaid.OperatingCash);
        Assert.Equal(paid.Distributed, prepaid.Distributed);
    }

    [Fact]
    public void What_a_tenant_forfeits_repays_the_lender_first()
    {
        var (_, f) = CaseFile.Run("lenders-cash/gpu_pre24_breach40");
        Assert.Equal(f.Deposits[39], f.Earmarked[40], 1e-6);
        var owed = f.DebtBalance[39] - f.TranchePrincipal[0][40];
        Assert.True(f.Prepaid[40] >= Math.Min(f.Earmarked[40], owed) - 1);
        Assert.Equal(0, f.Loss.GivenDefault, 1e-9);
        Assert.Equal(0, f.DebtBalance[^1], 0.01);
    }

    [Fact]
    public void A_grant_is_no_cash_for_debt_service_and_goes_where_the_terms_say()
    {
        var (_, plain) = CaseFile.Run("lenders-cash/gpu_prepaid0");
        var (_, debt) = CaseFile.Run("lenders-cash/gpu_grant");
        var (_, capital) = CaseFile.Run("lenders-cash/gpu_grant_capital");
        for (var m = 0; m < plain.Months; m++)
        {
            Assert.Equal(plain.OperatingCash[m], debt.OperatingCash[m], 1e-6);
            Assert.Equal(plain.OperatingCash[m], capital.OperatingCash[m], 1e-6);
        }
        Assert.True(debt.Prepaid[10] >= 40e6 - 1);
        Assert.True(plain.Prepaid[10] < 10e6);
        Assert.Equal(40e6, plain.EquityIn[4] - capital.EquityIn[4] + capital.BridgeReturned[4], 1);
    }

    [Fact]
    public void A_test_without_a_figure_opens_no_lock()
    {
        var (_, f) = CaseFile.Run("lenders-cash/fwd_opens");
        for (var m = 0; m < f.Months - 1; m++)
        {
            Assert.True(f.Distributed[m] == 0 || f.DebtBalance[m] <= DebtRun.Cent);
        }
        var (_, both) = CaseFile.Run("lenders-cash/both_opens");
        for (var m = 51; m < both.Months - 1; m++)
        {
            Assert.True(both.Distributed[m] == 0 || both.DebtBalance[m] <= DebtRun.Cent);
        }
    }

    [Fact]
    public void Nothing_is_paid_out_over_a_junior_loan_that_capitalises()
    {
        var (_, f) = CaseFile.Run("lenders-cash/junior_capitalises");
        Assert.All(f.Distributed[..25], d => Assert.Equal(0, d));
        Assert.True(f.TrailingCover[12] > 1.15);
        Assert.True(f.Distributed[25..^1].Sum() > 1e6);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_paid_out_before_the_first_passed_test(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 5 == 0, periods: seed % 2 == 0);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var f = model.Run(random.Outlook(seed % 3 == 0 ? 0.7 : 2));
        var passed = false;
        for (var m = 0; m < f.Months - 1; m++)
        {
            if (f.Tested[m])
            {
                passed = terms.LockUpTest switch
                {
                    CoverTest.Trailing => f.TrailingCover[m] >= terms.LockUpCover,
                    CoverTest.Forward => f.ForwardCover[m] >= terms.LockUpCover,
                    _ => f.TrailingCover[m] >= terms.LockUpCover
                        && f.ForwardCover[m] >= terms.LockUpCover,
                };
            }
            if (!passed && f.DebtBalance[m] > DebtRun.Cent)
            {
                Assert.True(f.Distributed[m] <= 0, $"month {m}: {f.Distributed[m]}");
            }
        }
    }

    /// <summary>
    /// 200 a month, a server hall of 1,000 bought in month 0 with 100 of liquidity (one month of cost), lit from month 1, the loan drawn in month 4: the 100 and three months' 200 stay, equity comes
    /// back by the draw alone.
    /// </summary>
    [Fact]
    public void Nothing_is_paid_out_before_the_loan_is_drawn()
    {
        var terms = new FinanceTerms
        {
            Currency = Plimsoll.Quantities.Currency.Usd,
            CapitalCosts = [new CapitalCost("hall", 0, 1_000, 1, 5, 0, 0)],
            LiquidityMonths = 1,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Amount = 600,
                    TenorMonths = 24,
                    FirstPaymentMonth = 4,
                    Draw = DrawRule.AfterAcceptance,
                    AcceptanceMonths = 4,
                    Repayment = Repayment.Annuity,
                },
            ],
        };
        var f = ProjectModel.Run(terms, Outlook.Of(_ => 300, _ => 100, 40));
        var drawn = Array.FindIndex(f.DebtDrawn, d => d > 0);
        Assert.Equal(4, drawn);
        Assert.Equal(1_100, f.EquityIn[..drawn].Sum(), 1e-9);
        Assert.All(f.Distributed[..(drawn + 12)], d => Assert.Equal(0, d));
        Assert.Equal(100 + (3 * 200), f.Cash[drawn - 1], 1e-9);
        Assert.Equal(600, f.BridgeReturned[drawn], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Cash_is_there_until_the_last_draw(int seed)
    {
        var random = new RandomFinance(seed);
        var model = ProjectModel.Contract(
            random.Terms(true, periods: seed % 2 == 0),
            RandomFinance.Months,
            random.Outlook(2.5)
        );
        var f = model.Run(random.Outlook());
        var last = model.Debt.Draws.Max(d => Array.FindLastIndex(d, x => x > 0));
        for (var m = 0; m < last && f.DefaultMonth < 0; m++)
        {
            Assert.True(f.DebtBalance[m] > DebtRun.Cent || f.Distributed[m] == 0);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Debt_is_within_its_base_whenever_it_is_drawn(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(true);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var f = model.Run(random.Outlook());
        for (var i = 0; i < terms.Tranches.Count; i++)
        {
            for (var m = 0; m < f.Months; m++)
            {
                // What stands as the outlook begins is not drawn.
                if (f.TrancheDrawn[i][m] > (m == 0 ? model.Debt.Standing[i] : 0))
                {
                    var room = terms.Tranches[i].BorrowingBaseAdvance * f.FleetValue[m];
                    Assert.True(f.TrancheBalance[i][m] <= room + 1e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData("gpu_bb08", 0.8)]
    [InlineData("gpu_bb06", 0.6)]
    [InlineData("gpu_falls_fast", 0.8)]
    public void A_base_binds_at_the_draw_and_its_margin_call_ends_in_default(
        string name,
        double advance
    )
    {
        var (model, f) = CaseFile.Run($"borrowing-base/{name}");
        var highest = 0.0;
        for (var m = 0; m < f.Months; m++)
        {
            if (f.DebtDrawn[m] > 0)
            {
                highest = Math.Max(highest, f.DebtBalance[m] / f.FleetValue[m]);
            }
        }
        Assert.InRange(highest, 0.1, advance + 1e-9);
        Assert.True(f.Lent < model.Debt.TotalLent - 1e6);
        // A call that stands longer than the cure is a default.
        var stood = 0;
        for (var m = 0; m < f.Months && f.DefaultMonth < 0; m++)
        {
            var over = f.TrancheBalance[0][m] > (advance * f.FleetValue[m]) + 1;
            stood = over ? stood + 1 : 0;
            Assert.True(stood <= model.Terms.CureMonths);
        }
    }

    [Fact]
    public void A_fleet_that_loses_value_faster_than_it_earns_defaults_by_margin_call()
    {
        var (_, f) = CaseFile.Run(
            "borrowing-base/gpu_falls_fast",
            text => text.Replace("resale_fall: 0.75", "resale_fall: 0.98")
        );
        Assert.InRange(f.DefaultMonth, 3, 12);
        Assert.Equal(0, f.Arrears[f.DefaultMonth]);
        Assert.True(f.MarginCallDefault);
        Assert.False(CaseFile.Run("default-path/neo_burns").Flow.MarginCallDefault);
    }

    [Fact]
    public void Each_loan_keeps_to_its_own_base()
    {
        var (_, f) = CaseFile.Run("borrowing-base/gpu_two_loans");
        for (var m = 0; m < f.Months; m++)
        {
            Assert.True(
                f.TrancheDrawn[1][m] == 0 || f.TrancheBalance[1][m] <= (0.2 * f.FleetValue[m]) + 1
            );
        }
    }

    [Fact]
    public void A_draw_before_any_accelerator_stands_is_a_finding()
    {
        var error = Assert.Throws<InputException>(() =>
            CaseFile.Read("borrowing-base/gpu_no_base_yet")
        );
        Assert.Contains(error.Findings, f => f.Finding.Rule == "no-base-at-the-draw");
    }

    [Theory]
    [InlineData("pay6res3", 6, 3)]
    [InlineData("pay12res6", 12, 6)]
    [InlineData("pay3res1", 3, 1)]
    [InlineData("pay6res9", 6, 9)]
    public void A_reserve_holds_its_months_of_service_at_every_date(
        string name,
        int every,
        int reserve
    )
    {
        var (model, f) = CaseFile.Run($"reserve/{name}");
        // Level payments: each month of service is a payment over its months.
        var month = f.DebtPaid[every] / every;
        for (var m = 0; m + reserve < 60; m++)
        {
            Assert.Equal(reserve * month, model.Debt.ReserveTarget[m], 1e-6 * month);
            Assert.Equal(model.Debt.ReserveTarget[m], f.Reserve[m], 1);
        }
    }

    [Fact]
    public void Tranche_split_in_two_gives_the_same_totals()
    {
        var (_, one) = CaseFile.Run("lenders-cash/gpu_prepaid0");
        var (_, two) = CaseFile.Run(
            "lenders-cash/gpu_prepaid0",
            text =>
            {
                var from = text.IndexOf("  - name: delayed draw loan", StringComparison.Ordinal);
                var to = text.IndexOf("\ntax:", StringComparison.Ordinal);
                var half = text[from..to].Replace("gearing: 0.8", "gearing: 0.4");
                return text[..from]
                    + half
                    + half.Replace("delayed draw loan", "the other half")
                    + text[to..];
            }
        );
        for (var m = 0; m < one.Months; m++)
        {
            Assert.Equal(one.DebtBalance[m], two.DebtBalance[m], 1);
            Assert.Equal(one.Distributed[m], two.Distributed[m], 1);
        }
    }
}
