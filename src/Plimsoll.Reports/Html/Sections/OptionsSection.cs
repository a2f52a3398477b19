using Plimsoll.Decisions;
using Plimsoll.Reports.Charts;
using Plimsoll.Risk;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The options compared on the same draws.</summary>
internal static class OptionsSection
{
    /// <summary>The section; null without options.</summary>
    public static PageSection? Of(StudyResult result, Figures figures, Asker asker) =>
        result.Options.Count == 0
            ? null
            : new PageSection(
                "options",
                "Options",
                asker.Courses,
                page =>
                {
                    page.Text(
                        "p",
                        "All options meet the same draws of the world, so that a difference between two is their own. Policies see the past only.",
                        "soft"
                    );
                    foreach (
                        var few in result
                            .Options.Where(o => o.Stopped)
                            .GroupBy(o => o.Figures.Draws)
                    )
                    {
                        page.Text(
                            "p",
                            $"{string.Join(", ", few.Select(o => $"‘{o.Name}’"))}: on the first {few.Key} draws. These leave no doubt that the rule fails (a test by more than 3.3 standard errors, and under every rent law), so no more were run.",
                            "soft"
                        );
                    }
                    page.Raw("<div class=\"pair\">");
                    Value(page, result, figures);
                    Fill(page, result);
                    page.Raw("</div>");
                    Odds(page, result, figures);
                    Worth(page, result, figures, asker);
                    Spreads(page, result, figures);
                }
            );

    private static void Value(Markup page, StudyResult result, Figures figures)
    {
        var (scale, word) = Scale.Of(
            result.Options.SelectMany(o => (double[])[o.EquityNpv.P90, o.EquityNpv.P10])
        );
        page.Figure(
            RowChart.Svg(
                "options-value",
                [
                    .. result.Options.Select(o => new RowChart.Row(
                        o.Name,
                        "",
                        [new RowChart.Piece(o.EquityNpv.P90, o.EquityNpv.P10, ChartColors.Main)],
                        o.EquityNpv.P50
                    )),
                ],
                $"value to equity today, {word}{figures.Code}",
                0,
                scale,
                "",
                "Value to equity of each option, P90 to P10"
            ),
            "Value to equity",
            [
                ("", "80 % of the draws"),
                ("mark", "middle (P50)"),
                ("dash", "nothing gained, nothing lost"),
            ]
        );
    }

    private static void Fill(Markup page, StudyResult result) =>
        page.Figure(
            RowChart.Svg(
                "options-fill",
                [
                    .. result.Options.Select(o => new RowChart.Row(
                        o.Name,
                        "",
                        [new RowChart.Piece(o.Fill.P90, o.Fill.P10, ChartColors.Second)],
                        o.Fill.P50
                    )),
                ],
                "share of accelerator-hours sold, %",
                double.NaN,
                0.01,
                " %",
                "Fill of each option, P90 to P10"
            ),
            "Fill",
            [("second", "80 % of the draws"), ("mark", "middle (P50)")]
        );

    private static void Odds(Markup page, StudyResult result, Figures figures) =>
        page.Table(
            "What each option would carry",
            [
                "option",
                "fill P50",
                "rent P50",
                "lowest cover P50",
                $"cover below {result.Rule.CovenantCover:0.00}×",
                "default",
                "a year under 30 % full",
                "rule",
            ],
            result.Options.Select(
                (o, i) => (Pick(o, result), OddsRow(o, $"options[{i}].", figures))
            )
        );

    private static IReadOnlyList<Cell> OddsRow(OptionResult option, string of, Figures figures)
    {
        var debt = double.IsFinite(option.MinimumCover.P50);
        var outcome = DecisionRule.Overall([.. option.Credit, .. option.Equity]);
        return
        [
            option.Name,
            figures.Share(option.Fill.P50, of + "fill.p50"),
            figures.Price(option.Rent.P50, of + "rent.p50"),
            debt ? figures.Times(option.MinimumCover.P50, of + "minimumCover.p50") : NoDebt,
            debt ? figures.Odds(option.Breach.Value, of + "breach.value") : NoDebt,
            debt ? figures.Odds(option.Default.Value, of + "default.value") : NoDebt,
            figures.Odds(option.EmptyYear.Value, of + "emptyYear.value"),
            new Cell(
                $"<span class=\"outcome {Words.Verb(outcome)}\">{Words.Verb(outcome)}</span>",
                false
            ),
        ];
    }

    private static void Worth(Markup page, StudyResult result, Figures figures, Asker asker)
    {
        var first = result.Options[0];
        page.Table(
            "What each option is worth to equity; the difference carries its 95 % sampling interval",
            [
                "option",
                "yearly return P50",
                "value, mean",
                "value, P90 to P10",
                $"against {asker.BaseColumn}",
            ],
            result.Options.Select(
                (o, i) =>
                    (Pick(o, result), WorthRow(o, $"options[{i}].", i == 0 ? null : first, figures))
            )
        );
    }

    private static IReadOnlyList<Cell> WorthRow(
        OptionResult option,
        string of,
        OptionResult? first,
        Figures figures
    )
    {
        Cell gain = new("reference", true);
        if (first is not null)
        {
            var (mean, error) = option.Against(first);
            gain = new Cell(
                $"{figures.Money(mean, of + "against.mean").Html} ± {figures.Money(1.96 * error, of + "against.interval").Html}",
                true
            );
        }
        return
        [
            option.Name,
            figures.Share(option.EquityIrr.P50, of + "equityIrr.p50"),
            figures.Money(option.MeanEquityNpv, of + "meanEquityNpv"),
            Cell.Range(
                figures.Money(option.EquityNpv.P90, of + "equityNpv.p90"),
                figures.Money(option.EquityNpv.P10, of + "equityNpv.p10")
            ),
            gain,
        ];
    }

    /// <summary>Every spread of every option.</summary>
    private static void Spreads(Markup page, StudyResult result, Figures figures)
    {
        for (var i = 0; i < result.Options.Count; i++)
        {
            var option = result.Options[i];
            var of = $"options[{i}].";
            (string, Spread, Func<double, string, Shown>, string)[] spreads =
            [
                ("fill", option.Fill, figures.Share, "fill"),
                ("rent", option.Rent, figures.Price, "rent"),
                ("lowest trailing cover", option.MinimumCover, figures.Times, "minimumCover"),
                ("yearly return on equity", option.EquityIrr, figures.Share, "equityIrr"),
                ("value to equity", option.EquityNpv, figures.Money, "equityNpv"),
            ];
            page.Raw(
                $"<details><summary><span>{Markup.Encode(option.Name)}: what it is, and its spreads</span><b></b></summary><div>"
            );
            page.Text("p", option.Description);
            page.Table(
                "Spread over the draws",
                ["figure", "P90 (bad side)", "P50", "P10 (good side)", "mean", "has a meaning in"],
                spreads.Select(s => ("", Spread(s.Item1, s.Item2, s.Item3, of + s.Item4)))
            );
            page.Raw("</div></details>");
        }
    }

    private static IReadOnlyList<Cell> Spread(
        string name,
        Spread spread,
        Func<double, string, Shown> show,
        string of
    ) =>
        [
            name,
            show(spread.P90, of + ".p90"),
            show(spread.P50, of + ".p50"),
            show(spread.P10, of + ".p10"),
            show(spread.Mean, of + ".mean"),
            Figures.Count(spread.Defined, "draws", of + ".defined"),
        ];

    private static string Pick(OptionResult option, StudyResult result) =>
        option.Name == result.Verdict.Option ? "pick" : "";

    private static Cell NoDebt => new("no debt", true);
}
