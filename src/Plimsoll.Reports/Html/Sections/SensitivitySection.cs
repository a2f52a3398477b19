using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Reports.Charts;
using Plimsoll.Risk;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Tornado and Sobol indices.</summary>
internal static class SensitivitySection
{
    private const int Most = 12;

    /// <summary>The section; null when nothing was varied.</summary>
    public static PageSection? Of(StudyResult result) =>
        result.Tornado.Count == 0 && result.Sobol is null
            ? null
            : new PageSection(
                "sensitivity",
                "Sensitivity",
                $"What moves the answer: {result.DecisiveFigure}",
                page =>
                {
                    page.Raw("<div class=\"pair\">");
                    if (result.Tornado.Count > 0)
                    {
                        Tornado(page, result);
                    }
                    if (result.Sobol is { } sobol)
                    {
                        page.Raw("<div>");
                        Sobol(page, sobol);
                        page.Raw("</div>");
                    }
                    page.Raw("</div>");
                    if (result.Tornado.Count > 0)
                    {
                        Table(page, result);
                    }
                }
            );

    private static void Tornado(Markup page, StudyResult result)
    {
        var bars = result.Tornado.Where(b => double.IsFinite(b.Swing)).Take(Most).ToList();
        if (bars.Count == 0)
        {
            return;
        }
        var share = Share(result);
        var (scale, word) = share
            ? (0.01, "")
            : Scale.Of(bars.SelectMany(b => (double[])[b.AtLow, b.AtHigh]));
        page.Figure(
            RowChart.Svg(
                "tornado",
                [.. bars.Select(Row)],
                share ? $"{result.DecisiveFigure}, %"
                    : Cover(result) ? $"{result.DecisiveFigure}, times"
                    : $"{result.DecisiveFigure}, {word}{result.Currency.Code}",
                double.NaN,
                scale,
                share ? " %" : "",
                $"Tornado: how {result.DecisiveFigure} swings with each input alone"
            ),
            "Each input alone, from the low to the high end of its 80 % range",
            [("second", "input at its low end"), ("", "input at its high end")]
        );
    }

    private static RowChart.Row Row(TornadoBar bar)
    {
        var middle = 0.5 * (bar.AtLow + bar.AtHigh);
        return new RowChart.Row(
            bar.Input,
            $"{Figures.In(bar.LowInput, bar.Unit, "").Text} to {Figures.In(bar.HighInput, bar.Unit, "").Text}, grade {bar.Grade}",
            [
                new RowChart.Piece(bar.AtLow, middle, ChartColors.Second),
                new RowChart.Piece(middle, bar.AtHigh, ChartColors.Main),
            ],
            double.NaN
        );
    }

    private static void Table(Markup page, StudyResult result)
    {
        var unit =
            Share(result) ? "fraction"
            : Cover(result) ? "times"
            : result.Currency.Code;
        if (!double.IsNaN(result.GradeDShare))
        {
            page.Text(
                "p",
                $"{Words.Odds(result.GradeDShare)} of the spread comes from inputs of grade D, which are priors of our own."
            );
        }
        page.Raw(
            "<details><summary><span>The same as a table, with sources</span><b></b></summary><div>"
        );
        page.Table(
            $"Swing of {result.DecisiveFigure} by input",
            ["input", "low end", "high end", "answer at low", "answer at high", "grade", "source"],
            result.Tornado.Select(
                (b, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                b.Input,
                                Figures.In(b.LowInput, b.Unit, $"tornado[{i}].lowInput"),
                                Figures.In(b.HighInput, b.Unit, $"tornado[{i}].highInput"),
                                Figures.In(b.AtLow, unit, $"tornado[{i}].atLow"),
                                Figures.In(b.AtHigh, unit, $"tornado[{i}].atHigh"),
                                AssumptionsSection.Mark(b.Grade),
                                b.Source,
                            ]
                    )
            )
        );
        page.Raw("</div></details>");
    }

    private static void Sobol(Markup page, SobolTable sobol)
    {
        var order = Enumerable
            .Range(0, sobol.Factors.Count)
            .OrderByDescending(i => sobol.Indices.Total[i])
            .ToList();
        page.Table(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Sobol indices: share of the variance each input carries alone and with its interactions; {sobol.Indices.Evaluations:N0} evaluations"
            ),
            ["input", "alone", "with interactions"],
            order.Select(i =>
                (
                    "",
                    (IReadOnlyList<Cell>)
                        [
                            sobol.Factors[i],
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

    private static bool Cover(StudyResult result) =>
        result.DecisiveFigure.Contains("cover", StringComparison.OrdinalIgnoreCase);

    private static bool Share(StudyResult result) =>
        result.DecisiveFigure.Contains("chance", StringComparison.OrdinalIgnoreCase)
        || result.DecisiveFigure.Contains("share", StringComparison.OrdinalIgnoreCase)
        || result.DecisiveFigure.Contains("odds", StringComparison.OrdinalIgnoreCase);
}
