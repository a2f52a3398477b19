using Plimsoll.Studies;

namespace Plimsoll.Reports.Charts;

/// <summary>Debt service cover by year with the covenant line.</summary>
internal static class CoverChart
{
    /// <summary>The chart as SVG.</summary>
    public static string Svg(IReadOnlyList<YearCover> years, double covenant)
    {
        var plot = ChartStyle.Plain("year", "debt service cover, times");
        const double Ceiling = 6;
        foreach (var year in years.Where(y => double.IsFinite(y.P50)))
        {
            var span = plot.Add.Line(
                year.Year,
                Math.Clamp(year.P90, -1, Ceiling),
                year.Year,
                Math.Clamp(year.P10, -1, Ceiling)
            );
            span.LineColor = ChartStyle.Main.WithAlpha(0.35);
            span.LineWidth = 14;
            var marker = plot.Add.Marker(
                year.Year,
                Math.Clamp(year.P50, -1, Ceiling),
                ScottPlot.MarkerShape.FilledCircle,
                9,
                ChartStyle.Main
            );
            marker.MarkerStyle.LineWidth = 0;
        }
        var line = plot.Add.HorizontalLine(
            covenant,
            2,
            ChartStyle.Bad,
            ScottPlot.LinePattern.Dashed
        );
        line.LabelText = "";
        var top = years
            .Where(y => double.IsFinite(y.P10))
            .Select(y => Math.Min(Ceiling, y.P10))
            .DefaultIfEmpty(2)
            .Max();
        var bottom = years
            .Where(y => double.IsFinite(y.P90))
            .Select(y => Math.Max(-1, y.P90))
            .DefaultIfEmpty(0)
            .Min();
        plot.Axes.SetLimitsY(Math.Min(0, bottom * 1.1), Math.Max(covenant * 1.3, top * 1.1));
        plot.Axes.SetLimitsX(years.Min(y => y.Year) - 0.6, years.Max(y => y.Year) + 0.6);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(1)
        {
            LabelFormatter = v => v.ToString("0"),
        };
        return ChartStyle.Svg(
            plot,
            620,
            300,
            "Debt service cover by year, P90 to P10, with the covenant"
        );
    }
}
