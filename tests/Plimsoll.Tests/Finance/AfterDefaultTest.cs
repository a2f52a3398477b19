using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>One path after a default: what lenders recover is what the waterfall pays them, and a centre is closed when that is worth more.</summary>
public sealed class AfterDefaultTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(900, 60)];

    [Fact]
    public void A_lender_repaid_with_arrears_loses_nothing()
    {
        var (_, f) = CaseFile.Run("default-path/neo_resale");
        Assert.True(f.DefaultMonth >= 0);
        Assert.Equal(-1, f.ClosedMonth);
        Assert.Equal(0, f.DebtBalance[^1], 0.01);
        Assert.Equal(0, f.Loss.GivenDefault, 1e-9);
    }

    [Fact]
    public void Arrears_without_interest_cost_the_lender_their_time_and_no_more()
    {
        var (_, f) = CaseFile.Run(
            "default-path/neo_never_sold",
            text => text.Replace("lock_up: 0", "lock_up: 0\n  arrears_bear_interest: false")
        );
        Assert.InRange(f.Loss.GivenDefault, 1e-4, 0.1);
    }

    [Theory]
    [InlineData("neo_burns")]
    [InlineData("neo_tenant_leaves")]
    public void A_centre_that_burns_cash_is_closed_and_sold(string name)
    {
        var (model, f) = CaseFile.Run($"default-path/{name}");
        var open = model.RunAsGiven(CaseFile.Read($"default-path/{name}").Outlook);
        // The one burns cash from its default on, the other once its tenant has left in month 20, which is known before.
        var burns = name == "neo_burns" ? f.DefaultMonth : 20;
        Assert.InRange(f.ClosedMonth, burns - 1, burns + 6);
        Assert.Equal(0, f.Revenue[(f.ClosedMonth + 1)..].Sum());
        Assert.Equal(0, f.RunningCost[(f.ClosedMonth + 1)..].Sum());
        Assert.True(f.Loss.Recovered > open.Loss.Recovered);
        Assert.True(f.Proceeds[..^1].Sum() > 0);
    }

    /// <summary>
    /// A tenant lost in month 14, eight dark months at 0.5 m, then 0.9 x 700 x 1,000 x 2.4 less 0.5 m = 1.012 m a month from month 22 to 47, all of it scripted. Sold in the
    /// dark the fleet brings about 11 m of 23 m owed; the 26 months are worth (1 - (1 + .1 / 12)^-26) / (.1 / 12) x 1.012 m = 23.6 m in month 21, 22.8 m in month 17, less dark months.
    /// </summary>
    [Fact]
    public void A_case_whose_script_lets_again_is_waited_for()
    {
        var finance = CaseFile.Read("default-path/scripted_relet");
        var (model, f) = finance.Run();
        Assert.InRange(f.DefaultMonth, 15, 21);
        Assert.True(f.ClosedMonth < 0 || f.ClosedMonth > 30, $"closed in month {f.ClosedMonth}");
        Assert.InRange(f.Loss.GivenDefault, 0, 0.2);
        var seen = ProjectModel.Contract(finance.Terms, finance.Outlook.Months, finance.Sizing);
        Assert.True(f.Loss.Recovered > 1.5 * seen.Run(finance.Outlook).Loss.Recovered);
        Assert.Equal(f.ClosedMonth, model.ClosedMonth(finance.Outlook));
    }

    /// <summary>Lenders who expect what comes about are never worse off than those who go by what they saw, or who wait for ever; many outlooks at once close alike.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Who_expects_what_comes_about_recovers_most(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 4 == 0);
        var seeing = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var expecting = seeing.Expecting();
        var outlook = random.Outlook(0.5);
        var f = expecting.Run(outlook);
        var near = 1e-6 * (1 + f.Loss.Exposure);
        Assert.True(f.Loss.Recovered >= seeing.Run(outlook).Loss.Recovered - near);
        Assert.True(f.Loss.Recovered >= seeing.RunAsGiven(outlook).Loss.Recovered - near);
        Assert.Equal(f.ClosedMonth, expecting.Run(ScenarioBatch.Of([outlook])).ClosedMonth[0]);
    }

    /// <summary>
    /// 600,000 without interest over twelve months, 50,000 a month; 80,000 less 30,000 pay it to month 6, then nothing comes in. Run on to month 12 six months of 30,000 are unpaid, and the fleet
    /// brings 400,000: bills 180,000, lenders 220,000 of the 300,000 owed. Closed in month 7 it brings 400,000 in month 8: bills 30,000, lenders all of it, the owner 70,000; closed in month 8 or 9 they
    /// are whole as well, in month 10 (bills 120,000) no longer.
    /// </summary>
    [Fact]
    public void Who_keeps_a_centre_open_pays_its_bills_and_of_equal_closings_the_earliest_is_taken()
    {
        var terms = new FinanceTerms
        {
            Currency = Plimsoll.Quantities.Currency.Usd,
            CapitalCosts = [new CapitalCost("servers", 0, 1_200_000, 1, 5, 0, 0)],
            CureMonths = 0,
            DefaultMargin = 0,
            SellingCost = 0,
            RepossessionCost = 0,
            HoldingCost = 0,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "loan",
                    Amount = 600_000,
                    TenorMonths = 12,
                    FirstPaymentMonth = 1,
                    Repayment = Repayment.Instalments,
                    Instalments = [new InstalmentSpan(1, 12)],
                },
            ],
        };
        var outlook = Outlook.Of(
            m => m <= 6 ? 80_000 : 0,
            _ => 30_000,
            13,
            resalePrice: _ => 400
        ) with
        {
            MonthsToSell = [.. Enumerable.Repeat(1.0, 13)],
        };
        var model = ProjectModel.Contract(terms, 13).Expecting();
        var open = model.RunAsGiven(outlook);
        Assert.Equal(7, open.DefaultMonth);
        Assert.Equal(180_000, open.Unpaid[..^1].Max() + 30_000, 1e-6);
        Assert.Equal(220_000, open.Loss.Recovered, 1e-6);
        Assert.Equal(80.0 / 300, open.Loss.GivenDefault, 1e-9);
        Assert.Equal(0, open.Unpaid[^1]);
        var f = model.Run(outlook);
        Assert.Equal(7, f.ClosedMonth);
        Assert.Equal(0, f.Loss.Lost, 1e-6);
        Assert.Equal(70_000, f.Distributed.Sum(), 1e-6);
        // No test falls within a year: six months of 50,000 and one of -30,000 over seven payments of 50,000.
        var cover = Cover(model, outlook, f);
        Assert.Equal(270.0 / 350, cover.Value, 1e-12);
        Assert.Contains("until the default in month 7", cover.Note, StringComparison.Ordinal);
        Assert.True(model.RunAsGiven(ClosedOutlook.Of(outlook, 9, terms), 9).Loss.Lost < 1e-6);
        Assert.Equal(
            20_000,
            model.RunAsGiven(ClosedOutlook.Of(outlook, 10, terms), 10).Loss.Lost,
            1e-6
        );
    }

    private static Figure Cover(
        ProjectModel model,
        Plimsoll.Outlooks.MonthlyOutlook o,
        CashFlow f
    ) => new ProjectFigures(model, o, f).All().Single(x => x.Key == "min_dscr").Figure;

    /// <summary>What a note says of the tests is what the table shows: of a closed centre they end with the closing, not with the default.</summary>
    [Fact]
    public void The_note_of_a_cover_names_the_tests_that_it_counts()
    {
        var finance = CaseFile.Read("default-path/scripted_relet");
        var (model, f) = finance.Run();
        var note = Cover(model, finance.Outlook, f).Note;
        Assert.Contains($"default in month {f.DefaultMonth} among them", note);
        Assert.Equal(
            f.ClosedMonth >= 0,
            note.Contains($"closed after month {f.ClosedMonth}", StringComparison.Ordinal)
        );
        Assert.Contains(f.Tested.Skip(f.DefaultMonth + 1), t => t);
    }

    [Fact]
    public void A_standstill_holds_the_lenders_back()
    {
        var (_, soon) = CaseFile.Run("default-path/neo_burns");
        var (_, late) = CaseFile.Run(
            "default-path/neo_burns",
            text => text.Replace("lock_up: 0", "lock_up: 0\n  standstill: 9")
        );
        Assert.Equal(soon.DefaultMonth, late.DefaultMonth);
        Assert.True(late.ClosedMonth >= late.DefaultMonth + 9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lenders_and_equity_share_the_cash_of_the_centre(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 4 == 0);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var f = model.Run(random.Outlook(0.5));
        if (f.DefaultMonth < 0)
        {
            return;
        }
        double before = f.OpeningCash,
            worth = 0,
            discount = 1;
        for (var m = 0; m < f.Months; m++)
        {
            var accounts = f.Cash[m] - f.Unpaid[m] + f.Reserve[m] + f.RefreshReserve[m];
            var lenders = f.DebtPaid[m] + f.Prepaid[m] - f.DebtDrawn[m];
            var equity = f.Distributed[m] + f.BridgeReturned[m] - f.EquityIn[m];
            var centre =
                f.Cfads[m]
                + f.Proceeds[m]
                + f.Earmarked[m]
                + f.GrantsToCapital[m]
                - f.CapitalCost[m];
            Assert.Equal(centre, lenders + equity + accounts - before, 1e-3);
            before = accounts;
            if (m > f.DefaultMonth)
            {
                discount /= 1 + (f.TrancheRate[0][m] * model.Debt.YearFraction[0][m]);
                worth += (f.DebtPaid[m] + f.Prepaid[m]) * discount;
                Assert.Equal(0, f.DebtDrawn[m]);
            }
        }
        // What is recovered is what is paid after the default; within its month some may have come before.
        var last = f.DebtPaid[f.DefaultMonth] + f.Prepaid[f.DefaultMonth];
        Assert.InRange(
            f.Loss.Recovered,
            Math.Min(f.Loss.Exposure, worth) - 1e-3,
            Math.Min(f.Loss.Exposure, worth + last) + 1e-3
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_comes_after_the_closing_decides_nothing(int seed)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(seed % 4 == 0);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var outlook = random.Outlook(0.5);
        var closed = model.Run(outlook).ClosedMonth;
        if (closed < 0)
        {
            return;
        }
        var other = outlook with
        {
            Sales =
            [
                .. outlook.Sales.Select(s =>
                    s with
                    {
                        PricePerGpuHour =
                        [
                            .. s.PricePerGpuHour.Select((p, m) => m > closed ? 20 * p : p),
                        ],
                    }
                ),
            ],
        };
        Assert.Equal(closed, model.Run(other).ClosedMonth);
    }
}
