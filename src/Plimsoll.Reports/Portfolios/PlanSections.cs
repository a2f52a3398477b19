using System.Globalization;
using Plimsoll.Decisions;
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
            "The plan against simple rules on draws that the search has not seen; gains with one draw in twenty cut at each end and their 90 % interval, and plain means",
            [
                "rule",
                "its worth, P50",
                "gain of the plan",
                "interval",
                "better in",
                "plain mean of the gain",
            ],
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
                                Cell.Range(
                                    figures.Money(g.Low, $"search.rules[{i}].low"),
                                    figures.Money(g.High, $"search.rules[{i}].high")
                                ),
                                $"{g.Better} of {g.Draws}",
                                figures.Money(g.Mean, $"search.rules[{i}].meanGain"),
                            ]
                    )
            )
        );
        page.Table(
            "What money buys: good plans within parts of the budget, on the draws of the search",
            ["budget", "worth P50", "useful hours", "cost", "actions"],
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
                                Figures.In(
                                    f.Plan.UsefulHours.Mean,
                                    "",
                                    $"search.frontier[{i}].plan.usefulHours.mean"
                                ),
                                figures.Money(f.Plan.Cost, $"search.frontier[{i}].plan.cost"),
                                string.Join(
                                    ", ",
                                    f.Actions.OrderBy(a => a.Key)
                                        .Select(a =>
                                            $"{a.Key.ToString().ToLowerInvariant()} {a.Value}"
                                        )
                                ),
                            ]
                    )
            )
        );
        page.Text(
            "p",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{search.Plans:N0} plans were cleared in the market on {search.Draws - search.Held} draws and what was found was judged on {search.Held} others. A single further change would bring at most {Words.Amount(search.Gap)} {figures.Code} on them."
            )
                + (
                    double.IsNaN(search.Regret)
                        ? ""
                        : $" Knowing each draw's future would bring {Words.Amount(search.Regret)} by adding up what it would bring each centre; its choices cleared together bring {Words.Amount(search.RegretRerun)} in {search.RegretDraws} draws."
                ),
            "soft"
        );
    }

    /// <summary>What the search liked and other draws did not bear out.</summary>
    public static void Unproven(Markup page, SearchReport search, Figures figures) =>
        page.Table(
            $"Actions that the search liked and that were taken back: on {search.Held} draws it had not seen they were not better than leaving the centre as it is in more than half, or by no more than the 90 % interval of their gain",
            ["centre", "action", "gain", "90 % interval", "better in"],
            search.TakenBack.Select(
                (t, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                t.Centre,
                                t.Action,
                                figures.Money(t.Gain, $"search.takenBack[{i}].gain"),
                                Cell.Range(
                                    figures.Money(t.Low, $"search.takenBack[{i}].low"),
                                    figures.Money(t.High, $"search.takenBack[{i}].high")
                                ),
                                $"{t.Better} of {t.Draws}",
                            ]
                    )
            )
        );

    /// <summary>What each applicant takes from whom.</summary>
    public static void Crowding(Markup page, PortfolioResult r, Figures figures)
    {
        page.Table(
            $"All centres cleared with each applicant and without it, everything else built and kept, {r.Crowding[0].Draws} draws; the three that lose most",
            [
                "applicant",
                "hours it sells",
                "of these from the others here",
                "what the others lose",
                "from",
                "hours",
                "fill without",
                "fill with",
                "rent without, P50",
                "rent with, P50",
            ],
            r.Crowding.SelectMany(
                (c, i) =>
                    Losers(c)
                        .Select(
                            (l, k) =>
                                (
                                    "",
                                    (IReadOnlyList<Cell>)
                                        [
                                            k > 0 ? "" : c.Applicant,
                                            k > 0
                                                ? ""
                                                : Figures.In(c.Hours, "", $"crowding[{i}].hours"),
                                            k > 0
                                                ? ""
                                                : Figures.In(
                                                    c.FromOthers,
                                                    "",
                                                    $"crowding[{i}].fromOthers"
                                                ),
                                            k > 0
                                                ? ""
                                                : figures.Money(
                                                    c.OthersWorth,
                                                    $"crowding[{i}].othersWorth"
                                                ),
                                            l.Centre,
                                            Figures.In(
                                                l.Hours,
                                                "",
                                                $"crowding[{i}].losers[{k}].hours"
                                            ),
                                            figures.Share(
                                                l.FillWithout,
                                                $"crowding[{i}].losers[{k}].fillWithout"
                                            ),
                                            figures.Share(
                                                l.FillWith,
                                                $"crowding[{i}].losers[{k}].fillWith"
                                            ),
                                            figures.Price(
                                                l.RentWithout,
                                                $"crowding[{i}].losers[{k}].rentWithout"
                                            ),
                                            figures.Price(
                                                l.RentWith,
                                                $"crowding[{i}].losers[{k}].rentWith"
                                            ),
                                        ]
                                )
                        )
            )
        );
        page.Table(
            "What support would carry each applicant before finance, and whether an hour in real use is worth it: pay on use, never ahead of it",
            [
                "applicant",
                "lacks in half of draws",
                "in nine of ten",
                "useful hours",
                "paid on use, an hour",
                "an hour is worth",
                "support it",
            ],
            r.Crowding.Select(
                (c, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                c.Applicant,
                                figures.Money(c.Shortfall, $"crowding[{i}].shortfall"),
                                figures.Money(c.ShortfallMostly, $"crowding[{i}].shortfallMostly"),
                                Figures.In(c.UsefulHours, "", $"crowding[{i}].usefulHours"),
                                figures.Price(c.PerUsefulHour, $"crowding[{i}].perUsefulHour"),
                                figures.Price(c.HourWorth, $"crowding[{i}].hourWorth"),
                                c.Shortfall <= 0 ? "not needed"
                                : c.WorthSupporting ? "on use"
                                : "no",
                            ]
                    )
            )
        );
        page.Text(
            "p",
            "The rest of what an applicant sells comes from the market outside and from demand that lower rents call forth. Centres of one tier of chips compete for its buyers, wherever they stand; buyers do not change tiers for what a single centre adds.",
            "soft"
        );
    }

    /// <summary>The losers; one line without a name where nobody loses.</summary>
    private static IReadOnlyList<CrowdedOut> Losers(CrowdingOut c) =>
        c.Losers.Count > 0
            ? c.Losers
            : [new CrowdedOut("nobody here", 0, double.NaN, double.NaN, double.NaN, double.NaN)];

    /// <summary>What is unknown and would change most.</summary>
    public static void Unknowns(Markup page, SearchReport search, Figures figures)
    {
        if (search.Unknowns.Count == 0)
        {
            page.Text("p", "Knowing any single number high or low would change no action.");
            return;
        }
        page.Table(
            "What it would be worth to know whether a number is high or low before choosing, chance taken off",
            ["unknown", "of", "worth", "actions that change", "taken as"],
            search.Unknowns.Select(
                (u, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                u.Name,
                                u.Centre.Length > 0 ? u.Centre : "all centres",
                                figures.Money(u.Worth, $"search.unknowns[{i}].worth"),
                                Figures.In(u.Changed, "", $"search.unknowns[{i}].changed"),
                                u.Known,
                            ]
                    )
            )
        );
    }
}
