using Plimsoll.Finance;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>A stylised neocloud, checked by hand: docs/model/finance.md shows the arithmetic.</summary>
public sealed class NeocloudTest
{
    private const double Servers = 1080;
    private const double Hours = 730;
    private const double Gpus = Servers * 8;
    private const double Opex = 5000 * Servers;

    private static double Contracted => Gpus * 0.54 * 2.20 * Hours;

    private static double Merchant(double share) => Gpus * share * 0.80 * 2.00 * Hours;

    private static FinanceTerms Terms(Repayment repayment) =>
        new()
        {
            Currency = Currency.Usd,
            CapitalCosts = [new CapitalCost("servers", 0, Servers * 300_000, 1, 5, 0, 0)],
            LockUpCover = 0,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 0.75,
                    Repayment = repayment,
                    TenorMonths = 60,
                    FirstPaymentMonth = 1,
                    BaseRate = 0.11,
                    Instalments = [new InstalmentSpan(0.72, 30), new InstalmentSpan(0.28, 30)],
                },
            ],
        };

    private static CashFlow Run(Repayment repayment, Func<int, double> revenue) =>
        ProjectModel.Run(Terms(repayment), Outlook.Of(revenue, _ => Opex, 61, Gpus));

    private static double Full(int month) => Contracted + Merchant(0.46);

    [Fact]
    public void Cash_is_6735053_a_month_and_243_million_is_lent()
    {
        var flow = Run(Repayment.Instalments, Full);
        Assert.Equal(243.0e6, flow.Lent, 1e-3);
        Assert.All(flow.Cfads.Skip(1), c => Assert.Equal(6_735_053, c, 0.5));
    }

    [Fact]
    public void Front_loaded_instalments_give_the_stated_cover_and_shortfall()
    {
        var flow = Run(Repayment.Instalments, Full);
        Assert.Equal(0.867, flow.TrailingCover[12], 0.0005);
        Assert.Equal(0.990, flow.TrailingCover[30], 0.0005);
        Assert.Equal(1.421, flow.TrailingCover[36], 0.0005);
        Assert.Equal(17.07e6, flow.Shortfall, 5e3);
    }

    [Fact]
    public void An_annuity_gives_the_same_cover_throughout()
    {
        var flow = Run(Repayment.Annuity, Full);
        Assert.All(flow.TrailingCover.Skip(12), cover => Assert.Equal(1.275, cover, 0.0005));
        Assert.Equal(0, flow.Shortfall, 1e-6);
        Assert.Equal(0, flow.DebtBalance[60], 1e-6);
    }

    [Fact]
    public void A_lost_tenant_takes_cover_to_0_289()
    {
        double Lost(int month) =>
            month <= 18 ? Full(month)
            : month <= 24 ? Merchant(0.46)
            : Merchant(1);
        Assert.Equal(0.289, Run(Repayment.Instalments, Lost).TrailingCover[30], 0.0005);
    }
}
