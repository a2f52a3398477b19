using Plimsoll.Decisions;
using Plimsoll.Studies;
using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>A figure over time: the band from P90 to P10, the middle of each month, and one whole draw.</summary>
internal static class FanChart
{
    /// <summary>The chart as SVG.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="fan">The figure; months in which it has no value are left open.</param>
    /// <param name="firstYear">First month as a year with its part, for example 2024.25.</param>
    /// <param name="share">True when the figure is a share, to be shown in percent.</param>
    /// <param name="axis">Name and unit of the value axis.</param>
    /// <param name="book">The language.</param>
    public static string Svg(
        string id,
        Fan fan,
        double firstYear,
        bool share,
        string axis,
        PhraseBook book
    )
    {
        var scale = share ? 100 : 1;
        var last = firstYear + (fan.P50.Length / 12.0);
        double[] all = [.. fan.P10, .. fan.P90, .. fan.Median];
        var top = all.Where(double.IsFinite).DefaultIfEmpty(0).Max() * scale;
        var bottom = Math.Min(0, all.Where(double.IsFinite).DefaultIfEmpty(0).Min() * scale);
        var step = Ticks.Step((top - bottom) / 4);
        top = share && top <= 100 ? 100 : Math.Max(step, Math.Ceiling((top / step) - 1e-9) * step);
        var ticks = Ticks.Round(
            bottom,
            top,
            share ? 6 : 5,
            share ? book.Say("figure.percent") : ""
        );
        var left = Math.Max(30, ticks.Max(t => TextWidth.Of(t.Label, Chart.FontSize)) + 10);
        var chart = new Chart(
            new Frame(420, 270, left, 14, 32, 48),
            (firstYear, last),
            (bottom, top)
        );
        chart.Across(Ticks.Years(firstYear, last, 8), book.Say("report.time.axis"));
        chart.Up(ticks, axis);
        foreach (var span in Spans(fan))
        {
            double[] x = [.. span.Select(i => firstYear + ((i + 0.5) / 12.0))];
            if (x.Length > 1)
            {
                var band = chart.Plot.Add.FillY(
                    x,
                    [.. span.Select(i => fan.P90[i] * scale)],
                    [.. span.Select(i => fan.P10[i] * scale)]
                );
                band.FillColor = ChartColors.Main.WithAlpha(0.24);
                band.LineWidth = 0;
            }
            Line(chart, x, [.. span.Select(i => fan.P50[i] * scale)], ChartColors.Main, 2.6f);
            Line(chart, x, [.. span.Select(i => fan.Median[i] * scale)], ChartColors.Second, 1.4f);
        }
        return chart.Svg(id, book.Say("chart.fan", book.Name("fan", fan.Name)));
    }

    private static void Line(Chart chart, double[] x, double[] y, Color color, float width)
    {
        var line = chart.Plot.Add.ScatterLine(x, y, color);
        line.LineWidth = width;
        if (x.Length == 1)
        {
            line.MarkerSize = 5;
        }
    }

    /// <summary>Runs of months in which the figure has a value.</summary>
    private static IEnumerable<int[]> Spans(Fan fan)
    {
        var span = new List<int>();
        for (var i = 0; i < fan.P50.Length; i++)
        {
            if (
                double.IsFinite(fan.P50[i])
                && double.IsFinite(fan.P10[i])
                && double.IsFinite(fan.P90[i])
                && double.IsFinite(fan.Median[i])
            )
            {
                span.Add(i);
            }
            else if (span.Count > 0)
            {
                yield return [.. span];
                span.Clear();
            }
        }
        if (span.Count > 0)
        {
            yield return [.. span];
        }
    }
}
