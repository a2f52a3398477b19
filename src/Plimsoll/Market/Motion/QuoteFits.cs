using Plimsoll.Market.Quotes;

namespace Plimsoll.Market.Motion;

/// <summary>Holds the month of decision against what was last printed.</summary>
internal static class QuoteFits
{
    /// <summary>A fit for the newest quote of every chip, basis and publisher.</summary>
    public static IReadOnlyList<QuoteFit> Of(RentLevels levels)
    {
        var medians = new Dictionary<(string, Outlooks.QuoteBasis), double>();
        var fits = new List<QuoteFit>();
        foreach (
            var series in levels.Quotes.GroupBy(q =>
                (q.Quote.Accelerator, q.Quote.Basis, q.Publisher)
            )
        )
        {
            var newest = series.OrderBy(q => q.Quote.Date).Last();
            var (chip, basis) = (newest.Quote.Accelerator, newest.Quote.Basis);
            if (!medians.TryGetValue((chip, basis), out var median))
            {
                var logs = levels.LogLevels(chip, basis);
                Array.Sort(logs);
                median = (logs[(logs.Length - 1) / 2] + logs[logs.Length / 2]) / 2;
                medians[(chip, basis)] = median;
            }
            var age = levels.Start - newest.Quote.Date;
            var width = levels.Widths[basis].Value;
            fits.Add(
                new QuoteFit(
                    newest,
                    Math.Exp(median),
                    median - Math.Log(newest.Quote.PerGpuHour),
                    Math.Max(Math.Log(1.1), QuoteError.Z90 * newest.Quote.LogError),
                    Math.Sqrt(Math.Pow(newest.Quote.LogError, 2) + (width * width * age / 12.0)),
                    age
                )
            );
        }
        return
        [
            .. fits.OrderByDescending(f => f.Quote.Quote.Date)
                .ThenBy(f => f.Quote.Place, StringComparer.Ordinal),
        ];
    }
}
