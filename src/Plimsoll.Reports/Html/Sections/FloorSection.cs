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
                "Price floor",
                "The price floor",
                page =>
                {
                    page.Text(
                        "p",
                        "Below the first price a lease loses against switching the capacity off; below the second, against selling the accelerators at once. Only cost that really stops counts; what is owed anyway is shown beside it and left out."
                    );
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
            return new RowChart.Row(Name(f), "", pieces, f.AgainstDark);
        });
        page.Figure(
            RowChart.Svg(
                "floor-chart",
                [.. rows],
                $"cost, {figures.PriceUnit}",
                double.NaN,
                1,
                "",
                "Price floors by product and tenor, made of the costs that stop, beside those that do not"
            ),
            $"What the floor is made of, {figures.PriceUnit}",
            [
                .. names.Take(counted).Select((n, i) => ($"part{i}", n.Name)),
                .. counted < names.Count
                    ? ((string, string)[])
                        [
                            (
                                "softly",
                                "what runs on in the dark, left out; its parts are named beside"
                            ),
                        ]
                    : [],
                ("mark", "floor against going dark"),
            ]
        );
    }

    private static void Table(Markup page, StudyResult result, Figures figures)
    {
        page.Table(
            "Floors by product and tenor",
            ["lease", "dark is better below", "selling is better below"],
            result.Floors.Select(
                (f, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                Name(f),
                                figures.Price(f.AgainstDark, $"floors[{i}].againstDark"),
                                figures.Price(f.AgainstSale, $"floors[{i}].againstSale"),
                            ]
                    )
            )
        );
        for (var i = 0; i < result.Floors.Count; i++)
        {
            var floor = result.Floors[i];
            page.Raw(
                $"<details><summary><span>{Markup.Encode(Name(floor))}: its parts</span><b></b></summary><div>"
            );
            page.Table(
                "Parts of the floor",
                ["part", "amount", "counts"],
                floor.Parts.Select(
                    (p, k) =>
                        (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    p.Name,
                                    figures.Price(
                                        p.PerGpuHour,
                                        $"floors[{i}].parts[{k}].perGpuHour"
                                    ),
                                    p.Counts ? "yes, it stops" : "no, it runs on",
                                ]
                        )
                )
            );
            page.Raw("</div></details>");
        }
    }

    private static string Name(PriceFloor floor)
    {
        var lease =
            floor.TenorMonths > 0
                ? $"{floor.Product}, {floor.TenorMonths} {(floor.TenorMonths == 1 ? "month" : "months")}"
                : floor.Product;
        return floor.Server.Length > 0 ? $"{floor.Server}: {lease}" : lease;
    }

    private static ScottPlot.Color Color(int index, bool counts) =>
        counts ? WaterfallChart.Color(index) : ChartColors.Soft;
}
