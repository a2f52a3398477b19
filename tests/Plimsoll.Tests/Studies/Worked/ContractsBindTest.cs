using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>What a standing centre is worth before finance owes nothing to its loan, and no course sells from under a tenant.</summary>
public sealed class ContractsBindTest
{
    private static readonly Bench.Facts _facts = new();

    private static StudyCase Let(double price, int tenor = 6, double accelerators = 40) =>
        Bench.Standing() with
        {
            Leases =
            [
                new LeaseCase(new SignedLease("a", accelerators, price, tenor, 1, 0, 0), null),
            ],
        };

    private static double Close(StudyCase centre) =>
        Bench.Value(
            new CloseCentre(0).Courses(centre, FleetScope.Whole(centre), _facts)[0],
            new ConstantMarket { Resale = _ => 1_000, Fill = (_, _) => 0 }
        );

    /// <summary>
    /// Of 80 accelerators 40 are let at 12 for six months. Closing sells 40 at once, 40,000, serves the others, 6 x (40 x 730 x 12 - 5 x 3,500) =
    /// 6 x 332,900, and sells them when their contract has ended, 40,000.
    /// </summary>
    [Fact]
    public void Closing_sells_what_is_let_when_its_contract_ends() =>
        Assert.Equal(40_000 + (6 * 332_900) + 40_000, Close(Let(12)), 1e-6);

    /// <summary>A tenant who pays a yuan more is worth 40 x 730 x 6 more, tearing up nothing.</summary>
    [Fact]
    public void Closing_is_worth_what_the_tenants_still_pay()
    {
        Assert.Equal(40 * 730 * 6, Close(Let(13)) - Close(Let(12)), 1e-6);
        Assert.Equal(40 * 730 * 12.0, Close(Let(12, 7)) - Close(Let(12)) + 17_500, 1e-6);
    }

    /// <summary>Half of the fleet sold while half is let: the free half goes, the let one stays, and nothing waits.</summary>
    [Fact]
    public void A_part_is_sold_from_what_is_free()
    {
        var centre = Let(12) with { Policies = new FleetPolicies(new SellPolicy(0.5, 1)) };
        var outlook = Bench
            .Run(new ConstantMarket { Resale = _ => 1_000, Fill = (_, _) => 0 })
            .Physical(centre)
            .Kept[0]!
            .Outlook
            .Physical;
        Assert.Equal(40, outlook.Installed[0], 1e-9);
        Assert.Equal(40, outlook.Installed[23], 1e-9);
        Assert.Equal(40_000, outlook.SaleProceeds.Sum(), 1e-6);
    }

    /// <summary>Three quarters of 80 sold in two lots of 30 while 40 are let: 30, then 10, then the last 20 when the contract has ended.</summary>
    [Fact]
    public void Lots_beyond_what_is_free_wait_for_the_contract()
    {
        var centre = Let(12) with { Policies = new FleetPolicies(new SellPolicy(0.75, 2)) };
        var installed = Bench
            .Run(new ConstantMarket { Resale = _ => 1_000, Fill = (_, _) => 0 })
            .Physical(centre)
            .Kept[0]!
            .Outlook
            .Physical
            .Installed;
        Assert.Equal(
            [50, 40, 40, 40, 40, 40, 20, 20],
            installed[..8].Select(i => Math.Round(i, 9))
        );
    }

    public static TheoryData<double, double> Debts()
    {
        var data = new TheoryData<double, double>();
        foreach (var quote in new[] { 10, 0.6, 0.1 })
        {
            foreach (var debt in new double[] { 1_000, 100_000, 1_000_000, 20_000_000 })
            {
                data.Add(quote, debt);
            }
        }
        return data;
    }

    /// <summary>A loan may close the centre, lower its tax or fail; before finance the centre is worth what it is worth without one.</summary>
    [Theory]
    [MemberData(nameof(Debts))]
    public void Before_finance_the_loan_changes_nothing(double quote, double debt)
    {
        var taxed = Bench.Standing() with
        {
            Tax = new TaxPreset(TaxTerms.None with { IncomeRate = 0.25 }, 5, 0, 0),
        };
        var loan = new DebtTranche
        {
            Name = "loan",
            Amount = debt,
            BaseRate = 0.06,
            TenorMonths = 12,
            FirstPaymentMonth = 1,
        };
        var market = new ConstantMarket { Quote = _ => quote, Resale = m => 5_000 - (100 * m) };
        IOwnerOption[] options = [new Hold(), new CloseCentre(3), new SaleAndLeaseBack(0.2, 0.1)];
        foreach (var option in options)
        {
            double Worth(StudyCase centre) =>
                Bench.Value(
                    option.Courses(centre, FleetScope.Whole(centre), _facts)[0],
                    market,
                    0.15
                );
            Assert.Equal(Worth(taxed), Worth(taxed with { Loan = loan }), 1e-6);
        }
    }
}
