using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>
/// A centre that stands: servers of 1,200 of which 600 are not yet written off, over 30 months; it earns 80 and pays 20 a month from month 0 on,
/// is taxed at a quarter, collects after 45 days and pays after 30.
/// </summary>
public sealed class OpeningPositionTest
{
    private const int Months = 24;

    private static readonly OpeningAsset _servers = new("servers", 1200, 600, 0, 30);

    private static FinanceTerms Terms(OpeningPosition? opening) =>
        new()
        {
            Currency = Currency.Usd,
            CapitalCosts = [],
            Tax = new TaxTerms(0.25, 5, 1, 0) { InstalmentMonths = 12 },
            ReceivableDays = 45,
            PayableDays = 30,
            Opening = opening,
        };

    private static MonthlyOutlook Steady(double sold = 0)
    {
        double[] Each(double value) => [.. Enumerable.Repeat(value, Months)];
        var outlook = Outlook.Of(_ => 80, _ => 20, Months);
        double[] First(double value) => [value, .. Enumerable.Repeat(0.0, Months - 1)];
        return outlook with
        {
            Installed = sold > 0 ? Each(0) : Each(1000),
            Sales =
            [
                new ProductSales(Product.TrainingLease, Each(500_000), Each(80 / 500_000.0), []),
            ],
            Costs = [new CostSplit("running", Each(20), Each(0), Each(0))],
            Sold = sold > 0 ? First(1000) : [],
            SaleProceeds = sold > 0 ? First(sold) : [],
        };
    }

    private static CashFlow Run(FinanceTerms terms, double sold = 0) =>
        ProjectModel.Run(terms, Steady(sold));

    /// <summary>Half of the rent of the month before last and half of the last come in, 80, and the bill of the month before is paid, 20: as in every month.</summary>
    [Fact]
    public void The_first_month_collects_the_rent_of_those_before()
    {
        var flow = Run(Terms(new OpeningPosition { Assets = [_servers] }));
        Assert.All(flow.OperatingCash[..^1], c => Assert.Equal(60, c, 1e-12));
        Assert.Equal(120, flow.Receivable[0], 1e-12);
        // A centre that begins with the outlook waits: nothing comes in month 0, 40 in month 1; of bills 0 and 20.
        var begun = Run(Terms(null));
        Assert.Equal(0, begun.OperatingCash[0], 1e-12);
        Assert.Equal(20, begun.OperatingCash[1], 1e-12);
    }

    /// <summary>Told 40 and 10 a month before: 40 comes in and 10 is paid in month 0; in month 1 half of 40 and half of 80, less 20.</summary>
    [Fact]
    public void What_was_told_of_the_months_before_counts()
    {
        var flow = Run(Terms(new OpeningPosition { Revenue = 40, RunningCost = 10 }));
        Assert.Equal(30, flow.OperatingCash[0], 1e-12);
        Assert.Equal(40, flow.OperatingCash[1], 1e-12);
        Assert.Equal(60, flow.OperatingCash[2], 1e-12);
    }

    /// <summary>80 - 20 - 20 written off = 40 a month, 480 a year at a quarter: 120 in December. Nothing to write off: 180.</summary>
    [Fact]
    public void What_is_not_yet_written_off_lowers_tax()
    {
        var flow = Run(Terms(new OpeningPosition { Assets = [_servers] }));
        Assert.Equal(120, flow.Tax[11], 1e-9);
        Assert.Equal(360, flow.BookValue[11], 1e-9);
        Assert.Equal(180, Run(Terms(new OpeningPosition())).Tax[11], 1e-9);
    }

    /// <summary>Sold at once for 400: 20 are written off, 580 of book go, a loss of 180 in the year's 720 - 20 - 180 = 520: 130 of tax. With no book the 400 would be a gain: 1,120, 280.</summary>
    [Fact]
    public void A_sale_below_book_is_a_loss_and_no_gain()
    {
        Assert.Equal(
            130,
            Run(Terms(new OpeningPosition { Assets = [_servers] }), 400).Tax[11],
            1e-9
        );
        Assert.Equal(280, Run(Terms(new OpeningPosition()), 400).Tax[11], 1e-9);
    }

    /// <summary>Debt of 500 that stands is no asset: with it the same is written off, and its money is neither paid in nor out by equity.</summary>
    [Fact]
    public void Debt_that_stands_is_no_asset()
    {
        FinanceTerms Owing(double debt) =>
            Terms(new OpeningPosition { Assets = [_servers] }) with
            {
                GearingCap = 1,
                CapitalCosts =
                [
                    new CapitalCost("debt outstanding", 0, debt, 0, 5, 0, 0)
                    {
                        DebtStanding = true,
                    },
                ],
                Tranches =
                [
                    new DebtTranche
                    {
                        Name = "loan",
                        Amount = debt,
                        TenorMonths = 20,
                        FirstPaymentMonth = 1,
                        Repayment = Repayment.Instalments,
                        Instalments = [new InstalmentSpan(1, 20)],
                    },
                ],
                LiquidityMonths = 3,
                ReserveMonths = 2,
            };
        foreach (var debt in new[] { 100.0, 500 })
        {
            var flow = Run(Owing(debt));
            Assert.Equal(0, flow.EquityIn.Sum(), 1e-9);
            Assert.Equal(20 * Months, flow.WriteOff.Sum(), 1e-9);
            Assert.Equal(120, flow.Tax[11], 1e-9);
            // Three months of 20 and two instalments stand in the accounts.
            Assert.Equal(60 + (2 * debt / 20), flow.OpeningCash, 1e-9);
        }
        var paidIn = Owing(500) with { Opening = new OpeningPosition { AccountsFunded = false } };
        Assert.Equal(60 + 50, Run(paidIn).EquityIn.Sum(), 1e-9);
    }

    /// <summary>600 at 1 % a month stand: month 0 owes 6, whether it is paid or joins the balance; a relief of n months adds the interest of n months, and drawn at the end of month 0 the loan owes none.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    public void Debt_that_stands_bears_interest_from_the_first_day(int relief)
    {
        FinanceTerms Owing(bool standing) =>
            Terms(new OpeningPosition { Assets = [_servers], AccountsFunded = true }) with
            {
                GearingCap = 1,
                CapitalCosts =
                [
                    new CapitalCost("debt outstanding", 0, 600, 0, 5, 0, 0)
                    {
                        DebtStanding = standing,
                    },
                ],
                Tranches =
                [
                    new DebtTranche
                    {
                        Name = "loan",
                        Amount = 600,
                        TenorMonths = 12,
                        FirstPaymentMonth = relief,
                        BaseRate = 0.12,
                    },
                ],
            };
        var flow = Run(Owing(true));
        Assert.Equal(6, flow.TrancheInterest[0][0], 1e-12);
        var grown = 600 * Math.Pow(1.01, relief);
        Assert.Equal(grown - 600, flow.InterestCapitalised.Sum(), 1e-9);
        var payment = grown * DebtPlan.AnnuityFactor(0.12, 12);
        for (var m = 0; m < Months; m++)
        {
            var due = m >= relief && m < relief + 12 ? payment : 0;
            Assert.Equal(due, flow.InterestDue[m] + flow.PrincipalDue[m], 1e-9);
        }
        Assert.Equal(0, flow.EquityIn[0], 1e-9);
        Assert.Equal(600, flow.Lent, 1e-9);
        Assert.Equal(0, BalanceSheet.Of(flow).Gap(0), 1e-9);
        Assert.Equal(0, Run(Owing(false)).TrancheInterest[0][0]);
    }

    [Theory]
    [InlineData(24, 720, 36, 0)]
    [InlineData(0, 1200, 60, 0)]
    [InlineData(70, 0, 1, 0)]
    [InlineData(-6, 1200, 60, 6)]
    public void An_asset_is_written_off_by_its_age(int age, double book, int left, int from)
    {
        var asset = OpeningAsset.Aged("servers", 1200, age, 5, 0);
        Assert.Equal((book, left, from), (asset.Book, asset.MonthsLeft, asset.FromMonth));
        Assert.Equal(book / 2, OpeningAsset.Aged("servers", 1200, age, 5, 0.5).Book, 1e-9);
    }

    [Fact]
    public void The_balance_sheet_closes_from_the_first_month()
    {
        var flow = Run(Terms(new OpeningPosition { Assets = [_servers] }));
        var sheet = BalanceSheet.Of(flow);
        // 600 of servers and 120 of rent owned, 20 of bills owed.
        Assert.Equal(700, flow.OpeningEquity, 1e-9);
        for (var m = 0; m < Months; m++)
        {
            Assert.Equal(0, sheet.Gap(m), 1e-9);
        }
    }
}
