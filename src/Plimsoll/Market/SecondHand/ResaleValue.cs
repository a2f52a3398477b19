namespace Plimsoll.Market.SecondHand;

/// <summary>What a lot of used accelerators fetches, and how long a sale takes.</summary>
/// <param name="Fair">Between a willing buyer and seller, one at a time: dollars an accelerator.</param>
/// <param name="Orderly">Sold within some months, the lot as it is: dollars an accelerator.</param>
/// <param name="Forced">Sold at once: dollars an accelerator.</param>
/// <param name="LogDeviation">Deviation of the log of each.</param>
/// <param name="MonthsToSell">Months of an orderly sale.</param>
/// <param name="Quoted">True when second-hand prices of this chip are known; without, no "clearly sell" can rest on it.</param>
/// <param name="Buyers">Who may buy.</param>
public sealed record ResaleValue(
    double Fair,
    double Orderly,
    double Forced,
    double LogDeviation,
    double MonthsToSell,
    bool Quoted,
    ResaleBuyers Buyers
)
{
    /// <summary>True when a sale may be called clearly better than keeping: a quote of the chip, and the sale ends within the months spoken of.</summary>
    public bool MayBeClear => Quoted && MonthsToSell < SecondHandPriors.MostMonths;
}
