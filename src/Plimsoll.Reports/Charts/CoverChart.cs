using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Charts;

/// <summary>Debt service cover by year with the covenant line.</summary>
internal static class CoverChart
{
    /// <summary>Cover above which a bar is cut at the edge of the chart; the table has the figure.</summary>
    public const double Ceiling = 5;

    private const double Floor = -2;

    /// <summary>The chart as SVG.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="years">Years; those without debt service are left open.</param>
    /// <param name="covenant">Cover below which the covenant is broken.</param>
    /// <param name="book">The language.</param>
    public static string Svg(
        string id,
        IReadOnlyList<YearCover> years,
        double covenant,
        PhraseBook book
    )
    {
        var shown = years.Where(y => double.IsFinite(y.P50)).ToList();
        var high = Math.Min(
            Ceiling,
            shown.Select(y => y.P10).Where(double.IsFinite).DefaultIfEmpty(2).Max()
        );
        var low = Math.Max(
            Floor,
            shown.Select(y => y.P90).Where(double.IsFinite).DefaultIfEmpty(0).Min()
        );
        var top = Math.Max(covenant * 1.4, high * 1.06);
        var bottom = low < 0 ? low * 1.06 : 0;
        var from = years.Min(y => y.Year) - 0.6;
        var to = years.Max(y => y.Year) + 0.6;
        var chart = new Chart(new Frame(420, 270, 40, 14, 32, 48), (from, to), (bottom, top));
        chart.Across(Ticks.Years(from, to, 9), book.Say("chart.year"));
        chart.Up(Ticks.Round(bottom, top, 6, book.Say("chart.times")), book.Say("chart.cover"));
        foreach (var year in shown)
        {
            var (p90, p10) = (Math.Clamp(year.P90, bottom, top), Math.Clamp(year.P10, bottom, top));
            chart.Plot.Add.Bar(
                new ScottPlot.Bar
                {
                    Position = year.Year,
                    ValueBase = p90,
                    Value = Math.Max(p10, p90 + (0.004 * (top - bottom))),
                    Size = 0.42,
                    FillColor = ChartColors.Main.WithAlpha(0.38),
                    LineWidth = 0,
                }
            );
            chart.Plot.Add.Marker(
                year.Year,
                Math.Clamp(year.P50, bottom, top),
                ScottPlot.MarkerShape.FilledCircle,
                9,
                ChartColors.Main
            );
        }
        var limit = chart.Plot.Add.Line(from, covenant, to, covenant);
        limit.LineColor = ChartColors.Limit;
        limit.LineWidth = 2;
        limit.MarkerSize = 0;
        if (bottom < 0)
        {
            var zero = chart.Plot.Add.Line(from, 0, to, 0);
            zero.LineColor = ChartColors.Ink;
            zero.LineWidth = 1;
            zero.MarkerSize = 0;
        }
        return chart.Svg(id, book.Say("chart.cover.title", covenant));
    }
}
