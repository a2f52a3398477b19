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

    /// <summary>Principal such that debt service is cash available over a target cover, month by month, on the sizing case.</summary>
    Sculpted,
}

/// <summary>A span of equal principal instalments.</summary>
/// <param name="Share">Share of the tranche repaid over the span, 0 to 1.</param>
/// <param name="Months">Months of the span, at least 1.</param>
public sealed record InstalmentSpan(double Share, int Months);

/// <summary>One tranche of debt with its terms.</summary>
public sealed record DebtTranche
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Money lent; 0 to lend <see cref="Gearing"/> of capital cost instead.</summary>
    public double Amount { get; init; }

    /// <summary>Share of capital cost (tax excluded) lent when no amount is given, 0 to 1.</summary>
    public double Gearing { get; init; }

    /// <summary>How it is repaid.</summary>
    public Repayment Repayment { get; init; } = Repayment.Annuity;

    /// <summary>Months from the first payment to maturity, at least 1.</summary>
    public required int TenorMonths { get; init; }

    /// <summary>Month (from 0) of the first payment; interest before it is added to the principal.</summary>
    public required int FirstPaymentMonth { get; init; }

    /// <summary>Yearly base rate, nominal, paid monthly as a twelfth.</summary>
    public double BaseRate { get; init; }

    /// <summary>Yearly margin over the base rate.</summary>
    public double Margin { get; init; }

    /// <summary>Lowest base rate that is charged on the floating part.</summary>
    public double BaseFloor { get; init; }

    /// <summary>Share of the tranche swapped to <see cref="SwapRate"/>, 0 to 1.</summary>
    public double HedgedShare { get; init; }

    /// <summary>Yearly fixed rate of the swap, in place of the base rate.</summary>
    public double SwapRate { get; init; }

    /// <summary>Fee on the amount at the first draw, a share.</summary>
    public double UpfrontFee { get; init; }

    /// <summary>Yearly fee on the part not yet drawn, a share.</summary>
    public double CommitmentFee { get; init; }

    /// <summary>Spans of principal for <see cref="Finance.Repayment.Instalments"/>.</summary>
    public IReadOnlyList<InstalmentSpan> Instalments { get; init; } = [];

    /// <summary>Target cover for <see cref="Finance.Repayment.Sculpted"/>.</summary>
    public double TargetCover { get; init; } = 1.3;

    /// <summary>Share of free cash that repays this tranche early, 0 to 1.</summary>
    public double SweepShare { get; init; }

    /// <summary>True when all free cash repays this tranche once a contract is lost.</summary>
    public bool SweepOnContractLoss { get; init; }

    /// <summary>Largest balance as a share of the second-hand value of the fleet; excess is repaid from free cash; 0 for no borrowing base.</summary>
    public double BorrowingBaseAdvance { get; init; }

    /// <summary>All-in yearly rate.</summary>
    public double Rate =>
        Margin + (HedgedShare * SwapRate) + ((1 - HedgedShare) * Math.Max(BaseFloor, BaseRate));
}
