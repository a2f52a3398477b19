namespace Plimsoll.Finance;

/// <summary>Cash by month on which debt is sized.</summary>
/// <param name="Cash">Cash available for debt service, before or after income tax as the tranche asks.</param>
/// <param name="ContractedShare">Share of revenue that comes from contracts, 0 to 1.</param>
public sealed record SizingCash(double[] Cash, double[] ContractedShare)
{
    /// <summary>The same cash on the downside outlook; null where debt is sized on one alone.</summary>
    public double[]? Downside { get; init; }
}

/// <summary>Debt as contracted: draws, fees and scheduled principal by month, fixed before any draw of the market is known.</summary>
/// <param name="Tranches">The tranches, most senior first.</param>
/// <param name="Draws">[tranche][month] money drawn at month end.</param>
/// <param name="Principal">[tranche][month] scheduled principal.</param>
/// <param name="Lent">Per tranche, money lent without capitalised interest.</param>
public sealed record DebtPlan(
    IReadOnlyList<DebtTranche> Tranches,
    double[][] Draws,
    double[][] Principal,
    double[] Lent
)
{
    /// <summary>Per tranche, month (from 0) of the first payment; interest before it is capitalised.</summary>
    public required int[] FirstPayment { get; init; }

    /// <summary>Per tranche, last month with a scheduled payment.</summary>
    public required int[] Maturity { get; init; }

    /// <summary>Per tranche, what of the first month's draw stands as the outlook begins: it bears interest from the first day of month 0.</summary>
    public required double[] Standing { get; init; }

    /// <summary>[tranche][month] years of interest in the month.</summary>
    public required double[][] YearFraction { get; init; }

    /// <summary>[tranche][month] scheduled interest at the contract's rates, capitalised before the first payment.</summary>
    public required double[][] Interest { get; init; }

    /// <summary>[tranche][month] scheduled interest that falls due, what accrued since the payment before; capitalised interest left out.</summary>
    public required double[][] InterestDue { get; init; }

    /// <summary>[tranche][month] true in months of payment.</summary>
    public required bool[][] Pays { get; init; }

    /// <summary>[tranche][month] scheduled balance at month end.</summary>
    public required double[][] Balance { get; init; }

    /// <summary>Up-front and commitment fees by month.</summary>
    public required double[] Fees { get; init; }

    /// <summary>Scheduled debt service by month, capitalised interest left out.</summary>
    public required double[] Service { get; init; }

    /// <summary>Target of the debt service reserve account at month end while debt stands as scheduled.</summary>
    public required double[] ReserveTarget { get; init; }

    /// <summary>Paid into the reserve account at signing terms, in the month before the first payment.</summary>
    public required double[] ReserveFunding { get; init; }

    /// <summary>Part of the reserve's target for which a letter of credit stands, at month end.</summary>
    public required double[] LetterTarget { get; init; }

    /// <summary>Per tranche, month (from 0) in which what is left is lent anew; -1 for never.</summary>
    public required int[] RefinanceMonth { get; init; }

    /// <summary>Per tranche, month (from 0) from which all interest is paid; a share of it joins the balance between the first payment and this month.</summary>
    public required int[] PaidInCashFrom { get; init; }

    /// <summary>[tranche][month] mean years for which the scheduled balance at month end was to stand on; empty where nothing asks for it.</summary>
    public required double[][] LifeYears { get; init; }

    /// <summary>Per tranche, the cover that sculpting really used: the target, or more when a limit made the debt smaller; 0 for other tranches.</summary>
    public required double[] SculptedCover { get; init; }

    /// <summary>What was cut and why, in words; empty when nothing was.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>All money lent.</summary>
    public double TotalLent => Lent.Sum();

    /// <summary>First payment of any tranche; beyond every horizon without debt.</summary>
    public int FirstPaymentMonth => FirstPayment.Length == 0 ? int.MaxValue : FirstPayment.Min();

    /// <summary>Equal payment that repays one unit over some months at a yearly rate paid monthly.</summary>
    /// <param name="yearlyRate">0 or more.</param>
    /// <param name="months">At least 1.</param>
    /// <remarks>r / (1 - (1 + r)^-n) with r a twelfth of the yearly rate, payments at month end.</remarks>
    public static double AnnuityFactor(double yearlyRate, int months) =>
        TimeValue.AnnuityFactor(yearlyRate, months);

    /// <summary>Contracts the debt of some terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="months">Months of the horizon.</param>
    /// <param name="sizing">Per tranche the cash on which it is sculpted; null where it is not.</param>
    /// <exception cref="ArgumentException">A sculpted tranche without a sizing case.</exception>
    public static DebtPlan Of(
        FinanceTerms terms,
        int months,
        IReadOnlyList<SizingCash?>? sizing = null
    ) => new DebtSolver(terms, months, sizing).Solve();
}
