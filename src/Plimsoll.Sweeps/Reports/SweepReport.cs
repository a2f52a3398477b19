using System.Globalization;
using System.Net;
using System.Text;
using Plimsoll.Decisions;

namespace Plimsoll.Sweeps.Reports;

/// <summary>The report of a sweep: one HTML file that needs nothing else, for screen and print, in light and dark.</summary>
public static class SweepReport
{
    private const int MostLines = 60;
    private static readonly string[] _study = ["Study"];

    /// <summary>The report.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="figures">What was gathered from its runs.</param>
    public static string Html(Sweep sweep, SweepFigures figures)
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>{Text(sweep.Name)}: sweep</title>
            <style>{Style}</style></head><body><main>
            <h1>{Text(sweep.Name)}</h1>

            """
        );
        if (sweep.Explanation.Length > 0)
        {
            page.Append($"<p>{Text(sweep.Explanation)}</p>\n");
        }
        page.Append($"<p class=\"lead\">{Text(Summary(sweep, figures))}</p>\n");
        Failures(page, figures);
        Map(page, figures.Map);
        Regret(page, figures.Regret, sweep.Studies.Count > 1);
        FrontierSection(page, sweep, figures.Frontier);
        page.Append(
            $"<p class=\"soft\">{Text($"{sweep.Draws:#,0} joint draws in each run, seed {sweep.Seed}. Every run with all its figures stands in runs-*.parquet and runs.csv, every option of it in options-*.parquet.")}</p>\n</main></body></html>\n"
        );
        return page.ToString();
    }

    private static string Summary(Sweep sweep, SweepFigures figures)
    {
        var verdicts = figures
            .Verdicts.OrderByDescending(v => v.Value)
            .Select(v => $"{Spoken(v.Key)} in {v.Value:#,0}");
        var states =
            figures.Done == figures.Runs
                ? $"{figures.Runs:#,0} runs"
                : $"{figures.Done:#,0} of {figures.Runs:#,0} runs have a result, {figures.Failed:#,0} failed, {figures.Open:#,0} have not ended";
        var studies = sweep.Studies.Count == 1 ? "" : $" of {sweep.Studies.Count:#,0} studies";
        var axes =
            sweep.Axes.Count == 0
                ? ""
                : $" over {string.Join(", ", sweep.Axes.Select(a => a.Name))}";
        return $"{states}{studies}{axes}. Verdicts: {(figures.Done == 0 ? "none yet" : string.Join(", ", verdicts))}.";
    }

    private static void Failures(StringBuilder page, SweepFigures figures)
    {
        if (figures.Failures.Count == 0)
        {
            return;
        }
        page.Append("<section><h2>Runs without an answer</h2>\n");
        Table(
            page,
            "Reasons, the most frequent first",
            ["Reason", "Runs", "First run"],
            figures
                .Failures.Take(MostLines)
                .Select(f => new[] { f.Reason, Whole(f.Runs), Whole(f.First) })
        );
        page.Append("</section>\n");
    }

    private static void Map(StringBuilder page, VerdictMap? map)
    {
        if (map is null)
        {
            return;
        }
        page.Append(
            $"<section><h2>Map of verdicts</h2>\n<div class=\"scroll\"><table class=\"map\"><caption>{Text($"Verdict by {map.Across} (across) and {map.Up} (up); where the other inputs change it, the most frequent with its share")}</caption>\n<tbody>\n"
        );
        for (var y = map.Rows.Count - 1; y >= 0; y--)
        {
            page.Append($"<tr><th scope=\"row\">{Text(Shown(map.Rows[y]))}</th>");
            for (var x = 0; x < map.Columns.Count; x++)
            {
                Cell(page, map.At(x, y));
            }
            page.Append("</tr>\n");
        }
        page.Append($"<tr><th scope=\"row\">{Text($"{map.Up} / {map.Across}")}</th>");
        foreach (var column in map.Columns)
        {
            page.Append($"<th scope=\"col\">{Text(Shown(column))}</th>");
        }
        page.Append("</tr></tbody></table></div></section>\n");
    }

    private static void Cell(StringBuilder page, IReadOnlyList<(string Verdict, long Runs)> cell)
    {
        if (cell.Count == 0)
        {
            page.Append("<td class=\"none\">no run</td>");
            return;
        }
        var all = cell.Sum(c => c.Runs);
        var share = cell[0].Runs < all ? $" {cell[0].Runs * 100.0 / all:0} %" : "";
        var title = string.Join(", ", cell.Select(c => $"{Spoken(c.Verdict)}: {c.Runs}"));
        page.Append(
            $"<td class=\"{ClassOf(cell[0].Verdict)}\" title=\"{Text(title)}\">{Text(Spoken(cell[0].Verdict) + share)}</td>"
        );
    }

    private static void Regret(StringBuilder page, RegretTable regret, bool several)
    {
        var lines = regret.Lines();
        if (lines.Count == 0)
        {
            return;
        }
        page.Append(
            "<section><h2>Regret</h2>\n<p>What it costs to hold to one option whatever the inputs are: its mean equity NPV below that of the best option of each run. The option whose largest regret is smallest stands first.</p>\n"
        );
        Table(
            page,
            "By option; amounts in millions",
            [
                .. several ? _study : [],
                "Option",
                "Runs",
                "Best in",
                "Mean equity NPV",
                "Mean regret",
                "P90 regret",
                "Largest regret",
                "In run",
            ],
            lines
                .Take(MostLines)
                .Select(l =>
                    (several ? new[] { l.Study } : [])
                        .Concat([
                            l.Option,
                            Whole(l.Runs),
                            $"{l.BestShare * 100:0} %",
                            Millions(l.MeanNpv, l.Currency),
                            Millions(l.MeanRegret, l.Currency),
                            Millions(l.P90Regret, l.Currency),
                            Millions(l.LargestRegret, l.Currency),
                            Whole(l.LargestAt),
                        ])
                        .ToArray()
                )
        );
        page.Append(
            lines.Count > MostLines
                ? $"<p class=\"soft\">{lines.Count - MostLines:#,0} more stand in regret.csv.</p></section>\n"
                : "</section>\n"
        );
    }

    private static void FrontierSection(StringBuilder page, Sweep sweep, Frontier frontier)
    {
        var best = frontier.Best();
        if (best.Count == 0)
        {
            return;
        }
        page.Append(
            "<section><h2>Frontier</h2>\n<p>The plans that no other plan of the sweep beats in both mean equity NPV and the chance of default.</p>\n"
        );
        foreach (var currency in best.Select(b => b.Currency).Distinct(StringComparer.Ordinal))
        {
            page.Append(
                FrontierChart.Svg(
                    [.. frontier.All.Where(e => e.Currency == currency)],
                    [.. best.Where(e => e.Currency == currency)],
                    currency
                )
            );
        }
        Table(
            page,
            "Plans on the frontier, the safest first",
            [
                "Run",
                .. sweep.Studies.Count > 1 ? _study : [],
                .. sweep.Axes.Select(a => a.Name),
                "Mean equity NPV",
                "Chance of default",
                "Verdict",
            ],
            best.Take(MostLines)
                .Select(b =>
                    new[] { Whole(b.Run) }
                        .Concat(sweep.Studies.Count > 1 ? [b.Study] : [])
                        .Concat(b.Values.Select(v => Shown(JsonCell.Words(v)!)))
                        .Concat([
                            Millions(b.Gain, b.Currency),
                            $"{b.Risk * 100:0.#} %",
                            Spoken(b.Verdict),
                        ])
                        .ToArray()
                )
        );
        page.Append("</section>\n");
    }

    private static void Table(
        StringBuilder page,
        string caption,
        IReadOnlyList<string> header,
        IEnumerable<string[]> rows
    )
    {
        page.Append(
            $"<div class=\"scroll\"><table><caption>{Text(caption)}</caption>\n<thead><tr>{string.Concat(header.Select(h => $"<th scope=\"col\">{Text(h)}</th>"))}</tr></thead>\n<tbody>\n"
        );
        foreach (var row in rows)
        {
            page.Append(
                $"<tr>{string.Concat(row.Select((c, i) => $"<td{(i > 0 && IsFigure(c) ? " class=\"n\"" : "")}>{Text(c)}</td>"))}</tr>\n"
            );
        }
        page.Append("</tbody></table></div>\n");
    }

    private static bool IsFigure(string cell) =>
        cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || cell[0] == '-');

    /// <summary>Colour of a verdict: goes ahead, goes ahead changed, waits or changes course, does not.</summary>
    private static string ClassOf(string verdict) =>
        !Enum.TryParse<VerdictKind>(verdict, out var kind)
            ? "other"
            : kind switch
            {
                VerdictKind.Unresolved => "other",
                VerdictKind.Build
                or VerdictKind.Finish
                or VerdictKind.Lend
                or VerdictKind.HoldPrice
                or VerdictKind.Sign => "go",
                VerdictKind.Resize
                or VerdictKind.Stage
                or VerdictKind.Relocate
                or VerdictKind.Retarget
                or VerdictKind.Shrink
                or VerdictKind.LendLess
                or VerdictKind.LendOnConditions
                or VerdictKind.Counter => "part",
                VerdictKind.Wait
                or VerdictKind.CutPrice
                or VerdictKind.GoDark
                or VerdictKind.ConvertToInference
                or VerdictKind.RestructureDebt
                or VerdictKind.HandOver
                or VerdictKind.LeaseToCloud
                or VerdictKind.SellAndLeaseBack
                or VerdictKind.LetTenantGo
                or VerdictKind.MoveServers
                or VerdictKind.ByFleet => "wait",
                VerdictKind.DoNotBuild
                or VerdictKind.Stop
                or VerdictKind.Assign
                or VerdictKind.Decline
                or VerdictKind.SellAccelerators
                or VerdictKind.Close
                or VerdictKind.Refuse => "no",
            };

    /// <summary>A name of several words with blanks: DoNotBuild is said 'do not build'.</summary>
    internal static string Spoken(string verdict) =>
        string.Concat(
                verdict.Select(
                    (c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $" {c}" : c.ToString()
                )
            )
            .ToLowerInvariant();

    private static string Millions(double amount, string currency) =>
        $"{(amount / 1e6).ToString("#,0.#", CultureInfo.InvariantCulture)} {currency}".Trim();

    /// <summary>A value of an axis: a number with its thousands apart, words as they are.</summary>
    private static string Shown(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("#,0.######", CultureInfo.InvariantCulture)
            : value;

    private static string Whole(long number) =>
        number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Text made safe for elements and quoted attributes.</summary>
    internal static string Text(string text) =>
        WebUtility.HtmlEncode(
            string.Concat(
                text.Where(c =>
                    (!char.IsControl(c) || c == '\n') && c is not ('\ufffe' or '\uffff')
                )
            )
        );

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--paper:#fff;--line:#d5dae1;--soft:#5a6675;--go:#cfe8d6;--part:#d6e4f5;--wait:#f5e3c3;--no:#f3cfcb;--other:#e6e8ec}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--paper:#14181f;--line:#343c48;--soft:#a3aebc;--go:#1e4a2d;--part:#1d3a5c;--wait:#574013;--no:#5f211c;--other:#2b323c}}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif}
        main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem}
        h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}h2{font-size:1.2rem;margin:1.8rem 0 .4rem}
        .lead{font-size:1.08rem}.soft{color:var(--soft)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0;font-size:.92rem}
        caption{text-align:left;color:var(--soft);padding:.2rem 0}
        th,td{border:1px solid var(--line);padding:.3rem .55rem;text-align:left;vertical-align:top}td.n{text-align:right;white-space:nowrap}
        .map td{text-align:center;min-width:4.5rem}.map th{font-weight:600;white-space:nowrap}
        .go{background:var(--go)}.part{background:var(--part)}.wait{background:var(--wait)}.no{background:var(--no)}.other,.none{background:var(--other)}.none{color:var(--soft)}
        svg{max-width:100%;height:auto;display:block}svg text{fill:var(--ink);font-size:13px}svg .axis{stroke:var(--soft)}svg .run{fill:var(--soft);opacity:.45}svg .best{fill:#1f5fa8}svg .edge{stroke:#1f5fa8;fill:none;stroke-width:2}
        @media(prefers-color-scheme:dark){svg .best{fill:#7fb2ea}svg .edge{stroke:#7fb2ea}}
        """;
}
