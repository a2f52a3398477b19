using Plimsoll.Studies;
using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>The median draw's cash by year: stacked lines of the waterfall.</summary>
internal static class WaterfallChart
{
    /// <summary>The chart as SVG.</summary>
    /// <param name="years">The years.</param>
    /// <param name="scale">Divides the amounts, for example 1e6.</param>
    /// <param name="unit">Name of the scaled unit.</param>
    public static string Svg(IReadOnlyList<WaterfallYear> years, double scale, string unit)
    {
        var plot = ChartStyle.Plain("year", $"cash, {unit}");
        Color[] colors = [ChartStyle.Good, ChartStyle.Second, ChartStyle.Bad, ChartStyle.Main];
        foreach (var year in years)
        {
            double up = 0,
                down = 0;
            for (var i = 0; i < year.Lines.Count; i++)
            {
                var amount = year.Lines[i].Amount / scale;
                if (!double.IsFinite(amount) || amount == 0)
                {
                    continue;
                }
                var from = amount > 0 ? up : down;
                plot.Add.Bar(
                    new Bar
                    {
                        Position = year.Year,
                        ValueBase = from,
                        Value = from + amount,
                        Size = 0.7,
                        FillColor = colors[i % colors.Length].WithAlpha(0.75),
                        LineWidth = 0,
                    }
                );
                up += Math.Max(0, amount);
                down += Math.Min(0, amount);
            }
        }
        plot.Add.HorizontalLine(0, 1, ChartStyle.Ink);
        plot.Axes.SetLimitsX(years.Min(y => y.Year) - 0.7, years.Max(y => y.Year) + 0.7);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(1)
        {
            LabelFormatter = v => v.ToString("0"),
        };
        return ChartStyle.Svg(plot, 620, 300, "Cash of the median draw by year");
    }
}
