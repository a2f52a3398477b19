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
            figures.Say("report.time.short"),
            figures.Say("report.time"),
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
                            figures.Say(
                                "report.axis",
                                figures.Book.Name("fan", fan.Name),
                                share ? "%" : figures.Book.Unit(fan.Unit)
                            ),
                            figures.Book
                        ),
                        Sentence.Begin(figures.Book.Name("fan", fan.Name)),
                        [
                            ("band", figures.Say("report.key.band")),
                            ("line", figures.Say("report.key.monthly")),
                            ("line second", figures.Say("report.key.draw", result.MedianDraw)),
                        ]
                    );
                }
                if (served)
                {
                    Cover(page, result, figures);
                    page.Raw("<div>");
                    Table(page, result, figures);
                    page.Raw("</div>");
                }
                page.Raw("</div>");
            }
        );
    }

    private static void Cover(Markup page, StudyResult result, Figures figures) =>
        page.Figure(
            CoverChart.Svg("cover", result.CoverByYear, result.Rule.CovenantCover, figures.Book),
            figures.Say("report.cover"),
            [
                (
                    "band",
                    result.CoverByYear.Any(y => y.P10 > CoverChart.Ceiling)
                        ? figures.Say("report.cover.cut", CoverChart.Ceiling)
                        : figures.Say("report.key.band")
                ),
                ("disc", figures.Say("report.key.middle")),
                ("dash", figures.Say("report.cover.covenant", result.Rule.CovenantCover)),
            ]
        );

    private static void Table(Markup page, StudyResult result, Figures figures)
    {
        page.Grid(
            figures.Say("report.cover.table"),
            [
                figures.Say("report.year"),
                figures.Say("report.bad"),
                figures.Say("report.middle"),
                figures.Say("report.good"),
            ],
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
