namespace Plimsoll.Finance;

/// <summary>A default seen from the lender: what it would lose by taking the fleet and selling it.</summary>
/// <param name="Month">Month of default, from 0; -1 for none.</param>
/// <param name="Exposure">Debt outstanding with arrears at default.</param>
/// <param name="Recovered">Value at default of what is got back, discounted at the first tranche's rate, at most the exposure.</param>
/// <param name="ResalePrice">Second-hand price of one accelerator at default.</param>
/// <param name="MonthsToSell">Months the sale takes.</param>
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

    /// <summary>The loss at a default.</summary>
    /// <param name="terms">Repossession and holding cost.</param>
    /// <param name="month">Month of default.</param>
    /// <param name="exposure">Debt outstanding with arrears.</param>
    /// <param name="accounts">Cash and reserve account then, 0 or more.</param>
    /// <param name="rate">Yearly rate of the first tranche.</param>
    /// <param name="installed">Accelerators then installed.</param>
    /// <param name="resalePrice">Second-hand price by month.</param>
    /// <param name="monthsToSell">Months to sell then.</param>
    /// <param name="horizon">Months of the horizon.</param>
    /// <remarks>
    /// The fleet is sold at the price of the month in which the sale is over (the last of the horizon when later), less repossession and monthly holding cost as
    /// shares of that value, discounted over the months to sell. Debt left in the last month has nothing more to come from.
    /// </remarks>
    internal static LenderLoss At(
        FinanceTerms terms,
        int month,
        double exposure,
        double accounts,
        double rate,
        double installed,
        Func<int, double> resalePrice,
        double monthsToSell,
        int horizon
    )
    {
        var last = horizon - 1;
        var months = Math.Max(0, monthsToSell);
        if (month >= last)
        {
            return new LenderLoss(month, exposure, 0, resalePrice(month), months);
        }
        var sold = Math.Min(last, month + (int)Math.Ceiling(months));
        var value = resalePrice(sold) * installed;
        var net = value * Math.Max(0, 1 - terms.RepossessionCost - (terms.HoldingCost * months));
        var recovered = Math.Min(exposure, (net * Math.Pow(1 + (rate / 12), -months)) + accounts);
        return new LenderLoss(month, exposure, recovered, resalePrice(month), months);
    }
}
