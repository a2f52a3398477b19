namespace Plimsoll.Finance;

/// <summary>How a tranche is repaid.</summary>
public enum Repayment
{
    /// <summary>Equal payments of interest and principal together.</summary>
    Annuity,

    /// <summary>All principal in the last month.</summary>
    Bullet,

    /// <summary>Stated shares of principal over stated spans of months.</summary>
    Instalments,

    /// <summary>Debt service is cash available over a target cover, month by month, on the sizing case.</summary>
    Sculpted,
}

/// <summary>When a tranche is drawn.</summary>
public enum DrawRule
{
    /// <summary>With each capital cost, in constant proportion to it.</summary>
    ProRata,

    /// <summary>Only when equity has paid in its whole share.</summary>
    EquityFirst,

    /// <summary>A separate draw for each capital cost, so many months after delivery when it is accepted; each has its own maturity. Equity bridges and is paid back.</summary>
    AfterAcceptance,
}

/// <summary>Credit standing of the customer whose contract carries a loan.</summary>
public enum CustomerCredit
{
    /// <summary>Not stated: the tranche's own margin holds.</summary>
    Unstated,

    /// <summary>Rated BBB- or Baa3 and better.</summary>
    InvestmentGrade,

    /// <summary>Below investment grade or not rated.</summary>
    BelowInvestmentGrade,
}

/// <summary>Margin by the customer's credit.</summary>
/// <param name="InvestmentGrade">Yearly margin for a contract with an investment-grade customer.</param>
/// <param name="BelowInvestmentGrade">Yearly margin otherwise.</param>
public sealed record MarginGrid(double InvestmentGrade, double BelowInvestmentGrade);

/// <summary>A span of equal principal instalments.</summary>
/// <param name="Share">Share of the tranche repaid over the span, 0 to 1.</param>
/// <param name="Months">Months of the span, at least 1.</param>
public sealed record InstalmentSpan(double Share, int Months)
{
    /// <summary>The same shares of principal over spans in proportion to another tenor.</summary>
    /// <param name="spans">Of the tenor; none for a loan repaid otherwise.</param>
    /// <param name="tenor">Their months together.</param>
    /// <param name="other">The other tenor, at least one month a span.</param>
    public static IReadOnlyList<InstalmentSpan> Stretched(
        IReadOnlyList<InstalmentSpan> spans,
        int tenor,
        int other
    )
    {
        var stretched = new List<InstalmentSpan>();
        var left = other;
        for (var i = 0; i < spans.Count; i++)
        {
            var months =
                i == spans.Count - 1
                    ? left
                    : Math.Clamp(
                        (int)Math.Round((double)spans[i].Months * other / tenor),
                        1,
                        Math.Max(1, left - (spans.Count - 1 - i))
                    );
            stretched.Add(spans[i] with { Months = months });
            left -= months;
        }
        return stretched;
    }
}

/// <summary>A base rate from a month on.</summary>
/// <param name="FromMonth">From 0.</param>
/// <param name="Rate">Yearly, nominal.</param>
public sealed record RateStep(int FromMonth, double Rate);

/// <summary>One tranche of debt with its terms.</summary>
public sealed record DebtTranche
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Money lent; 0 to lend <see cref="Gearing"/> of capital cost instead. For a sculpted tranche the most that is lent.</summary>
    public double Amount { get; init; }

    /// <summary>Share of what it funds that is lent when no amount is given (the advance rate), 0 to 1. For a sculpted tranche the most.</summary>
    public double Gearing { get; init; }

    /// <summary>Sum to which its lender commits, the most that is lent however much the centre costs: an overrun is equity's. 0 for no such sum.</summary>
    public double Commitment { get; init; }

    /// <summary>Names of the capital costs it funds; empty for all.</summary>
    public IReadOnlyList<string> Funds { get; init; } = [];

    /// <summary>When it is drawn.</summary>
    public DrawRule Draw { get; init; } = DrawRule.ProRata;

    /// <summary>Months from the payment of a capital cost to the draw for it; equity bridges them. Not for <see cref="DrawRule.EquityFirst"/>.</summary>
    public int AcceptanceMonths { get; init; }

    /// <summary>Service due before the outlook and not paid when it begins, 0 or more.</summary>
    public double Arrears { get; init; }

    /// <summary>How it is repaid.</summary>
    public Repayment Repayment { get; init; } = Repayment.Annuity;

    /// <summary>Months from the first payment to maturity, at least 1; of each draw on its own for <see cref="DrawRule.AfterAcceptance"/>.</summary>
    public required int TenorMonths { get; init; }

    /// <summary>Month (from 0) of the first payment; interest before it is added to the principal. Draws after acceptance pay interest from the month after the draw instead.</summary>
    public required int FirstPaymentMonth { get; init; }

    /// <summary>Months between payments, 1, 3, 6 or 12; interest accrues monthly and without interest on itself until it is due. With more than one, <see cref="FirstPaymentMonth"/> is the month from which interest accrues to be paid, and the first payment falls at the end of the first period.</summary>
    public int PaymentEveryMonths { get; init; } = 1;

    /// <summary>Months of interest alone before the first principal of a draw, for <see cref="DrawRule.AfterAcceptance"/>.</summary>
    public int InterestOnlyMonths { get; init; }

    /// <summary>Yearly base rate, nominal.</summary>
    public double BaseRate { get; init; }

    /// <summary>Path of the base rate, in place of <see cref="BaseRate"/>; empty for a constant one.</summary>
    public IReadOnlyList<RateStep> BaseRates { get; init; } = [];

    /// <summary>Yearly margin over the base rate.</summary>
    public double Margin { get; init; }

    /// <summary>Margin by the customer's credit, in place of <see cref="Margin"/> when <see cref="Customer"/> is stated.</summary>
    public MarginGrid? MarginByCredit { get; init; }

    /// <summary>Credit of the customer whose contract carries the loan.</summary>
    public CustomerCredit Customer { get; init; }

    /// <summary>Lowest base rate that is charged on the floating part.</summary>
    public double BaseFloor { get; init; }

    /// <summary>Share of the tranche swapped to <see cref="SwapRate"/>, 0 to 1.</summary>
    public double HedgedShare { get; init; }

    /// <summary>Yearly fixed rate of the swap, in place of the base rate; null when nothing is swapped. A swapped share without it is refused.</summary>
    public double? SwapRate { get; init; }

    /// <summary>Day count of its interest.</summary>
    public DayCount DayCount { get; init; } = DayCount.Thirty360;

    /// <summary>Fee on the amount at the first draw, a share.</summary>
    public double UpfrontFee { get; init; }

    /// <summary>Yearly fee on the part not yet drawn, a share.</summary>
    public double CommitmentFee { get; init; }

    /// <summary>Spans of principal for <see cref="Repayment.Instalments"/>.</summary>
    public IReadOnlyList<InstalmentSpan> Instalments { get; init; } = [];

    /// <summary>Shares of all principal by month, from the first payment on, in place of <see cref="Instalments"/>: one schedule whatever is drawn when; empty for none.</summary>
    public IReadOnlyList<double> Schedule { get; init; } = [];

    /// <summary>Target cover of this and all tranches before it, for <see cref="Repayment.Sculpted"/>.</summary>
    public double TargetCover { get; init; } = 1.3;

    /// <summary>Target cover on the part of cash that comes from merchant sales; 0 for the same as on contracts.</summary>
    public double MerchantTargetCover { get; init; }

    /// <summary>Target cover on the downside outlook, where debt is sculpted on two: each month's service is what both carry; 0 for one outlook alone.</summary>
    public double DownsideTargetCover { get; init; }

    /// <summary>Months over which cash is levelled before it is sculpted: 1, 3, 6 or 12.</summary>
    public int SculptEveryMonths { get; init; } = 1;

    /// <summary>True to sculpt on cash after income tax, found as a fixed point because interest lowers tax; false for cash before income tax.</summary>
    public bool SculptAfterTax { get; init; }

    /// <summary>Share of free cash that repays this tranche early, 0 to 1.</summary>
    public double SweepShare { get; init; }

    /// <summary>True when all free cash repays this tranche once a contract is lost.</summary>
    public bool SweepOnContractLoss { get; init; }

    /// <summary>True when the loss of a contract makes the share of the balance due that it carried (its accelerators over those installed).</summary>
    public bool PrepayOnContractLoss { get; init; }

    /// <summary>Largest balance, with those of the tranches before it, as a share of the second-hand value of the fleet; excess is repaid from free cash and nothing is distributed meanwhile; 0 for no borrowing base.</summary>
    public double BorrowingBaseAdvance { get; init; }

    /// <summary>True when early repayment shortens every later instalment in proportion; false when it is taken from the last ones.</summary>
    public bool ProRataPrepayment { get; init; }

    /// <summary>Cap or collar on a part of the floating debt; null for none.</summary>
    public RateCap? Cap { get; init; }

    /// <summary>Interest that joins the balance for a time; null for none.</summary>
    public PayInKind? PayInKind { get; init; }

    /// <summary>How the balance at the end of the tenor is lent anew; null when it is due.</summary>
    public Refinancing? Refinancing { get; init; }

    /// <summary>What early repayment costs; null for nothing.</summary>
    public PrepaymentCharge? PrepaymentCharge { get; init; }

    /// <summary>The same without instruments that its repayment and tenor leave no room for, as when a search changes either: refinancing of what leaves no balance at one date, interest that joins the balance to the end.</summary>
    public DebtTranche WithoutMisfits() =>
        this with
        {
            Schedule =
                Repayment == Repayment.Instalments && Schedule.Count <= TenorMonths ? Schedule : [],
            Refinancing =
                Repayment is Repayment.Annuity or Repayment.Bullet
                && Draw != DrawRule.AfterAcceptance
                && (
                    Refinancing is not { AmortisationMonths: > 0 and var months }
                    || months > TenorMonths
                )
                    ? Refinancing
                    : null,
            PayInKind =
                PayInKind is { } kind && TenorMonths > 1
                    ? kind with
                    {
                        Months = Math.Min(kind.Months, TenorMonths - 1),
                    }
                    : null,
        };

    /// <summary>First month (from 0) at the rate of the new loan; beyond every horizon without one.</summary>
    public int RefinancedFrom =>
        Refinancing is null ? int.MaxValue : FirstPaymentMonth + TenorMonths;

    /// <summary>True where the money of a capital cost was lent before the outlook: it is owed from the first day of month 0, whereas what is drawn in a month is drawn at its end.</summary>
    /// <param name="cost">A cost that it funds.</param>
    internal bool Stands(CapitalCost cost) =>
        cost is { DebtStanding: true, Month: <= 0 }
        && Draw == DrawRule.ProRata
        && AcceptanceMonths == 0;

    /// <summary>Share that floats with nothing but the tranche's floor.</summary>
    public double FloatingShare => 1 - HedgedShare - (Cap?.Share ?? 0);

    /// <summary>Margin in force.</summary>
    public double MarginInForce =>
        (MarginByCredit, Customer) switch
        {
            ({ } grid, CustomerCredit.InvestmentGrade) => grid.InvestmentGrade,
            ({ } grid, CustomerCredit.BelowInvestmentGrade) => grid.BelowInvestmentGrade,
            _ => Margin,
        };

    /// <summary>Base rate of a month before floor and hedge: that of the latest step begun by then, in whatever order the steps are listed; before the first step its own.</summary>
    /// <param name="month">From 0.</param>
    public double BaseAt(int month)
    {
        if (BaseRates.Count == 0)
        {
            return BaseRate;
        }
        RateStep? latest = null;
        var earliest = BaseRates[0];
        foreach (var step in BaseRates)
        {
            earliest = step.FromMonth < earliest.FromMonth ? step : earliest;
            if (step.FromMonth <= month && (latest is null || step.FromMonth > latest.FromMonth))
            {
                latest = step;
            }
        }
        return (latest ?? earliest).Rate;
    }

    /// <summary>What the month cannot change: the margin in force and the swapped share at its fixed rate; yearly.</summary>
    public double FixedPart => MarginInForce + (HedgedShare * (SwapRate ?? 0));

    /// <summary>All-in yearly rate of a month.</summary>
    /// <param name="month">From 0.</param>
    /// <param name="shift">Added to the base rate before the floor, as a draw of the outlook gives it.</param>
    public double RateAt(int month, double shift = 0)
    {
        var floating = FloatingAt(month, shift);
        if (month >= RefinancedFrom)
        {
            return Refinancing!.Margin + floating;
        }
        var rate = FixedPart + (FloatingShare * floating);
        return Cap is null ? rate : rate + (Cap.Share * Cap.Charged(floating));
    }

    /// <summary>Yearly base rate of a month with the tranche's floor.</summary>
    /// <param name="month">From 0.</param>
    /// <param name="shift">Added to the base rate before the floor.</param>
    public double FloatingAt(int month, double shift) => Math.Max(BaseFloor, BaseAt(month) + shift);

    /// <summary>All-in yearly rate of the first month.</summary>
    public double Rate => RateAt(0);
}
