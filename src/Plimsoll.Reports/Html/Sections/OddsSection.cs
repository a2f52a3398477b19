using Plimsoll.Risk;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The odds at one glance.</summary>
internal static class OddsSection
{
    /// <summary>The section; null without options.</summary>
    public static PageSection? Of(StudyResult result, Figures figures, Asker asker)
    {
        if (result.Options.Count == 0)
        {
            return null;
        }
        return new PageSection(
            "odds",
            figures.Say("report.odds.short"),
            figures.Say("report.odds", asker.Base),
            page =>
            {
                page.Raw("<div class=\"cards-row\">");
                foreach (var card in Cards(result, figures))
                {
                    page.Raw(
                        $"<div class=\"card\"><span>{Markup.Encode(card.Name)}</span><b>{card.Figure}</b><span>{card.Note}</span></div>"
                    );
                }
                page.Raw("</div>");
                var sound = result.Options[0].Figures.Sound.Length;
                page.Text("p", figures.Say("report.odds.note", sound), "soft");
            }
        );
    }

    private static IEnumerable<(string Name, string Figure, string Note)> Cards(
        StudyResult result,
        Figures figures
    )
    {
        var plan = result.Options[0];
        const string P = "options[0].";
        var cards = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal)
        {
            ["fill"] = Spread(
                figures.Say("report.card.fill"),
                plan.Fill,
                P + "fill",
                figures.Share,
                figures
            ),
            ["rent"] = Spread(
                figures.Say("report.card.rent"),
                plan.Rent,
                P + "rent",
                figures.Price,
                figures
            ),
            ["empty"] = Odds(
                figures.Say("report.card.empty"),
                plan.EmptyYear,
                P + "emptyYear",
                figures
            ),
            ["breach"] = Odds(
                figures.Say("report.card.breach", result.Rule.CovenantCover),
                plan.Breach,
                P + "breach",
                figures
            ),
            ["default"] = Odds(
                figures.Say("report.card.default"),
                plan.Default,
                P + "default",
                figures
            ),
            ["cover"] = Spread(
                figures.Say("report.card.cover"),
                plan.MinimumCover,
                P + "minimumCover",
                figures.Times,
                figures
            ),
            ["irr"] = Spread(
                figures.Say("report.card.irr"),
                plan.EquityIrr,
                P + "equityIrr",
                figures.Share,
                figures
            ),
            ["npv"] = Mean(
                figures.Say("report.card.npv"),
                plan.MeanEquityNpv,
                P + "meanEquityNpv",
                plan.EquityNpv,
                P + "equityNpv",
                figures
            ),
            ["centre"] = Mean(
                figures.Say("report.card.centre"),
                plan.RobustProjectNpv.Mean,
                P + "robustProjectNpv",
                plan.ProjectNpv,
                P + "projectNpv",
                figures
            ),
        };
        if (result.Floors.Count > 0)
        {
            // The floor of the server of which most stand.
            var (at, floor) = result.Floors.Index().MaxBy(f => f.Item.Accelerators);
            cards["floor"] = (
                figures.Say("report.card.floor"),
                figures.Price(floor.AgainstDark, $"floors[{at}].againstDark").Html,
                Markup.Encode(FloorSection.Lease(floor, figures))
            );
        }
        // What is lost is of the course that is rated: beside the odds of another it would be another loan's.
        if (result.Loss.Defaults > 0 && (result.Rated.Length == 0 || result.Rated == plan.Name))
        {
            cards["loss"] = (
                figures.Say("report.card.loss"),
                figures.Share(result.Loss.LossGivenDefault, "loss.lossGivenDefault").Html,
                figures.Say("report.card.loss.mean")
            );
        }
        string[] order = result.Question.ToUpperInvariant() switch
        {
            "LENDER" => ["breach", "default", "loss", "cover", "fill", "rent", "empty", "floor"],
            "OWNER" => ["centre", "fill", "rent", "floor", "default", "breach", "empty", "cover"],
            _ => ["fill", "rent", "breach", "default", "irr", "npv", "empty", "floor"],
        };
        var debt = double.IsFinite(plan.MinimumCover.P50);
        return order
            .Where(k =>
                cards.ContainsKey(k)
                && (debt || k is not ("breach" or "default" or "cover" or "loss"))
            )
            .Select(k => cards[k]);
    }

    /// <summary>A value by which options are ranked: its mean, as everywhere, with the middle and the spread beside it.</summary>
    private static (string, string, string) Mean(
        string name,
        double mean,
        string at,
        Spread spread,
        string of,
        Figures figures
    ) =>
        (
            name,
            figures.Money(mean, at).Html,
            figures.Say(
                "report.spread.mean",
                figures.Money(spread.P50, of + ".p50").Html,
                figures.Money(spread.P90, of + ".p90").Html,
                figures.Money(spread.P10, of + ".p10").Html
            )
        );

    private static (string, string, string) Spread(
        string name,
        Spread spread,
        string of,
        Func<double, string, Shown> show,
        Figures figures
    ) =>
        (
            name,
            show(spread.P50, of + ".p50").Html,
            double.IsNaN(spread.P50)
                ? spread.Defined == 0
                    ? figures.Say("report.spread.never")
                    : figures.Say("report.spread.few", spread.Defined, spread.Draws)
                : figures.Say(
                    spread.Defined < spread.Draws ? "report.spread.some" : "report.spread",
                    show(spread.P90, of + ".p90").Html,
                    show(spread.P10, of + ".p10").Html,
                    spread.Defined,
                    spread.Draws
                )
        );

    private static (string, string, string) Odds(
        string name,
        Proportion odds,
        string of,
        Figures figures
    ) =>
        (
            name,
            figures.Odds(odds.Value, of + ".value").Html,
            figures.Say(
                "range",
                figures.Odds(odds.Low, of + ".low").Html,
                figures.Odds(odds.High, of + ".high").Html
            )
        );
}
