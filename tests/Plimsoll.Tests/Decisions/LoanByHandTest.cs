using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Decisions;

/// <summary>One loan of 400 over four months, worked by hand: cover, events, what its lender has of it, what a draw records.</summary>
public sealed class LoanByHandTest
{
    private static readonly Month _start = new(2025, 1);

    /// <summary>8 % and 4 %, so 1 % a month; first paid in month 1, last in month 3.</summary>
    private static readonly LoanTerms _loan = new(400, 0.08, 0.04, 0.02, 1, 3);

    /// <summary>Drawn in month 0 against a fee of 8; 40 due in months 1 and 2, 240 in month 3, of which 200 are a balloon.</summary>
    private static CashFlow Cash()
    {
        var cash = CashFlow.Empty(_start, Currency.Cny, 4, 1) with
        {
            Lent = 400,
            CovenantCover = 1.2,
        };
        Set(cash.DebtDrawn, 400, 0, 0, 0);
        Set(cash.TrancheDrawn[0], 400, 0, 0, 0);
        Set(cash.Fees, 8, 0, 0, 0);
        Set(cash.Cfads, 0, 100, 100, 300);
        Set(cash.InterestDue, 0, 10, 10, 10);
        Set(cash.PrincipalDue, 0, 30, 30, 230);
        Set(cash.TranchePrincipal[0], 0, 30, 30, 230);
        Set(cash.DebtPaid, 0, 40, 40, 240);
        Set(cash.DebtBalance, 400, 370, 340, 110);
        Set(cash.FleetValue, 900, 800, 700, 600);
        Set(cash.TrailingCover, double.NaN, double.NaN, 2.5, 9);
        cash.Tested[2] = cash.Tested[3] = true;
        return cash;
    }

    private static void Set(double[] series, params double[] values) => values.CopyTo(series, 0);

    /// <summary>230 is more than one and a half of 30 and more than a tenth of the loan: 200 are a balloon. 45 would be none.</summary>
    [Fact]
    public void A_last_payment_far_above_the_one_before_is_a_balloon()
    {
        Assert.Equal([0, 0, 0, 200], CreditEvent.Balloons(Cash()));
        var even = Cash();
        even.TranchePrincipal[0][3] = 45;
        Assert.Equal([0, 0, 0, 0], CreditEvent.Balloons(even));
        // Above one and a half of the payment before, but not above a tenth of what was lent.
        var small = Cash();
        Set(small.TranchePrincipal[0], 0, 30, 10, 40);
        Assert.Equal([0, 0, 0, 0], CreditEvent.Balloons(small));
        // All in one sum: there is no payment before.
        var bullet = Cash();
        Set(bullet.TranchePrincipal[0], 0, 0, 0, 400);
        Assert.Equal([0, 0, 0, 400], CreditEvent.Balloons(bullet));
        var none = Cash();
        Set(none.TranchePrincipal[0], 0, 0, 0, 0);
        Assert.Equal([0, 0, 0, 0], CreditEvent.Balloons(none));
    }

    /// <summary>Month 2 tests at 2.5; month 3 leaves the balloon out: 500 of cash over 3 x 40.</summary>
    [Fact]
    public void Cover_leaves_a_balloon_out()
    {
        Assert.Equal([2.5, 500 / 120.0], CreditEvent.Covers(Cash()));
        Assert.Equal(2.5, CreditEvent.LowestCover(Cash()));
        // Lent anew in month 2: what is tested after concerns another lender.
        Assert.Equal([2.5], CreditEvent.Covers(Cash() with { TakenOut = new TakenOut(2, 12) }));
        // Nothing due but the balloon: no figure.
        var bare = Cash();
        Set(bare.InterestDue, 0, 0, 0, 0);
        Set(bare.PrincipalDue, 0, 0, 0, 400);
        Set(bare.TranchePrincipal[0], 0, 0, 0, 400);
        Assert.Equal([2.5], CreditEvent.Covers(bare));
    }

    /// <summary>
    /// Default in month 2 before any test. Due 40 in month 1; in month 2 10 and 190, of which 190 - 30 = 160 are a balloon: 40. Cash 100 and 20; the
    /// 500 of month 0, when nothing was due, do not count: 120 / 80.
    /// </summary>
    [Fact]
    public void Default_before_the_first_test_has_the_cover_until_then()
    {
        var cash = Cash() with { DefaultMonth = 2 };
        cash.Tested[2] = cash.Tested[3] = false;
        Set(cash.TranchePrincipal[0], 0, 30, 190, 0);
        Set(cash.PrincipalDue, 0, 30, 190, 0);
        Set(cash.Cfads, 500, 100, 20, 700);
        Assert.Equal(120 / 80.0, CreditEvent.LowestCover(cash), 12);
        // The same without default was never tested: its cover is that of all its months with service, 100 + 20 + 700 over 40 + 40 + 10.
        Assert.Equal(820 / 90.0, CreditEvent.LowestCover(cash with { DefaultMonth = -1 }), 12);
        // Tested after all: the test counts, default or not.
        cash.Tested[1] = true;
        cash.TrailingCover[1] = 3;
        Assert.Equal(3, CreditEvent.LowestCover(cash));
    }

    [Fact]
    public void Events_end_where_the_loan_does()
    {
        var cash = Cash();
        Assert.False(CreditEvent.Defaults(cash));
        Assert.False(CreditEvent.Breaks(cash));
        Assert.Equal(3, CreditEvent.Last(cash));
        Assert.Equal(2, CreditEvent.Last(cash with { DefaultMonth = 2 }));
        Assert.True(CreditEvent.Breaks(cash with { DefaultMonth = 0 }));
        // Taken out in month 1, default in month 2 is another's; in month 1 or before it is ours.
        var taken = cash with
        {
            TakenOut = new TakenOut(1, 12),
            DefaultMonth = 2,
        };
        Assert.False(CreditEvent.Defaults(taken));
        Assert.Equal(1, CreditEvent.Last(taken));
        Assert.True(CreditEvent.Defaults(taken with { DefaultMonth = 1 }));
        // A covenant of 2.5 holds at 2.5; one of 2.6 is broken; without a loan nothing is.
        Assert.False(CreditEvent.Breaks(cash with { CovenantCover = 2.5 }));
        Assert.True(CreditEvent.Breaks(cash with { CovenantCover = 2.6 }));
        Assert.False(CreditEvent.Breaks(cash with { CovenantCover = 2.6, Lent = 0 }));
    }

    [Fact]
    public void A_lender_has_its_payments()
    {
        var draws = new LenderDraws(2, _loan);
        var cash = Cash();
        cash.Prepaid[2] = 5;
        cash.Locked[0] = true;
        draws.Record(1, cash, month => 70 + month);
        Assert.Equal([1], draws.Sound);
        Assert.Equal([-392, 40, 45, 240], draws.Flow[1]);
        Assert.Equal(200, draws.Balloon[1]);
        Assert.Equal(600, draws.FairAtMaturity[1]);
        Assert.Equal(73, draws.ContractsLeft[1]);
        Assert.Equal(2.5, draws.LowestCover[1]);
        Assert.Equal(-1, draws.DefaultMonth[1]);
        Assert.Equal(0, draws.Loss[1]);
        Assert.False(draws.Lossy[1] || draws.Breach[1] || draws.Default[1]);
        Assert.True(draws.LockUp[1]);
        // 400, 370, 340 and 110 of 400 for a month each.
        Assert.Equal(1_220 / 12.0 / 400, draws.LifeYears[1], 12);
        Assert.Equal(
            (100 / Math.Pow(1.01, 2)) + (100 / Math.Pow(1.01, 3)) + (300 / Math.Pow(1.01, 4)),
            draws.AvailableValue[1],
            9
        );
        var first = draws.First(1);
        Assert.Empty(first.Sound);
    }

    /// <summary>
    /// 400 that stand when the outlook begins, at 1 % a month, are out from the month before: they earn 1 % a month, and with 40 in arrears, paid in the
    /// first month, a little less, for arrears are owed already and bear no interest.
    /// </summary>
    [Fact]
    public void A_loan_that_stands_earns_its_rate_and_arrears_paid_are_no_gain()
    {
        (double Yield, double Multiple) Judged(double arrears)
        {
            var cash = Cash() with { OpeningDebt = 400, OpeningArrears = arrears };
            Set(cash.Fees, 0, 0, 0, 0);
            Set(cash.DebtPaid, 4 + arrears, 4, 4, 404);
            Set(cash.DebtBalance, 400, 400, 400, 0);
            var draws = new LenderDraws(1, _loan);
            draws.Record(0, cash);
            var judged = LendingCase.Judge(
                new LendingRule(),
                draws,
                [
                    ["one law"],
                ],
                [0]
            )!;
            return (judged.GrossYield, judged.Multiple);
        }

        var (whole, times) = Judged(0);
        Assert.Equal(Math.Pow(1.01, 12) - 1, whole, 1e-6);
        Assert.Equal(416 / 400.0, times, 1e-9);
        var (late, less) = Judged(40);
        Assert.InRange(late, 0.11, whole);
        Assert.Equal(456 / 440.0, less, 1e-9);
    }

    /// <summary>In default in month 2 of 400 lent 340 are owed and 100 recovered: 240 lost, 0.6 of the loan.</summary>
    [Fact]
    public void A_lender_in_default_has_what_it_recovers()
    {
        var draws = new LenderDraws(1, _loan);
        var cash = Cash() with { DefaultMonth = 2, Loss = new LenderLoss(2, 340, 100, 11, 5) };
        draws.Record(0, cash);
        Assert.Equal([-392, 40, 140, 0], draws.Flow[0]);
        Assert.Equal(0.6, draws.Loss[0], 12);
        Assert.Equal(2, draws.DefaultMonth[0]);
        Assert.True(draws.Default[0] && draws.Lossy[0] && draws.Breach[0]);
        Assert.Equal(1_110 / 12.0 / 400, draws.LifeYears[0], 12);
        Assert.Equal(0, draws.ContractsLeft[0]);
    }

    /// <summary>Lent anew in month 2, it has its balance of 340 back then.</summary>
    [Fact]
    public void A_lender_taken_out_has_its_balance()
    {
        var draws = new LenderDraws(1, _loan);
        draws.Record(0, Cash() with { TakenOut = new TakenOut(2, 12) }, _ => 50);
        Assert.Equal([-392, 40, 380, 0], draws.Flow[0]);
        Assert.Equal(340, draws.Balloon[0]);
        Assert.Equal(50, draws.ContractsLeft[0]);
    }

    [Fact]
    public void A_lock_up_counts_while_something_is_owed()
    {
        bool Locked(int month, params double[] balance)
        {
            var draws = new LenderDraws(1, _loan);
            var cash = Cash();
            Set(cash.DebtBalance, balance);
            Set(cash.InterestDue, 0, 0, 0, 0);
            Set(cash.PrincipalDue, 0, 0, 0, 0);
            cash.Locked[month] = true;
            draws.Record(0, cash);
            return draws.LockUp[0];
        }

        Assert.True(Locked(1, 400, 370, 0, 0));
        // Repaid in month 2: the month itself still counts, the one after does not.
        Assert.True(Locked(2, 400, 370, 0, 0));
        Assert.False(Locked(3, 400, 370, 0, 0));
        Assert.False(Locked(0, 0, 370, 0, 0));
    }

    /// <summary>Without a loan there is no cover, no life, no loss.</summary>
    [Fact]
    public void Nothing_lent_is_nothing_to_judge()
    {
        var draws = new LenderDraws(1, _loan);
        draws.Record(
            0,
            Cash() with
            {
                Lent = 0,
                DefaultMonth = 2,
                Loss = new LenderLoss(2, 340, 100, 11, 5),
            }
        );
        Assert.Equal(double.NaN, draws.LowestCover[0]);
        Assert.Equal(0, draws.LifeYears[0]);
        Assert.Equal(0, draws.Loss[0]);
    }

    /// <summary>80 accelerators from month 1 of twelve: full in months 1 to 7, a fifth let in 8 to 10, nothing in 11; rent 5.</summary>
    private static MonthlyOutlook Centre()
    {
        const int Months = 12;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, Months).Select(value)];
        double Let(int m) =>
            m is >= 1 and <= 7 ? 80
            : m is >= 8 and <= 10 ? 16
            : 0;
        return new MonthlyOutlook
        {
            Start = _start,
            Currency = Currency.Cny,
            Installed = Each(m => m == 0 ? 0 : 80),
            Repair = Each(_ => 0),
            Dark = Each(_ => 0),
            Idle = Each(_ => 0),
            Sales =
            [
                new ProductSales(
                    Product.SmallLease,
                    Each(m => Let(m) * (_start + m).Hours),
                    Each(_ => 5),
                    []
                ),
            ],
            Leases = [],
            Costs = [],
            EnergyKwh = [],
            PeakKw = [],
            ResalePrice = Each(_ => 0),
            MonthsToSell = Each(_ => 1),
        };
    }

    private static DrawFigures Recorded(CashFlow cash, bool built = true, double sunk = 0)
    {
        var figures = new DrawFigures(1);
        var nothing = new double[12];
        figures.Record(
            0,
            new CentreOutlook(
                Centre(),
                new FillReasons(nothing, nothing, nothing, nothing, nothing, nothing),
                nothing,
                "Level"
            ),
            cash,
            0.12,
            built,
            new DrawWorld(7, "linked"),
            sunk
        );
        return figures;
    }

    [Fact]
    public void A_draw_records_what_was_sold_and_how_long_it_stood_empty()
    {
        var figures = Recorded(Cash());
        // Hours of 2025 by month: 744, 672, 744, 720, 744, 720, 744, 744, 720, 744, 720, 744.
        double full = 672 + 744 + 720 + 744 + 720 + 744 + 744,
            fifth = 720 + 744 + 720,
            all = full + fifth + 744;
        Assert.Equal((full + (0.2 * fifth)) / all, figures.Fill[0], 12);
        Assert.Equal(5, figures.Rent[0], 12);
        // Six months of ramp; then full once, and empty (under 30 %) from month 8 to 11.
        Assert.Equal(4, figures.EmptyMonths[0]);
        Assert.Equal(("Level", "linked", 7), (figures.Law[0], figures.Link[0], figures.World[0]));
        Assert.Equal(2.5, figures.MinimumCover[0]);
        Assert.False(figures.RepaidEarly[0]);
        Assert.True(figures.Built[0]);
        Assert.Equal(0, figures.LossGivenDefault[0]);
        Assert.Equal(double.NaN, figures.ResaleAtDefault[0]);
        Assert.Equal(double.NaN, figures.MonthsToSell[0]);
        // Payments of 40, 40 and 240 at 6 % a year.
        double Worth(double money, int m) => money * Math.Pow(1.06, -(m + 1) / 12.0);
        Assert.Equal(Worth(40, 1) + Worth(40, 2) + Worth(240, 3), figures.LenderValue[0], 9);
        var early = Cash();
        early.Prepaid[1] = 3;
        Assert.True(Recorded(early).RepaidEarly[0]);
        Assert.Equal(
            Worth(43, 1) + Worth(40, 2) + Worth(240, 3),
            Recorded(early).LenderValue[0],
            9
        );
        // Taken out in month 2 with 340 still owed.
        Assert.Equal(
            Worth(40, 1) + Worth(380, 2),
            Recorded(Cash() with { TakenOut = new TakenOut(2, 9) }).LenderValue[0],
            9
        );
        var broken = Recorded(
            Cash() with
            {
                DefaultMonth = 2,
                Loss = new LenderLoss(2, 340, 100, 11, 5),
            }
        );
        Assert.Equal(Worth(40, 1) + Worth(100, 2), broken.LenderValue[0], 9);
        Assert.Equal(0.6, broken.LossGivenDefault[0], 12);
        Assert.Equal(11, broken.ResaleAtDefault[0]);
        Assert.Equal(5, broken.MonthsToSell[0]);
    }

    /// <summary>Equity pays 100 in month 0 and has 60 in months 2 and 3; at 12 % a year a month is discounted by 1.12^(1/12).</summary>
    [Fact]
    public void A_draw_records_what_owners_have_of_it()
    {
        double At(double money, int m) => money * Math.Pow(1.12, -(m + 1) / 12.0);
        var cash = Cash();
        cash.EquityIn[0] = 100;
        cash.Distributed[2] = cash.Distributed[3] = 60;
        cash.CapitalCost[0] = 500;
        var figures = Recorded(cash, sunk: 30);
        Assert.Equal(At(-100, 0) + At(60, 2) + At(60, 3), figures.EquityNpv[0], 9);
        // Cash of 100, 100 and 300 on capital cost of 500, of which 30 were spent before.
        Assert.Equal(At(-470, 0) + At(100, 1) + At(100, 2) + At(300, 3), figures.ProjectNpv[0], 9);
        Assert.True(figures.EquityIrr[0] > 0.12);
        var lost = Cash();
        lost.EquityIn[0] = 100;
        Assert.Equal(-1, Recorded(lost).EquityIrr[0]);
        // Waited and not built: no cover, no return, nothing sunk.
        var waited = Recorded(cash, built: false, sunk: 30);
        Assert.Equal(double.NaN, waited.MinimumCover[0]);
        Assert.Equal(double.NaN, waited.EquityIrr[0]);
        Assert.Equal(figures.ProjectNpv[0] - At(30, 0), waited.ProjectNpv[0], 9);
        Assert.False(waited.Built[0]);
        var nothing = Recorded(Cash() with { Lent = 0 });
        Assert.Equal(double.NaN, nothing.LenderValue[0]);
        Assert.Equal(double.NaN, nothing.LossGivenDefault[0]);
    }
}
