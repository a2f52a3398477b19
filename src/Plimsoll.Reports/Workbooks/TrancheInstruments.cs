using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Instruments of one tranche as named assumptions: those it has; their formulas stand only where they are.</summary>
internal sealed class TrancheInstruments
{
    private readonly DebtTranche _t;

    /// <summary>Writes them.</summary>
    /// <param name="s">Assumptions.</param>
    /// <param name="t">The tranche.</param>
    /// <param name="n">Begin of their names.</param>
    public TrancheInstruments(Scalars s, DebtTranche t, string n)
    {
        _t = t;
        Expr Share(string name, string label, double value, string unit = "share") =>
            s.Add(n + name, label, value, unit, look: Look.InputPercent);
        if (t.PaymentEveryMonths > 1)
        {
            PaymentEvery = s.Add(
                n + "payment_every",
                "months between payments",
                t.PaymentEveryMonths,
                "months",
                "Interest accrues monthly, without interest on itself; the schedule and the reserve are held as contracted."
            );
        }
        if (t.Cap is { } cap)
        {
            CapShare = Share("cap_share", "share capped", cap.Share);
            CapRate = Share("cap_rate", "cap of the base rate", cap.Cap, "a year");
            CollarFloor = Share(
                "collar_floor",
                "floor of the collar",
                cap.Floor,
                "a year, -1 = none"
            );
            CapPremium = Share(
                "cap_premium",
                "premium of the cap",
                cap.Premium,
                "of what it covers"
            );
        }
        if (t.PayInKind is { } kind)
        {
            PikShare = Share("pik_share", "interest that joins the balance", kind.Share);
            PikMonths = s.Add(
                n + "pik_months",
                "for so many months from the first payment",
                kind.Months,
                "months"
            );
        }
        if (t.Refinancing is { } again)
        {
            NewTenor = s.Add(
                n + "refinance_tenor",
                "tenor of the loan that repays the balloon",
                again.TenorMonths,
                "months",
                "Built into the schedule; do not change it here."
            );
            NewMargin = Share("refinance_margin", "its margin", again.Margin, "a year");
            NewFee = Share("refinance_fee", "its fee", again.Fee);
            NewLoanToValue = Share(
                "refinance_ltv",
                "largest new loan over second-hand value",
                again.LoanToValue,
                "share, 0 = no limit"
            );
            NewCover = s.Add(
                n + "refinance_cover",
                "cover it asks of last year's operating cash",
                again.Cover,
                "times, 0 = no limit"
            );
        }
        if (t.PrepaymentCharge is { } charge)
        {
            MakeWholeUntil = s.Add(
                n + "make_whole_until",
                "lost margin is made good before",
                charge.MakeWholeUntil,
                "month, from 0"
            );
            HedgeBreak = s.Switch(
                n + "hedge_break",
                "early repayment closes the swap on it",
                charge.HedgeBreak
            );
        }
    }

    public Expr PaymentEvery { get; }
    public Expr CapShare { get; }
    public Expr CapRate { get; }
    public Expr CollarFloor { get; }
    public Expr CapPremium { get; }
    public Expr PikShare { get; }
    public Expr PikMonths { get; }
    public Expr NewTenor { get; }
    public Expr NewMargin { get; }
    public Expr NewFee { get; }
    public Expr NewLoanToValue { get; }
    public Expr NewCover { get; }
    public Expr MakeWholeUntil { get; }
    public Expr HedgeBreak { get; }

    /// <summary>True when the tranche is paid less often than every month.</summary>
    public bool PaysRarely => _t.PaymentEveryMonths > 1;

    /// <summary>True where the schedule is the engine's: no formula solves it.</summary>
    public static bool HoldsSchedule(DebtTranche t) =>
        t.PayInKind is not null
        || t.Refinancing is not null
        || t.PaymentEveryMonths > 1
        || t.Schedule.Count > 0;

    /// <summary>All-in yearly rate on a base rate.</summary>
    /// <param name="terms">Terms of the tranche.</param>
    /// <param name="floating">Base rate with the tranche's floor.</param>
    /// <param name="month">Months since start.</param>
    public Expr Rate(TrancheTerms terms, Expr floating, Expr month)
    {
        var rate = terms.Margin + (terms.Hedged * terms.Swap);
        rate = _t.Cap is null
            ? rate + ((1 - terms.Hedged) * floating)
            : rate
                + ((1 - terms.Hedged - CapShare) * floating)
                + (CapShare * Fn.Max(CollarFloor, Fn.Min(CapRate, floating)));
        return _t.Refinancing is null
            ? rate
            : Fn.If(month >= terms.FirstPayment + terms.Tenor, NewMargin + floating, rate);
    }

    /// <summary>Share of a month's interest that joins the balance after the first payment.</summary>
    /// <param name="first">First payment, months since start.</param>
    /// <param name="month">Months since start.</param>
    public Expr Joins(Expr first, Expr month) =>
        _t.PayInKind is null ? 0 : Fn.If(month < first + PikMonths, PikShare, 0);

    /// <summary>Interest due in a month of what has accrued by then.</summary>
    /// <param name="c">The tranche as contracted.</param>
    /// <param name="accrued">Accrued since the payment before, this month included.</param>
    /// <param name="time">The months.</param>
    /// <param name="m">Month.</param>
    public Expr Due(Contract c, Expr accrued, Months time, int m) =>
        Fn.If(
            Fn.Or(
                Fn.Mod(time.Index[m] - c.First + 1, PaymentEvery).Is(0),
                time.Index[m].Is(c.Maturity),
                time.Last[m].Is(1)
            ),
            accrued,
            0
        );
}
