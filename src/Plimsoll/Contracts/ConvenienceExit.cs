namespace Plimsoll.Contracts;

/// <summary>A tenant's right to leave before the end, for a fee; used when it pays.</summary>
/// <param name="AfterMonths">Months of the contract after which it may be used, 0 or more.</param>
/// <param name="FeeMonths">Months of rent owed on leaving, 0 or more.</param>
public sealed record ConvenienceExit(int AfterMonths, double FeeMonths)
{
    /// <summary>True when the tenant saves more by renting elsewhere than the fee costs.</summary>
    /// <param name="price">Agreed price of an accelerator-hour.</param>
    /// <param name="market">Market's price of the same; not more than 0 for unknown, when nothing is used.</param>
    /// <param name="monthsLeft">Months left of the contract.</param>
    public bool Pays(double price, double market, int monthsLeft) =>
        market > 0 && (price - market) * monthsLeft > FeeMonths * price;
}
