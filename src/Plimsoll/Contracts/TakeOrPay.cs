namespace Plimsoll.Contracts;

/// <summary>How many of the hours at its disposal a tenant takes up that must pay only a share of them.</summary>
/// <remarks>
/// The minimum is sunk and used; beyond it an hour costs the price agreed here and the market's price elsewhere, so that a tenant with a use for it
/// takes all of them where the contract is the cheaper and none where it is the dearer. A right on quantity alone is used at its ends
/// (Jaillet, Ronn and Tompaidis 2004, Valuation of commodity-based swing options, Management Science 50).
/// </remarks>
public static class TakeOrPay
{
    /// <summary>Share of the available hours that is taken up, and paid.</summary>
    /// <param name="owed">Share that is paid whether used or not, 0 to 1.</param>
    /// <param name="price">Price agreed for an accelerator-hour.</param>
    /// <param name="month">What the month brings; where no price of the market is known, all that the tenant has a use for is taken.</param>
    /// <returns>From the share owed to 1.</returns>
    public static double Taken(double owed, double price, in LeaseMonth month) =>
        month.MarketPrice > 0 && price > month.MarketPrice
            ? owed
            : Math.Max(owed, Math.Min(1, month.UsedShare));
}
