using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Debt sculpted on a base outlook at 1.30 and on a downside at 1.10: in every month both covers are kept, and one of them is met.</summary>
public sealed class TwoOutlooksTest
{
    private const int Months = 73;

    /// <summary>
    /// Cash of 1.3 million a month on the base carries 1 million. On the downside it is 1.3 million x share: at 0.9 it is 1.17 and over 1.1 it
    /// carries 1.0636, so that the base binds; at 0.8 it is 1.04 and carries 0.9455.
    /// </summary>
    [Theory]
    [InlineData(0.9, 1_000_000)]
    [InlineData(0.8, 945_454.545)]
    public void Service_is_what_the_poorer_of_the_two_carries(double share, double service)
    {
        var model = Contract(m => share);
        for (var m = 1; m < 61; m++)
        {
            Assert.Equal(service, model.Debt.InterestDue[0][m] + model.Debt.Principal[0][m], 0.01);
        }
        var (good, bad) = (model.Run(Cash(_ => 1)), model.Run(Cash(_ => share)));
        Assert.True(good.MinimumCover >= 1.3 - 1e-9);
        Assert.True(bad.MinimumCover >= 1.1 - 1e-9);
        Assert.Equal(0, good.DebtBalance[60], 1e-3);
        var note = Assert.Single(
            model.Debt.Notes,
            n => n.StartsWith("sized on two outlooks", StringComparison.Ordinal)
        );
        Assert.Contains(
            FormattableString.Invariant($"{bad.MinimumCover:0.00} on the downside"),
            note,
            StringComparison.Ordinal
        );
    }

    /// <summary>A downside that crosses the base binds in its own months alone.</summary>
    [Fact]
    public void Each_month_is_bound_by_its_own_poorer_outlook()
    {
        var model = Contract(m => m < 30 ? 1 : 0.6);
        for (var m = 1; m < 61; m++)
        {
            Assert.Equal(
                m < 30 ? 1_000_000 : 1_300_000 * 0.6 / 1.1,
                model.Debt.InterestDue[0][m] + model.Debt.Principal[0][m],
                0.01
            );
        }
        var alone = Contract(null);
        Assert.True(model.Debt.TotalLent < alone.Debt.TotalLent);
        Assert.Empty(alone.Debt.Notes);
    }

    /// <summary>Present value of service is that of draws, and a better downside never lends less.</summary>
    [Fact]
    public void The_loan_is_the_value_of_its_service_and_grows_with_the_downside()
    {
        var before = 0.0;
        for (var share = 0.3; share <= 1.2; share += 0.1)
        {
            var of = share;
            var debt = Contract(m => of * (1 + (0.2 * Math.Sin(m)))).Debt;
            double value = 0,
                discount = 1;
            for (var m = 1; m < 61; m++)
            {
                discount /= 1.01;
                value += discount * (debt.InterestDue[0][m] + debt.Principal[0][m]);
            }
            Assert.Equal(debt.TotalLent, value, 1e-6 * value);
            Assert.True(debt.TotalLent >= before);
            before = debt.TotalLent;
        }
    }

    private static ProjectModel Contract(Func<int, double>? downside) =>
        ProjectModel.Contract(
            new FinanceTerms
            {
                Currency = Currency.Usd,
                Start = new Month(2024, 1),
                CapitalCosts = [new CapitalCost("servers", 0, 200e6, 1, 5, 0, 0)],
                LockUpCover = 0,
                Tranches =
                [
                    new DebtTranche
                    {
                        Name = "senior",
                        Repayment = Repayment.Sculpted,
                        TenorMonths = 60,
                        FirstPaymentMonth = 1,
                        BaseRate = 0.12,
                        TargetCover = 1.3,
                        DownsideTargetCover = 1.1,
                    },
                ],
            },
            Months,
            Cash(_ => 1),
            downside is null ? null : Cash(downside)
        );

    private static MonthlyOutlook Cash(Func<int, double> share) =>
        Outlook.Of(m => 1_300_000 * share(m), _ => 0, Months);
}
