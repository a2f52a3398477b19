using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.Motion;

/// <summary>How far the rents of a basis move in a year: their own history, shrunk towards that of comparable markets.</summary>
/// <param name="Basis">The basis.</param>
/// <param name="Value">Deviation of the log over a year.</param>
/// <param name="Freedom">Degrees of freedom: the prior's weight and the changes seen.</param>
/// <param name="Changes">Changes seen.</param>
/// <param name="History">Deviation that the history alone gives; NaN when there is none.</param>
public sealed record SeriesWidth(
    QuoteBasis Basis,
    double Value,
    double Freedom,
    int Changes,
    double History
)
{
    // A change over less than a quarter is mostly error of the quotes.
    private const int LeastMonths = 3;

    /// <summary>The width of a basis from the quotes of a market, every panel and chip compared with itself.</summary>
    /// <remarks>
    /// Scaled inverse chi-square with <see cref="MotionPriors.WidthWeight"/> prior observations at <see cref="MotionPriors.Width"/>. Changes
    /// of chips of one panel in the same quarter count as one, since they are one event. The error of a quote is not taken off: within a
    /// panel most of it stays the same from one day to the next.
    /// </remarks>
    public static SeriesWidth Of(IEnumerable<PanelQuote> quotes, QuoteBasis basis)
    {
        double sum = 0;
        var count = 0;
        var panels = quotes.Where(q => q.Quote.Basis == basis).GroupBy(q => q.Panel);
        foreach (var panel in panels.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var squares = new Dictionary<int, List<double>>();
            foreach (var chip in panel.GroupBy(q => q.Quote.Accelerator))
            {
                Collect([.. chip.Select(q => q.Quote).OrderBy(q => q.Date)], squares);
            }
            sum += squares.Values.Sum(s => s.Average());
            count += squares.Count;
        }
        var weight = MotionPriors.WidthWeight;
        var variance =
            ((weight * MotionPriors.Width * MotionPriors.Width) + sum) / (weight + count);
        return new SeriesWidth(
            basis,
            Math.Sqrt(variance),
            weight + count,
            count,
            count > 0 ? Math.Sqrt(sum / count) : double.NaN
        );
    }

    private static void Collect(List<Quote> quotes, Dictionary<int, List<double>> squares)
    {
        if (quotes.Count == 0)
        {
            return;
        }
        var last = quotes[0];
        foreach (var quote in quotes.Skip(1))
        {
            var months = quote.Date - last.Date;
            if (months < LeastMonths)
            {
                continue;
            }
            var change = Math.Log(quote.PerGpuHour / last.PerGpuHour);
            var key = (quote.Date.Year * 4) + ((quote.Date.MonthOfYear - 1) / 3);
            if (!squares.TryGetValue(key, out var list))
            {
                squares[key] = list = [];
            }
            list.Add(change * change * 12 / months);
            last = quote;
        }
    }
}
