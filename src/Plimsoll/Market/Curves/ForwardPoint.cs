using Plimsoll.Quantities;

namespace Plimsoll.Market.Curves;

/// <summary>One price of a forward curve or an appraisal that a user holds to be right.</summary>
/// <param name="Month">Month of the price.</param>
/// <param name="Accelerator">The chip.</param>
/// <param name="Price">Money of the market, more than 0: of an accelerator-hour under a contract of about a year, or of one used accelerator with its share of the server.</param>
public sealed record ForwardPoint(Month Month, string Accelerator, double Price);

/// <summary>A curve of one chip by month: the log between dates on a straight line.</summary>
internal static class ForwardCurve
{
    /// <summary>Logs by month; NaN before the first date and after the last.</summary>
    /// <param name="points">Of one chip, at least one; in any order.</param>
    /// <param name="start">Month 0.</param>
    /// <param name="months">Months.</param>
    public static double[] Logs(IEnumerable<ForwardPoint> points, Month start, int months)
    {
        var dated = points
            .GroupBy(p => p.Month - start)
            .Select(g => (At: g.Key, Log: g.Average(p => Math.Log(p.Price))))
            .OrderBy(p => p.At)
            .ToList();
        var logs = new double[months];
        for (var m = 0; m < months; m++)
        {
            var after = dated.FindIndex(p => p.At >= m);
            if (after >= 0 && dated[after].At == m)
            {
                logs[m] = dated[after].Log;
            }
            else if (after <= 0)
            {
                logs[m] = double.NaN;
            }
            else
            {
                var (from, to) = (dated[after - 1], dated[after]);
                logs[m] = from.Log + ((to.Log - from.Log) * (m - from.At) / (to.At - from.At));
            }
        }
        return logs;
    }

    /// <summary>A shift by month that is 0 up to the decision, as given between the first date and the last, and grows evenly before; after the last it stays, so that the model's own motion goes on from there.</summary>
    /// <param name="shift">NaN before the first date and after the last.</param>
    /// <param name="decision">Month of the decision.</param>
    public static double[] Blended(double[] shift, int decision)
    {
        var first = Array.FindIndex(shift, x => !double.IsNaN(x));
        var last = Array.FindLastIndex(shift, x => !double.IsNaN(x));
        var blended = new double[shift.Length];
        for (var m = 0; m < shift.Length; m++)
        {
            blended[m] =
                first < 0 || m <= decision && m < first ? 0
                : m >= first ? shift[Math.Min(m, last)]
                : shift[first] * (m - decision) / (first - decision);
        }
        return blended;
    }
}
