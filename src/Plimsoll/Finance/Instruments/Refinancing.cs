namespace Plimsoll.Finance;

/// <summary>A mini-perm: the balance left at the end of the tenor is lent anew, at the rate and up to the limits of that day; what is above them is due in cash.</summary>
/// <param name="AmortisationMonths">Months over which principal is reckoned until then, longer than the tenor; 0 for tenor and new tenor together.</param>
/// <param name="TenorMonths">Months of the new loan, at least 1; repaid evenly.</param>
/// <param name="Margin">Yearly margin of the new loan over the base rate of each month; hedges end with the old loan.</param>
/// <param name="Fee">Share of the new loan, due at once.</param>
/// <param name="LoanToValue">Largest new loan as a share of the second-hand value of the fleet; 0 for no limit.</param>
/// <param name="Cover">Cover that operating cash of the twelve months before must give on level service of the new loan; 0 for no limit.</param>
public sealed record Refinancing(
    int AmortisationMonths,
    int TenorMonths,
    double Margin,
    double Fee,
    double LoanToValue,
    double Cover
)
{
    /// <summary>Months over which principal is reckoned until the old loan ends.</summary>
    /// <param name="tenorMonths">Months of the old loan.</param>
    public int Schedule(int tenorMonths) =>
        AmortisationMonths > 0 ? AmortisationMonths : tenorMonths + TenorMonths;

    /// <summary>Largest new loan on the day.</summary>
    /// <param name="fleetValue">Second-hand value of the fleet.</param>
    /// <param name="yearCash">Operating cash of the twelve months before.</param>
    /// <param name="baseRate">Yearly base rate, the tranche's floor applied.</param>
    /// <returns>Money, 0 or more; infinite without any limit.</returns>
    public double Most(double fleetValue, double yearCash, double baseRate)
    {
        var byValue = LoanToValue > 0 ? LoanToValue * fleetValue : double.PositiveInfinity;
        if (Cover <= 0)
        {
            return byValue;
        }
        var service = Math.Max(0, yearCash) / 12 / Cover;
        return Math.Min(
            byValue,
            service / TimeValue.AnnuityFactor(Math.Max(0, baseRate + Margin), TenorMonths)
        );
    }
}
