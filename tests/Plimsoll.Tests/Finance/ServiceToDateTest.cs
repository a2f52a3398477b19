using Plimsoll.Finance;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>
/// A standing loan of 1,200 without interest, 50 a month from month 1 on; the centre earns 80 and pays 20: cash 60 a month. In each of
/// the twelve months before it had 30 for 50 due, and paid them.
/// </summary>
public sealed class ServiceToDateTest
{
    private const int Months = 30;

    private static readonly ServiceToDate _before = ServiceToDate.Of([
        .. Enumerable.Repeat(new ServiceMonth(30, 50, 50), 12),
    ]);

    private static FinanceTerms Terms(ServiceToDate? before = null, double arrears = 0) =>
        new()
        {
            Currency = Currency.Usd,
            CapitalCosts = [new CapitalCost("debt outstanding", 0, 1200, 0, 5, 0, 0)],
            GearingCap = 1,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Amount = 1200,
                    TenorMonths = 24,
                    FirstPaymentMonth = 1,
                    Repayment = Repayment.Instalments,
                    Instalments = [new InstalmentSpan(1, 24)],
                    Arrears = arrears,
                },
            ],
            Before = before ?? ServiceToDate.None,
        };

    private static CashFlow Run(FinanceTerms terms) =>
        ProjectModel.Run(terms, Outlook.Of(_ => 80, _ => 20, Months));

    /// <summary>
    /// Month 1: 11 x 30 + 60 = 390 over 600 = 0.65; month 4: 8 x 30 + 4 x 60 = 480, 0.80; month 7: 570, 0.95; month 10: 660, 1.10;
    /// month 13, months 2 to 13 alone: 720, 1.20. Month 0, which has no payment, counts for neither.
    /// </summary>
    [Fact]
    public void Cover_counts_the_months_before()
    {
        var flow = Run(Terms(_before));
        Assert.False(flow.Tested[0]);
        foreach (
            var (month, cover) in new[] { (1, 0.65), (4, 0.8), (7, 0.95), (10, 1.1), (13, 1.2) }
        )
        {
            Assert.True(flow.Tested[month]);
            Assert.Equal(cover, flow.TrailingCover[month], 1e-12);
        }
        Assert.Equal(1, flow.BreachMonth);
        Assert.Equal(0.65, flow.MinimumCover, 1e-12);
    }

    /// <summary>Without them the first window is full in month 12: twelve months of 60 over 50.</summary>
    [Fact]
    public void A_loan_that_begins_with_the_outlook_is_tested_when_its_first_year_is_over()
    {
        var flow = Run(Terms());
        Assert.Equal(12, Array.IndexOf(flow.Tested, true));
        Assert.Equal(1.2, flow.MinimumCover, 1e-12);
        Assert.Equal(-1, flow.BreachMonth);
    }

    /// <summary>The last test stood at 30 over 50, below the lock-up of 1.20: nothing is paid out before the test of month 13 is passed.</summary>
    [Fact]
    public void The_lock_up_holds_from_the_last_test_on()
    {
        var flow = Run(Terms(_before));
        Assert.True(flow.Locked[0]);
        Assert.All(flow.Distributed.Take(13), d => Assert.Equal(0, d));
        Assert.Equal(130, flow.Distributed[13], 1e-9);
        var good = ServiceToDate.Of([.. Enumerable.Repeat(new ServiceMonth(90, 50, 50), 12)]);
        Assert.Equal(10, Run(Terms(good)).Distributed[1], 1e-9);
    }

    /// <summary>Eleven months and month 1 make a window; with five the sixth to twelfth month of the outlook have to fill it.</summary>
    [Theory]
    [InlineData(0, 12)]
    [InlineData(5, 7)]
    [InlineData(11, 1)]
    [InlineData(40, 1)]
    public void The_first_test_comes_when_twelve_months_of_service_are_known(int known, int first)
    {
        var before = ServiceToDate.Of([.. Enumerable.Repeat(new ServiceMonth(60, 50, 50), known)]);
        var flow = Run(Terms(before));
        Assert.Equal(first, Array.IndexOf(flow.Tested, true));
        Assert.Equal(1.2, flow.TrailingCover[first], 1e-12);
    }

    /// <summary>100 are owed; from month 1 on 60 come in and 50 are due, so that 10 a month are made good: nothing is owed from month 10 on.</summary>
    [Fact]
    public void Arrears_are_paid_from_what_service_leaves()
    {
        var flow = Run(Terms(null, 100) with { CureMonths = 24 });
        Assert.Equal(100, flow.Arrears[0], 1e-9);
        for (var m = 1; m <= 10; m++)
        {
            Assert.Equal(100 - (10 * m), flow.Arrears[m], 1e-9);
        }
        Assert.Equal(-1, flow.DefaultMonth);
    }

    /// <summary>A month was missed before; months 0, 1 and 2 are the second to fourth, and three may be made good.</summary>
    [Fact]
    public void Months_missed_before_count_towards_the_default()
    {
        Assert.Equal(2, Run(Terms(null, 100)).DefaultMonth);
        var missed = ServiceToDate.Of([
            .. Enumerable.Repeat(new ServiceMonth(60, 50, 50), 10),
            new ServiceMonth(10, 50, 0),
            new ServiceMonth(10, 50, 0),
        ]);
        Assert.Equal(100, missed.Arrears);
        Assert.Equal(2, missed.MissedMonths);
        Assert.Equal(1, Run(Terms(missed, missed.Arrears)).DefaultMonth);
    }

    /// <summary>Fourteen months: 60, 60, then twelve of 30: the windows ended two, one and no months before stand at 0.70, 0.65 and 0.60.</summary>
    [Fact]
    public void The_lowest_cover_to_date_and_its_month_are_known()
    {
        var before = ServiceToDate.Of([
            new ServiceMonth(60, 50, 50),
            new ServiceMonth(60, 50, 50),
            .. Enumerable.Repeat(new ServiceMonth(30, 50, 50), 12),
        ]);
        Assert.Equal(0.7, before.CoverAt(2), 1e-12);
        Assert.Equal(0.65, before.CoverAt(1), 1e-12);
        Assert.Equal((0.6, 0), before.Lowest);
        Assert.True(double.IsNaN(before.CoverAt(3)));
        Assert.Equal(-1, ServiceToDate.None.Lowest.Back);
    }

    /// <summary>What was owed is made good later: 50 missed, then 100 paid for 50 due.</summary>
    [Fact]
    public void Later_payments_are_set_against_arrears()
    {
        var before = ServiceToDate.Of([
            new ServiceMonth(50, 0, 0),
            new ServiceMonth(50, 50, 0),
            new ServiceMonth(50, 50, 100),
        ]);
        Assert.Equal(2, before.Count);
        Assert.Equal(0, before.Arrears);
        Assert.Equal(0, before.MissedMonths);
    }

    /// <summary>Of a centre left running: lenders who close an earlier default earlier may save its owner from paying more in.</summary>
    [Fact]
    public void More_arrears_are_never_better_for_the_owner()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new RandomFinance(seed);
            var terms = random.Terms() with { SponsorSupport = 0 };
            var outlook = random.Outlook(1.5);
            double Worth(double arrears) =>
                Returns.NetPresentValue(
                    ProjectModel
                        .Contract(
                            terms with
                            {
                                Tranches =
                                [
                                    .. terms.Tranches.Select(t => t with { Arrears = arrears }),
                                ],
                            },
                            outlook.Months,
                            outlook
                        )
                        .RunAsGiven(outlook)
                        .EquityFlow(),
                    0.1
                );
            var worth = new[] { 0, 1e5, 1e6, 5e6 }.Select(Worth).ToArray();
            for (var i = 1; i < worth.Length; i++)
            {
                Assert.True(
                    worth[i] <= worth[i - 1] + 1e-6,
                    $"seed {seed}: {worth[i - 1]} then {worth[i]}"
                );
            }
        }
    }
}
