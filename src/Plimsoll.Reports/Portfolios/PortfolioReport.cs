using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Portfolios;
using Plimsoll.Quantities;
using Plimsoll.Reports.Charts;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports.Portfolios;

/// <summary>The report of a portfolio: one HTML file with map, tables and a part for every centre, that needs nothing else.</summary>
/// <remarks>Nothing is loaded from anywhere and nothing runs. The same result gives the same bytes.</remarks>
public static class PortfolioReport
{
    /// <summary>Writes the report in English as UTF-8.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(PortfolioResult result, Stream stream) =>
        Write(result, stream, PhraseBook.English);

    /// <summary>Writes the report in a language as UTF-8.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="book">The language.</param>
    public static void Write(PortfolioResult result, Stream stream, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(new UTF8Encoding(false).GetBytes(Html(result, book)));
    }

    /// <summary>The report as text in English.</summary>
    public static string Html(PortfolioResult result) => Html(result, PhraseBook.English);

    /// <summary>The report as text in a language.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="book">The language.</param>
    public static string Html(PortfolioResult result, PhraseBook book)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        var page = new Markup();
        var figures = new Figures(result.Portfolio.Currency, book);
        var verdict = PlanVerdict.Of(result, book);
        result = SpokenPortfolio.Of(result, book);
        page.Raw("<!DOCTYPE html>");
        page.Raw(
            $"<html lang=\"{book.Language}\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
        );
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        );
        page.Text("title", result.Portfolio.Name);
        page.Raw($"<style>\n{StudyReport.StyleSheet()}</style></head><body><main>");
        Head(page, result, verdict, figures);
        var sections = Sections(result, figures).ToList();
        page.Raw(
            $"<nav aria-label=\"{Markup.Encode(figures.Say("portfolio.report.contents"))}\">{string.Concat(sections.Select(s => $"<a href=\"#{s.Id}\">{Markup.Encode(figures.Say(s.Name))}</a>\n"))}</nav>"
        );
        foreach (var (id, name, body) in sections)
        {
            page.Section(id, figures.Say(name), body);
        }
        page.Text(
            "p",
            figures.Say("portfolio.report.foot", (double)result.Draws, result.Seed),
            "soft"
        );
        page.Raw("</main></body></html>");
        return page.ToString();
    }

    private static IEnumerable<(string Id, string Name, Action<Markup> Body)> Sections(
        PortfolioResult r,
        Figures figures
    )
    {
        yield return ("map", "portfolio.report.map", page => Map(page, r, figures));
        yield return ("actions", "portfolio.report.actions", page => Actions(page, r, figures));
        if (r.Search is { } search)
        {
            yield return (
                "rules",
                "portfolio.report.rules",
                page => PlanSections.Rules(page, search, figures)
            );
            if (search.TakenBack.Count > 0)
            {
                yield return (
                    "unproven",
                    "portfolio.report.unproven",
                    page => PlanSections.Unproven(page, search, figures)
                );
            }
            yield return (
                "unknown",
                "portfolio.report.unknown",
                page => PlanSections.Unknowns(page, search, figures)
            );
        }
        if (r.Crowding.Count > 0)
        {
            yield return (
                "crowding",
                "portfolio.report.crowding",
                page => PlanSections.Crowding(page, r, figures)
            );
        }
        yield return ("fill", "portfolio.report.fill", page => Fill(page, r, figures));
        yield return ("league", "portfolio.report.league", page => Leagues(page, r, figures));
        yield return (
            "centres",
            "portfolio.report.centres",
            page => CentreSections.Write(page, r, figures)
        );
        yield return ("limits", "portfolio.report.limits", page => page.Sentences(r.Limits));
    }

    private static void Head(Markup page, PortfolioResult r, PlanVerdict verdict, Figures figures)
    {
        var p = r.Portfolio;
        page.Text(
            "p",
            figures.Say(
                "portfolio.report.kicker",
                p.Centres.Count,
                p.Centres.Sum(c => c.Accelerators),
                p.Decided,
                p.Months,
                r.Market
            ),
            "kicker"
        );
        page.Text("h1", p.Name);
        if (p.Explanation.Length > 0)
        {
            page.Text("p", p.Explanation);
        }
        if (verdict.Grade != PlanGrade.None)
        {
            page.Raw($"<div class=\"verdict {Tone(verdict.Grade)}\">");
            page.Text("p", verdict.Head, "word");
            foreach (var (i, said) in verdict.Sentences.Index())
            {
                page.Text("p", said, i < 3 ? "head" : "");
            }
            page.Raw("</div>");
        }
        page.Text("p", figures.Say("portfolio.report.baseline"), "soft");
        page.Table(
            figures.Say("portfolio.report.together"),
            PlanSections.Heads(
                figures,
                "portfolio.report.plan",
                "portfolio.report.worth.p10",
                "portfolio.report.worth.p50",
                "portfolio.report.worth.p90",
                "portfolio.report.fill.mean",
                "portfolio.report.useful.mean",
                "portfolio.report.loss.mean",
                "portfolio.report.public.mean",
                "portfolio.report.defaults.mean",
                "portfolio.report.cost"
            ),
            new[] { (Plan: r.Keep, Of: "keep."), (Plan: r.Plan, Of: "plan.") }
                .Where(x => x.Plan is not null)
                .Select(x => ("", Row(x.Plan!, x.Of, figures)))
        );
    }

    private static string Tone(PlanGrade grade) =>
        grade switch
        {
            PlanGrade.Gains => "yes",
            PlanGrade.Loses => "no",
            PlanGrade.Open or PlanGrade.None => "open",
            var other => throw new ArgumentOutOfRangeException(
                nameof(grade),
                other,
                "Unknown grade."
            ),
        };

    private static IReadOnlyList<Cell> Row(PlanSummary plan, string of, Figures figures) =>
        [
            plan.Name,
            figures.Money(plan.Value.Low, of + "value.p10"),
            figures.Money(plan.Value.Middle, of + "value.p50"),
            figures.Money(plan.Value.High, of + "value.p90"),
            figures.Share(plan.Fill.Mean, of + "fill.mean"),
            figures.Value(plan.UsefulHours.Mean, "", of + "usefulHours.mean"),
            figures.Money(plan.LenderLoss.Mean, of + "lenderLoss.mean"),
            figures.Money(plan.PublicMoney.Mean, of + "publicMoney.mean"),
            figures.Value(plan.Defaults, "", of + "defaults"),
            figures.Money(plan.Cost, of + "cost"),
        ];

    private static void Map(Markup page, PortfolioResult r, Figures figures)
    {
        var colors = Colors(r);
        var dots = r
            .Centres.Select(c =>
                (c, Place: c.Centre.Variants[0].Study.Place(c.Centre.Case.Site.Name))
            )
            .Select(x => new MapDot(
                figures.Say(
                    "portfolio.report.map.dot",
                    x.c.Centre.Name,
                    PortfolioWords.Action(x.c.Planned.Action, figures.Book)
                ),
                x.Place.Latitude,
                x.Place.Longitude,
                x.c.Centre.Accelerators,
                colors[Kind(x.c)]
            ))
            .ToList();
        page.Figure(
            LandMap.Svg(figures.Say("portfolio.report.map.title"), dots),
            figures.Say("portfolio.report.map.caption")
        );
        page.Raw(
            "<p class=\"keys\">"
                + string.Concat(
                    colors.Select(c =>
                        $"<span class=\"key\"><i class=\"disc\" style=\"background:var({c.Value})\"></i>{Markup.Encode(PortfolioWords.Action(c.Key, figures.Book))}</span>\n"
                    )
                )
                + "</p>"
        );
        page.Text("p", figures.Say("portfolio.report.credit"), "soft");
    }

    private static readonly string[] _palette =
    [
        "--main",
        "--second",
        "--good",
        "--p4",
        "--bad",
        "--p6",
        "--soft",
        "--p8",
        "--p9",
        "--p10",
        "--p11",
        "--p12",
        "--p13",
    ];

    /// <summary>Kind of the action in a word: what is merged into whom is told in the tables.</summary>
    private static string Kind(CentreAdvice c) =>
        c.Planned.Action.StartsWith("merge", StringComparison.Ordinal) ? "merge"
        : c.Planned.Action.StartsWith("hand over", StringComparison.Ordinal) ? "hand over"
        : c.Planned.Action;

    private static Dictionary<string, string> Colors(PortfolioResult r) =>
        r
            .Centres.Select(Kind)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select((k, i) => (k, _palette[i % _palette.Length]))
            .ToDictionary(x => x.k, x => x.Item2, StringComparer.Ordinal);

    private static void Actions(Markup page, PortfolioResult r, Figures figures)
    {
        page.Table(
            figures.Say("portfolio.report.actions.caption"),
            PlanSections.Heads(
                figures,
                "portfolio.report.centre",
                "portfolio.report.chips",
                "portfolio.report.today",
                "portfolio.report.fill.base",
                "portfolio.report.worth.base",
                "portfolio.report.action",
                "portfolio.report.gain",
                "portfolio.report.interval",
                "portfolio.report.better",
                "portfolio.report.right",
                "portfolio.report.next"
            ),
            r.Centres.Select((c, i) => ("", Action(c, i, figures)))
        );
    }

    private static IReadOnlyList<Cell> Action(CentreAdvice c, int i, Figures figures) =>
        [
            new Cell($"<a href=\"#centre-{i + 1}\">{Markup.Encode(c.Centre.Name)}</a>", false),
            CentreSections.Chips(c.Centre, figures),
            Today(c.Centre, figures),
            figures.Share(c.Kept.Fill.Middle, $"centres[{i}].kept.fill.p50"),
            figures.Money(c.Kept.Value.Middle, $"centres[{i}].kept.value.p50"),
            PortfolioWords.Action(c.Planned.Action, figures.Book),
            c.Choice?.Proof is { } gain
                ? figures.Money(gain.Gain, $"centres[{i}].choice.proof.gain")
                : "",
            c.Choice?.Proof is { } range
                ? figures.Range(
                    figures.Money(range.Low, $"centres[{i}].choice.proof.low"),
                    figures.Money(range.High, $"centres[{i}].choice.proof.high")
                )
                : "",
            c.Choice?.Proof is { } proof ? CentreSections.Of(proof.Better, figures) : "",
            c.Choice is { } choice
                ? CentreSections.Of(choice.Right, figures)
                : figures.Say("portfolio.report.asked.not"),
            c.Choice is { } next ? PortfolioWords.Action(next.RunnerUp, figures.Book) : "",
        ];

    private static string Today(PortfolioCentre c, Figures figures) =>
        c.Stage switch
        {
            CentreStage.Building => figures.Say("portfolio.report.building"),
            CentreStage.Planned => figures.Say("portfolio.report.planned"),
            CentreStage.Standing => c.Today.Let is { } let ? figures.Book.Share(let.Value)
            : c.Present is { } present
                ? figures.Say(
                    "portfolio.report.let.assumed",
                    figures.Book.Share(present.Share.Value)
                )
            : figures.Say("portfolio.report.signed"),
            var other => throw new ArgumentOutOfRangeException(nameof(c), other, "Unknown stage."),
        };

    private static void Fill(Markup page, PortfolioResult r, Figures figures)
    {
        double[] Of(Func<CentreAdvice, double> fill) =>
            [.. r.Centres.Select(fill).Where(double.IsFinite)];
        page.Figure(
            SmallCharts.Tenths(
                figures.Say("portfolio.report.tenths"),
                (count, from, to) => figures.Say("portfolio.report.tenths.bar", count, from, to),
                (Of(c => c.Kept.Fill.Middle), "--soft"),
                (Of(c => c.Planned.Fill.Middle), "--main")
            ),
            figures.Say("portfolio.report.tenths"),
            CentreSections.Keys(figures)
        );
    }

    private static void Leagues(Markup page, PortfolioResult r, Figures figures)
    {
        var silent = figures.Say("portfolio.report.said.not");
        foreach (
            var (name, of) in new (string, Func<PortfolioCentre, string>)[]
            {
                (
                    "portfolio.report.province",
                    c => c.Province.Length > 0 ? figures.Place(c.Province) : silent
                ),
                (
                    "portfolio.report.class",
                    c =>
                        c.Operator is { } known
                            ? figures.Book.Name("portfolio.operator", known.Name)
                            : silent
                ),
                ("portfolio.report.chip", c => PortfolioWords.Chips(c, figures.Book)),
            }
        )
        {
            page.Table(
                figures.Say("portfolio.report.league.caption", figures.Say(name)),
                PlanSections.Heads(
                    figures,
                    name,
                    "portfolio.report.league.centres",
                    "portfolio.report.league.accelerators",
                    "portfolio.report.league.fill.base",
                    "portfolio.report.league.fill.plan",
                    "portfolio.report.league.worth.base",
                    "portfolio.report.league.worth.plan"
                ),
                r.Centres.GroupBy(c => of(c.Centre), StringComparer.Ordinal)
                    .OrderByDescending(g => Filled(g, c => c.Kept))
                    .ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => ("", League(g, figures)))
            );
        }
    }

    private static IReadOnlyList<Cell> League(
        IGrouping<string, CentreAdvice> of,
        Figures figures
    ) =>
        [
            of.Key,
            figures.Value(of.Count(), "", ""),
            figures.Value(Math.Round(of.Sum(c => c.Centre.Accelerators)), "", ""),
            figures.Share(Filled(of, c => c.Kept), ""),
            figures.Share(Filled(of, c => c.Planned), ""),
            figures.Money(of.Sum(c => c.Kept.Value.Middle), ""),
            figures.Money(of.Sum(c => c.Planned.Value.Middle), ""),
        ];

    private static double Filled(
        IEnumerable<CentreAdvice> of,
        Func<CentreAdvice, CentreOutcome> outcome
    )
    {
        var all = of.Select(outcome).ToList();
        var installed = all.Sum(o => o.InstalledHours.Mean);
        return installed > 0 ? all.Sum(o => o.SoldHours.Mean) / installed : double.NaN;
    }
}
