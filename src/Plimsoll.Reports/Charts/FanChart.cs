using Plimsoll.Studies;

namespace Plimsoll.Reports.Charts;

/// <summary>A figure over time: the band from P90 to P10, the middle, and the median draw.</summary>
internal static class FanChart
{
    /// <summary>The chart as SVG.</summary>
    /// <param name="fan">The figure.</param>
    /// <param name="firstYear">Calendar year and part of it of the first month, for example 2024.25.</param>
    /// <param name="scale">Multiplies the values, 100 for shares shown in percent.</param>
    public static string Svg(Fan fan, double firstYear, double scale)
    {
        var unit = scale == 100 ? "%" : fan.Unit;
        var plot = ChartStyle.Plain("year", $"{fan.Name}, {unit}");
        var months = Enumerable
            .Range(0, fan.P50.Length)
            .Where(i =>
                double.IsFinite(fan.P50[i])
                && double.IsFinite(fan.P10[i])
                && double.IsFinite(fan.P90[i])
            )
            .ToArray();
        if (months.Length > 1)
        {
            double[] x = [.. months.Select(i => firstYear + (i / 12.0))];
            var band = plot.Add.FillY(
                x,
                [.. months.Select(i => fan.P90[i] * scale)],
                [.. months.Select(i => fan.P10[i] * scale)]
            );
            band.FillColor = ChartStyle.Main.WithAlpha(0.22);
            band.LineColor = ScottPlot.Colors.Transparent;
            var middle = plot.Add.ScatterLine(
                x,
                [.. months.Select(i => fan.P50[i] * scale)],
                ChartStyle.Main
            );
            middle.LineWidth = 2.5f;
            var median = plot.Add.ScatterLine(
                x,
                [.. months.Select(i => fan.Median[i] * scale)],
                ChartStyle.Second
            );
            median.LineWidth = 1.2f;
        }
        var top =
            months.Length == 0 ? 1 : months.Max(i => Math.Max(fan.P10[i], fan.Median[i])) * scale;
        plot.Axes.SetLimitsY(0, scale == 100 ? 100 : Math.Max(top * 1.08, 1e-9));
        plot.Axes.SetLimitsX(firstYear, firstYear + (fan.P50.Length / 12.0));
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(1)
        {
            LabelFormatter = v => v.ToString("0"),
        };
        return ChartStyle.Svg(plot, 620, 300, $"{fan.Name} over time, P90 to P10");
    }
}
