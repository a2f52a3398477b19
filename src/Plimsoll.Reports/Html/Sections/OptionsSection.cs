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
                figures.Say("report.options.short"),
                asker.Courses,
                page =>
                {
                    page.Text("p", figures.Say("report.options.note"), "soft");
                    foreach (
                        var few in result
                            .Options.Where(o => o.Stopped)
                            .GroupBy(o => o.Figures.Draws)
                    )
                    {
                        page.Text(
                            "p",
                            figures.Say(
                                "report.options.stopped",
                                figures.Book.Row(
                                    few.Select(o =>
                                        figures.Say("report.quoted", figures.Book.Say(o.Title))
                                    )
                                ),
                                few.Key
                            ),
                            "soft"
                        );
                    }
                    page.Raw("<div class=\"pair\">");
                    Value(page, result, figures);
                    Fill(page, result, figures);
                    page.Raw("</div>");
                    Odds(page, result, figures);
                    Worth(page, result, figures, asker);
                    Spreads(page, result, figures);
                }
            );

    private static void Value(Markup page, StudyResult result, Figures figures)
    {
        var (scale, unit) = Scale.Of(
            result.Options.SelectMany(o => (double[])[o.EquityNpv.P90, o.EquityNpv.P10]),
            figures
        );
        page.Figure(
            RowChart.Svg(
                "options-value",
                [
                    .. result.Options.Select(o => new RowChart.Row(
                        figures.Book.Say(o.Title),
                        "",
                        [new RowChart.Piece(o.EquityNpv.P90, o.EquityNpv.P10, ChartColors.Main)],
                        o.EquityNpv.P50
                    )),
                ],
                figures.Say("report.options.value.axis", unit),
                0,
                scale,
                "",
                figures.Say("report.options.value.chart")
            ),
            figures.Say("report.options.value"),
            [
                ("", figures.Say("report.key.most")),
                ("mark", figures.Say("report.key.middle")),
                ("dash", figures.Say("report.key.even")),
            ]
        );
    }

    private static void Fill(Markup page, StudyResult result, Figures figures) =>
        page.Figure(
            RowChart.Svg(
                "options-fill",
                [
                    .. result.Options.Select(o => new RowChart.Row(
                        figures.Book.Say(o.Title),
                        "",
                        [new RowChart.Piece(o.Fill.P90, o.Fill.P10, ChartColors.Second)],
                        o.Fill.P50
                    )),
                ],
                figures.Say("report.options.fill.axis"),
                double.NaN,
                0.01,
                figures.PercentSign,
                figures.Say("report.options.fill.chart")
            ),
            figures.Say("report.fill"),
            [("second", figures.Say("report.key.most")), ("mark", figures.Say("report.key.middle"))]
        );

    private static void Odds(Markup page, StudyResult result, Figures figures) =>
        page.Table(
            figures.Say("report.options.odds"),
            [
                figures.Say("report.option"),
                figures.Say("report.fill.middle"),
                figures.Say("report.rent.middle"),
                figures.Say("report.cover.middle"),
                figures.Say("report.cover.below", result.Rule.CovenantCover),
                figures.Say("report.default"),
                figures.Say("report.empty"),
                figures.Say("report.options.rule"),
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
            figures.Book.Say(option.Title),
            figures.Share(option.Fill.P50, of + "fill.p50"),
            figures.Price(option.Rent.P50, of + "rent.p50"),
            debt ? Cover(option.MinimumCover, of + "minimumCover", figures) : NoDebt(figures),
            debt ? figures.Odds(option.Breach.Value, of + "breach.value") : NoDebt(figures),
            debt ? figures.Odds(option.Default.Value, of + "default.value") : NoDebt(figures),
            figures.Odds(option.EmptyYear.Value, of + "emptyYear.value"),
            new Cell(
                $"<span class=\"outcome {Words.Verb(outcome)}\">{Markup.Encode(figures.Book.Say(Words.Said(outcome)))}</span>",
                false
            ),
        ];
    }

    /// <summary>The middle cover; where a default came before any test, of how many draws it is.</summary>
    private static Cell Cover(Spread cover, string of, Figures figures)
    {
        var shown = figures.Times(cover.P50, of + ".p50");
        return cover.Defined == cover.Draws
            ? shown
            : new Cell(
                figures.Say(
                    "report.cover.some",
                    shown.Html,
                    figures.Draws(cover.Defined, of + ".defined").Html
                ),
                true
            );
    }

    private static void Worth(Markup page, StudyResult result, Figures figures, Asker asker)
    {
        var first = result.Options[0];
        var owner = result.Question == "owner" || result.Offer is { BeforeFinance: true };
        page.Table(
            figures.Say("report.options.worth"),
            [
                figures.Say("report.option"),
                figures.Say("report.options.irr"),
                figures.Say("report.options.mean"),
                figures.Say("report.options.range"),
                figures.Say("report.options.against", asker.BaseColumn),
                .. owner
                    ?
                    [
                        figures.Say("report.options.centre"),
                        figures.Say("report.options.centre.range"),
                    ]
                    : Array.Empty<string>(),
            ],
            result.Options.Select(
                (o, i) =>
                    (
                        Pick(o, result),
                        (IReadOnlyList<Cell>)
                            [
                                .. WorthRow(o, $"options[{i}].", i == 0 ? null : first, figures),
                                .. owner ? Centre(o, $"options[{i}].", figures) : [],
                            ]
                    )
            )
        );
    }

    /// <summary>What an owner's courses are ranked by, with the bad side and the good.</summary>
    private static IReadOnlyList<Cell> Centre(OptionResult option, string of, Figures figures)
    {
        var (mean, error) = option.RobustProjectNpv;
        return
        [
            new Cell(
                $"{figures.Money(mean, of + "robustProjectNpv").Html} ± {figures.Money(1.96 * error, "").Text}",
                true
            ),
            figures.Range(
                figures.Money(option.ProjectNpv.P90, of + "projectNpv.p90"),
                figures.Money(option.ProjectNpv.P10, of + "projectNpv.p10")
            ),
        ];
    }

    private static IReadOnlyList<Cell> WorthRow(
        OptionResult option,
        string of,
        OptionResult? first,
        Figures figures
    )
    {
        Cell gain = new(figures.Say("report.options.reference"), true);
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
            figures.Book.Say(option.Title),
            figures.Share(option.EquityIrr.P50, of + "equityIrr.p50"),
            figures.Money(option.MeanEquityNpv, of + "meanEquityNpv"),
            figures.Range(
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
                (figures.Say("report.spread.fill"), option.Fill, figures.Share, "fill"),
                (figures.Say("report.spread.rent"), option.Rent, figures.Price, "rent"),
                (
                    figures.Say("report.spread.cover"),
                    option.MinimumCover,
                    figures.Times,
                    "minimumCover"
                ),
                (figures.Say("report.spread.irr"), option.EquityIrr, figures.Share, "equityIrr"),
                (figures.Say("report.spread.npv"), option.EquityNpv, figures.Money, "equityNpv"),
            ];
            page.Raw(
                $"<details><summary><span>{figures.Say("report.options.its", Markup.Encode(figures.Book.Say(option.Title)))}</span><b></b></summary><div>"
            );
            page.Text("p", figures.Book.Say(option.Said));
            page.Table(
                figures.Say("report.options.spread"),
                [
                    figures.Say("report.loss.figure"),
                    figures.Say("report.bad"),
                    figures.Say("report.middle"),
                    figures.Say("report.good"),
                    figures.Say("report.mean"),
                    figures.Say("report.defined"),
                ],
                spreads.Select(s => ("", Spread(s.Item1, s.Item2, s.Item3, of + s.Item4, figures)))
            );
            page.Raw("</div></details>");
        }
    }

    private static IReadOnlyList<Cell> Spread(
        string name,
        Spread spread,
        Func<double, string, Shown> show,
        string of,
        Figures figures
    ) =>
        [
            name,
            show(spread.P90, of + ".p90"),
            show(spread.P50, of + ".p50"),
            show(spread.P10, of + ".p10"),
            show(spread.Mean, of + ".mean"),
            figures.Draws(spread.Defined, of + ".defined"),
        ];

    private static string Pick(OptionResult option, StudyResult result) =>
        option.Name == result.Verdict.Option ? "pick" : "";

    private static Cell NoDebt(Figures figures) => new(figures.Say("report.debt.none"), true);
}
