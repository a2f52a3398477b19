using System.Globalization;
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
                "Reach",
                "The demand reachable",
                page =>
                {
                    page.Raw("<div class=\"pair\">");
                    if (result.Site is { } site)
                    {
                        Map(page, site, result.Hubs);
                    }
                    page.Raw("<div>");
                    Table(page, result, figures);
                    page.Raw("</div></div>");
                }
            );

    private static void Map(Markup page, SitePlace site, IReadOnlyList<HubReach> hubs) =>
        page.Figure(
            ReachMap.Svg("reach-map", site, hubs),
            $"Demand hubs round {site.Name}, north up, in true distance and bearing",
            [
                ("disc", "hub within the promise, area by its share of demand"),
                .. hubs.Any(h => !h.Reachable)
                    ? ((string, string)[])[("ring", "hub out of reach")]
                    : [],
                .. double.IsFinite(site.PromiseMilliseconds)
                    ? ((string, string)[])
                        [
                            (
                                "dash",
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"round trip promised, {site.PromiseMilliseconds:0.#} ms{(hubs.Max(h => h.Milliseconds) * 1.5 < site.PromiseMilliseconds ? ", beyond this map" : "")}"
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
                $"<p>{figures.Share(reached / all, "hubs.reached").Html} of the latency-bound demand of these hubs is within the promise. Training and batch work has no such bound.</p>"
            );
        }
        page.Table(
            "Round trips from the site by great circle, route factor and equipment, with their range",
            ["hub", "round trip", "range", "share of demand", "within the promise"],
            result.Hubs.Select(
                (h, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                $"{i + 1} {h.Hub}",
                                figures.Milliseconds(h.Milliseconds, $"hubs[{i}].milliseconds"),
                                Cell.Range(
                                    figures.Milliseconds(h.Low, $"hubs[{i}].low"),
                                    figures.Milliseconds(h.High, $"hubs[{i}].high")
                                ),
                                double.IsNaN(h.Weight)
                                    ? new Cell("not known", true)
                                    : figures.Share(h.Weight, $"hubs[{i}].weight"),
                                h.Reachable ? "yes" : "no",
                            ]
                    )
            )
        );
    }
}
