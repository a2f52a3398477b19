using Plimsoll.Reports.Charts;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The promoter's forecast beside the odds.</summary>
internal static class ForecastSection
{
    /// <summary>The section; null when the study carries no forecast.</summary>
    public static PageSection? Of(StudyResult result, Figures figures)
    {
        if (result.Forecast is not { } audit)
        {
            return null;
        }
        return new PageSection(
            "forecast",
            "Forecast",
            "The promoter's forecast beside the odds",
            page =>
            {
                page.Raw(
                    $"<p>{Markup.Encode(Sentence.Begin(audit.By))} claims {figures.Share(audit.ClaimedFill, "forecast.claimedFill").Html} fill at {figures.Price(audit.ClaimedPrice, "forecast.claimedPrice").Html}. Evidence supports {figures.Share(audit.SupportedShare, "forecast.supportedShare").Html} of the claim ({figures.Share(audit.SupportedLow, "forecast.supportedLow").Html} to {figures.Share(audit.SupportedHigh, "forecast.supportedHigh").Html} in 80 % of draws) at base rates from {audit.Cases} cases known by the decision.</p>"
                );
                page.Raw("<div class=\"pair\">");
                Chart(page, result, audit);
                page.Raw("<div>");
                Odds(page, audit, figures);
                page.Raw("</div></div>");
                Evidence(page, audit, figures);
                if (audit.BaseRates.Count > 0)
                {
                    page.Text("h3", "Base rates known by the decision");
                    page.Sentences(audit.BaseRates);
                }
            }
        );
    }

    private static void Chart(Markup page, StudyResult result, ForecastAudit audit)
    {
        if (result.Options.Count == 0)
        {
            return;
        }
        var plan = result.Options[0];
        RowChart.Row Row(string name, Risk.Spread spread, double claim) =>
            new(
                name,
                "",
                [new RowChart.Piece(spread.P90 / claim, spread.P10 / claim, ChartColors.Main)],
                spread.P50 / claim
            );
        page.Figure(
            RowChart.Svg(
                "forecast-chart",
                [
                    Row("fill over the horizon", plan.Fill, audit.ClaimedFill),
                    Row("rent obtained", plan.Rent, audit.ClaimedPrice),
                ],
                "share of the claim, %",
                1,
                0.01,
                " %",
                "Fill and rent over the draws as shares of what the promoter claims"
            ),
            "The draws, measured by the claim",
            [("", "80 % of the draws"), ("mark", "middle (P50)"), ("dash", "the claim, 100 %")]
        );
    }

    private static void Odds(Markup page, ForecastAudit audit, Figures figures)
    {
        (string, IReadOnlyList<Cell>) Row(string claim, double odds, string of) =>
            ("", [claim, figures.Odds(odds, "forecast." + of)]);
        page.Table(
            "Share of draws that reach the claim",
            ["claim", "odds"],
            [
                Row("the fill claimed", audit.OddsOfFill, "oddsOfFill"),
                Row("the price claimed", audit.OddsOfPrice, "oddsOfPrice"),
                Row("both together", audit.OddsOfBoth, "oddsOfBoth"),
                Row("the revenue claimed", audit.OddsOfRevenue, "oddsOfRevenue"),
            ]
        );
    }

    private static void Evidence(Markup page, ForecastAudit audit, Figures figures)
    {
        if (audit.Evidence.Count == 0)
        {
            page.Text("p", "The forecast comes with no evidence.");
            return;
        }
        page.Raw(
            $"<p>The claim needs {Figures.In(audit.ClaimedServers, "servers", "forecast.claimedServers").Html} let.</p>"
        );
        page.Table(
            "Evidence, weighed by how often such paper has turned into rent",
            ["evidence", "counterparty", "speaks of", "counts", "chance", "why"],
            audit.Evidence.Select(
                (e, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                e.Kind,
                                e.Counterparty.Length == 0 ? "not named" : e.Counterparty,
                                Figures.In(e.Servers, "servers", $"forecast.evidence[{i}].servers"),
                                Figures.In(e.Counted, "servers", $"forecast.evidence[{i}].counted"),
                                figures.Odds(e.Weight, $"forecast.evidence[{i}].weight"),
                                e.Why,
                            ]
                    )
            )
        );
    }
}
