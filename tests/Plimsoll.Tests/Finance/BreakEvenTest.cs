using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>128 servers of eight H800 at 2.4 million yuan each, all debt, 60 month-end payments at 8 %/12; checked by hand.</summary>
public sealed class BreakEvenTest
{
    private static readonly double _service = 2.4e6 * DebtPlan.AnnuityFactor(0.08, 60);

    [Fact]
    public void The_annuity_is_48663_35_a_server() => Assert.Equal(48_663.35, _service, 0.005);

    [Theory]
    [InlineData(180_000, 15_000, 0, 35.37)]
    [InlineData(75_000, 15_000, 0, 84.88)]
    [InlineData(180_000, 0, 15_000, 29.49)]
    [InlineData(75_000, 0, 15_000, 81.11)]
    [InlineData(180_000, 33_300, 0, 45.54)]
    [InlineData(75_000, 33_300, 0, 109.28)]
    public void Six_break_even_occupancies(
        double rent,
        double dueAlways,
        double dueWhenLet,
        double percent
    ) =>
        Assert.Equal(
            percent,
            100 * BreakEven.Occupancy(rent, dueAlways, dueWhenLet, _service).Value,
            0.005
        );

    [Fact]
    public void A_month_let_at_a_loss_never_breaks_even() =>
        Assert.False(BreakEven.Occupancy(10_000, 0, 15_000, _service).HasValue);

    [Theory]
    [InlineData(180_000, 0.3536853)]
    [InlineData(75_000, 0.8488446)]
    public void The_engine_breaks_even_at_the_same_occupancy(double rent, double occupancy)
    {
        var terms = new FinanceTerms
        {
            Currency = Plimsoll.Quantities.Currency.Cny,
            CapitalCosts = [new CapitalCost("128 servers", 0, 128 * 2.4e6, 1, 3, 0, 0)],
            GearingCap = 1,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 1,
                    TenorMonths = 60,
                    FirstPaymentMonth = 1,
                    BaseRate = 0.08,
                },
            ],
        };
        var outlook = Outlook.Of(
            _ => 128 * rent * occupancy,
            _ => 128 * 15_000,
            61,
            1024,
            currency: Plimsoll.Quantities.Currency.Cny
        );
        var flow = ProjectModel.Run(terms, outlook);
        Assert.Equal(128 * 48_663.35, flow.InterestDue[1] + flow.PrincipalDue[1], 0.7);
        Assert.Equal(1, flow.TrailingCover[60], 1e-6);
    }
}
