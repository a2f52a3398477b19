namespace Plimsoll.Decisions.Lending;

/// <summary>The rule by which a lender prices risk; an input, printed with every answer.</summary>
/// <remarks>
/// A loan passes when margin and fees pay for its expected loss and for the capital held against its tail, when it is covered on the
/// lender's case, and when the balloon can be met from an orderly sale. Odds of default and breach are shown, and limit only where a study says so.
/// </remarks>
public sealed record LendingRule
{
    /// <summary>Lowest cover that half of the draws must keep: the lender's base case.</summary>
    public double TargetCover { get; init; } = 1.3;

    /// <summary>Lowest cover that nine draws in ten must keep: the lender's downside.</summary>
    public double DownsideCover { get; init; } = 1.1;

    /// <summary>Largest balloon over the orderly liquidation value at maturity.</summary>
    public double BalloonShare { get; init; } = 0.7;

    /// <summary>Return a year that the lender asks on capital held against the tail, as a fraction.</summary>
    public double TailCharge { get; init; } = 0.1;

    /// <summary>Share of the draws that is the tail.</summary>
    public double TailShare { get; init; } = 0.05;

    /// <summary>Orderly liquidation value over fair market value of the fleet, 0 to 1.</summary>
    public double OrderlyShare { get; init; } = 0.85;

    /// <summary>Lowest margin a year that pays for a lender's own funding, liquidity and capital, whatever the risk of the loan; 0 to price risk alone.</summary>
    /// <remarks>None by default: the charge on the tail tells the deals that were made apart by itself, and a floor makes the safer ones alike (docs/validation/lending.md).</remarks>
    public double MarginFloor { get; init; }

    /// <summary>True when a loan's balloon is repaid in a draw: within a share of an orderly sale, or lent anew at target cover on the contracts left.</summary>
    /// <param name="draws">The loan.</param>
    /// <param name="draw">Which draw.</param>
    public bool Repays(LenderDraws draws, int draw) =>
        draws.Balloon[draw]
        <= Math.Max(
            BalloonShare * OrderlyShare * draws.FairAtMaturity[draw],
            draws.ContractsLeft[draw] / TargetCover
        );

    /// <summary>Largest acceptable chance of a payment default; null where the study states none.</summary>
    public double? MaxDefault { get; init; }

    /// <summary>Largest acceptable chance that the covenant is ever broken; null where the study states none.</summary>
    public double? MaxBreach { get; init; }
}
