using Plimsoll.Portfolios;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports.Portfolios;

/// <summary>The parts of a portfolio's report on its plan: against rules, for more money, what was not proven, who takes what from whom, what is unknown.</summary>
internal static class PlanSections
{
    /// <summary>The plan against simple rules, and what more money buys.</summary>
    public static void Rules(Markup page, SearchReport search, Figures figures)
    {
        page.Table(
            figures.Say("portfolio.rules.caption"),
            Heads(
                figures,
                "portfolio.rules.rule",
                "portfolio.rules.worth",
                "portfolio.rules.gain",
                "portfolio.report.interval",
                "portfolio.report.better",
                "portfolio.rules.mean"
            ),
            search.Rules.Select(
                (g, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                g.Rule.Name,
                                figures.Money(
                                    g.Rule.Value.Middle,
                                    $"search.rules[{i}].rule.value.p50"
                                ),
                                figures.Money(g.Gain, $"search.rules[{i}].gain"),
                                figures.Range(
                                    figures.Money(g.Low, $"search.rules[{i}].low"),
                                    figures.Money(g.High, $"search.rules[{i}].high")
                                ),
                                figures.Say("portfolio.report.draws.of", g.Better, g.Draws),
                                figures.Money(g.Mean, $"search.rules[{i}].meanGain"),
                            ]
                    )
            )
        );
        page.Table(
            figures.Say("portfolio.frontier.caption"),
            Heads(
                figures,
                "portfolio.frontier.budget",
                "portfolio.report.worth.p50",
                "portfolio.report.useful.mean",
                "portfolio.frontier.cost",
                "portfolio.frontier.actions"
            ),
            search.Frontier.Select(
                (f, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                figures.Money(f.Budget, $"search.frontier[{i}].budget"),
                                figures.Money(
                                    f.Plan.Value.Middle,
                                    $"search.frontier[{i}].plan.value.p50"
                                ),
                                figures.Value(
                                    f.Plan.UsefulHours.Mean,
                                    "",
                                    $"search.frontier[{i}].plan.usefulHours.mean"
                                ),
                                figures.Money(f.Plan.Cost, $"search.frontier[{i}].plan.cost"),
                                figures.Book.Row(
                                    f.Actions.OrderBy(a => a.Key)
                                        .Select(a =>
                                            figures.Say(
                                                "portfolio.count",
                                                PortfolioWords.Action(a.Key, figures.Book),
                                                a.Value
                                            )
                                        )
                                ),
                            ]
                    )
            )
        );
        page.Text("p", Searched(search, figures), "soft");
    }

    private static string Searched(SearchReport search, Figures figures)
    {
        var found = figures.Say(
            "portfolio.search",
            search.Plans,
            search.Draws - search.Held,
            search.Held,
            search.Gap,
            figures.Code
        );
        return double.IsNaN(search.Regret)
            ? found
            : figures.Say(
                "finding.sentences",
                found,
                figures.Say(
                    "portfolio.search.regret",
                    search.Regret,
                    search.RegretRerun,
                    search.RegretDraws,
                    figures.Code
                )
            );
    }

    /// <summary>What the search liked and other draws did not bear out.</summary>
    public static void Unproven(Markup page, SearchReport search, Figures figures) =>
        page.Table(
            figures.Say("portfolio.search.caption", search.Held),
            Heads(
                figures,
                "portfolio.report.centre",
                "portfolio.report.action",
                "portfolio.search.gain",
                "portfolio.report.interval",
                "portfolio.report.better"
            ),
            search.TakenBack.Select(
                (t, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                t.Centre,
                                PortfolioWords.Action(t.Action, figures.Book),
                                figures.Money(t.Gain, $"search.takenBack[{i}].gain"),
                                figures.Range(
                                    figures.Money(t.Low, $"search.takenBack[{i}].low"),
                                    figures.Money(t.High, $"search.takenBack[{i}].high")
                                ),
                                figures.Say("portfolio.report.draws.of", t.Better, t.Draws),
                            ]
                    )
            )
        );

    /// <summary>What each applicant takes from whom.</summary>
    public static void Crowding(Markup page, PortfolioResult r, Figures figures)
    {
        page.Table(
            figures.Say("portfolio.crowding.caption", r.Crowding[0].Draws),
            Heads(
                figures,
                "portfolio.crowding.applicant",
                "portfolio.crowding.hours",
                "portfolio.crowding.others",
                "portfolio.crowding.worth",
                "portfolio.crowding.from",
                "portfolio.crowding.lost",
                "portfolio.crowding.fill.without",
                "portfolio.crowding.fill.with",
                "portfolio.crowding.rent.without",
                "portfolio.crowding.rent.with"
            ),
            r.Crowding.SelectMany(
                (c, i) => Losers(c, figures).Select((l, k) => ("", Lost(c, $"crowding[{i}]", l, k)))
            )
        );
        page.Table(
            figures.Say("portfolio.support.caption"),
            Heads(
                figures,
                "portfolio.crowding.applicant",
                "portfolio.support.half",
                "portfolio.support.most",
                "portfolio.report.useful.mean",
                "portfolio.support.paid",
                "portfolio.support.worth",
                "portfolio.support.it"
            ),
            r.Crowding.Select((c, i) => ("", Support(c, $"crowding[{i}]", figures)))
        );
        page.Text("p", figures.Say("portfolio.crowding.note"), "soft");
        if (PortfolioWords.MoreApplicants(r, figures.Book) is { Length: > 0 } more)
        {
            page.Text("p", more, "soft");
        }

        // What concerns the applicant stands in its first line alone.
        IReadOnlyList<Cell> Lost(CrowdingOut c, string of, CrowdedOut l, int k) =>
            [
                k > 0 ? "" : c.Applicant,
                k > 0 ? "" : figures.Value(c.Hours, "", $"{of}.hours"),
                k > 0 ? "" : figures.Value(c.FromOthers, "", $"{of}.fromOthers"),
                k > 0 ? "" : figures.Money(c.OthersWorth, $"{of}.othersWorth"),
                l.Centre,
                figures.Value(l.Hours, "", $"{of}.losers[{k}].hours"),
                figures.Share(l.FillWithout, $"{of}.losers[{k}].fillWithout"),
                figures.Share(l.FillWith, $"{of}.losers[{k}].fillWith"),
                figures.Price(l.RentWithout, $"{of}.losers[{k}].rentWithout"),
                figures.Price(l.RentWith, $"{of}.losers[{k}].rentWith"),
            ];
    }

    private static IReadOnlyList<Cell> Support(CrowdingOut c, string of, Figures figures) =>
        [
            c.Applicant,
            figures.Money(c.Shortfall, $"{of}.shortfall"),
            figures.Money(c.ShortfallMostly, $"{of}.shortfallMostly"),
            figures.Value(c.UsefulHours, "", $"{of}.usefulHours"),
            figures.Price(c.PerUsefulHour, $"{of}.perUsefulHour"),
            figures.Price(c.HourWorth, $"{of}.hourWorth"),
            PortfolioWords.Support(c, figures.Book),
        ];

    /// <summary>The losers; one line without a name where nobody loses.</summary>
    private static IReadOnlyList<CrowdedOut> Losers(CrowdingOut c, Figures figures) =>
        c.Losers.Count > 0
            ? c.Losers
            :
            [
                new CrowdedOut(
                    figures.Say("portfolio.crowding.nobody"),
                    0,
                    double.NaN,
                    double.NaN,
                    double.NaN,
                    double.NaN
                ),
            ];

    /// <summary>What is unknown and would change most.</summary>
    public static void Unknowns(Markup page, SearchReport search, Figures figures)
    {
        if (search.Unknowns.Count == 0)
        {
            page.Text("p", figures.Say("portfolio.unknowns.none"));
            return;
        }
        page.Table(
            figures.Say("portfolio.unknowns.caption"),
            Heads(
                figures,
                "portfolio.unknowns.unknown",
                "portfolio.unknowns.of",
                "portfolio.unknowns.worth",
                "portfolio.unknowns.changed",
                "portfolio.unknowns.taken"
            ),
            search.Unknowns.Select(
                (u, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                u.Name,
                                u.Centre.Length > 0
                                    ? u.Centre
                                    : figures.Say("portfolio.unknowns.all"),
                                figures.Money(u.Worth, $"search.unknowns[{i}].worth"),
                                figures.Value(u.Changed, "", $"search.unknowns[{i}].changed"),
                                u.Known,
                            ]
                    )
            )
        );
    }

    /// <summary>Names of columns.</summary>
    internal static string[] Heads(Figures figures, params string[] keys) =>
        [.. keys.Select(k => figures.Say(k))];
}
