using Plimsoll.Market.Quotes;

namespace Plimsoll.Market.Motion;

/// <summary>How the month of decision stands to the newest quote of a chip, basis and publisher.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Median">Median over draws of the rent at month 0, per accelerator-hour.</param>
/// <param name="LogMiss">Log of the median over the quote.</param>
/// <param name="Allowed">Greater of ten per cent and the quote's own 80 % half-width, in logs.</param>
/// <param name="Deviation">Deviation of the quote: its error and the walk since it was printed.</param>
/// <param name="AgeMonths">Months since the quote.</param>
public sealed record QuoteFit(
    PanelQuote Quote,
    double Median,
    double LogMiss,
    double Allowed,
    double Deviation,
    int AgeMonths
)
{
    /// <summary>True when the median is within what is allowed.</summary>
    public bool Within => Math.Abs(LogMiss) <= Allowed;
}
