using System.Globalization;
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
    /// <summary>Writes the report as UTF-8.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(PortfolioResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(new UTF8Encoding(false).GetBytes(Html(result)));
    }

    /// <summary>The report as text.</summary>
    public static string Html(PortfolioResult result)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(result);
        var page = new Markup();
        var figures = new Figures(result.Portfolio.Currency);
        page.Raw("<!DOCTYPE html>");
        page.Raw(
            "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
        );
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        );
        page.Text("title", result.Portfolio.Name);
        page.Raw($"<style>\n{StudyReport.StyleSheet()}</style></head><body><main>");
        Head(page, result, figures);
        var sections = Sections(result, figures).ToList();
        page.Raw(
            $"<nav aria-label=\"Contents\">{string.Concat(sections.Select(s => $"<a href=\"#{s.Id}\">{Markup.Encode(s.Name)}</a>\n"))}</nav>"
        );
        foreach (var (id, name, body) in sections)
        {
            page.Section(id, name, body);
        }
        page.Text(
            "p",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Draws:N0} joint draws, seed {result.Seed}. The same file, catalogue and seed give this page again, byte for byte."
            ),
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
        yield return ("map", "Where they are", page => Map(page, r));
        yield return ("actions", "What to do with each", page => Actions(page, r, figures));
        if (r.Search is { } search)
        {
            yield return (
                "rules",
                "Against simple rules, and for more money",
                page => PlanSections.Rules(page, search, figures)
            );
            if (search.TakenBack.Count > 0)
            {
                yield return (
                    "unproven",
                    "Not proven",
                    page => PlanSections.Unproven(page, search, figures)
                );
            }
            yield return (
                "unknown",
                "What is unknown",
                page => PlanSections.Unknowns(page, search, figures)
            );
        }
        if (r.Crowding.Count > 0)
        {
            yield return (
                "crowding",
                "Who takes what from whom",
                page => PlanSections.Crowding(page, r, figures)
            );
        }
        yield return ("fill", "How full they get", page => Fill(page, r));
        yield return (
            "league",
            "By province, operator and chip",
            page => Leagues(page, r, figures)
        );
        yield return ("centres", "Centre by centre", page => Centres(page, r, figures));
        yield return ("limits", "What this does not know", page => page.Sentences(r.Limits));
    }

    private static void Head(Markup page, PortfolioResult r, Figures figures)
    {
        var p = r.Portfolio;
        page.Text(
            "p",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{p.Centres.Count} centres, {p.Centres.Sum(c => c.Accelerators):N0} accelerators; decided {p.Decided}, {p.Months} months ahead; market {r.Market}"
            ),
            "kicker"
        );
        page.Text("h1", p.Name);
        if (p.Explanation.Length > 0)
        {
            page.Text("p", p.Explanation);
        }
        var verdict = PlanVerdict.Of(r);
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
        page.Table(
            "All centres together, joint draws; money of the month of decision",
            [
                "plan",
                "worth P10",
                "worth P50",
                "worth P90",
                "hours sold of installed",
                "useful hours",
                "lenders' loss",
                "public money",
                "centres in default",
                "cost of actions",
            ],
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
            Figures.In(plan.UsefulHours.Mean, "", of + "usefulHours.mean"),
            figures.Money(plan.LenderLoss.Mean, of + "lenderLoss.mean"),
            figures.Money(plan.PublicMoney.Mean, of + "publicMoney.mean"),
            Figures.In(plan.Defaults, "", of + "defaults"),
            figures.Money(plan.Cost, of + "cost"),
        ];

    private static void Map(Markup page, PortfolioResult r)
    {
        var colors = Colors(r);
        var dots = r
            .Centres.Select(c =>
                (c, Place: c.Centre.Variants[0].Study.Place(c.Centre.Case.Site.Name))
            )
            .Select(x => new MapDot(
                $"{x.c.Centre.Name}: {x.c.Planned.Action}",
                x.Place.Latitude,
                x.Place.Longitude,
                x.c.Centre.Accelerators,
                colors[Kind(x.c)]
            ))
            .ToList();
        page.Figure(
            LandMap.Svg("Centres by their action; areas go with accelerators", dots),
            "Centres by their action; areas go with accelerators, centres of one place stand in a ring about it"
        );
        page.Raw(
            "<p class=\"keys\">"
                + string.Concat(
                    colors.Select(c =>
                        $"<span class=\"key\"><i class=\"disc\" style=\"background:var({c.Value})\"></i>{Markup.Encode(c.Key)}</span>\n"
                    )
                )
                + "</p>"
        );
        page.Text("p", LandMap.Credit, "soft");
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
            "Each action against leaving the centre as it is, the others as planned, on draws that the search has not seen; gains with one draw in twenty cut at each end. Right: draws in which no other action tried was worth more",
            [
                "centre",
                "chips",
                "let today",
                "fill P50, kept",
                "worth P50, kept",
                "action",
                "gain on leaving it",
                "90 % interval",
                "better in",
                "right in",
                "next best",
            ],
            r.Centres.Select(
                (c, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                new Cell(
                                    $"<a href=\"#centre-{i + 1}\">{Markup.Encode(c.Centre.Name)}</a>",
                                    false
                                ),
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{c.Centre.Accelerators:N0} {c.Centre.Chips}"
                                ),
                                Today(c.Centre),
                                figures.Share(c.Kept.Fill.Middle, $"centres[{i}].kept.fill.p50"),
                                figures.Money(c.Kept.Value.Middle, $"centres[{i}].kept.value.p50"),
                                c.Planned.Action,
                                c.Choice?.Proof is { } gain
                                    ? figures.Money(gain.Gain, $"centres[{i}].choice.proof.gain")
                                    : "",
                                c.Choice?.Proof is { } range
                                    ? Cell.Range(
                                        figures.Money(range.Low, $"centres[{i}].choice.proof.low"),
                                        figures.Money(range.High, $"centres[{i}].choice.proof.high")
                                    )
                                    : "",
                                c.Choice?.Proof is { } proof ? Of(proof.Better) : "",
                                c.Choice is { } choice ? Of(choice.Right) : "not asked",
                                c.Choice?.RunnerUp ?? "",
                            ]
                    )
            )
        );
    }

    private static string Of(Risk.Proportion p) => $"{p.Happened} of {p.Draws}";

    private static string Today(PortfolioCentre c) =>
        c.Stage switch
        {
            CentreStage.Building => "being built",
            CentreStage.Planned => "planned",
            CentreStage.Standing => c.Today.Let is { } let ? Words.Percent(let.Value)
            : c.Present is not null ? "unknown"
            : "as signed",
            var other => throw new ArgumentOutOfRangeException(nameof(c), other, "Unknown stage."),
        };

    private static void Fill(Markup page, PortfolioResult r)
    {
        double[] Of(Func<CentreAdvice, double> fill) =>
            [.. r.Centres.Select(fill).Where(double.IsFinite)];
        page.Figure(
            SmallCharts.Tenths(
                "Centres by the share of their hours that is sold, median of the draws",
                (Of(c => c.Kept.Fill.Middle), "--soft"),
                (Of(c => c.Planned.Fill.Middle), "--main")
            ),
            "Centres by the share of their hours that is sold, median of the draws",
            [("softly", "all kept"), ("main", "as planned")]
        );
    }

    private static void Leagues(Markup page, PortfolioResult r, Figures figures)
    {
        foreach (
            var (name, of) in new (string, Func<PortfolioCentre, string>)[]
            {
                ("Province", c => c.Province.Length > 0 ? c.Province : "not said"),
                ("Class of operator", c => c.Operator?.Name ?? "not said"),
                ("Chip", c => c.Chips),
            }
        )
        {
            page.Table(
                $"{name}: all kept and as planned; fill weighed by hours, worth P50 of each centre added up",
                [
                    name,
                    "centres",
                    "accelerators",
                    "fill, kept",
                    "fill, planned",
                    "worth, kept",
                    "worth, planned",
                ],
                r.Centres.GroupBy(c => of(c.Centre), StringComparer.Ordinal)
                    .OrderByDescending(g => Filled(g, c => c.Kept))
                    .ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g =>
                        (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    g.Key,
                                    Figures.Count(g.Count(), "", ""),
                                    Figures.In(
                                        Math.Round(g.Sum(c => c.Centre.Accelerators)),
                                        "",
                                        ""
                                    ),
                                    figures.Share(Filled(g, c => c.Kept), ""),
                                    figures.Share(Filled(g, c => c.Planned), ""),
                                    figures.Money(g.Sum(c => c.Kept.Value.Middle), ""),
                                    figures.Money(g.Sum(c => c.Planned.Value.Middle), ""),
                                ]
                        )
                    )
            );
        }
    }

    private static double Filled(
        IEnumerable<CentreAdvice> of,
        Func<CentreAdvice, CentreOutcome> outcome
    )
    {
        var all = of.Select(outcome).ToList();
        var installed = all.Sum(o => o.InstalledHours.Mean);
        return installed > 0 ? all.Sum(o => o.SoldHours.Mean) / installed : double.NaN;
    }

    private static void Centres(Markup page, PortfolioResult r, Figures figures)
    {
        var last = (r.Portfolio.Start + (r.Portfolio.Months - 1)).ToString();
        foreach (var (i, c) in r.Centres.Index())
        {
            page.Raw($"<section id=\"centre-{i + 1}\">");
            page.Text("h3", c.Centre.Name + (c.Centre.Stylised ? " (made up)" : ""));
            page.Text("p", Facts(c.Centre), "soft");
            page.Text("p", $"{c.Planned.Action}: {c.Planned.Description}");
            if (c.Choice is { } choice)
            {
                page.Text(
                    "p",
                    $"Right in {Of(choice.Right)} draws; worth {Words.Amount(choice.Gap.Cut)} {figures.Code} more than '{choice.RunnerUp}', one draw in twenty cut at each end (P10 to P90 {Words.Amount(choice.Gap.Low)} to {Words.Amount(choice.Gap.High)})."
                        + (choice.Decides.Length > 0 ? $" It hangs most on {choice.Decides}." : "")
                        + (choice.Turns.Length > 0 ? $" {choice.Turns}" : "")
                );
            }
            page.Raw("<div class=\"pair\">");
            page.Figure(
                SmallCharts.Lines(
                    $"{c.Centre.Name}: accelerators let by month",
                    r.Portfolio.Start.ToString(),
                    last,
                    (c.Kept.InstalledByMonth, "--grid", true),
                    (c.Kept.LetByMonth, "--soft", false),
                    (c.Planned.LetByMonth, "--main", false)
                ),
                "Accelerators let by month, mean of the draws; installed dashed",
                [("softly", "all kept"), ("main", "as planned")]
            );
            page.Table(
                "Its figures",
                ["", "kept", "planned"],
                [
                    Row(
                        "hours sold, P10 to P90",
                        c,
                        o =>
                            Cell.Range(
                                figures.Share(o.Fill.Low, ""),
                                figures.Share(o.Fill.High, "")
                            )
                    ),
                    Row("rent, P50", c, o => figures.Price(o.Rent.Middle, "")),
                    Row(
                        "value before finance, P50",
                        c,
                        o => figures.Money(o.ProjectNpv.Middle, "")
                    ),
                    Row(
                        "value to its owner after debt, P50",
                        c,
                        o => figures.Money(o.OwnerNpv.Middle, "")
                    ),
                    Row(
                        "worth, P10 to P90",
                        c,
                        o =>
                            Cell.Range(
                                figures.Money(o.Value.Low, ""),
                                figures.Money(o.Value.High, "")
                            )
                    ),
                    Row("useful hours, mean", c, o => Figures.In(o.UsefulHours.Mean, "", "")),
                    Row(
                        c.Centre.DebtAssumed ? "default, on a debt that is assumed" : "default",
                        c,
                        o =>
                            o.Default is { } d
                                ? figures.Odds(d.Value, "")
                                : new Cell("no debt", true)
                    ),
                    Row("lender's loss, mean", c, o => figures.Money(o.LenderLoss.Mean, "")),
                ]
            );
            page.Raw("</div>");
            if (c.Centre.Unknown.Count > 0)
            {
                page.Text(
                    "p",
                    $"Unknown: {string.Join("; ", c.Centre.Unknown.Select(u => $"{u.Path}, taken as {PhraseBook.English.Say(u.Prior)}"))}.",
                    "soft"
                );
            }
            page.Raw("</section>");
        }
    }

    private static (string, IReadOnlyList<Cell>) Row(
        string name,
        CentreAdvice c,
        Func<CentreOutcome, Cell> of
    ) => ("", [name, of(c.Kept), of(c.Planned)]);

    private static string Facts(PortfolioCentre c)
    {
        string? Share(string name, double? value) =>
            value is { } v ? $"{name} {Words.Percent(v)}" : null;
        return string.Join(
            "; ",
            new[]
            {
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{c.Accelerators:N0} {c.Chips} in {c.Case.Site.Name}{(c.Province.Length > 0 ? $", {c.Province}" : "")}"
                ),
                $"operator: {c.Variants[0].Study.Values.Text("centre.operator")}{(c.Operator is { } o ? $" ({o.Name})" : "")}",
                Share("racked", c.Today.Racked?.Value),
                Share("let", c.Today.Let?.Value),
                Share("lit", c.Today.Lit?.Value),
                Share("load", c.Today.Load?.Value),
                c.Source.Length > 0 ? $"source: {c.Source}" : null,
            }.OfType<string>()
        );
    }
}
