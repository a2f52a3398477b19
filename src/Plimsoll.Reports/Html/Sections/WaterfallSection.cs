using System.Globalization;
using Plimsoll.Reports.Charts;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The waterfall of the median draw by year.</summary>
internal static class WaterfallSection
{
    /// <summary>The section; null without a waterfall.</summary>
    public static PageSection? Of(StudyResult result, Figures figures)
    {
        if (result.Waterfall.Count == 0 || result.Waterfall[0].Lines.Count == 0)
        {
            return null;
        }
        return new PageSection(
            "cash",
            figures.Say("report.cash.short"),
            figures.Say("report.cash"),
            page =>
            {
                var (scale, unit) = Scale.Of(
                    result.Waterfall.SelectMany(y => y.Lines).Select(l => l.Amount),
                    figures
                );
                var flows = result
                    .Waterfall[0]
                    .Lines.Select(l => l.Name)
                    .Where(n =>
                        !result.WaterfallSums.Contains(n, StringComparer.Ordinal)
                        && result.Waterfall.Any(y => y.Lines.Any(l => l.Name == n && l.Amount != 0))
                    )
                    .ToList();
                page.Text("p", figures.Say("report.cash.note", result.MedianDraw), "soft");
                page.Figure(
                    WaterfallChart.Svg(
                        "waterfall",
                        result.Waterfall,
                        flows,
                        scale,
                        unit,
                        figures.Book
                    ),
                    figures.Say("report.cash.figure"),
                    flows.Select(
                        (f, i) =>
                            ($"part{i % ChartColors.Parts.Count}", figures.Book.Name("line", f))
                    )
                );
                Table(page, result, scale, unit, figures);
            }
        );
    }

    private static void Table(
        Markup page,
        StudyResult result,
        double scale,
        string unit,
        Figures figures
    )
    {
        var largest = result
            .Waterfall.SelectMany(y => y.Lines)
            .Select(l => Math.Abs(l.Amount / scale))
            .Where(double.IsFinite)
            .Max();
        var places =
            largest >= 100 ? 0
            : largest >= 10 ? 1
            : 2;
        page.Grid(
            figures.Say("report.cash.table", unit),
            [
                figures.Say("report.cash.line"),
                .. result.Waterfall.Select(y => y.Year.ToString(CultureInfo.InvariantCulture)),
            ],
            result
                .Waterfall[0]
                .Lines.Select(
                    (line, k) =>
                        (
                            result.WaterfallSums.Contains(line.Name, StringComparer.Ordinal)
                                ? "sum"
                                : "",
                            (IReadOnlyList<Cell>)
                                [
                                    figures.Book.Name("line", line.Name),
                                    .. result.Waterfall.Select(
                                        (y, i) =>
                                            (Cell)Amount(
                                                y.Lines[k].Amount,
                                                scale,
                                                places,
                                                $"waterfall[{i}].lines[{k}].amount",
                                                figures
                                            )
                                    ),
                                ]
                        )
                )
        );
    }

    private static Shown Amount(double value, double scale, int places, string of, Figures figures)
    {
        var text = Math.Round(value / scale, places)
            .ToString("N" + places, CultureInfo.InvariantCulture);
        return new Shown(
            double.IsNaN(value) ? figures.Say("figure.none")
                : value == 0 ? "0"
                : text.TrimStart('-').All(c => c is '0' or '.') ? "0"
                : text,
            value,
            of
        );
    }
}
