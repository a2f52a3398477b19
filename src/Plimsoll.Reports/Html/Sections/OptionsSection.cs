using Plimsoll.Decisions;
using Plimsoll.Reports.Charts;
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
                    page.Raw("<div class=\"pair\">");
                    Value(page, result, figures);
                    Fill(page, result);
                    page.Raw("</div>");
                    Table(page, result, figures, asker);
                    page.Raw("<details><summary><span>What each option is</span><b></b></summary><div>");
                    page.Sentences(result.Options.Select(o => $"{o.Name}: {o.Description}"));
                    page.Raw("</div></details>");
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
            [("", "80 % of the draws"), ("mark", "middle (P50)"), ("dash", "nothing gained, nothing lost")]
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

    private static void Table(Markup page, StudyResult result, Figures figures, Asker asker)
    {
        var first = result.Options[0];
        page.Table(
            "Options compared; ranges run from P90, the bad side, to P10",
            [
                "option",
                "fill P50",
                "rent P50",
                "lowest cover P50",
                $"cover below {result.Rule.CovenantCover:0.00}×",
                "default",
                "a year under 30 % full",
                "equity return P50",
                "value to equity, mean",
                "value to equity, P90 to P10",
                $"against {asker.BaseColumn}",
                "rule",
            ],
            result.Options.Select(
                (o, i) => (o.Name == result.Verdict.Option ? "pick" : "", Row(o, i, first, figures))
            )
        );
    }

    private static IReadOnlyList<Cell> Row(
        OptionResult option,
        int index,
        OptionResult first,
        Figures figures
    )
    {
        var of = $"options[{index}].";
        var debt = double.IsFinite(option.MinimumCover.P50);
        Cell gain = new("reference", true);
        if (index > 0)
        {
            var (mean, error) = option.Against(first);
            gain = new Cell(
                $"{figures.Money(mean, of + "against.mean").Html} ± {figures.Money(1.96 * error, of + "against.interval").Html}",
                true
            );
        }
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
            figures.Share(option.EquityIrr.P50, of + "equityIrr.p50"),
            figures.Money(option.MeanEquityNpv, of + "meanEquityNpv"),
            Cell.Range(
                figures.Money(option.EquityNpv.P90, of + "equityNpv.p90"),
                figures.Money(option.EquityNpv.P10, of + "equityNpv.p10")
            ),
            gain,
            new Cell(
                $"<span class=\"outcome {Words.Verb(outcome)}\">{Words.Verb(outcome)}</span>",
                false
            ),
        ];
    }

    private static Cell NoDebt => new("no debt", true);
}
