using MathNet.Numerics.Distributions;
using Plimsoll.Market;

namespace Plimsoll.Hindcast;

/// <summary>The plain forecasts that a model has to beat.</summary>
public static class Baselines
{
    /// <summary>Names, in the order in which they are printed.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["persistence", "trend", "prior ensemble", "constant ratio to world"];

    private const int Points = 400;

    /// <summary>Volatility of logs per root quarter that a series without history is given; day rates of ships move 0.3 to 0.6 a year.</summary>
    private const double PriorVolatility = 0.2;

    /// <summary>Changes' worth of weight that the prior volatility has.</summary>
    private const double PriorChanges = 2;

    /// <summary>All baselines of a quantity in a quarter, in the order of <see cref="Names"/>; null where one says nothing.</summary>
    /// <param name="prior">The forecast of the unfitted prior.</param>
    /// <param name="targets">Targets known at the vintage.</param>
    /// <param name="givens">Dated facts of the vintage.</param>
    /// <param name="processes">Priors moved by the view.</param>
    /// <param name="quantity">What is forecast.</param>
    /// <param name="quarter">When.</param>
    public static IReadOnlyList<double[]?> All(
        Forecast prior,
        IReadOnlyList<Target> targets,
        MarketGivens givens,
        IReadOnlyList<Prior> processes,
        ForecastQuantity quantity,
        Quarter quarter
    )
    {
        var seen = targets
            .Where(t => t.Observable == quantity.Observable && t.Months <= 3)
            .ToList();
        return
        [
            Persistence(seen, givens, quarter),
            Trend(seen, givens, quarter),
            prior.Cell(quantity.Name, quarter, ForecastCell.Pooled, "half").Sample,
            quantity.Observable == Observable.RentH
                ? WorldRatio(seen, givens, quarter, processes)
                : null,
        ];
    }

    /// <summary>The last value stays: a random walk whose volatility is that of the changes seen, shrunk to a prior.</summary>
    /// <param name="seen">Targets of one observable in order of time.</param>
    /// <param name="givens">Dated facts.</param>
    /// <param name="quarter">When.</param>
    /// <returns>Null when nothing was seen.</returns>
    public static double[]? Persistence(
        IReadOnlyList<Target> seen,
        MarketGivens givens,
        Quarter quarter
    ) => Walk(seen, givens, quarter, false);

    /// <summary>The change a quarter between the first and the last value seen goes on.</summary>
    /// <inheritdoc cref="Persistence"/>
    /// <returns>Null when fewer than two values were seen.</returns>
    public static double[]? Trend(
        IReadOnlyList<Target> seen,
        MarketGivens givens,
        Quarter quarter
    ) => seen.Count < 2 ? null : Walk(seen, givens, quarter, true);

    /// <summary>The last ratio of the home rent to the world's stays; the world's rent is drawn.</summary>
    /// <param name="seen">Targets of the rent of the H tier in order of time.</param>
    /// <param name="givens">Dated facts.</param>
    /// <param name="quarter">When.</param>
    /// <param name="processes">Priors moved by the view, for the world's drift and volatility.</param>
    /// <returns>Null when nothing was seen.</returns>
    public static double[]? WorldRatio(
        IReadOnlyList<Target> seen,
        MarketGivens givens,
        Quarter quarter,
        IReadOnlyList<Prior> processes
    )
    {
        if (seen.Count == 0)
        {
            return null;
        }
        var last = seen[^1];
        var horizon = Math.Max(
            0,
            (quarter.FirstMonth - givens.Start + 1.5) - (givens.LogWorldRent.Length - 1)
        );
        Prior Of(Parameter p) => processes.First(x => x.Parameter == p);
        var drift = Of(Parameter.WorldDrift);
        var driftError = (drift.High - drift.Low) / 2.563;
        var volatility = Of(Parameter.WorldVolatility).Median;
        var years = horizon / 12;
        var now = givens.LogWorldRent[
            Math.Min(givens.LogWorldRent.Length - 1, last.FromMonth + (last.Months / 2))
        ];
        return Fan(
            Math.Log(last.Value) + givens.LogWorldRent[^1] - now + (drift.Median * years),
            Math.Sqrt(
                Math.Pow(last.Error(0), 2)
                    + (volatility * volatility * years)
                    + Math.Pow(driftError * years, 2)
            )
        );
    }

    private static double[]? Walk(
        IReadOnlyList<Target> seen,
        MarketGivens givens,
        Quarter quarter,
        bool trend
    )
    {
        if (seen.Count == 0)
        {
            return null;
        }
        double Middle(Target t) => t.FromMonth + (0.5 * t.Months);
        var last = seen[^1];
        var quarters = (quarter.FirstMonth - givens.Start + 1.5 - Middle(last)) / 3;
        var pace = trend
            ? Math.Log(last.Value / seen[0].Value)
                / Math.Max(1, (Middle(last) - Middle(seen[0])) / 3)
            : 0;
        var variance = PriorChanges * PriorVolatility * PriorVolatility;
        var changes = 0;
        for (var i = 1; i < seen.Count; i++)
        {
            var span = Math.Max(1, (Middle(seen[i]) - Middle(seen[i - 1])) / 3);
            var change = Math.Log(seen[i].Value / seen[i - 1].Value) - (pace * span);
            variance += change * change / span;
            changes++;
        }
        variance /= PriorChanges + changes;
        return Fan(
            Math.Log(last.Value) + (pace * quarters),
            Math.Sqrt(Math.Pow(last.Error(0), 2) + (variance * Math.Max(0.5, quarters)))
        );
    }

    /// <summary>A normal of the log as equal-weight points.</summary>
    private static double[] Fan(double middle, double deviation)
    {
        var fan = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            fan[i] = Math.Exp(middle + (deviation * Normal.InvCDF(0, 1, (i + 0.5) / Points)));
        }
        return fan;
    }
}
