using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>Dated facts a market run is given: tokens served, the world's rent, rules; nothing beyond the day of the view.</summary>
public sealed class MarketGivens
{
    private MarketGivens(
        Month start,
        int known,
        double[] logTokens,
        double[] logWorld,
        double tierHShareBefore,
        double tierHShareAfter,
        int exportRuleMonth
    ) =>
        (
            Start,
            KnownMonths,
            LogTokens,
            LogWorldRent,
            TierHShareBefore,
            TierHShareAfter,
            ExportRuleMonth
        ) = (start, known, logTokens, logWorld, tierHShareBefore, tierHShareAfter, exportRuleMonth);

    /// <summary>First month of every market run.</summary>
    public Month Start { get; }

    /// <summary>Months from the start to the day of the view.</summary>
    public int KnownMonths { get; }

    /// <summary>Log of national tokens a day, by month of the known span.</summary>
    public double[] LogTokens { get; }

    /// <summary>Log of the world's H100 rent, money of the market a server-month, by month of the known span.</summary>
    public double[] LogWorldRent { get; }

    /// <summary>Share of new capacity in the H class before the export rule of 2023.</summary>
    public double TierHShareBefore { get; }

    /// <summary>The same once the rule bites.</summary>
    public double TierHShareAfter { get; }

    /// <summary>Month of the export rule, from 0; beyond the span when not yet known.</summary>
    public int ExportRuleMonth { get; }

    /// <summary>Month of the review of new building, from 0; beyond the span when not yet known.</summary>
    public int ReviewMonth { get; private init; } = int.MaxValue;

    /// <summary>Reads the givens of a market.</summary>
    /// <param name="view">The catalogue as known on the day of decision.</param>
    /// <param name="market">china or us.</param>
    public static MarketGivens Of(CatalogView view, string market)
    {
        var start = new Month(2023, 1);
        var known = Math.Max(
            1,
            Month.Of(view.AsOf > new DateOnly(2100, 1, 1) ? new DateOnly(2025, 3, 31) : view.AsOf)
                - start
                + 1
        );
        var fx =
            market == "china" ? Rates(view, start, known) : Enumerable.Repeat(1.0, known).ToArray();
        var world = LogSeries(
            view.Find("rents", "H100 world")?.Series("rent") ?? [],
            start,
            known,
            Math.Log(4.7)
        );
        var logWorld = world.Select((w, m) => w + Math.Log(8 * 730 * fx[m])).ToArray();
        var tokens = LogSeries(
            view.Find("tokens", "China total")?.Series("tokens_per_day") ?? [],
            start,
            known,
            Math.Log(1e11)
        );
        var china = market == "china";
        var rule = new Month(2023, 10) - start;
        return new MarketGivens(
            start,
            known,
            tokens,
            logWorld,
            china ? 0.45 : 0.9,
            china ? 0.25 : 0.9,
            rule < known ? rule : int.MaxValue
        );
    }

    private static double[] Rates(CatalogView view, Month start, int months)
    {
        var series = view.Find("currency-rates", "CNY per USD")?.Series("rate") ?? [];
        return [.. LogSeries(series, start, months, Math.Log(7.1)).Select(Math.Exp)];
    }

    /// <summary>Log-linear between dated values; flat before the first and after the last.</summary>
    private static double[] LogSeries(
        IReadOnlyList<Sourced<double>> series,
        Month start,
        int months,
        double fallback
    )
    {
        var points = series
            .Select(s =>
                (
                    At: (s.ValidFrom.DayNumber - start.FirstDay.DayNumber) / 30.44,
                    Log: Math.Log(s.Value)
                )
            )
            .OrderBy(p => p.At)
            .ToList();
        var logs = new double[months];
        for (var m = 0; m < months; m++)
        {
            if (points.Count == 0)
            {
                logs[m] = fallback;
                continue;
            }
            var after = points.FindIndex(p => p.At >= m);
            logs[m] = after switch
            {
                -1 => points[^1].Log,
                0 => points[0].Log,
                _ => points[after - 1].Log
                    + (
                        (points[after].Log - points[after - 1].Log)
                        * (m - points[after - 1].At)
                        / Math.Max(1e-9, points[after].At - points[after - 1].At)
                    ),
            };
        }
        return logs;
    }
}
