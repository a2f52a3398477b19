using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>Rows of bars under their full names: tornado, options, price floors, claims.</summary>
internal static class RowChart
{
    /// <summary>A piece of a bar.</summary>
    /// <param name="From">Where it begins.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="Color">Its colour.</param>
    internal sealed record Piece(double From, double To, Color Color);

    /// <summary>A row.</summary>
    /// <param name="Name">What it is; broken over lines as needed.</param>
    /// <param name="Note">Small text behind the name; may be empty.</param>
    /// <param name="Pieces">Pieces of its bar.</param>
    /// <param name="Mark">Value marked across the bar; NaN for none.</param>
    internal sealed record Row(string Name, string Note, IReadOnlyList<Piece> Pieces, double Mark);

    private const double Width = 420;
    private const double Side = 12;
    private const double Line = 16.5;
    private const double Bar = 15;
    private const double Gap = 13;

    /// <summary>The chart as SVG.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="rows">At least one row.</param>
    /// <param name="axis">Name and unit of the value axis.</param>
    /// <param name="reference">A value marked dashed at every row; NaN for none.</param>
    /// <param name="scale">Divides the values.</param>
    /// <param name="suffix">Written after each number at the axis.</param>
    /// <param name="title">What it shows.</param>
    public static string Svg(
        string id,
        IReadOnlyList<Row> rows,
        string axis,
        double reference,
        double scale,
        string suffix,
        string title
    )
    {
        var names = rows.Select(r => TextWidth.Lines(r.Name, Chart.FontSize, Width - (2 * Side)))
            .ToList();
        var notes = rows.Select(r =>
                r.Note.Length == 0
                    ? []
                    : TextWidth.Lines(r.Note, Chart.FontSize, Width - (2 * Side))
            )
            .ToList();
        var height = rows.Select((_, i) => Height(names[i], notes[i])).Sum();
        double[] values =
        [
            .. rows.SelectMany(r =>
                    r.Pieces.SelectMany(p => (double[])[p.From, p.To]).Append(r.Mark)
                )
                .Append(reference)
                .Where(double.IsFinite)
                .Select(v => v / scale),
        ];
        var low = values.DefaultIfEmpty(0).Min();
        var high = values.DefaultIfEmpty(1).Max();
        var step = Ticks.Step(Math.Max(1e-9, high - low) / 4);
        low = Math.Floor((low / step) + 1e-9) * step;
        high = Math.Max(low + step, Math.Ceiling((high / step) - 1e-9) * step);
        var ticks = Ticks.Round(low, high, 6, suffix);
        var chart = new Chart(
            new Frame(Width, height + 4 + 48, Side, Side, 4, 48),
            (low - (0.012 * (high - low)), high + (0.012 * (high - low))),
            (0, height)
        );
        chart.Plot.HideGrid();
        chart.Plot.Axes.Left.IsVisible = false;
        chart.Across(ticks, axis);
        var down = 0.0;
        for (var i = 0; i < rows.Count; i++)
        {
            var text = down + 4;
            foreach (var line in names[i])
            {
                text += Line;
                chart.Words(Side, text, line, Anchor.Start);
            }
            foreach (var line in notes[i])
            {
                text += Line;
                chart.Words(Side, text, line, Anchor.Start, "soft");
            }
            var y = height - (text - 4 + 6 + (Bar / 2));
            Track(chart, ticks, low, high, y);
            foreach (
                var piece in rows[i]
                    .Pieces.Where(p => double.IsFinite(p.From) && double.IsFinite(p.To))
            )
            {
                var bar = chart.Plot.Add.Rectangle(
                    piece.From / scale,
                    piece.To / scale,
                    y - (Bar / 2),
                    y + (Bar / 2)
                );
                bar.FillColor = piece.Color;
                bar.LineWidth = 0;
            }
            Upright(chart, rows[i].Mark / scale, y, ChartColors.Ink, 2.6f);
            Upright(chart, reference / scale, y, ChartColors.Limit, 2);
            down += Height(names[i], notes[i]);
        }
        return chart.Svg(id, title);
    }

    private static double Height(IReadOnlyList<string> name, IReadOnlyList<string> note) =>
        ((name.Count + note.Count) * Line) + Bar + Gap;

    private static void Track(
        Chart chart,
        IReadOnlyList<Tick> ticks,
        double low,
        double high,
        double y
    )
    {
        foreach (var tick in ticks)
        {
            Upright(chart, tick.At, y, ChartColors.Grid, 1);
        }
        var line = chart.Plot.Add.Line(low, y, high, y);
        line.LineColor = ChartColors.Grid;
        line.LineWidth = 1;
        line.MarkerSize = 0;
    }

    private static void Upright(Chart chart, double at, double y, Color color, float width)
    {
        if (!double.IsFinite(at))
        {
            return;
        }
        var line = chart.Plot.Add.Line(at, y - (Bar / 2) - 2, at, y + (Bar / 2) + 2);
        line.LineColor = color;
        line.LineWidth = width;
        line.MarkerSize = 0;
    }
}
