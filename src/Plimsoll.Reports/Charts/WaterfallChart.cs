using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Charts;

/// <summary>The median draw's cash by year: what comes in above zero, what goes out below.</summary>
internal static class WaterfallChart
{
    /// <summary>The chart as SVG.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="years">The years, each with the same lines.</param>
    /// <param name="flows">Names of the lines that are flows, in the order of their colours.</param>
    /// <param name="scale">Divides the amounts.</param>
    /// <param name="unit">Unit of the divided amounts.</param>
    /// <param name="book">The language.</param>
    public static string Svg(
        string id,
        IReadOnlyList<WaterfallYear> years,
        IReadOnlyList<string> flows,
        double scale,
        string unit,
        PhraseBook book
    )
    {
        var stacks = years
            .Select(y =>
                flows
                    .Select(f => y.Lines.Where(l => l.Name == f).Sum(l => l.Amount) / scale)
                    .Select(a => double.IsFinite(a) ? a : 0)
                    .ToArray()
            )
            .ToArray();
        var top = Math.Max(1e-9, stacks.Max(s => s.Where(a => a > 0).Sum()));
        var bottom = Math.Min(0, stacks.Min(s => s.Where(a => a < 0).Sum()));
        var step = Ticks.Step((top - bottom) / 5);
        top = Math.Ceiling((top / step) - 1e-9) * step;
        bottom = Math.Floor((bottom / step) + 1e-9) * step;
        var ticks = Ticks.Round(bottom, top, 7);
        var left = Math.Max(30, ticks.Max(t => TextWidth.Of(t.Label, Chart.FontSize)) + 10);
        double from = years[0].Year - 0.6,
            to = years[^1].Year + 0.6;
        var chart = new Chart(new Frame(420, 290, left, 14, 32, 48), (from, to), (bottom, top));
        chart.Across(Ticks.Years(from, to, 9), book.Say("chart.year"));
        chart.Up(ticks, book.Say("chart.cash", unit));
        for (var y = 0; y < years.Count; y++)
        {
            double up = 0,
                down = 0;
            for (var i = 0; i < flows.Count; i++)
            {
                var amount = stacks[y][i];
                if (amount == 0)
                {
                    continue;
                }
                var start = amount > 0 ? up : down;
                chart.Plot.Add.Bar(
                    new ScottPlot.Bar
                    {
                        Position = years[y].Year,
                        ValueBase = start,
                        Value = start + amount,
                        Size = 0.66,
                        FillColor = Color(i),
                        LineWidth = 0,
                    }
                );
                up += Math.Max(0, amount);
                down += Math.Min(0, amount);
            }
        }
        var zero = chart.Plot.Add.Line(from, 0, to, 0);
        zero.LineColor = ChartColors.Ink;
        zero.LineWidth = 1.2f;
        zero.MarkerSize = 0;
        return chart.Svg(id, book.Say("chart.cash.title"));
    }

    /// <summary>Colour of a line by its place.</summary>
    public static ScottPlot.Color Color(int line) =>
        ChartColors.Parts[line % ChartColors.Parts.Count];
}
