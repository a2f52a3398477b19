namespace Plimsoll.Market.Quotes;

/// <summary>Two quotes of a chip and basis that cannot both be the level: farther apart than their errors and the time between them explain.</summary>
/// <param name="Earlier">The earlier, or the first of the same month.</param>
/// <param name="Later">The later.</param>
/// <param name="LogGap">Log of the later over the earlier.</param>
/// <param name="Deviations">The gap in deviations, at least 1.645.</param>
public sealed record QuoteConflict(
    PanelQuote Earlier,
    PanelQuote Later,
    double LogGap,
    double Deviations
)
{
    // One in ten pairs of sound quotes would be farther apart than this.
    private const double Least = 1.645;

    // Quotes farther apart in time are history, not a contradiction.
    private const int MonthsApart = 4;

    /// <summary>The contradictions among quotes, newest first; every panel's newest quotes against the others' of the same chip and basis.</summary>
    /// <param name="quotes">Quotes of one market in one currency.</param>
    /// <param name="yearWidth">Deviation of a year's move of the log.</param>
    public static IReadOnlyList<QuoteConflict> Of(
        IReadOnlyList<PanelQuote> quotes,
        double yearWidth
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
                    if (Gap(list[i], list[j], yearWidth) is { } conflict)
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
        if (months > MonthsApart)
        {
            return null;
        }
        var gap = Math.Log(later.Quote.PerGpuHour / earlier.Quote.PerGpuHour);
        var deviation = Math.Sqrt(
            Math.Pow(earlier.Quote.LogError, 2)
                + Math.Pow(later.Quote.LogError, 2)
                + (yearWidth * yearWidth * months / 12.0)
        );
        var deviations = Math.Abs(gap) / deviation;
        return deviations >= Least ? new QuoteConflict(earlier, later, gap, deviations) : null;
    }
}
