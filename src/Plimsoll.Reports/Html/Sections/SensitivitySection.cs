using System.Globalization;
using Plimsoll.Reports.Charts;
using Plimsoll.Risk;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Tornado and Sobol indices.</summary>
internal static class SensitivitySection
{
    private const int Most = 12;

    /// <summary>The section; null when nothing was varied.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Tornado.Count == 0 && result.Sobol is null
            ? null
            : new PageSection(
                "sensitivity",
                figures.Say("report.sensitivity.short"),
                figures.Say("report.sensitivity", Decisive(result, figures)),
                page =>
                {
                    page.Raw("<div class=\"pair\">");
                    if (result.Tornado.Count > 0)
                    {
                        Tornado(page, result, figures);
                    }
                    if (result.Sobol is { } sobol)
                    {
                        page.Raw("<div>");
                        Sobol(page, sobol, figures);
                        page.Raw("</div>");
                    }
                    page.Raw("</div>");
                    if (result.Tornado.Count > 0)
                    {
                        Table(page, result, figures);
                    }
                }
            );

    private static void Tornado(Markup page, StudyResult result, Figures figures)
    {
        var bars = result.Tornado.Where(b => double.IsFinite(b.Swing)).Take(Most).ToList();
        if (bars.Count == 0)
        {
            return;
        }
        var share = Share(result);
        var (scale, unit) = share
            ? (0.01, "%")
            : Scale.Of(bars.SelectMany(b => (double[])[b.AtLow, b.AtHigh]), figures);
        page.Figure(
            RowChart.Svg(
                "tornado",
                [.. bars.Select(b => Row(b, figures))],
                figures.Say(
                    "report.axis",
                    Decisive(result, figures),
                    Cover(result) ? figures.Say("report.times") : unit
                ),
                double.NaN,
                scale,
                share ? figures.PercentSign : "",
                figures.Say("report.tornado", Decisive(result, figures))
            ),
            figures.Say("report.tornado.figure"),
            [
                ("second", figures.Say("report.tornado.low")),
                ("", figures.Say("report.tornado.high")),
            ]
        );
    }

    private static RowChart.Row Row(TornadoBar bar, Figures figures)
    {
        var middle = 0.5 * (bar.AtLow + bar.AtHigh);
        return new RowChart.Row(
            Input(bar, figures),
            figures.Say(
                "report.tornado.row",
                figures.Value(bar.LowInput, bar.Unit, "").Text,
                figures.Value(bar.HighInput, bar.Unit, "").Text,
                $"{bar.Grade}"
            ),
            [
                new RowChart.Piece(bar.AtLow, middle, ChartColors.Second),
                new RowChart.Piece(middle, bar.AtHigh, ChartColors.Main),
            ],
            double.NaN
        );
    }

    private static void Table(Markup page, StudyResult result, Figures figures)
    {
        var unit =
            Share(result) ? "fraction"
            : Cover(result) ? "times"
            : result.Currency.Code;
        if (!double.IsNaN(result.GradeDShare))
        {
            page.Text("p", figures.Say("report.sensitivity.own", result.GradeDShare));
        }
        page.Raw(
            $"<details><summary><span>{figures.Say("report.tornado.same")}</span><b></b></summary><div>"
        );
        page.Table(
            figures.Say("report.tornado.table", Decisive(result, figures)),
            [
                figures.Say("report.input"),
                figures.Say("report.tornado.lowend"),
                figures.Say("report.tornado.highend"),
                figures.Say("report.tornado.atlow"),
                figures.Say("report.tornado.athigh"),
                figures.Say("report.grade"),
                figures.Say("report.source"),
            ],
            result.Tornado.Select(
                (b, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                Input(b, figures),
                                figures.Value(b.LowInput, b.Unit, $"tornado[{i}].lowInput"),
                                figures.Value(b.HighInput, b.Unit, $"tornado[{i}].highInput"),
                                figures.Value(b.AtLow, unit, $"tornado[{i}].atLow"),
                                figures.Value(b.AtHigh, unit, $"tornado[{i}].atHigh"),
                                AssumptionsSection.Mark(b.Grade),
                                new Cell(AssumptionsSection.Source(b.Source, figures), false),
                            ]
                    )
            )
        );
        page.Raw("</div></details>");
    }

    private static void Sobol(Markup page, SobolTable sobol, Figures figures)
    {
        var order = Enumerable
            .Range(0, sobol.Factors.Count)
            .OrderByDescending(i => sobol.Indices.Total[i])
            .ToList();
        page.Table(
            figures.Say("report.sobol", (double)sobol.Indices.Evaluations),
            [
                figures.Say("report.input"),
                figures.Say("report.sobol.alone"),
                figures.Say("report.sobol.total"),
            ],
            order.Select(i =>
                (
                    "",
                    (IReadOnlyList<Cell>)
                        [
                            Factor(sobol.Factors[i], figures),
                            Index(
                                sobol.Indices.FirstOrder[i],
                                sobol.Indices.FirstOrderError[i],
                                $"sobol.firstOrder[{i}]"
                            ),
                            Index(
                                sobol.Indices.Total[i],
                                sobol.Indices.TotalError[i],
                                $"sobol.total[{i}]"
                            ),
                        ]
                )
            )
        );
    }

    /// <summary>An index with its standard error: to the place that the error allows.</summary>
    private static Cell Index(double value, double error, string of)
    {
        var text = value.ToString("0.00", CultureInfo.InvariantCulture);
        var off = error.ToString("0.00", CultureInfo.InvariantCulture);
        return new Cell(
            $"{new Shown(text == "-0.00" ? "0.00" : text, value, of).Html} ± {new Shown(off, error, of + ".error").Html}",
            true
        );
    }

    private static string Decisive(StudyResult result, Figures figures) =>
        figures.Book.Name("decisive", result.DecisiveFigure);

    /// <summary>What an input is called: by its key in the study's own words where it has one.</summary>
    private static string Input(TornadoBar bar, Figures figures) =>
        bar.Path.Length > 0 ? figures.Short(bar.Path, bar.Input) : Factor(bar.Input, figures);

    private static string Factor(string name, Figures figures) => figures.Book.Name("factor", name);

    private static bool Cover(StudyResult result) =>
        result.DecisiveFigure.Contains("cover", StringComparison.OrdinalIgnoreCase);

    private static bool Share(StudyResult result) =>
        result.DecisiveFigure.Contains("chance", StringComparison.OrdinalIgnoreCase)
        || result.DecisiveFigure.Contains("share", StringComparison.OrdinalIgnoreCase)
        || result.DecisiveFigure.Contains("odds", StringComparison.OrdinalIgnoreCase);
}
