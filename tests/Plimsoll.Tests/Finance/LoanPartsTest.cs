using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>A loan written as two that differ in name and size alone is the loan.</summary>
public sealed class LoanPartsTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Two_parts_give_the_totals_of_the_loan(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = Plain(random.Terms(), seed);
        var outlook = random.Outlook(seed % 3 == 0 ? 0.6 : 4);
        var whole = ProjectModel.Contract(terms, RandomFinance.Months).Run(outlook);
        foreach (var share in new[] { 0.5, 0.2 })
        {
            var parts = ProjectModel
                .Contract(RandomFinance.InParts(terms, share), RandomFinance.Months)
                .Run(outlook);
            Assert.Equal(whole.DefaultMonth, parts.DefaultMonth);
            Assert.Equal(whole.ClosedMonth, parts.ClosedMonth);
            for (var m = 0; m < whole.Months; m++)
            {
                Assert.Equal(whole.DebtBalance[m], parts.DebtBalance[m], 1e-3);
                Assert.Equal(whole.Prepaid[m], parts.Prepaid[m], 1e-3);
                Assert.Equal(whole.DebtPaid[m], parts.DebtPaid[m], 1e-3);
                Assert.Equal(whole.Distributed[m], parts.Distributed[m], 1e-3);
                Assert.Equal(whole.TrailingCover[m], parts.TrailingCover[m], 1e-9);
            }
            Assert.Equal(whole.Loss.Lost, parts.Loss.Lost, 1e-3);
        }
    }

    [Fact]
    public void The_random_loans_sweep_default_and_repay_from_sales_often_enough_to_be_a_test()
    {
        int swept = 0,
            defaults = 0,
            sold = 0;
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var random = new RandomFinance(seed);
            var terms = Plain(random.Terms(), seed);
            var outlook = random.Outlook(seed % 3 == 0 ? 0.6 : 4);
            var flow = ProjectModel.Contract(terms, RandomFinance.Months).Run(outlook);
            swept += flow.DefaultMonth < 0 && flow.Prepaid.Sum() > 1 ? 1 : 0;
            defaults += flow.DefaultMonth >= 0 ? 1 : 0;
            sold += outlook.SaleProceeds.Sum() > 0 ? 1 : 0;
        }
        Assert.All(new[] { swept, defaults, sold }, count => Assert.InRange(count, 4, 40));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lanes_give_the_bits_of_the_plain_run_in_parts(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = RandomFinance.InParts(random.Terms(seed % 4 == 0), 0.3);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var outlooks = Enumerable
            .Range(0, 9)
            .Select(i => random.Outlook(i % 3 == 0 ? 0.5 : 2))
            .ToList();
        var figures = model.Run(ScenarioBatch.Of(outlooks), 2);
        for (var s = 0; s < outlooks.Count; s++)
        {
            var plain = model.Run(outlooks[s]);
            Assert.Equal(plain.DebtBalance[^1], figures.DebtLeft[s]);
            Assert.Equal(plain.DefaultMonth, figures.DefaultMonth[s]);
            Assert.Equal(plain.MinimumCover, figures.MinimumCover[s]);
            Assert.Equal(plain.Loss, figures.Loss[s]);
            Assert.Equal(
                Returns.NetPresentValue(plain.EquityFlow(), terms.EquityHurdle),
                figures.EquityValue[s]
            );
        }
    }

    [Fact]
    public void What_differs_in_more_than_name_and_size_is_a_loan_of_its_own()
    {
        var loan = new DebtTranche
        {
            Name = "A",
            Gearing = 0.2,
            TenorMonths = 60,
            FirstPaymentMonth = 6,
            Instalments = [new InstalmentSpan(1, 60)],
        };
        var parts = new LoanParts([
            loan,
            loan with
            {
                Name = "B",
                Gearing = 0.1,
                Instalments = [new InstalmentSpan(1, 60)],
            },
            loan with
            {
                Name = "C",
                Margin = 0.01,
            },
        ]);
        Assert.Equal([0, 0, 2], Enumerable.Range(0, 3).Select(parts.First));
        Assert.Equal([2, 2, 3], Enumerable.Range(0, 3).Select(parts.End));
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(parts.Alone));
    }

    [Fact]
    public void Sweeps_that_follow_one_another_say_what_they_take_together()
    {
        var loan = new DebtTranche
        {
            Name = "A",
            Gearing = 0.2,
            TenorMonths = 60,
            FirstPaymentMonth = 12,
            SweepShare = 0.5,
        };
        var terms = new RandomFinance(1).Terms();
        DebtPlan Of(DebtTranche other) =>
            DebtPlan.Of(terms with { Tranches = [loan, other] }, RandomFinance.Months);
        Assert.Contains(
            Of(loan with { Name = "B", Margin = 0.02 }).Notes,
            n => n.Contains("A, B together take 0.75", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            Of(loan with { Name = "B" }).Notes,
            n => n.Contains("together", StringComparison.Ordinal)
        );
    }

    /// <summary>One loan without what a draw limits or lends anew by the whole of it.</summary>
    private static FinanceTerms Plain(FinanceTerms terms, int seed) =>
        terms with
        {
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 0.45,
                    Draw = (DrawRule)(seed % 3),
                    AcceptanceMonths = 1,
                    Repayment = (Repayment)(seed % 2),
                    TenorMonths = 60,
                    FirstPaymentMonth = 12,
                    BaseRate = 0.05,
                    Margin = 0.03,
                    UpfrontFee = 0.01,
                    CommitmentFee = 0.005,
                    SweepShare = (seed % 4) switch
                    {
                        0 => 0,
                        1 => 0.25,
                        2 => 0.5,
                        _ => 1,
                    },
                    ProRataPrepayment = seed % 5 == 0,
                    PrepaymentCharge = seed % 7 == 0 ? new PrepaymentCharge(30, false) : null,
                },
            ],
        };
}
