namespace Plimsoll.Finance;

/// <summary>A default seen from the lender, on the one path that follows it: paid on while the centre runs, sold where that is worth more.</summary>
/// <param name="Month">Month of default, from 0; -1 for none.</param>
/// <param name="Exposure">Debt outstanding with arrears at default.</param>
/// <param name="Recovered">Value at default of all that lenders are paid after it, discounted at the first tranche's rate of each month, at most the exposure.</param>
/// <param name="ResalePrice">Second-hand price of one accelerator at default.</param>
/// <param name="MonthsToSell">Months that a sale begun at default would take.</param>
public sealed record LenderLoss(
    int Month,
    double Exposure,
    double Recovered,
    double ResalePrice,
    double MonthsToSell
)
{
    /// <summary>No default.</summary>
    public static LenderLoss None => new(-1, 0, 0, 0, 0);

    /// <summary>Money lost, 0 or more.</summary>
    public double Lost => Math.Max(0, Exposure - Recovered);

    /// <summary>Loss over exposure, 0 to 1; 0 without default.</summary>
    public double GivenDefault => Exposure > 0 ? Lost / Exposure : 0;
}
