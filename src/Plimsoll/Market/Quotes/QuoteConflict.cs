using Plimsoll.Outlooks;

namespace Plimsoll.Market.Quotes;

/// <summary>Two quotes of a chip and basis that cannot both be the level: their 80 % ranges do not meet.</summary>
/// <param name="Earlier">The earlier, or the first of the same month.</param>
/// <param name="Later">The later.</param>
/// <param name="LogGap">Log of the later over the earlier.</param>
/// <param name="Widths">The gap over the sum of both half-widths, more than 1.</param>
public sealed record QuoteConflict(
    PanelQuote Earlier,
    PanelQuote Later,
    double LogGap,
    double Widths
)
{
    // Quotes farther apart in time are history, not a contradiction.
    private const int MonthsApart = 4;

    /// <summary>The contradictions among quotes, newest first; every panel's newest quotes against the others' of the same chip and basis.</summary>
    /// <param name="quotes">Quotes of one market in one currency.</param>
    /// <param name="yearWidth">Deviation of a year's move of the log, by basis.</param>
    public static IReadOnlyList<QuoteConflict> Of(
        IReadOnlyList<PanelQuote> quotes,
        Func<QuoteBasis, double> yearWidth
    )
    {
        var found = new List<QuoteConflict>();
        foreach (
            var group in quotes
                .GroupBy(q => (q.Quote.Accelerator, q.Quote.Basis))
                .OrderBy(g => g.Key.Accelerator, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Basis)
        )
        {
            var list = group
                .OrderBy(q => q.Quote.Date)
                .ThenBy(q => q.Key, StringComparer.Ordinal)
                .ToList();
            for (var i = 0; i < list.Count; i++)
            {
                for (var j = i + 1; j < list.Count; j++)
                {
                    if (Gap(list[i], list[j], yearWidth(group.Key.Basis)) is { } conflict)
                    {
                        found.Add(conflict);
                    }
                }
            }
        }
        return [.. found.OrderByDescending(c => c.Later.Quote.Date)];
    }

    private static QuoteConflict? Gap(PanelQuote earlier, PanelQuote later, double yearWidth)
    {
        var months = later.Quote.Date - earlier.Quote.Date;
        // A publisher that prints another price later has revised it.
        if (months > MonthsApart || (months > 0 && earlier.Publisher == later.Publisher))
        {
            return null;
        }
        var gap = Math.Log(later.Quote.PerGpuHour / earlier.Quote.PerGpuHour);
        // Within a month the level is taken as one; beyond it, a walk widens what may be.
        var walk = yearWidth * Math.Sqrt(Math.Max(0, months - 1) / 12.0);
        var widths =
            Math.Abs(gap)
            / (QuoteError.Z90 * (earlier.Quote.LogError + later.Quote.LogError + walk));
        return widths > 1 ? new QuoteConflict(earlier, later, gap, widths) : null;
    }
}
