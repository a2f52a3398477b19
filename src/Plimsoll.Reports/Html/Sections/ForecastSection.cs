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
            figures.Say("report.forecast.short"),
            figures.Say("report.forecast"),
            page =>
            {
                page.Raw(
                    $"<p>{figures.Say("report.forecast.claim", Markup.Encode(Sentence.Begin(audit.By)), figures.Share(audit.ClaimedFill, "forecast.claimedFill").Html, figures.Price(audit.ClaimedPrice, "forecast.claimedPrice").Html, figures.Share(audit.SupportedShare, "forecast.supportedShare").Html, figures.Share(audit.SupportedLow, "forecast.supportedLow").Html, figures.Share(audit.SupportedHigh, "forecast.supportedHigh").Html, audit.Cases)}</p>"
                );
                page.Raw("<div class=\"pair\">");
                Chart(page, result, audit, figures);
                page.Raw("<div>");
                Odds(page, audit, figures);
                page.Raw("</div></div>");
                Evidence(page, audit, figures);
                if (audit.BaseRates.Count > 0)
                {
                    page.Text("h3", figures.Say("report.forecast.rates"));
                    page.Sentences(audit.RatesSaid.Select(figures.Book.Say));
                }
            }
        );
    }

    private static void Chart(Markup page, StudyResult result, ForecastAudit audit, Figures figures)
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
                    Row(figures.Say("report.forecast.fill"), plan.Fill, audit.ClaimedFill),
                    Row(figures.Say("report.forecast.rent"), plan.Rent, audit.ClaimedPrice),
                ],
                figures.Say("report.forecast.axis"),
                1,
                0.01,
                figures.PercentSign,
                figures.Say("report.forecast.chart")
            ),
            figures.Say("report.forecast.figure"),
            [
                ("", figures.Say("report.key.most")),
                ("mark", figures.Say("report.key.middle")),
                ("dash", figures.Say("report.forecast.dash")),
            ]
        );
    }

    private static void Odds(Markup page, ForecastAudit audit, Figures figures)
    {
        (string, IReadOnlyList<Cell>) Row(string claim, double odds, string of) =>
            ("", [claim, figures.Odds(odds, "forecast." + of)]);
        page.Table(
            figures.Say("report.forecast.odds"),
            [figures.Say("report.forecast.what"), figures.Say("report.odds.one")],
            [
                Row(figures.Say("report.forecast.odds.fill"), audit.OddsOfFill, "oddsOfFill"),
                Row(figures.Say("report.forecast.odds.price"), audit.OddsOfPrice, "oddsOfPrice"),
                Row(figures.Say("report.forecast.odds.both"), audit.OddsOfBoth, "oddsOfBoth"),
                Row(
                    figures.Say("report.forecast.odds.revenue"),
                    audit.OddsOfRevenue,
                    "oddsOfRevenue"
                ),
            ]
        );
    }

    private static void Evidence(Markup page, ForecastAudit audit, Figures figures)
    {
        if (audit.Evidence.Count == 0)
        {
            page.Text("p", figures.Say("report.forecast.bare"));
            return;
        }
        page.Raw(
            $"<p>{figures.Say("report.forecast.needs", figures.Value(audit.ClaimedServers, "servers", "forecast.claimedServers").Html)}</p>"
        );
        page.Table(
            figures.Say("report.forecast.evidence"),
            [
                figures.Say("report.forecast.paper"),
                figures.Say("report.forecast.counterparty"),
                figures.Say("report.forecast.speaks"),
                figures.Say("report.forecast.counts"),
                figures.Say("report.forecast.chance"),
                figures.Say("report.forecast.why"),
            ],
            audit.Evidence.Select(
                (e, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                figures.Book.Name("evidence", e.Kind),
                                e.Counterparty is "" or "not named"
                                    ? figures.Say("report.forecast.unnamed")
                                    : e.Counterparty,
                                figures.Value(
                                    e.Servers,
                                    "servers",
                                    $"forecast.evidence[{i}].servers"
                                ),
                                figures.Value(
                                    e.Counted,
                                    "servers",
                                    $"forecast.evidence[{i}].counted"
                                ),
                                figures.Odds(e.Weight, $"forecast.evidence[{i}].weight"),
                                figures.Book.Say(e.Because),
                            ]
                    )
            )
        );
    }
}
