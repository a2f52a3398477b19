using Plimsoll.Finance;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Rates, spans, charges, ledgers of tax and the closing rule, worked by hand; the arithmetic stands beside each.</summary>
public sealed class TermsByHandTest
{
    private static readonly DebtTranche _tranche = new()
    {
        Name = "loan",
        TenorMonths = 36,
        FirstPaymentMonth = 6,
        BaseRate = 0.04,
        Margin = 0.03,
        BaseFloor = 0.02,
    };

    /// <summary>Half swapped at 4.5 %, a fifth capped at 5 % with a floor of 3.5 %, the rest floats above 2 %; margin 3 %.</summary>
    [Theory]
    // 0.03 + 0.5*0.045 + 0.3*0.04 + 0.2*0.04
    [InlineData(0.0, 0.0725)]
    // Base 6 %: 0.03 + 0.0225 + 0.3*0.06 + 0.2*0.05
    [InlineData(0.02, 0.0805)]
    // Base 1 % counts as 2: 0.03 + 0.0225 + 0.3*0.02 + 0.2*0.035
    [InlineData(-0.03, 0.0655)]
    public void A_rate_is_its_parts(double shift, double rate)
    {
        var t = _tranche with
        {
            HedgedShare = 0.5,
            SwapRate = 0.045,
            Cap = new RateCap(0.2, 0.05, 0.035, 0.01),
        };
        Assert.Equal(0.3, t.FloatingShare, 1e-12);
        Assert.Equal(0.0525, t.FixedPart, 1e-12);
        Assert.Equal(rate, t.RateAt(0, shift), 1e-12);
    }

    /// <summary>From the month of the new loan its margin stands on the whole base rate, hedged or not.</summary>
    [Fact]
    public void A_new_loan_floats_whole()
    {
        var t = _tranche with
        {
            HedgedShare = 1,
            SwapRate = 0.045,
            Refinancing = new Refinancing(0, 24, 0.06, 0.01, 0.6, 0),
        };
        Assert.Equal(42, t.RefinancedFrom);
        Assert.Equal(0.075, t.RateAt(41), 1e-12);
        Assert.Equal(0.10, t.RateAt(42), 1e-12);
        Assert.Equal(int.MaxValue, _tranche.RefinancedFrom);
    }

    [Fact]
    public void Steps_hold_from_their_month_in_whatever_order()
    {
        var t = _tranche with { BaseRates = [new(20, 0.03), new(5, 0.05), new(30, 0.02)] };
        Assert.Equal(
            [0.05, 0.05, 0.05, 0.03, 0.03, 0.02],
            new[] { 0, 5, 19, 20, 29, 30 }.Select(t.BaseAt)
        );
    }

    [Theory]
    [InlineData(CustomerCredit.Unstated, 0.03)]
    [InlineData(CustomerCredit.InvestmentGrade, 0.0225)]
    [InlineData(CustomerCredit.BelowInvestmentGrade, 0.045)]
    public void A_margin_is_that_of_the_customer(CustomerCredit customer, double margin)
    {
        var t = _tranche with
        {
            Customer = customer,
            MarginByCredit = new MarginGrid(0.0225, 0.045),
        };
        Assert.Equal(margin, t.MarginInForce);
        Assert.Equal(0.03, (t with { MarginByCredit = null }).MarginInForce);
    }

    /// <summary>Two thirds and a third of 36 months are 16 and 8 of 24; the shares stay, and no span is emptied.</summary>
    [Fact]
    public void Spans_stretch_in_proportion()
    {
        IReadOnlyList<InstalmentSpan> spans = [new(0.7, 24), new(0.3, 12)];
        Assert.Equal(
            [new InstalmentSpan(0.7, 16), new InstalmentSpan(0.3, 8)],
            InstalmentSpan.Stretched(spans, 36, 24)
        );
        Assert.Equal(
            [new InstalmentSpan(0.7, 1), new InstalmentSpan(0.3, 1)],
            InstalmentSpan.Stretched(spans, 36, 2)
        );
        Assert.Empty(InstalmentSpan.Stretched([], 36, 24));
    }

    /// <summary>Make-whole: 3 % over 2 years before month 12. Hedge: half of (4.5 - 4 - 1 %) over 2 years, a gain; none is passed on beyond a half.</summary>
    [Fact]
    public void Early_repayment_costs_margin_and_hedge()
    {
        var t = _tranche with { HedgedShare = 0.5, SwapRate = 0.045 };
        var both = new PrepaymentCharge(12, true);
        // (0.03 + 0.5*0.005) * 2
        Assert.Equal(0.065, both.Share(t, 11, 0, 2), 1e-12);
        // 0.5*0.005 * 2
        Assert.Equal(0.005, both.Share(t, 12, 0, 2), 1e-12);
        // 0.5*(0.045 - 0.05) * 2
        Assert.Equal(-0.005, both.Share(t, 12, 0.01, 2), 1e-12);
        Assert.Equal(-0.5, both.Share(t, 12, 10, 2), 1e-12);
        Assert.Equal(0.06, new PrepaymentCharge(12, false).Share(t, 0, 0, 2), 1e-12);
    }

    /// <summary>29 days of February 2024 over 360, 365 and the 366 of its year.</summary>
    [Fact]
    public void Days_are_counted_by_the_convention()
    {
        var month = new Month(2024, 2);
        Assert.Equal(1.0 / 12, DayCount.Thirty360.YearFraction(month));
        Assert.Equal(29 / 360.0, DayCount.Actual360.YearFraction(month));
        Assert.Equal(29 / 365.0, DayCount.Actual365.YearFraction(month));
        Assert.Equal(29 / 366.0, DayCount.ActualActual.YearFraction(month));
        Assert.Equal(28 / 365.0, DayCount.ActualActual.YearFraction(new Month(2023, 2)));
    }

    private static LossLedger Ledger(int years, double limit, bool asTheyArise = false) =>
        new(new TaxTerms(0.25, years, limit, 0) { LossesAsTheyArise = asTheyArise }, 10);

    /// <summary>A year of -100; then 200, of which 80 % may be set against the loss: 160 room, 100 used, 25 % of the other 100.</summary>
    [Fact]
    public void A_loss_is_used_as_far_as_the_limit_lets_it()
    {
        var ledger = Ledger(5, 0.8);
        Assert.Equal(0, ledger.Add(-100, 0, true, true));
        Assert.Equal(100, ledger.Available);
        Assert.Equal(25, ledger.Add(200, 1, true, true), 1e-12);
        Assert.Equal(0, ledger.Available);
        // Of a second loss of 300 no more than 80 of 100 is used: 25 % of 20.
        ledger.Add(-300, 2, true, true);
        Assert.Equal(5, ledger.Add(100, 3, true, true), 1e-12);
        Assert.Equal(220, ledger.Available, 1e-12);
    }

    /// <summary>With one year to carry it a loss is gone after the next year, and the oldest is used first.</summary>
    [Fact]
    public void A_loss_expires()
    {
        var ledger = Ledger(1, 1);
        ledger.Add(-100, 0, true, true);
        Assert.Equal(0, ledger.Add(0, 1, true, true));
        Assert.Equal(25, ledger.Add(100, 2, true, true), 1e-12);
        var two = Ledger(2, 1);
        two.Add(-60, 0, true, true);
        two.Add(-60, 1, true, true);
        // 80 of income use all of the first and 20 of the second, which alone lives on.
        Assert.Equal(0, two.Add(80, 2, true, true), 1e-12);
        Assert.Equal(40, two.Available, 1e-12);
    }

    /// <summary>Instalments on the year so far: 25 % of 100 paid, of 40 more accrued; the close gives back what a poor end of the year makes too much.</summary>
    [Fact]
    public void A_year_settles_its_instalments()
    {
        var ledger = Ledger(5, 1);
        Assert.Equal(25, ledger.Add(100, 0, true, false), 1e-12);
        Assert.Equal(0, ledger.Provision, 1e-12);
        Assert.Equal(0, ledger.Add(40, 0, false, false));
        Assert.Equal(10, ledger.Provision, 1e-12);
        // 140 - 90 = 50 of the year: 12.5 due, 25 paid.
        Assert.Equal(-12.5, ledger.Add(-90, 0, true, true), 1e-12);
        Assert.Equal(0, ledger.Provision);
    }

    /// <summary>As they arise: -100, then 60 of which 80 % is covered: 25 % of 12; 52 are left.</summary>
    [Fact]
    public void Losses_may_be_used_month_by_month()
    {
        var ledger = Ledger(99, 0.8, true);
        Assert.Equal(0, ledger.Add(-100, 0, false, false));
        Assert.Equal(3, ledger.Add(60, 0, false, false), 1e-12);
        Assert.Equal(52, ledger.Available, 1e-12);
    }

    /// <summary>30 % of income of 100 lets 30 of 50 be deducted; a month of -50 takes 15 back; the 35 left are carried and deducted when 200 come.</summary>
    [Fact]
    public void Interest_above_the_limit_is_carried()
    {
        var limit = new InterestLimit(0.3, false);
        var ledger = new InterestLedger();
        Assert.Equal(30, ledger.Add(limit, 50, 100, false), 1e-12);
        Assert.Equal(-15, ledger.Add(limit, 0, -50, true), 1e-12);
        Assert.Equal(35, ledger.Carried, 1e-12);
        Assert.Equal(45, ledger.Add(limit, 10, 200, true), 1e-12);
        Assert.Equal(0, ledger.Carried, 1e-12);
    }

    private static readonly FinanceTerms _terms = new()
    {
        Currency = Currency.Usd,
        CapitalCosts = [],
        RepossessionCost = 0.1,
        HoldingCost = 0.02,
    };

    /// <summary>Ten machines at 10, sold in two months: 100 * (1 - 0.1 - 0.04) = 86. Nothing else moves and money costs nothing, so that cash alone decides.</summary>
    [Theory]
    // A year more brings 12 * 1 and the same sale: wait.
    [InlineData(1.0, 500, false)]
    // It costs 12 * 1: close.
    [InlineData(-1.0, 500, true)]
    // The sale repays 50 either way: left running.
    [InlineData(1.0, 50, false)]
    // 86 now repays 80; after a year of burning 74 do not: close.
    [InlineData(-1.0, 80, true)]
    public void Cash_decides_when_the_price_stands_still(double cash, double debt, bool closes) =>
        Assert.Equal(
            closes,
            Enforcement.Closes(_terms, new Seen(cash, 10, 10, 12, 10, 2, 0, debt, 0, 60))
        );

    /// <summary>A price that halves in a year loses 43 of 86; 3 a month make 36 good of it, 4 make 48.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_falling_price_has_to_be_earned(double cash, bool closes) =>
        Assert.Equal(
            closes,
            // Sold at once, so that only the year between counts.
            Enforcement.Closes(
                _terms with
                {
                    RepossessionCost = 0.14,
                },
                new Seen(cash, 10, 20, 12, 10, 0, 0, 500, 0, 60)
            )
        );

    [Fact]
    public void A_fleet_that_nobody_buys_is_left_running()
    {
        Assert.False(Enforcement.Closes(_terms, new Seen(-1, 0, 10, 12, 10, 2, 0, 500, 0, 60)));
        // After 45 months of holding nothing is left of it: 1 - 0.1 - 45 * 0.02.
        Assert.Equal(0, Enforcement.KeptShare(_terms, 45), 1e-12);
        Assert.Equal(0, Enforcement.KeptShare(_terms, 100));
        Assert.Equal(0.86, Enforcement.KeptShare(_terms, 2), 1e-12);
    }

    [Fact]
    public void A_loss_is_what_is_not_recovered()
    {
        var loss = new LenderLoss(3, 200, 150, 10, 2);
        Assert.Equal((50, 0.25), (loss.Lost, loss.GivenDefault));
        Assert.Equal(0, new LenderLoss(3, 200, 250, 10, 2).Lost);
        Assert.Equal(0, LenderLoss.None.GivenDefault);
    }

    /// <summary>-65 at once, 120 over a year, -50.4 over the next: worth something at 10 %, so that the rate is the one above it; -18 % fits as well and is named.</summary>
    [Fact]
    public void Of_several_rates_the_one_on_the_side_of_the_value_is_shown()
    {
        double[] flow =
        [
            -65_000,
            .. Enumerable.Repeat(10_000.0, 12),
            .. Enumerable.Repeat(-4_200.0, 12),
        ];
        Assert.True(Returns.NetPresentValue(flow, 0.1) > 0);
        var rates = Returns.AllRates(flow);
        Assert.Equal(2, rates.Count);
        var rate = Returns.InternalRate(flow);
        Assert.Equal(rates[1], rate.Value, 1e-9);
        Assert.True(rate.Value > 1);
        Assert.Contains("-0.18", rate.Note, StringComparison.Ordinal);
    }

    [Theory]
    // 100 * 1.1^2 in one sum.
    [InlineData(0.1, 2, 0, 100, -121)]
    // No interest: what was paid.
    [InlineData(0, 3, -5, 0, 15)]
    public void A_value_at_the_end(
        double rate,
        int periods,
        double payment,
        double now,
        double end
    ) => Assert.Equal(end, TimeValue.FutureValue(rate, periods, payment, now), 1e-9);
}
