using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>One path after a default: what lenders recover is what the waterfall pays them, and a centre is closed when that is worth more.</summary>
public sealed class AfterDefaultTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(900, 60)];

    [Fact]
    public void A_lender_repaid_with_arrears_loses_nothing()
    {
        var (_, f) = CaseFile.Run("default-path/neo_resale");
        Assert.True(f.DefaultMonth >= 0);
        Assert.Equal(-1, f.ClosedMonth);
        Assert.Equal(0, f.DebtBalance[^1], 0.01);
        Assert.Equal(0, f.Loss.GivenDefault, 1e-9);
    }

    [Fact]
    public void Arrears_without_interest_cost_the_lender_their_time_and_no_more()
    {
        var (_, f) = CaseFile.Run(
            "default-path/neo_never_sold",
            text => text.Replace("lock_up: 0", "lock_up: 0\n  arrears_bear_interest: false")
        );
        Assert.InRange(f.Loss.GivenDefault, 1e-4, 0.1);
    }

    [Theory]
    [InlineData("neo_burns")]
    [InlineData("neo_tenant_leaves")]
    public void A_centre_that_burns_cash_is_closed_and_sold(string name)
    {
        var (model, f) = CaseFile.Run($"default-path/{name}");
        var open = model.RunAsGiven(CaseFile.Read($"default-path/{name}").Outlook);
        // The one burns cash from its default on, the other once its tenant has left in month 20.
        var burns = name == "neo_burns" ? f.DefaultMonth : 20;
        Assert.InRange(f.ClosedMonth, burns, burns + 6);
        Assert.Equal(0, f.Revenue[(f.ClosedMonth + 1)..].Sum());
        Assert.Equal(0, f.RunningCost[(f.ClosedMonth + 1)..].Sum());
        Assert.True(f.Loss.Recovered > open.Loss.Recovered);
        Assert.True(f.Proceeds[..^1].Sum() > 0);
    }

    [Fact]
    public void A_standstill_holds_the_lenders_back()
    {
        var (_, soon) = CaseFile.Run("default-path/neo_burns");
        var (_, late) = CaseFile.Run(
            "default-path/neo_burns",
            text => text.Replace("lock_up: 0", "lock_up: 0\n  standstill: 9")
        );
        Assert.Equal(soon.DefaultMonth, late.DefaultMonth);
        Assert.True(late.ClosedMonth >= late.DefaultMonth + 9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lenders_and_equity_share_the_cash_of_the_centre(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 4 == 0);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var f = model.Run(random.Outlook(0.5));
        if (f.DefaultMonth < 0)
        {
            return;
        }
        double before = f.OpeningCash,
            worth = 0,
            discount = 1;
        for (var m = 0; m < f.Months; m++)
        {
            var accounts = f.Cash[m] - f.Unpaid[m] + f.Reserve[m] + f.RefreshReserve[m];
            var lenders = f.DebtPaid[m] + f.Prepaid[m] - f.DebtDrawn[m];
            var equity = f.Distributed[m] + f.BridgeReturned[m] - f.EquityIn[m];
            var centre =
                f.Cfads[m]
                + f.Proceeds[m]
                + f.Earmarked[m]
                + f.GrantsToCapital[m]
                - f.CapitalCost[m];
            Assert.Equal(centre, lenders + equity + accounts - before, 1e-3);
            before = accounts;
            if (m > f.DefaultMonth)
            {
                discount /= 1 + (f.TrancheRate[0][m] * model.Debt.YearFraction[0][m]);
                worth += (f.DebtPaid[m] + f.Prepaid[m]) * discount;
                Assert.Equal(0, f.DebtDrawn[m]);
            }
        }
        // What is recovered is what is paid after the default; within its month some may have come before.
        var last = f.DebtPaid[f.DefaultMonth] + f.Prepaid[f.DefaultMonth];
        Assert.InRange(
            f.Loss.Recovered,
            Math.Min(f.Loss.Exposure, worth) - 1e-3,
            Math.Min(f.Loss.Exposure, worth + last) + 1e-3
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_comes_after_the_closing_decides_nothing(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 4 == 0);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var outlook = random.Outlook(0.5);
        var closed = model.Run(outlook).ClosedMonth;
        if (closed < 0)
        {
            return;
        }
        var other = outlook with
        {
            Sales =
            [
                .. outlook.Sales.Select(s =>
                    s with
                    {
                        PricePerGpuHour =
                        [
                            .. s.PricePerGpuHour.Select((p, m) => m > closed ? 20 * p : p),
                        ],
                    }
                ),
            ],
        };
        Assert.Equal(closed, model.Run(other).ClosedMonth);
    }
}
