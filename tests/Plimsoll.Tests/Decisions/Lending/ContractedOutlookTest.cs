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

    /// <summary>Of a contract that binds its tenant to three tenths a lender counts three tenths, however much is taken: in a dear market all of it is.</summary>
    [Theory]
    [InlineData(3.0)]
    [InlineData(1.0)]
    public void Hours_that_need_not_be_paid_count_for_nothing(double market)
    {
        var outlook = Outlook(Terms with { TakeOrPayShare = 0.3 }, 1, market);
        Assert.Equal(market > 2 ? Rent : 0.3 * Rent, outlook.SignedRent()[5], 1e-6);
        var alone = ContractedOutlook.Of(outlook);
        Assert.Equal(0.3 * Rent, alone.Revenue(5), 1e-6);
        Assert.Equal(0.3 * 100 * 730, alone.Sales[0].GpuHours[5], 1e-6);
        Assert.Equal(70, alone.Dark[5], 1e-9);
        Assert.Equal(0.3 * Rent, ContractedOutlook.Due(outlook, Record)[5], 1e-6);
    }

    /// <summary>A fee for leaving is of the whole rent, whatever share of it must be paid.</summary>
    [Fact]
    public void The_fee_of_leaving_is_of_the_whole_rent()
    {
        var terms = Terms with { TakeOrPayShare = 0.3, Exit = new ConvenienceExit(12, 3) };
        Assert.Equal(3 * Rent, ContractedOutlook.Of(Outlook(terms, 1)).ContractIncome[12], 1e-6);
    }

    /// <summary>A new loan at maturity counts on a tenant to the month in which it may leave: five months of 12 after month 6, none after month 11.</summary>
    [Fact]
    public void What_contracts_still_pay_ends_with_the_right_to_leave()
    {
        var outlook = Outlook(Terms with { Exit = new ConvenienceExit(12, 3) }, 1);
        Assert.Equal(5, Takeout.MonthsLeft(outlook, 6));
        Assert.Equal(5 * Rent, Takeout.ContractsLeft(outlook, 6, 0), 1e-6);
        Assert.Equal(0, Takeout.ContractsLeft(outlook, 11, 0));
        Assert.Equal(0, Takeout.ContractsLeft(outlook, 20, 0));
        Assert.Equal(29, Takeout.MonthsLeft(Outlook(Terms, 1), 6));
    }

    /// <summary>A tenant whose rent is cut half-way to the market stands in two records, of one price each.</summary>
    [Fact]
    public void A_contract_cut_in_price_is_written_in_pieces_of_one_price()
    {
        var terms = Terms with
        {
            Tenant = new Counterparty("anchor") { Class = CreditClass.StartUp },
        };
        static int CutIn(MonthlyOutlook o) => Array.FindIndex(o.Signed[0].Months, f => f.Repriced);
        var outlook = Enumerable
            .Range(0, 1000)
            .Select(draw => Outlook(terms, 1, 1.0, draw: draw))
            .First(o => CutIn(o) > 0 && o.Signed[0].EndMonth == 36);
        var cut = CutIn(outlook);
        Assert.InRange(outlook.Signed[0].RentCut, 1 - Math.Sqrt(0.5) - 1e-9, 0.5);
        var alone = ContractedOutlook.Of(outlook);
        Assert.True(alone.Leases.Count > 1);
        Assert.Equal(cut, alone.Leases[0].EndedMonth);
        Assert.Equal(
            (LeaseEnd.Repriced, 2.0),
            (alone.Leases[0].Reason, alone.Leases[0].PricePerGpuHour)
        );
        for (var m = 0; m < 36; m++)
        {
            Assert.Equal(alone.Revenue(m), alone.Leases.Sum(l => l.RentOf(m, 730)), 1e-6);
            var now = alone.Leases.SingleOrDefault(l => l.StartMonth <= m && m < l.EndedMonth);
            Assert.Equal(outlook.Signed[0].Months[m].Price, now?.PricePerGpuHour ?? 0);
        }
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
        int fails = int.MaxValue,
        int draw = 0
    )
    {
        var tenant = CounterpartyPath.Sound("anchor");
        var fate = new LeaseFate(
            fails == int.MaxValue ? tenant : new CounterpartyPath("anchor", fails, fails),
            CounterpartyPath.Sound("the operator"),
            LeaseLuck.Of(1, draw, "anchor")
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
