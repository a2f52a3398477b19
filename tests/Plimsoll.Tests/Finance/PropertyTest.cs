using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>How results must move with inputs.</summary>
public sealed class PropertyTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(300, 30)];

    private static MonthlyOutlook Priced(MonthlyOutlook o, double factor) =>
        o with
        {
            Sales =
            [
                .. o.Sales.Select(s =>
                    s with
                    {
                        PricePerGpuHour = [.. s.PricePerGpuHour.Select(p => p * factor)],
                    }
                ),
            ],
        };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pre_tax_unlevered_value_is_linear_in_price_at_given_volumes(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 3 == 0);
        terms = terms with { Tax = terms.Tax with { SurchargeRate = 0 } };
        var outlook = random.Outlook();
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        double Value(double factor) =>
            Returns.NetPresentValue(
                model.RunAsGiven(Priced(outlook, factor)).ProjectFlowBeforeTax(),
                terms.ProjectRate
            );
        var (half, one, two) = (Value(0.5), Value(1), Value(2));
        Assert.Equal(two - one, 2 * (one - half), 1e-6 * (1 + Math.Abs(two)));
        Assert.True(two > one);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Higher_rent_never_lowers_pre_tax_cash_nor_cover_with_debt_held(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 3 == 0);
        terms = terms with { Tax = Plimsoll.Finance.TaxTerms.None };
        var outlook = random.Outlook();
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var low = model.RunAsGiven(outlook);
        var high = model.RunAsGiven(Priced(outlook, 1.1));
        double sumLow = 0,
            sumHigh = 0;
        for (var m = 0; m < low.Months; m++)
        {
            Assert.True(high.OperatingCash[m] >= low.OperatingCash[m] - 1e-6);
            // Cover on the debt as scheduled: what is swept early would change the service itself.
            var service = model.Debt.Service[m];
            sumLow += service > 0 ? low.OperatingCash[m] / service : 0;
            sumHigh += service > 0 ? high.OperatingCash[m] / service : 0;
        }
        Assert.True(sumHigh >= sumLow);
        if (
            terms.Tranches.All(t =>
                t
                    is {
                        SweepShare: 0,
                        SweepOnContractLoss: false,
                        PrepayOnContractLoss: false,
                        BorrowingBaseAdvance: 0
                    }
            )
            && terms.TrapTests == 0
            && low.DefaultMonth < 0
            && high.DefaultMonth < 0
            && low.Prepaid.Sum() == 0
        )
        {
            Assert.True(
                high.MinimumCover >= low.MinimumCover - 1e-9 || double.IsNaN(low.MinimumCover)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Higher_rent_never_lowers_cover_of_a_plain_annuity(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 3 == 0);
        terms = terms with
        {
            Tax = Plimsoll.Finance.TaxTerms.None,
            TrapTests = 0,
            // A line is repaid ahead of the loan by what a tenant forfeits: the loan is then no longer plain.
            Revolver = null,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 0.4,
                    TenorMonths = 60,
                    FirstPaymentMonth = 12,
                    BaseRate = 0.08,
                },
            ],
        };
        var outlook = random.Outlook() with { SaleProceeds = [], Sold = [] };
        var model = ProjectModel.Contract(terms, RandomFinance.Months);
        var low = model.Run(outlook);
        var high = model.Run(Priced(outlook, 1.1));
        for (var m = 0; m < low.Months; m++)
        {
            if (!double.IsNaN(low.TrailingCover[m]) && low.DefaultMonth < 0)
            {
                Assert.True(high.TrailingCover[m] >= low.TrailingCover[m] - 1e-12);
            }
        }
        Assert.True(high.MinimumCover >= low.MinimumCover || low.DefaultMonth >= 0);
    }

    /// <summary>Without debt equity is the project: what it gets less what it pays is what the project brings, bills left unpaid at the end among it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equity_without_debt_is_the_project(int seed)
    {
        var random = new RandomFinance(seed);
        var flow = ProjectModel
            .Contract(random.Terms().WithoutDebt(), RandomFinance.Months)
            .Run(random.Outlook(seed % 2 == 0 ? 1 : 0.1));
        var project = flow.ProjectFlow().Sum() + flow.OpeningCash;
        Assert.Equal(project, flow.EquityFlow().Sum(), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_run_gives_the_same_bits(int seed)
    {
        CashFlow Run()
        {
            var random = new RandomFinance(seed);
            var terms = random.Terms();
            return ProjectModel
                .Contract(terms, RandomFinance.Months, random.Outlook(2.5))
                .Run(random.Outlook());
        }
        Assert.Equal(Run().Distributed, Run().Distributed);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused_with_its_row_and_month(double bad)
    {
        var random = new RandomFinance(1);
        var terms = random.Terms() with { Tranches = [], Revolver = null, ReserveLetter = null };
        var model = ProjectModel.Contract(terms, RandomFinance.Months);
        var outlook = random.Outlook();
        outlook.ResalePrice[17] = bad;
        var plain = Assert.Throws<ArgumentException>(() => model.Run(outlook));
        Assert.Contains("second-hand price in month 17", plain.Message);
        Assert.Throws<ArgumentException>(() => ScenarioBatch.Of([outlook]));
    }

    [Fact]
    public void Days_without_a_calendar_are_refused()
    {
        var terms = new RandomFinance(1).Terms() with { Start = null };
        terms = terms with
        {
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Gearing = 0.5,
                    TenorMonths = 12,
                    FirstPaymentMonth = 1,
                    DayCount = DayCount.Actual360,
                },
            ],
        };
        var error = Assert.Throws<ArgumentException>(() =>
            ProjectModel.Contract(terms, RandomFinance.Months)
        );
        Assert.Contains("needs-a-calendar", error.Message);
    }
}
