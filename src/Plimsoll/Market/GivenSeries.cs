using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>Dated figures turned into one value a month, in logs.</summary>
internal static class GivenSeries
{
    private const double DaysPerMonth = 30.44;

    /// <summary>A series of the catalogue; empty when the view does not hold it.</summary>
    public static IReadOnlyList<Sourced<double>> Of(
        CatalogView view,
        string kind,
        string name,
        string attribute
    ) => view.Find(kind, name)?.Series(attribute) ?? [];

    /// <summary>Month of the last datum from the start; -1 when there is none.</summary>
    public static int LastMonth(IReadOnlyList<Sourced<double>> series, Month start) =>
        series.Count > 0 ? series.Max(s => Month.Of(s.ValidFrom)) - start : -1;

    /// <summary>Log-linear between dated values; flat before the first and after the last.</summary>
    public static double[] Interpolated(
        IReadOnlyList<Sourced<double>> series,
        Month start,
        int months,
        double fallback
    )
    {
        var points = Points(series, start);
        var logs = new double[months];
        for (var m = 0; m < months; m++)
        {
            var after = points.FindIndex(p => p.At >= m);
            logs[m] =
                points.Count == 0 ? fallback
                : after < 0 ? points[^1].Log
                : after == 0 ? points[0].Log
                : points[after - 1].Log
                    + (
                        (points[after].Log - points[after - 1].Log)
                        * (m - points[after - 1].At)
                        / Math.Max(1e-9, points[after].At - points[after - 1].At)
                    );
        }
        return logs;
    }

    /// <summary>Mean of the logs under a Gaussian window of four months: quotes of mixed bases scatter by a factor of 1.5 within a quarter.</summary>
    public static double[] Smoothed(
        IReadOnlyList<Sourced<double>> series,
        Month start,
        int months,
        double fallback
    )
    {
        const double Window = 4;
        var points = Points(series, start);
        var logs = new double[months];
        for (var m = 0; m < months; m++)
        {
            double weights = 0,
                sum = 0;
            foreach (var (at, log) in points)
            {
                var z = (m - at) / Window;
                var weight = Math.Exp(-0.5 * z * z) + 1e-9;
                weights += weight;
                sum += weight * log;
            }
            logs[m] = points.Count > 0 ? sum / weights : fallback;
        }
        return logs;
    }

    private static List<(double At, double Log)> Points(
        IReadOnlyList<Sourced<double>> series,
        Month start
    ) =>
        [
            .. series
                .Select(s =>
                    (
                        (s.ValidFrom.DayNumber - start.FirstDay.DayNumber) / DaysPerMonth,
                        Math.Log(s.Value)
                    )
                )
                .OrderBy(p => p.Item1),
        ];
}
