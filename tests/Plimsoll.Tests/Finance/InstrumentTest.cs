using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Instruments beside the plain loan, each worked by hand on 50 million lent for 36 months from month 1 at 6 %.</summary>
public sealed class InstrumentTest
{
    private static readonly DebtTranche _loan = new()
    {
        Name = "loan",
        Amount = 50e6,
        TenorMonths = 36,
        FirstPaymentMonth = 1,
        BaseRate = 0.06,
        Repayment = Repayment.Bullet,
    };

    private static FinanceTerms Terms(DebtTranche loan) =>
        new()
        {
            Currency = Currency.Usd,
            Start = new Month(2024, 1),
            CapitalCosts = [new CapitalCost("servers", 0, 100e6, 1, 5, 0, 0)],
            LockUpCover = 0,
            Tranches = [loan],
        };

    private static MonthlyOutlook Months(
        Func<int, double> cash,
        double shift = 0,
        double price = 60_000
    ) =>
        Outlook.Of(cash, _ => 0, 97, resalePrice: _ => price) with
        {
            BaseRateShift = [.. Enumerable.Repeat(shift, 97)],
        };

    private static CashFlow Run(FinanceTerms terms, MonthlyOutlook outlook) =>
        ProjectModel.Contract(terms, outlook.Months).RunAsGiven(outlook);

    private static CashFlow Rich(DebtTranche loan, double shift = 0) =>
        Run(Terms(loan), Months(_ => 3e6, shift));

    [Theory]
    // Half capped at 7 %: (9 + 7) / 2 = 8 %; half floored at 3 %: (2 + 3) / 2 = 2.5 %; between the two nothing changes.
    [InlineData(0.03, 0.08)]
    [InlineData(-0.04, 0.025)]
    [InlineData(0.005, 0.065)]
    public void A_collar_holds_the_rate_between_its_ends(double shift, double rate)
    {
        var loan = _loan with { Cap = new RateCap(0.5, 0.07, 0.03, 0.004), BaseFloor = -1 };
        var flow = Rich(loan, shift);
        Assert.Equal(50e6 * rate / 12, flow.InterestDue[1], 1e-6);
        // 0.4 % on the half that it covers.
        Assert.Equal(100_000, flow.Fees[0], 1e-6);
    }

    [Fact]
    public void A_cap_on_what_is_not_swapped_leaves_the_rest_floating()
    {
        var loan = _loan with
        {
            HedgedShare = 0.5,
            SwapRate = 0.05,
            Cap = new RateCap(0.3, 0.06, -1, 0),
        };
        // 0.5 x 5 % + 0.3 x 6 % + 0.2 x 10 %.
        Assert.Equal(0.063, loan.RateAt(5, 0.04), 1e-12);
    }

    [Fact]
    public void Interest_paid_in_kind_joins_the_balance_and_bars_distribution()
    {
        var loan = _loan with { BaseRate = 0.12, PayInKind = new PayInKind(0.4, 6) };
        var flow = Rich(loan);
        Assert.Equal(300_000, flow.InterestDue[1], 1e-6);
        var grown = 50e6 * Math.Pow(1.004, 6);
        Assert.Equal(grown, flow.DebtBalance[6], 1e-3);
        Assert.Equal(grown * 0.01, flow.InterestDue[7], 1e-3);
        Assert.Equal(grown, flow.PrincipalDue[36], 1e-3);
        Assert.Equal(0, flow.Distributed.Take(7).Sum());
    }

    [Fact]
    public void A_mini_perm_is_lent_anew_as_far_as_the_fleets_value_goes()
    {
        var loan = _loan with
        {
            Repayment = Repayment.Annuity,
            Refinancing = new Refinancing(120, 60, 0.05, 0.01, 0.5, 0),
        };
        var flow = Rich(loan);
        // 50 million over 120 months at 0.5 %: 555,102.51 a month, 36,546,... left after 36.
        var payment = 50e6 * 0.005 / (1 - Math.Pow(1.005, -120));
        Assert.Equal(555_102.51, payment, 0.01);
        var left = (50e6 * Math.Pow(1.005, 36)) - (payment * (Math.Pow(1.005, 36) - 1) / 0.005);
        // Half of 1,000 accelerators at 60,000 is 30 million; the rest falls due.
        Assert.Equal(30e6, flow.Refinanced[36], 1e-3);
        Assert.Equal(payment + left - 30e6, flow.InterestDue[36] + flow.PrincipalDue[36], 1e-2);
        Assert.Equal(300_000, flow.ArrearsInterest[36], 1e-6);
        // The new loan: 11 %, 500,000 a month.
        Assert.Equal(30e6 * 0.11 / 12, flow.InterestDue[37], 1e-3);
        Assert.Equal(500_000, flow.PrincipalDue[37], 1e-3);
        Assert.Equal(0, flow.DebtBalance[96], 1e-3);
    }

    [Fact]
    public void A_refinancing_follows_the_cash_and_the_rate_of_its_day()
    {
        var again = new Refinancing(0, 60, 0.05, 0, 0, 1.25);
        // 600,000 a month over 1.25 carries 480,000 a month for 60 months at 12 %: 21.58 million.
        var most = 480_000 * (1 - Math.Pow(1.01, -60)) / 0.01;
        Assert.Equal(most, again.Most(1e9, 7.2e6, 0.07), 1e-3);
        Assert.Equal(21_578_418.4, most, 0.1);
        var loan = _loan with { Refinancing = again };
        var (low, high) = (
            Run(Terms(loan), Months(_ => 600_000)),
            Run(Terms(loan), Months(_ => 600_000, 0.04))
        );
        Assert.True(high.Refinanced[36] < low.Refinanced[36]);
        Assert.True(high.DefaultMonth >= 0);
    }

    [Fact]
    public void A_letter_of_credit_stands_for_the_reserve_and_pays_with_the_sponsors_money()
    {
        var plain = Terms(_loan with { Repayment = Repayment.Annuity }) with { ReserveMonths = 6 };
        var letter = plain with { ReserveLetter = new ReserveLetter(1, 0.02) };
        var ends = Months(m => m < 20 ? 3e6 : 0);
        var (cash, backed) = (Run(plain, ends), Run(letter, ends));
        var service = 50e6 * DebtPlan.AnnuityFactor(0.06, 36);
        Assert.Equal(6 * service, cash.EquityIn.Sum() - backed.EquityIn.Take(20).Sum(), 1e-2);
        Assert.Equal(6 * service, backed.LetterDrawn.Sum(), 1e-2);
        // 2 % a year on six months of service.
        Assert.Equal(6 * service * 0.02 / 12, backed.ArrearsInterest[5], 1e-3);
        Assert.InRange(backed.DefaultMonth - cash.DefaultMonth, -1, 1);
        var half = Run(plain with { ReserveLetter = new ReserveLetter(0.5, 0.02) }, ends);
        Assert.Equal(3 * service, half.Reserve[5], 1e-2);
        Assert.Equal(3 * service, half.LetterDrawn.Sum(), 1e-2);
    }

    [Fact]
    public void A_letter_stands_for_rare_payments_too()
    {
        var terms = Terms(_loan with { PaymentEveryMonths = 6 }) with { ReserveMonths = 6 };
        var all = ProjectModel.Contract(terms, 97).Debt;
        var half = ProjectModel
            .Contract(terms with { ReserveLetter = new ReserveLetter(0.5, 0) }, 97)
            .Debt;
        for (var m = 0; m < 97; m++)
        {
            Assert.Equal(all.ReserveTarget[m], half.ReserveTarget[m] + half.LetterTarget[m], 1e-6);
            Assert.Equal(half.ReserveTarget[m], half.LetterTarget[m], 1e-6);
        }
    }

    [Fact]
    public void A_line_bridges_poor_months_and_is_repaid_first()
    {
        var terms = Terms(_loan) with { CureMonths = 0 };
        // All is paid out from the first test in month 12 on. Interest is 250,000; months 20 to 22 bring 50,000.
        var poor = Months(m => m is >= 20 and <= 22 ? 50_000 : 3e6);
        var dry = Run(terms, poor);
        Assert.Equal(2_750_000, dry.Distributed[19], 1e-6);
        Assert.Equal(200_000, dry.Arrears[20], 1e-6);
        Assert.Equal(20, dry.DefaultMonth);
        var line = Run(terms with { Revolver = new Revolver(1e6, 0.12, 0) }, poor);
        Assert.True(line.DefaultMonth != 20);
        var owed = 0.0;
        for (var m = 20; m <= 22; m++)
        {
            // Its own interest at 1 % a month comes first out of the 50,000.
            owed += 200_000 + (owed * 0.01);
            Assert.Equal(owed, line.Revolver[m], 1e-6);
        }
        Assert.Equal(0, line.Revolver[23], 1e-6);
        Assert.Equal(0, line.Distributed[22]);
    }

    /// <summary>A loan repaid in month 36; from month 40 on the hall is dark and costs 50,000 a month.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_line_ends_with_the_debt_it_stands_ahead_of(double sweep)
    {
        var terms = Terms(_loan with { SweepShare = sweep }) with
        {
            Revolver = new Revolver(1e6, 0.12, 0.012),
        };
        var dark = Outlook.Of(
            m =>
                m < 36 ? 3e6
                : m < 40 ? 60e6
                : 0,
            m => m < 40 ? 0 : 50_000,
            97
        );
        var flow = Run(terms, dark);
        Assert.True(flow.Unpaid[96] > 1e6);
        Assert.Equal(-1, flow.DefaultMonth);
        var over = Array.FindLastIndex(flow.DebtBalance, d => d > 0) + 1;
        for (var m = over + 1; m < flow.Months; m++)
        {
            Assert.Equal(0, flow.Revolver[m]);
            Assert.Equal(0, flow.ArrearsInterest[m]);
        }
        var without = Run(terms with { Revolver = null }, dark);
        Assert.Equal(without.MinimumCover, flow.MinimumCover, 0.02);
    }

    /// <summary>Months 34 to 39 bring nothing: the line pays the last interest, the sponsor the loan; what is drawn falls due the month after.</summary>
    [Fact]
    public void What_is_drawn_when_the_debt_is_repaid_falls_due()
    {
        var terms = Terms(_loan) with
        {
            CureMonths = 0,
            Revolver = new Revolver(600_000, 0, 0),
            SponsorSupport = 60e6,
            EquityCures = 9,
        };
        var flow = Run(terms, Months(m => m is >= 34 and < 40 ? 0 : 3e6));
        Assert.Equal(0, flow.TrancheBalance[0][36]);
        Assert.True(flow.Revolver[36] > 0);
        Assert.Equal(37, flow.DefaultMonth);
        Assert.Equal(600_000, flow.Loss.Exposure, 1e-6);
        Assert.Equal(0, flow.Revolver[40], 1e-6);
    }

    [Fact]
    public void A_line_that_is_full_lends_no_more()
    {
        var terms = Terms(_loan) with
        {
            CureMonths = 0,
            Revolver = new Revolver(300_000, 0, 0.012),
        };
        var flow = Run(terms, Months(m => m < 20 ? 3e6 : 50_000));
        Assert.Equal(300_000 * 0.001, flow.ArrearsInterest[5], 1e-9);
        Assert.Equal(21, flow.DefaultMonth);
    }

    [Fact]
    public void A_sweep_within_the_make_whole_period_pays_the_lost_margin()
    {
        var loan = _loan with
        {
            Margin = 0.03,
            BaseRate = 0.03,
            SweepShare = 1,
            PrepaymentCharge = new PrepaymentCharge(2, false),
        };
        var flow = Rich(loan);
        // After month 1 the balance was to stand for 35 months: 3 % x 35 / 12 = 8.75 %.
        var free = 3e6 - 250_000;
        Assert.Equal(free / 1.0875, flow.Prepaid[1], 1e-3);
        Assert.Equal(free - (free / 1.0875), flow.PrepaymentCharges[1], 1e-3);
        Assert.Equal(0, flow.PrepaymentCharges[2]);
    }

    [Theory]
    // Half swapped at 5 %: rates fallen to 3 % cost 1 %, risen to 6 % bring 0.5 % a year, for 35 months.
    [InlineData(-0.03, 0.01)]
    [InlineData(0.0, -0.005)]
    public void A_broken_hedge_costs_what_rates_have_moved(double shift, double yearly)
    {
        var loan = _loan with
        {
            HedgedShare = 0.5,
            SwapRate = 0.05,
            SweepShare = 1,
            PrepaymentCharge = new PrepaymentCharge(0, true),
        };
        var flow = Rich(loan, shift);
        Assert.Equal(yearly * 35 / 12, flow.PrepaymentCharges[1] / flow.Prepaid[1], 1e-9);
    }

    [Fact]
    public void Interest_above_the_limit_is_carried_and_deducted_later()
    {
        var terms = Terms(_loan) with
        {
            Tax = new TaxTerms(0.2, 99, 1, 0)
            {
                InterestLimit = new InterestLimit(0.05, true),
                CapitaliseInterest = false,
                InstalmentMonths = 12,
            },
        };
        var flow = Run(terms, Months(_ => 3e6));
        // 5 % of 3 million a month is 150,000 of 250,000: 100,000 refused in each of eleven months.
        Assert.Equal(1.1e6, flow.InterestCarried[11], 1e-3);
        // Write-off is 100 million over 60 months.
        Assert.Equal(0.2 * 11 * (3e6 - (100e6 / 60) - 150_000), flow.Tax[11], 1e-3);
        Assert.Equal(2.3e6, flow.InterestCarried[23], 1e-3);
        var before = Run(
            terms with
            {
                Tax = terms.Tax with { InterestLimit = new InterestLimit(0.05, false) },
            },
            Months(_ => 3e6)
        );
        Assert.Equal(
            11 * (250_000 - (0.05 * (3e6 - (100e6 / 60)))),
            before.InterestCarried[11],
            1e-3
        );
    }

    [Fact]
    public void What_the_limit_refused_is_deducted_in_the_next_good_year()
    {
        var ledger = new InterestLedger();
        var limit = new InterestLimit(0.3, true);
        Assert.Equal(30, ledger.Add(limit, 100, 100, true));
        Assert.Equal(70, ledger.Carried);
        // A loss in the new year allows nothing; the income after it allows 30 % of the year so far.
        Assert.Equal(0, ledger.Add(limit, 10, -50, false));
        Assert.Equal(45, ledger.Add(limit, 0, 200, false), 1e-12);
        Assert.Equal(35, ledger.Carried, 1e-12);
    }

    [Fact]
    public void Losses_used_as_they_arise_lower_the_tax_of_the_next_month()
    {
        var terms = Terms(_loan) with
        {
            CapitalCosts = [new CapitalCost("servers", 0, 100e6, 1, 5, 1, 0)],
            Tranches = [],
            Tax = new TaxTerms(0.25, 99, 0.8, 0) { LossesAsTheyArise = true },
        };
        var flow = Run(terms, Months(_ => 3e6));
        Assert.Equal(97e6, flow.LossCarried[1], 1e-3);
        // 80 % of 3 million is offset, the rest taxed at once.
        Assert.Equal(0.25 * 0.6e6, flow.Tax[2], 1e-6);
        Assert.Equal(97e6 - 2.4e6, flow.LossCarried[2], 1e-3);
    }

    [Theory]
    [InlineData(2024, 6, 0.6)]
    [InlineData(2025, 1, 0.4)]
    [InlineData(2025, 6, 1.0)]
    public void Bonus_depreciation_is_that_of_the_day_of_use(int year, int month, double share) =>
        Assert.Equal(
            share,
            TaxPreset
                .Of(
                    FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31)),
                    "United States",
                    new Month(year, month),
                    400_000
                )
                .ImmediateShare
        );

    public static TheoryData<string, DebtTranche> Contradictions =>
        new()
        {
            { "cap-without-rate", _loan with { Cap = new RateCap(0.5, double.NaN, -1, 0) } },
            {
                "contradiction",
                _loan with
                {
                    HedgedShare = 0.8,
                    SwapRate = 0.05,
                    Cap = new RateCap(0.5, 0.07, -1, 0),
                }
            },
            { "contradiction", _loan with { Cap = new RateCap(0.5, 0.05, 0.06, 0) } },
            { "out-of-range", _loan with { PayInKind = new PayInKind(0.5, 36) } },
            { "out-of-range", _loan with { PayInKind = new PayInKind(0.5, 0) } },
            {
                "contradiction",
                _loan with
                {
                    Repayment = Repayment.Sculpted,
                    PayInKind = new PayInKind(0.5, 6),
                }
            },
            {
                "contradiction",
                _loan with
                {
                    Repayment = Repayment.Sculpted,
                    Refinancing = new Refinancing(0, 60, 0.05, 0, 0.5, 0),
                }
            },
            {
                "contradiction",
                _loan with
                {
                    Refinancing = new Refinancing(36, 60, 0.05, 0, 0.5, 0),
                }
            },
            { "missing-key", _loan with { Refinancing = new Refinancing(0, 60, 0.05, 0, 0, 0) } },
            { "contradiction", _loan with { PrepaymentCharge = new PrepaymentCharge(0, true) } },
        };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Instruments_that_contradict_each_other_are_findings(string rule, DebtTranche loan)
    {
        var finding = Assert.Single(FinanceCheck.Of(Terms(loan)));
        Assert.Equal(rule, finding.Rule);
        Assert.NotEmpty(finding.Remedy);
    }

    [Fact]
    public void Lines_and_losses_that_contradict_the_terms_are_findings()
    {
        IReadOnlyList<Finding> Of(FinanceTerms terms) => FinanceCheck.Of(terms);
        Assert.Single(Of(Terms(_loan) with { ReserveLetter = new ReserveLetter(1, 0) }));
        Assert.Single(Of(Terms(_loan) with { Tranches = [], Revolver = new Revolver(1, 0, 0) }));
        Assert.Single(
            Of(Terms(_loan) with { Tax = new TaxTerms(0.2, 5, 1, 0) { LossesAsTheyArise = true } })
        );
    }
}
