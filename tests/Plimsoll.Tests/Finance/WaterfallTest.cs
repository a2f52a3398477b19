using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>What must hold in every month of every run, whatever the terms and the market.</summary>
public sealed class WaterfallTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 80)];

    private static (ProjectModel Model, CashFlow Flow) Run(int seed)
    {
        var random = new RandomFinance(seed);
        var model = ProjectModel.Contract(
            random.Terms(seed % 5 == 0, periods: seed % 2 == 0),
            RandomFinance.Months,
            random.Outlook(2.5)
        );
        return (model, model.Run(random.Outlook(seed % 3 == 0 ? 0.5 : 1.5)));
    }

    private static double Close(CashFlow f) => 1e-9 * (1 + f.CapitalCost.Sum() + f.Revenue.Sum());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Cash_is_conserved(int seed)
    {
        var (_, f) = Run(seed);
        var before = f.OpeningCash;
        for (var m = 0; m < f.Months; m++)
        {
            var accounts = f.Cash[m] - f.Unpaid[m] + f.Reserve[m] + f.RefreshReserve[m];
            var sources =
                f.Cfads[m]
                + f.Proceeds[m]
                + f.Earmarked[m]
                + f.GrantsToCapital[m]
                + f.DebtDrawn[m]
                + f.EquityIn[m];
            var uses =
                f.CapitalCost[m]
                + f.DebtPaid[m]
                + f.Prepaid[m]
                + f.Distributed[m]
                + f.BridgeReturned[m];
            Assert.Equal(accounts - before, sources - uses, Close(f));
            before = accounts;
        }
    }

    /// <summary>What a reader adds up: lines above cash available give it, and it and the lines below give nothing.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_printed_waterfall_adds_up(int seed)
    {
        var (_, f) = Run(seed);
        foreach (var year in Plimsoll.Studies.MedianWaterfall.Of(f))
        {
            var at = year
                .Lines.Select(l => l.Name)
                .ToList()
                .IndexOf(Plimsoll.Studies.MedianWaterfall.Sums.Single());
            Assert.Equal(year.Lines[at].Amount, year.Lines.Take(at).Sum(l => l.Amount), Close(f));
            Assert.Equal(0, year.Lines.Skip(at).Sum(l => l.Amount), Close(f));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_balance_sheet_closes_every_month(int seed)
    {
        var (_, f) = Run(seed);
        var sheet = BalanceSheet.Of(f);
        for (var m = 0; m < f.Months; m++)
        {
            Assert.Equal(0, sheet.Gap(m), Close(f));
        }
        Assert.Equal(0, f.BookValue[^1], Close(f));
        Assert.True(f.BookValue.Min() >= -Close(f));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Debt_is_never_negative_and_moves_only_by_draws_interest_and_payments(int seed)
    {
        var (model, f) = Run(seed);
        for (var i = 0; i < model.Debt.Tranches.Count; i++)
        {
            double balance = 0,
                arrears = 0;
            for (var m = 0; m < f.Months; m++)
            {
                Assert.True(f.TrancheBalance[i][m] >= 0 && f.TrancheArrears[i][m] >= 0);
                balance +=
                    m < model.Debt.FirstPayment[i] ? f.TrancheInterest[i][m]
                    : m < model.Debt.PaidInCashFrom[i]
                        ? f.TrancheInterest[i][m] * model.Terms.Tranches[i].PayInKind!.Share
                    : 0;
                balance += f.TrancheDrawn[i][m] - f.TranchePrincipal[i][m] - f.TranchePrepaid[i][m];
                Assert.Equal(balance, f.TrancheBalance[i][m], Close(f));
                arrears = f.TrancheArrears[i][m];
                if (m >= model.Debt.Maturity[i])
                {
                    Assert.Equal(0, f.TrancheBalance[i][m], Close(f));
                }
            }
            Assert.True(arrears == 0 || f.DefaultMonth >= 0);
        }
        Assert.True(f.DebtBalance[^1] <= DebtRun.Cent || f.DefaultMonth >= 0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Accounts_are_never_negative_and_nothing_is_paid_out_while_barred(int seed)
    {
        var (model, f) = Run(seed);
        for (var m = 0; m < f.Months; m++)
        {
            Assert.True(f.Cash[m] >= 0 && f.Unpaid[m] >= 0 && f.Reserve[m] >= -1e-6);
            Assert.True(f.RefreshReserve[m] >= -1e-6);
            Assert.True(f.Cash[m] == 0 || f.Unpaid[m] == 0);
            if (m < f.Months - 1 && f.Locked[m])
            {
                Assert.Equal(0, f.Distributed[m]);
            }
            if (f.DefaultMonth >= 0 && m > f.DefaultMonth && f.DebtBalance[m] > 1)
            {
                Assert.Equal(0, f.Distributed[m], 1e-6);
            }
        }
        Assert.True(model.Debt.TotalLent >= 0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sources_equal_uses_at_signing_and_gearing_keeps_to_its_cap(int seed)
    {
        var (model, f) = Run(seed);
        var terms = model.Terms;
        var capitalised = 0.0;
        for (var i = 0; i < model.Debt.Tranches.Count; i++)
        {
            capitalised += model
                .Debt.Interest[i]
                .Take(Math.Max(0, model.Debt.FirstPayment[i]))
                .Sum();
        }
        var uses =
            terms.CapitalCosts.Sum(c => c.Amount * (1 + c.InputVatRate))
            + (terms.Refresh is { } r ? r.Cost * (1 + r.InputVatRate) : 0)
            + model.Debt.Fees.Sum();
        Assert.Equal(uses, f.CapitalCost.Sum(), Close(f));
        var onUses = terms.GearingBase == GearingBase.Uses;
        var total = onUses
            ? terms.CapitalCosts.Sum(c => c.Amount * (1 + c.InputVatRate))
                + model.Debt.Fees.Sum()
                + model.Debt.ReserveFunding.Sum()
                + capitalised
            : terms.TotalCapitalCost;
        var debt = model.Debt.TotalLent + (onUses ? capitalised : 0);
        Assert.True(debt <= terms.GearingCap * total * (1 + 1e-9));
    }
}
