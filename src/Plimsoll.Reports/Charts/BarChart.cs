using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>Horizontal bars between two values, one a row: tornado and options.</summary>
internal static class BarChart
{
    /// <summary>One row.</summary>
    /// <param name="Low">Left end.</param>
    /// <param name="High">Right end.</param>
    /// <param name="Mark">A mark inside; NaN for none.</param>
    internal sealed record Row(double Low, double High, double Mark);

    /// <summary>The chart as SVG; rows are numbered from 1 at the top and named in the table beside it.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="axis">Name and unit of the value axis.</param>
    /// <param name="reference">A line across all rows; NaN for none.</param>
    /// <param name="title">What it shows.</param>
    public static string Svg(IReadOnlyList<Row> rows, string axis, double reference, string title)
    {
        var plot = ChartStyle.Plain(axis, "");
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        for (var i = 0; i < rows.Count; i++)
        {
            var y = rows.Count - i;
            ticks.AddMajor(y, $"{i + 1}");
            if (!double.IsFinite(rows[i].Low) || !double.IsFinite(rows[i].High))
            {
                continue;
            }
            var bar = plot.Add.Bar(
                new Bar
                {
                    Position = y,
                    ValueBase = rows[i].Low,
                    Value = rows[i].High,
                    Orientation = Orientation.Horizontal,
                    Size = 0.62,
                    FillColor = ChartStyle.Main.WithAlpha(0.55),
                    LineWidth = 0,
                }
            );
            bar.Horizontal = true;
            if (double.IsFinite(rows[i].Mark))
            {
                var mark = plot.Add.Line(rows[i].Mark, y - 0.38, rows[i].Mark, y + 0.38);
                mark.LineColor = ChartStyle.Ink;
                mark.LineWidth = 2.5f;
            }
        }
        if (double.IsFinite(reference))
        {
            plot.Add.VerticalLine(reference, 1.5f, ChartStyle.Bad, LinePattern.Dashed);
        }
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.SetLimitsY(0.3, rows.Count + 0.7);
        plot.HideGrid();
        return ChartStyle.Svg(plot, 620, 70 + (32 * rows.Count), title);
    }
}
