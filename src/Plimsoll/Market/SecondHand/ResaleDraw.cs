namespace Plimsoll.Market.SecondHand;

/// <summary>What one used accelerator fetches in one draw, as known on the day; rents move it from there.</summary>
/// <param name="LogNew">Log of the fair value of one just put into use, dollars.</param>
/// <param name="YearlyFall">Fall of the log a year of age, at least 0.</param>
/// <param name="LogScrap">Log of what scrap and parts fetch, dollars.</param>
/// <param name="LogMost">Log of the most that is paid for a used one while rents are high, dollars: a new one can be had.</param>
/// <param name="Buyers">Share of the buyers of an unrestricted chip who may buy it, more than 0 and at most 1.</param>
/// <param name="Quoted">True when second-hand prices of this chip are known.</param>
public readonly record struct ResaleDraw(
    double LogNew,
    double YearlyFall,
    double LogScrap,
    double LogMost,
    double Buyers,
    bool Quoted
)
{
    /// <summary>Fair value in dollars between a willing buyer and seller, one at a time.</summary>
    /// <param name="ageMonths">Age, at least 0.</param>
    /// <param name="logRents">Log of the chip's rent then over its rent at the decision.</param>
    /// <param name="logShift">Log by which an appraisal moves the level. A lower level lowers scrap with it; a higher one raises the most that is paid no further than a new one stands at that level.</param>
    public double Fair(double ageMonths, double logRents, double logShift = 0) =>
        Math.Exp(
            Math.Clamp(
                LogNew
                    + logShift
                    - (YearlyFall * ageMonths / 12)
                    + (SecondHandPriors.RentElasticity * logRents),
                LogScrap + Math.Min(0, logShift),
                Math.Max(LogMost, LogNew + logShift)
            )
        );

    /// <summary>Factor of an orderly sale on the fair value.</summary>
    /// <param name="forSale">Share of the chip's stock for sale at once, at least 0.</param>
    /// <param name="glut">Share of capacity that finds no use, 0 to 1.</param>
    public double Orderly(double forSale, double glut) =>
        Math.Exp(-SecondHandPriors.Orderly - ResaleLaw.Press(forSale, 1, glut, Buyers));

    /// <summary>Months of an orderly sale.</summary>
    /// <param name="forSale">Share of the chip's stock for sale, at least 0.</param>
    /// <param name="glut">Share of capacity that finds no use, 0 to 1.</param>
    public double MonthsToSell(double forSale, double glut) =>
        ResaleLaw.Months(forSale, 1, glut, Buyers);
}
