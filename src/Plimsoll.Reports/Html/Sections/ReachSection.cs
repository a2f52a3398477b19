using Plimsoll.Reports.Charts;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The demand reachable.</summary>
internal static class ReachSection
{
    /// <summary>The section; null without hubs.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Hubs.Count == 0
            ? null
            : new PageSection(
                "reach",
                figures.Say("report.reach.short"),
                figures.Say("report.reach"),
                page =>
                {
                    page.Raw("<div class=\"pair\">");
                    if (result.Site is { } site)
                    {
                        Map(page, site, result.Hubs, figures);
                    }
                    page.Raw("<div>");
                    Table(page, result, figures);
                    page.Raw("</div></div>");
                }
            );

    private static void Map(
        Markup page,
        SitePlace site,
        IReadOnlyList<HubReach> hubs,
        Figures figures
    ) =>
        page.Figure(
            ReachMap.Svg("reach-map", site, hubs, figures.Book),
            figures.Say("report.reach.figure", figures.Place(site.Name)),
            [
                ("disc", figures.Say("report.reach.disc")),
                .. hubs.Any(h => !h.Reachable)
                    ? ((string, string)[])[("ring", figures.Say("report.reach.ring"))]
                    : [],
                .. double.IsFinite(site.PromiseMilliseconds)
                    ? ((string, string)[])
                        [
                            (
                                "dash",
                                figures.Say(
                                    hubs.Max(h => h.Milliseconds) * 1.5 < site.PromiseMilliseconds
                                        ? "report.reach.promise.beyond"
                                        : "report.reach.promise",
                                    site.PromiseMilliseconds
                                )
                            ),
                        ]
                    : [],
            ]
        );

    private static void Table(Markup page, StudyResult result, Figures figures)
    {
        var reached = result
            .Hubs.Where(h => h.Reachable && double.IsFinite(h.Weight))
            .Sum(h => h.Weight);
        var all = result.Hubs.Where(h => double.IsFinite(h.Weight)).Sum(h => h.Weight);
        if (all > 0)
        {
            page.Raw(
                $"<p>{figures.Say("report.reach.share", figures.Share(reached / all, "hubs.reached").Html)}</p>"
            );
        }
        page.Table(
            figures.Say("report.reach.table"),
            [
                figures.Say("report.reach.hub"),
                figures.Say("report.reach.trip"),
                figures.Say("report.range"),
                figures.Say("report.reach.demand"),
                figures.Say("report.reach.within"),
            ],
            result.Hubs.Select(
                (h, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                $"{i + 1} {figures.Place(h.Hub)}",
                                figures.Milliseconds(h.Milliseconds, $"hubs[{i}].milliseconds"),
                                figures.Range(
                                    figures.Milliseconds(h.Low, $"hubs[{i}].low"),
                                    figures.Milliseconds(h.High, $"hubs[{i}].high")
                                ),
                                double.IsNaN(h.Weight)
                                    ? new Cell(figures.Say("report.unknown"), true)
                                    : figures.Share(h.Weight, $"hubs[{i}].weight"),
                                h.Reachable ? figures.Say("report.yes") : figures.Say("report.no"),
                            ]
                    )
            )
        );
    }
}
