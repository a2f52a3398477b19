using System.Globalization;
using Plimsoll.Reports.Charts;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Fill, rent and cover over time.</summary>
internal static class TimeSection
{
    /// <summary>The section; null when there is nothing over time.</summary>
    public static PageSection? Of(StudyResult result, Figures figures)
    {
        var served = result.CoverByYear.Any(y => double.IsFinite(y.P50));
        if (result.Fans.Count == 0 && !served)
        {
            return null;
        }
        return new PageSection(
            "time",
            "Over time",
            "Fill, rent and cover over time",
            page =>
            {
                var first = result.Start.Year + ((result.Start.MonthOfYear - 1) / 12.0);
                page.Raw("<div class=\"pair\">");
                for (var i = 0; i < result.Fans.Count; i++)
                {
                    var fan = result.Fans[i];
                    var share = fan.Unit is "fraction" or "share";
                    page.Figure(
                        FanChart.Svg(
                            $"fan-{i}",
                            fan,
                            first,
                            share,
                            $"{fan.Name}, {(share ? "%" : fan.Unit)}"
                        ),
                        Sentence.Begin(fan.Name),
                        [
                            ("band", "80 % of the draws, P90 to P10"),
                            ("line", "middle of each month (P50)"),
                            (
                                "line second",
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"the median draw, number {result.MedianDraw}"
                                )
                            ),
                        ]
                    );
                }
                if (served)
                {
                    Cover(page, result);
                    page.Raw("<div>");
                    Table(page, result, figures);
                    page.Raw("</div>");
                }
                page.Raw("</div>");
            }
        );
    }

    private static void Cover(Markup page, StudyResult result) =>
        page.Figure(
            CoverChart.Svg("cover", result.CoverByYear, result.Rule.CovenantCover),
            "Debt service cover by year",
            [
                (
                    "band",
                    result.CoverByYear.Any(y => y.P10 > CoverChart.Ceiling)
                        ? $"80 % of the draws, cut at {CoverChart.Ceiling:0}×"
                        : "80 % of the draws, P90 to P10"
                ),
                ("disc", "middle (P50)"),
                (
                    "dash",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"covenant, {result.Rule.CovenantCover:0.00}×"
                    )
                ),
            ]
        );

    private static void Table(Markup page, StudyResult result, Figures figures)
    {
        page.Grid(
            "Debt service cover by year over all draws: cash available over debt service due, a balloon left out, times",
            ["year", "P90 (bad side)", "P50", "P10 (good side)"],
            result
                .CoverByYear.Select((y, i) => (Year: y, Of: $"coverByYear[{i}]."))
                .Where(y => double.IsFinite(y.Year.P50))
                .Select(y =>
                    (
                        y.Year.P50 < result.Rule.CovenantCover ? "low" : "",
                        (IReadOnlyList<Cell>)
                            [
                                y.Year.Year.ToString(CultureInfo.InvariantCulture),
                                figures.Times(y.Year.P90, y.Of + "p90"),
                                figures.Times(y.Year.P50, y.Of + "p50"),
                                figures.Times(y.Year.P10, y.Of + "p10"),
                            ]
                    )
                )
        );
    }
}
