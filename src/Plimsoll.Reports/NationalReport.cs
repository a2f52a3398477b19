using System.Globalization;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Quantities;
using Plimsoll.Reports.Charts;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports;

/// <summary>One whole history of a nation on a page: a map of the named projects, how full the centres are, leagues, and every named project.</summary>
/// <remarks>Nothing is loaded from anywhere and nothing runs. The same result gives the same bytes.</remarks>
public static class NationalReport
{
    private const double Empty = 0.2,
        Full = 0.7;

    /// <summary>The page as text.</summary>
    /// <param name="result">A run with a national base.</param>
    /// <exception cref="ArgumentException">The run has no national base.</exception>
    public static string Html(MarketFileResult result)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(result);
        var nation =
            result.National
            ?? throw new ArgumentException("The run has no national base.", nameof(result));
        var at = result.File.Months - 1;
        var page = new Markup();
        page.Raw("<!DOCTYPE html>");
        page.Raw(
            "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
        );
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        );
        page.Text("title", result.File.Name);
        page.Raw($"<style>\n{StudyReport.StyleSheet()}</style></head><body><main>");
        Head(page, result, nation, at);
        page.Section("map", "Where the named projects are", body => Map(body, nation, at));
        page.Section("fill", "How full they are", body => Humps(body, nation, at));
        page.Section("league", "By province, operator and chip", body => Leagues(body, nation, at));
        page.Section(
            "projects",
            "The named projects",
            body => Projects(body, nation, result.File.Months)
        );
        page.Raw("</main></body></html>");
        return page.ToString();
    }

    private static List<CentreLedger> Standing(NationalHistory nation, int at) =>
        [.. nation.Ledgers.Where(c => double.IsFinite(nation.Fill(c, at)))];

    private static void Head(Markup page, MarketFileResult result, NationalHistory nation, int at)
    {
        var standing = Standing(nation, at);
        var fills = standing.Select(c => nation.Fill(c, at)).ToList();
        page.Text(
            "p",
            Text(
                $"{result.File.Base}, {result.File.Start} to {result.File.Start + at}; history {nation.Draw} of {result.File.Draws}, whose share let at the end is the median"
            ),
            "kicker"
        );
        page.Text("h1", result.File.Name);
        if (result.File.Explanation.Length > 0)
        {
            page.Text("p", result.File.Explanation);
        }
        page.Text(
            "p",
            Text(
                $"{standing.Sum(c => c.Stands)} centres stand at the end, {standing.Sum(c => c.Installed[nation.Offset + at]):N0} accelerators; {fills.Count(f => f < Empty)} of {fills.Count} sell less than {100 * Empty:0} % of their hours and {fills.Count(f => f > Full)} more than {100 * Full:0} %. It is one history of many, drawn and not foretold: a centre that is empty here is full in another."
            )
        );
    }

    private static void Map(Markup page, NationalHistory nation, int at)
    {
        var named = nation
            .Ledgers.Where(c =>
                nation.Project(c) is not null
                && c.State[nation.Offset + at] is not (LedgerState.None or LedgerState.Cancelled)
            )
            .ToList();
        var placed = named.Where(c => nation.Where(c) is not null).ToList();
        if (placed.Count == 0)
        {
            page.Text("p", "No named project with a known place stands at the end.");
            return;
        }
        var title = "Named projects by how full they are at the end; areas go with accelerators";
        page.Figure(
            LandMap.Svg(
                title,
                [
                    .. placed.Select(c =>
                    {
                        var (latitude, longitude) = nation.Where(c)!.Value;
                        var fill = nation.Fill(c, at);
                        return new MapDot(
                            Text(
                                $"{c.Name}, {nation.Place(c)}: {(double.IsNaN(fill) ? "not open" : Percent(fill) + " sold")}"
                            ),
                            latitude,
                            longitude,
                            c.Planned,
                            Color(fill)
                        );
                    }),
                ]
            ),
            title
        );
        page.Raw(
            "<p class=\"keys\">"
                + string.Concat(
                    new[]
                    {
                        ("--bad", Text($"below {100 * Empty:0} %")),
                        ("--soft", "between"),
                        ("--good", Text($"above {100 * Full:0} %")),
                        ("--p8", "not open"),
                    }.Select(k =>
                        $"<span class=\"key\"><i class=\"disc\" style=\"background:var({k.Item1})\"></i>{Markup.Encode(k.Item2)}</span>\n"
                    )
                )
                + "</p>"
        );
        page.Text("p", LandMap.Credit, "soft");
        page.Text(
            "p",
            Text(
                $"{placed.Count} of {named.Count} named projects: a city that the catalogue has no site in stands at the middle of its province's sites, others are left out. Drawn centres have no place."
            ),
            "soft"
        );
    }

    private static string Color(double fill) =>
        double.IsNaN(fill) ? "--p8"
        : fill < Empty ? "--bad"
        : fill > Full ? "--good"
        : "--soft";

    private static void Humps(Markup page, NationalHistory nation, int at)
    {
        var standing = Standing(nation, at);
        var title = "Centres by the share of their hours sold at the end";
        page.Figure(
            SmallCharts.Tenths(
                title,
                ([.. standing.Select(c => nation.Fill(c, at))], "--soft"),
                (
                    [
                        .. standing
                            .Where(c => nation.Project(c) is not null)
                            .Select(c => nation.Fill(c, at)),
                    ],
                    "--main"
                )
            ),
            title,
            [("softly", "all"), ("main", "named projects")]
        );
        page.Table(
            "Why the others are not full at the end: the largest part of what was not sold",
            ["reason", "centres", "accelerators"],
            standing
                .GroupBy(c => nation.Reason(c, at), StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                g.Key,
                                Number(g.Count()),
                                Number(g.Sum(c => c.Installed[nation.Offset + at])),
                            ]
                    )
                )
        );
    }

    private static void Leagues(Markup page, NationalHistory nation, int at)
    {
        var leagues = new (string Name, Func<CentreLedger, string> Of)[]
        {
            (
                "Province (named projects)",
                c => nation.Province(c) is { Length: > 0 } province ? province : ""
            ),
            ("Operator class", NationalHistory.OperatorClass),
            ("Chip tier", c => c.Tier.ToString()),
        };
        foreach (var (name, of) in leagues)
        {
            page.Table(
                name,
                ["", "centres", "accelerators", "sold of installed", "nearly empty"],
                Standing(nation, at)
                    .GroupBy(of, StringComparer.Ordinal)
                    .Where(g => g.Key.Length > 0)
                    .Select(g => (g.Key, All: g.ToList()))
                    .OrderByDescending(g => Sold(nation, g.All, at))
                    .ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g =>
                        (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    g.Key,
                                    Number(g.All.Count),
                                    Number(g.All.Sum(c => c.Installed[nation.Offset + at])),
                                    new Cell(Percent(Sold(nation, g.All, at)), true),
                                    Number(g.All.Count(c => nation.Fill(c, at) < Empty)),
                                ]
                        )
                    )
            );
        }
    }

    private static double Sold(NationalHistory nation, List<CentreLedger> centres, int at)
    {
        var m = nation.Offset + at;
        return centres.Sum(c => c.Let[m] + c.Spot[m]) / centres.Sum(c => c.Installed[m]);
    }

    private static void Projects(Markup page, NationalHistory nation, int months)
    {
        var at = months - 1;
        page.Table(
            "Named projects of the catalogue in this history; what is not reported of them is drawn",
            [
                "project",
                "place",
                "province",
                "operator",
                "chips",
                "accelerators",
                "state",
                "sold at the end",
                "mean",
                "reason",
            ],
            nation
                .Ledgers.Where(c => nation.Project(c) is not null)
                .Select(c =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                c.Name,
                                nation.Place(c),
                                nation.Province(c),
                                nation.Project(c)!.TextOrNull("operator") ?? "not reported",
                                nation.Chip(c),
                                Number(c.Planned),
                                c.State[nation.Offset + at] switch
                                {
                                    LedgerState.TakenOver => "taken over",
                                    var state => state.ToString().ToLowerInvariant(),
                                },
                                new Cell(Percent(nation.Fill(c, at)), true),
                                new Cell(Percent(nation.MeanFill(c, months)), true),
                                nation.Reason(c, at),
                            ]
                    )
                )
        );
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Percent(double share) =>
        double.IsFinite(share) ? share.ToString("0 %", CultureInfo.InvariantCulture) : "-";

    private static Cell Number(double value) =>
        new(value.ToString("N0", CultureInfo.InvariantCulture), true);
}
