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
            "Cash",
            "The waterfall of the median draw",
            page =>
            {
                var (scale, word) = Scale.Of(
                    result.Waterfall.SelectMany(y => y.Lines).Select(l => l.Amount)
                );
                var unit = $"{word}{figures.Code}";
                var flows = result
                    .Waterfall[0]
                    .Lines.Select(l => l.Name)
                    .Where(n =>
                        !result.WaterfallSums.Contains(n, StringComparer.Ordinal)
                        && result.Waterfall.Any(y => y.Lines.Any(l => l.Name == n && l.Amount != 0))
                    )
                    .ToList();
                page.Text(
                    "p",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"One real joint draw, number {result.MedianDraw}, never a row of percentiles; the workbook holds it month by month with live formulas."
                    ),
                    "soft"
                );
                page.Figure(
                    WaterfallChart.Svg("waterfall", result.Waterfall, flows, scale, unit),
                    "Cash by year",
                    flows.Select((f, i) => ($"part{i % ChartColors.Parts.Count}", f))
                );
                Table(page, result, scale, unit);
            }
        );
    }

    private static void Table(Markup page, StudyResult result, double scale, string unit)
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
            $"Waterfall by calendar year, {unit}; what comes in is positive, what goes out negative",
            [
                "line",
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
                                    line.Name,
                                    .. result.Waterfall.Select(
                                        (y, i) =>
                                            (Cell)Amount(
                                                y.Lines[k].Amount,
                                                scale,
                                                places,
                                                $"waterfall[{i}].lines[{k}].amount"
                                            )
                                    ),
                                ]
                        )
                )
        );
    }

    private static Shown Amount(double value, double scale, int places, string of)
    {
        var text = Math.Round(value / scale, places)
            .ToString("N" + places, CultureInfo.InvariantCulture);
        return new Shown(
            double.IsNaN(value) ? "no figure"
                : value == 0 ? "0"
                : text.TrimStart('-').All(c => c is '0' or '.') ? "0"
                : text,
            value,
            of
        );
    }
}
