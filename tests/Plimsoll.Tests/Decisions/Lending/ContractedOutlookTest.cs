using Plimsoll.Contracts;
using Plimsoll.Decisions.Lending;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Decisions.Lending;

/// <summary>What a lender counts on of contracts as they run: 100 accelerators at 2 for 36 months of 730 hours are 146,000 a month.</summary>
public sealed class ContractedOutlookTest
{
    private const int Months = 48;
    private const double Rent = 100 * 730 * 2;

    /// <summary>Availability of 98 % under a promise of 99 % with a credit of 5 % a point: 146,000 x 0.98 x 0.95.</summary>
    [Fact]
    public void Credits_for_low_availability_are_no_cash()
    {
        var terms = Terms with { Availability = new AvailabilityTerms(0.99, 0.05, 1, 0, 1) };
        var alone = ContractedOutlook.Of(Outlook(terms, 0.98));
        for (var m = 0; m < 36; m++)
        {
            Assert.Equal(Rent * 0.98 * 0.95, alone.Revenue(m), 1e-6);
            Assert.Equal(alone.Revenue(m), alone.ContractedRevenue[m], 1e-6);
        }
        Assert.Equal(0, alone.Revenue(36));
        // A new loan at maturity looks at the same rent.
        Assert.Equal(
            Rent * 0.98 * 0.95,
            ContractedOutlook.Due(Outlook(terms, 0.98), Record)[20],
            1e-6
        );
    }

    /// <summary>A tenant that may leave after 12 months for three months' rent is counted on for 12, and for the fee; that it stays in a draw is the market's doing.</summary>
    [Theory]
    [InlineData(3, 0, 0)]
    [InlineData(3, 1.0, 3 * Rent)]
    [InlineData(0, 1.0, 0)]
    public void A_contract_counts_to_the_first_exit_and_its_fee(
        double fee,
        double market,
        double paid
    )
    {
        // At an unknown market nothing is used and the tenant stays; at half the price it leaves in month 12 itself.
        var terms = Terms with
        {
            Exit = new ConvenienceExit(12, fee),
        };
        var outlook = Outlook(terms, 1, market);
        var alone = ContractedOutlook.Of(outlook);
        Assert.Equal(Rent, alone.Revenue(11), 1e-6);
        Assert.Equal(0, alone.Revenue(12));
        Assert.Equal(0, alone.Revenue(20));
        Assert.Equal(12, alone.Leases[0].EndedMonth);
        Assert.False(alone.Leases[0].Breached);
        Assert.Equal(
            market > 0 ? paid : fee * Rent,
            alone.ContractIncome.Length > 0 ? alone.ContractIncome[12] : 0,
            1e-6
        );
    }

    /// <summary>An extension is the tenant's choice: 36 months are signed, whatever it chooses in a draw.</summary>
    [Fact]
    public void An_extension_counts_for_nothing()
    {
        var terms = Terms with { Extension = new ExtensionTerms(12, 1) };
        var outlook = Outlook(terms, 1, 4);
        Assert.True(outlook.Signed[0].Months[40].Running);
        var alone = ContractedOutlook.Of(outlook);
        Assert.Equal(Rent, alone.Revenue(35), 1e-6);
        Assert.Equal(0, alone.Revenue(36));
    }

    /// <summary>A ledger ends with its contract: what a failed tenant still pays stays in, nothing after it.</summary>
    [Fact]
    public void A_tenant_that_fails_is_gone_from_that_month()
    {
        var terms = Terms with { TerminationMonths = 6 };
        var outlook = Outlook(terms, 1, fails: 10);
        var alone = ContractedOutlook.Of(
            outlook with
            {
                Signed =
                [
                    outlook.Signed[0] with
                    {
                        Months = [.. outlook.Signed[0].Months.Take(11)],
                    },
                ],
            }
        );
        Assert.Equal(Rent, alone.Revenue(9), 1e-6);
        Assert.Equal(0, alone.Revenue(10));
        Assert.Equal(0, alone.Revenue(Months - 1));
        Assert.Equal(
            outlook.Signed[0].Months[10].TerminationPaid,
            alone.ContractIncome.Length > 0 ? alone.ContractIncome[10] : 0,
            1e-6
        );
        Assert.True(alone.Leases[0].Breached);
    }

    private static LeaseTerms Terms =>
        new(
            "anchor",
            new Counterparty("anchor") { Class = CreditClass.InvestmentGrade },
            100,
            2,
            36
        )
        {
            TakeOrPayShare = 1,
        };

    private static Lease Record =>
        new("anchor", Product.TrainingLease, 0, 36, 100, 2, 1, 0, 36, false)
        {
            Id = "anchor",
            Signed = true,
        };

    private static MonthlyOutlook Outlook(
        LeaseTerms terms,
        double available,
        double market = 0,
        int fails = int.MaxValue
    )
    {
        var tenant = CounterpartyPath.Sound("anchor");
        var fate = new LeaseFate(
            fails == int.MaxValue ? tenant : new CounterpartyPath("anchor", fails, fails),
            CounterpartyPath.Sound("the operator"),
            LeaseLuck.Of(1, 0, "centre", "anchor")
        );
        var run = ContractLedger.Run(
            terms,
            null,
            fate,
            [
                .. Enumerable
                    .Range(0, Months)
                    .Select(m => new LeaseMonth(m, 730, true, available, market)),
            ]
        );
        double[] Flat(double value) => [.. Enumerable.Repeat(value, Months)];
        return new MonthlyOutlook
        {
            Start = new Month(2025, 1),
            Currency = Currency.Usd,
            HoursPerMonth = 730,
            Installed = Flat(100),
            Repair = Flat(0),
            Dark = Flat(0),
            Idle = Flat(0),
            Sales = [new ProductSales(Product.TrainingLease, Flat(0), Flat(0), [])],
            Leases = [Record],
            Signed = [run],
            Costs = [],
            EnergyKwh = Flat(0),
            PeakKw = Flat(0),
            ResalePrice = Flat(0),
            MonthsToSell = Flat(1),
        };
    }
}
