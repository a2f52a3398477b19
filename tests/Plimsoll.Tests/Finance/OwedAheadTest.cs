using Plimsoll.Finance;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Cover ahead is cash over what is owed on what is drawn, and a reserve is held whole until the last payment falls due.</summary>
public sealed class OwedAheadTest
{
    /// <summary>A base of 60 % lets out less than was committed; what is repaid early is owed no more.</summary>
    [Theory]
    [InlineData("borrowing-base/gpu_bb06")]
    [InlineData("borrowing-base/gpu_bb08")]
    [InlineData("lenders-cash/gpu_prepaid0")]
    public void Cover_ahead_is_cash_over_what_then_falls_due(string name)
    {
        var (_, f) = CaseFile.Run(name);
        var (like, tested) = (0, 0);
        for (var m = 0; m + 12 < f.Months; m++)
        {
            if (!f.Tested[m] || double.IsNaN(f.ForwardCover[m]))
            {
                continue;
            }
            tested++;
            var ahead = m + 1;
            var due = f.InterestDue[ahead..(m + 13)].Sum() + f.PrincipalDue[ahead..(m + 13)].Sum();
            var really = f.OperatingCash[ahead..(m + 13)].Sum() / due;
            if (f.Prepaid[m..(m + 13)].Sum() < 1)
            {
                like++;
                Assert.Equal(really, f.ForwardCover[m], 1e-6 * really);
            }
            else
            {
                // What is repaid early later on is not known at the test.
                Assert.True(f.ForwardCover[m] <= really * (1 + 1e-9), $"month {m}");
            }
        }
        Assert.True(tested > 5);
        Assert.True(like > 3, $"{like} months without early repayment");
    }

    /// <summary>Half of free cash repays early: what is still owed at the end is less than the schedule's instalments.</summary>
    [Fact]
    public void Nobody_owes_more_than_the_balance_and_its_interest()
    {
        var (_, f) = CaseFile.Run(
            "lenders-cash/gpu_prepaid0",
            t =>
                t.Replace(
                    "    tenor: 60\n",
                    "    tenor: 60\n    sweep: 0.5\n",
                    StringComparison.Ordinal
                )
        );
        Assert.True(f.Prepaid.Sum() > 1e6);
        for (var m = 0; m + 12 < f.Months; m++)
        {
            if (!double.IsNaN(f.ForwardCover[m]))
            {
                var owed = f.OperatingCash[(m + 1)..(m + 13)].Sum() / f.ForwardCover[m];
                Assert.True(owed <= (f.DebtBalance[m] + f.Prepaid[m]) * 1.13, $"month {m}");
            }
        }
    }

    public static TheoryData<int, int> Reserves =>
        new(
            from every in (int[])[1, 3, 6, 12]
            from months in (int[])[1, 3, 6, 12, 18]
            select (every, months)
        );

    [Theory]
    [MemberData(nameof(Reserves))]
    public void A_reserve_is_months_of_the_next_service_held_whole_until_the_last_payment(
        int every,
        int months
    )
    {
        var terms = new FinanceTerms
        {
            Currency = Plimsoll.Quantities.Currency.Usd,
            CapitalCosts = [new CapitalCost("servers", 0, 1000, 1, 5, 0, 0)],
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 0.5,
                    TenorMonths = 36,
                    FirstPaymentMonth = 1,
                    PaymentEveryMonths = every,
                    BaseRate = 0.1,
                },
            ],
            ReserveMonths = months,
        };
        var plan = DebtPlan.Of(terms, 40);
        for (var m = 0; m < 36; m++)
        {
            var next = Enumerable.Range(m + 1, 36 - m).First(q => plan.Pays[0][q]);
            var due = plan.Service[next];
            Assert.True(
                plan.ReserveTarget[m] >= (Math.Min(1, (double)months / every) * due) - 1e-9,
                $"month {m}"
            );
            if (!plan.Pays[0][m] && m > 0)
            {
                Assert.Equal(plan.ReserveTarget[m - 1], plan.ReserveTarget[m], 1e-9);
            }
        }
        Assert.All(plan.ReserveTarget[36..], t => Assert.Equal(0, t));
    }

    [Fact]
    public void A_test_without_a_figure_ahead_is_not_called_passed()
    {
        var shown = CommandLine.Run(
            "finance",
            "run",
            TestData.Path("cases/lenders-cash/both_opens.yaml")
        );
        var last = shown
            .Out.Split('\n')
            .Single(l => l.StartsWith("month 57", StringComparison.Ordinal));
        Assert.Contains("no figure, held", last, StringComparison.Ordinal);
    }

    /// <summary>Rent of 19 months, then a bill: no money is put in, and there is no rate on it.</summary>
    [Fact]
    public void Without_money_paid_in_there_is_no_rate_of_return()
    {
        var read = CaseFile.Read(
            "lenders-cash/both_opens",
            t =>
                t[..t.IndexOf("debt:\n", StringComparison.Ordinal)]
                    .Replace("324_000_000", "0", StringComparison.Ordinal)
                + "terms:\n  selling_cost: 0\n"
        );
        var (model, flow) = read.Run();
        var figures = new ProjectFigures(model, read.Outlook, flow).All();
        foreach (var key in (string[])["project_irr", "project_irr_before_tax", "project_mirr"])
        {
            var figure = figures.Single(f => f.Key == key).Figure;
            Assert.False(figure.HasValue);
            Assert.Contains("paid in", figure.Refusal, StringComparison.Ordinal);
        }
    }
}
