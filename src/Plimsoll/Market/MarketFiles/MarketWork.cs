using Plimsoll.Quantities;

namespace Plimsoll.Market.MarketFiles;

/// <summary>What a market file will take, from its draws, months and what stands in the market.</summary>
public static class MarketWork
{
    /// <summary>What every run takes: the start, and the catalogue.</summary>
    internal const double FixedSeconds = 0.7;
    private const double FixedBytes = 200e6;

    // Measured: a month of a market made of its file alone, and of a national one of several hundred centres.
    private const double SecondsAMonth = 1e-5;
    private const double SecondsACentreMonth = 6e-6;
    private const double SecondsANationalMonth = 1e-3;

    // A national history begins years before the file's own start.
    private const int MonthsBefore = 36;
    private const double BytesADrawMonth = 1000;

    /// <summary>The estimate.</summary>
    /// <param name="market">The market.</param>
    public static WorkEstimate Of(MarketFile market)
    {
        ArgumentNullException.ThrowIfNull(market);
        var national = market.Base != "none";
        double months = market.Months + (national ? MonthsBefore : 0);
        var month =
            SecondsAMonth
            + (SecondsACentreMonth * market.Centres.Count)
            + (national ? SecondsANationalMonth : 0);
        var histories = market.Curve is null ? 1 : 2;
        return new WorkEstimate(
            FixedSeconds + (histories * market.Draws * months * month),
            FixedBytes
                + (
                    histories
                    * market.Draws
                    * months
                    * BytesADrawMonth
                    / 10
                    * (10 + market.Centres.Count)
                )
        );
    }
}
