using Plimsoll.Decisions;
using Plimsoll.Reports.Charts;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Price floors and what they are made of.</summary>
internal static class FloorSection
{
    /// <summary>The section; null without floors.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Floors.Count == 0
            ? null
            : new PageSection(
                "floor",
                figures.Say("report.floor.short"),
                figures.Say("report.floor"),
                page =>
                {
                    if (result.Offer is { } offer)
                    {
                        page.Text("p", figures.Book.Say(offer.Said));
                        foreach (var said in offer.Beside)
                        {
                            page.Text("p", figures.Book.Say(said));
                        }
                    }
                    page.Text(
                        "p",
                        figures.Say(
                            result.Offer is null ? "report.floor.note" : "report.floor.note.offer"
                        )
                    );
                    if (result.Draws < PriceFloor.FewDraws)
                    {
                        page.Text("p", figures.Say("floor.few", result.Draws), "soft");
                    }
                    page.Raw("<div class=\"pair\">");
                    Chart(page, result, figures);
                    page.Raw("<div>");
                    Table(page, result, figures);
                    page.Raw("</div></div>");
                }
            );

    private static void Chart(Markup page, StudyResult result, Figures figures)
    {
        var names = result
            .Floors.SelectMany(f => f.Parts.Select(p => (p.Name, p.Counts)))
            .Distinct()
            .OrderByDescending(n => n.Counts)
            .ToList();
        var counted = names.Count(n => n.Counts);
        var rows = result.Floors.Select(f =>
        {
            var at = 0.0;
            var pieces = new List<RowChart.Piece>();
            foreach (var (name, counts) in names)
            {
                var part = f
                    .Parts.Where(p => p.Name == name && p.Counts == counts)
                    .Sum(p => p.PerGpuHour);
                pieces.Add(
                    new RowChart.Piece(at, at + part, Color(names.IndexOf((name, counts)), counts))
                );
                at += part;
            }
            return new RowChart.Row(Name(f, figures), "", pieces, f.AgainstDark);
        });
        page.Figure(
            RowChart.Svg(
                "floor-chart",
                [.. rows],
                figures.Say("report.floor.axis", figures.PriceUnit),
                double.NaN,
                1,
                "",
                figures.Say("report.floor.chart")
            ),
            figures.Say("report.floor.made", figures.PriceUnit),
            [
                .. names
                    .Take(counted)
                    .Select((n, i) => ($"part{i}", Part(n.Name, result, figures))),
                .. counted < names.Count
                    ? ((string, string)[])[("softly", figures.Say("report.floor.on"))]
                    : [],
                ("mark", figures.Say("report.floor.mark")),
            ]
        );
    }

    private static void Table(Markup page, StudyResult result, Figures figures)
    {
        // By the hour beside a lease on the table, which has its own: nothing is weighed but darkness.
        var all = result.Offer is null;
        var courses = all && result.Floors.Any(f => f.Free > 0);
        page.Table(
            figures.Say("report.floor.table"),
            [
                figures.Say("report.floor.lease"),
                figures.Say("report.floor.dark"),
                .. all
                    ? [figures.Say("report.floor.sale"), figures.Say("report.floor.waiting")]
                    : Array.Empty<string>(),
                .. courses ? [figures.Say("report.floor.course")] : Array.Empty<string>(),
            ],
            result.Floors.Select(
                (f, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                Name(f, figures),
                                figures.Price(f.AgainstDark, $"floors[{i}].againstDark"),
                                .. all
                                    ?
                                    [
                                        figures.Price(f.AgainstSale, $"floors[{i}].againstSale"),
                                        figures.Price(
                                            f.AgainstWaiting,
                                            $"floors[{i}].againstWaiting"
                                        ),
                                    ]
                                    : Array.Empty<Cell>(),
                                .. courses
                                    ? [figures.Price(f.AgainstCourse, $"floors[{i}].againstCourse")]
                                    : Array.Empty<Cell>(),
                            ]
                    )
            )
        );
        foreach (
            var floor in result
                .Floors.Where(f => f.InPlaceOf is not null)
                .DistinctBy(f => f.Server, StringComparer.Ordinal)
        )
        {
            page.Text(
                "p",
                figures.Say("report.floor.instead", floor.Title, floor.InPlaceOf!, floor.Free)
            );
        }
        for (var i = 0; i < result.Floors.Count; i++)
        {
            var floor = result.Floors[i];
            page.Raw(
                $"<details><summary><span>{figures.Say("report.floor.its", Markup.Encode(Name(floor, figures)))}</span><b></b></summary><div>"
            );
            page.Table(
                figures.Say("report.floor.parts"),
                [
                    figures.Say("report.floor.part"),
                    figures.Say("report.amount"),
                    figures.Say("report.floor.counts"),
                ],
                floor.Parts.Select(
                    (p, k) =>
                        (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    figures.Book.Say(p.Title),
                                    figures.Price(
                                        p.PerGpuHour,
                                        $"floors[{i}].parts[{k}].perGpuHour"
                                    ),
                                    p.Counts
                                        ? figures.Say("report.floor.stops")
                                        : figures.Say("report.floor.runs"),
                                ]
                        )
                )
            );
            page.Raw("</div></details>");
        }
    }

    /// <summary>What is let and for how long.</summary>
    public static string Lease(PriceFloor floor, Figures figures)
    {
        var product = figures.Book.Name("lease", floor.Product);
        return floor.TenorMonths switch
        {
            <= 0 => product,
            1 => figures.Say("report.floor.month", product),
            _ => figures.Say("report.floor.months", product, floor.TenorMonths),
        };
    }

    private static string Name(PriceFloor floor, Figures figures) =>
        figures.Book.Say(floor.Title) is { Length: > 0 } title
            ? figures.Say("report.floor.of", title, Lease(floor, figures))
            : Lease(floor, figures);

    private static string Part(string name, StudyResult result, Figures figures) =>
        figures.Book.Say(result.Floors.SelectMany(f => f.Parts).First(p => p.Name == name).Title);

    private static ScottPlot.Color Color(int index, bool counts) =>
        counts ? WaterfallChart.Color(index) : ChartColors.Soft;
}
