namespace Plimsoll.Contracts;

/// <summary>A tenant's right to stay on at the end; used when it is no dearer than the market.</summary>
/// <param name="Months">Months added, more than 0.</param>
/// <param name="PriceShare">Price of the extension over the last price agreed, 0 or more.</param>
public sealed record ExtensionTerms(int Months, double PriceShare)
{
    /// <summary>True when the tenant stays.</summary>
    /// <param name="price">Price agreed until now.</param>
    /// <param name="market">Market's price of the same; not more than 0 for unknown, when nothing is used.</param>
    public bool Pays(double price, double market) => market > 0 && price * PriceShare <= market;
}
