using Plimsoll.Portfolios;
using Plimsoll.Reports.Charts;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports.Portfolios;

/// <summary>The part of a portfolio's report on each centre: what is known of it, what to do with it, its months and figures under the baseline and the plan.</summary>
internal static class CentreSections
{
    /// <summary>A part for every centre.</summary>
    public static void Write(Markup page, PortfolioResult r, Figures figures)
    {
        foreach (var (i, c) in r.Centres.Index())
        {
            page.Raw($"<section id=\"centre-{i + 1}\">");
            page.Text(
                "h3",
                c.Centre.Stylised
                    ? figures.Say("portfolio.report.made", c.Centre.Name)
                    : c.Centre.Name
            );
            page.Text("p", Facts(c.Centre, figures), "soft");
            page.Text(
                "p",
                figures.Say(
                    "portfolio.report.does",
                    PortfolioWords.Action(c.Planned.Action, figures.Book),
                    c.Planned.Description
                )
            );
            if (c.Choice is { } choice)
            {
                page.Text("p", Choice(choice, figures));
            }
            page.Raw("<div class=\"pair\">");
            Months(page, r, c, figures);
            Table(page, c, figures);
            page.Raw("</div>");
            if (c.Centre.Unknown.Count > 0)
            {
                page.Text("p", Unknown(c.Centre, figures), "soft");
            }
            page.Raw("</section>");
        }
    }

    /// <summary>Number and kind of its chips; a number that the file does not state is marked as assumed.</summary>
    public static string Chips(PortfolioCentre c, Figures figures) =>
        figures.Say(
            c.SizeAssumed ? "portfolio.report.count.assumed" : "portfolio.report.count",
            c.Accelerators,
            PortfolioWords.Chips(c, figures.Book)
        );

    /// <summary>In how many draws something held.</summary>
    public static string Of(Risk.Proportion p, Figures figures) =>
        figures.Say("portfolio.report.draws.of", p.Happened, p.Draws);

    /// <summary>Colours of baseline and plan.</summary>
    public static IEnumerable<(string Class, string Name)> Keys(Figures figures) =>
        [
            ("softly", figures.Say("portfolio.report.key.base")),
            ("main", figures.Say("portfolio.report.key.plan")),
        ];

    private static string Choice(ChoiceOdds choice, Figures figures) =>
        string.Join(
            figures.Say("finding.sentences", "", ""),
            new[]
            {
                figures.Say(
                    "portfolio.report.choice",
                    Of(choice.Right, figures),
                    choice.Gap.Cut,
                    figures.Code,
                    PortfolioWords.Action(choice.RunnerUp, figures.Book),
                    choice.Gap.Low,
                    choice.Gap.High
                ),
                choice.Decides.Length > 0
                    ? figures.Say("portfolio.report.hangs", choice.Decides)
                    : "",
                choice.Turns,
            }.Where(s => s.Length > 0)
        );

    private static string Unknown(PortfolioCentre c, Figures figures) =>
        figures.Say(
            "portfolio.report.unknown.of",
            figures.Book.Join(
                c.Unknown.Select(u =>
                    figures.Say(
                        "portfolio.taken",
                        PortfolioWords.Path(u.Path, figures.Book),
                        u.Prior
                    )
                )
            )
        );

    private static void Months(Markup page, PortfolioResult r, CentreAdvice c, Figures figures) =>
        page.Figure(
            SmallCharts.Lines(
                figures.Say("portfolio.report.months.title", c.Centre.Name),
                figures.Month(r.Portfolio.Start),
                figures.Month(r.Portfolio.Start + (r.Portfolio.Months - 1)),
                (c.Kept.InstalledByMonth, "--grid", true),
                (c.Kept.LetByMonth, "--soft", false),
                (c.Planned.LetByMonth, "--main", false)
            ),
            figures.Say("portfolio.report.months"),
            Keys(figures)
        );

    private static void Table(Markup page, CentreAdvice c, Figures figures)
    {
        (string, IReadOnlyList<Cell>) Row(string key, Func<CentreOutcome, Cell> of) =>
            ("", [figures.Say(key), of(c.Kept), of(c.Planned)]);
        page.Table(
            figures.Say("portfolio.report.figures"),
            [
                "",
                figures.Say("portfolio.report.key.base"),
                figures.Say("portfolio.report.key.plan"),
            ],
            [
                Row(
                    "portfolio.report.row.fill",
                    o =>
                        figures.Range(figures.Share(o.Fill.Low, ""), figures.Share(o.Fill.High, ""))
                ),
                Row("portfolio.report.row.rent", o => figures.Price(o.Rent.Middle, "")),
                Row("portfolio.report.row.project", o => figures.Money(o.ProjectNpv.Middle, "")),
                Row("portfolio.report.row.owner", o => figures.Money(o.OwnerNpv.Middle, "")),
                Row(
                    "portfolio.report.row.worth",
                    o =>
                        figures.Range(
                            figures.Money(o.Value.Low, ""),
                            figures.Money(o.Value.High, "")
                        )
                ),
                Row("portfolio.report.useful.mean", o => figures.Value(o.UsefulHours.Mean, "", "")),
                Row(
                    c.Centre.DebtAssumed
                        ? "portfolio.report.row.default.assumed"
                        : "portfolio.report.row.default",
                    o =>
                        o.Default is { } d
                            ? figures.Odds(d.Value, "")
                            : new Cell(
                                Markup.Encode(figures.Say("portfolio.report.debt.none")),
                                true
                            )
                ),
                Row("portfolio.report.row.loss", o => figures.Money(o.LenderLoss.Mean, "")),
            ]
        );
    }

    private static string Facts(PortfolioCentre c, Figures figures)
    {
        string? Share(string key, double? value) => value is { } v ? figures.Say(key, v) : null;
        var site = figures.Place(c.Case.Site.Name);
        var run = figures.Book.Name(
            "portfolio.operator",
            c.Variants[0].Study.Values.Text("centre.operator")
        );
        return figures.Book.Join(
            new[]
            {
                figures.Say(
                    "portfolio.report.facts.where",
                    Chips(c, figures),
                    c.Province.Length > 0
                        ? figures.Say(
                            "portfolio.report.facts.place",
                            site,
                            figures.Place(c.Province)
                        )
                        : site
                ),
                c.Operator is { } o
                    ? figures.Say(
                        "portfolio.report.facts.class",
                        run,
                        figures.Book.Name("portfolio.operator", o.Name)
                    )
                    : figures.Say("portfolio.report.facts.operator", run),
                Share("portfolio.report.facts.racked", c.Today.Racked?.Value),
                Share("portfolio.report.facts.let", c.Today.Let?.Value),
                Share("portfolio.report.facts.lit", c.Today.Lit?.Value),
                Share("portfolio.report.facts.load", c.Today.Load?.Value),
                c.Source.Length > 0 ? figures.Say("portfolio.report.facts.source", c.Source) : null,
            }.OfType<string>()
        );
    }
}
