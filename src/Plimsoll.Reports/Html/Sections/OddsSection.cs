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
            "Odds",
            $"The odds of {asker.Base}",
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
                page.Text(
                    "p",
                    $"Over {sound:N0} joint draws of market, site and money. P90 is the bad side everywhere: reached or bettered in 90 % of the draws; P10 is the good side. Intervals of odds are the 95 % sampling intervals of the draws; what the model itself may get wrong is under Limits.",
                    "soft"
                );
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
                "Fill, share of accelerator-hours sold",
                plan.Fill,
                P + "fill",
                figures.Share
            ),
            ["rent"] = Spread("Rent obtained", plan.Rent, P + "rent", figures.Price),
            ["empty"] = Odds(
                "Chance of a year or more below 30 % full",
                plan.EmptyYear,
                P + "emptyYear",
                figures
            ),
            ["breach"] = Odds(
                $"Chance that cover falls below {result.Rule.CovenantCover:0.00}×",
                plan.Breach,
                P + "breach",
                figures
            ),
            ["default"] = Odds("Chance of a payment default", plan.Default, P + "default", figures),
            ["cover"] = Spread(
                "Lowest trailing debt service cover",
                plan.MinimumCover,
                P + "minimumCover",
                figures.Times
            ),
            ["irr"] = Spread(
                "Yearly return on equity",
                plan.EquityIrr,
                P + "equityIrr",
                figures.Share
            ),
            ["npv"] = Spread(
                "Value to equity today",
                plan.EquityNpv,
                P + "equityNpv",
                figures.Money
            ),
        };
        if (result.Floors.Count > 0)
        {
            // The floor of the server of which most stand.
            var (at, floor) = result.Floors.Index().MaxBy(f => f.Item.Accelerators);
            cards["floor"] = (
                "Price floor: below it, dark is better",
                figures.Price(floor.AgainstDark, $"floors[{at}].againstDark").Html,
                Markup.Encode(
                    $"{(floor.Server.Length > 0 ? floor.Server + ", " : "")}{floor.Product}, {floor.TenorMonths} {(floor.TenorMonths == 1 ? "month" : "months")}"
                )
            );
        }
        if (result.Loss.Defaults > 0)
        {
            cards["loss"] = (
                "Lost on the debt when it defaults",
                figures.Share(result.Loss.LossGivenDefault, "loss.lossGivenDefault").Html,
                "mean over the draws that default"
            );
        }
        string[] order = result.Question.ToUpperInvariant() switch
        {
            "LENDER" => ["breach", "default", "loss", "cover", "fill", "rent", "empty", "floor"],
            "OWNER" => ["npv", "fill", "rent", "floor", "default", "breach", "empty", "cover"],
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

    private static (string, string, string) Spread(
        string name,
        Spread spread,
        string of,
        Func<double, string, Shown> show
    ) =>
        (
            name,
            show(spread.P50, of + ".p50").Html,
            double.IsNaN(spread.P50)
                ? spread.Defined == 0
                    ? "it has no meaning in any draw"
                    : $"only {spread.Defined:N0} of {spread.Draws:N0} draws have a single rate; the rest pay in and out more than once"
                : $"P90 {show(spread.P90, of + ".p90").Html}, P10 {show(spread.P10, of + ".p10").Html}"
                    + (
                        spread.Defined < spread.Draws
                            ? $"; in {spread.Defined:N0} of {spread.Draws:N0} draws"
                            : ""
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
            $"{figures.Odds(odds.Low, of + ".low").Html} to {figures.Odds(odds.High, of + ".high").Html}"
        );
}
