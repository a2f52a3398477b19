using System.Globalization;
using Plimsoll.Audits;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Quantities;
using Plimsoll.Reports.Charts;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports;

/// <summary>The report of an audit: one HTML file that needs nothing else, in English or Chinese.</summary>
/// <remarks>The same result gives the same bytes; every figure carries its exact value and its place in the JSON document.</remarks>
public static class AuditReport
{
    /// <summary>The report as text.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="book">The language.</param>
    public static string Html(AuditResult result, PhraseBook book)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        var page = new Markup();
        var text = new Speaker(book);
        page.Raw("<!DOCTYPE html>");
        page.Raw(
            $"<html lang=\"{book.Language}\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
        );
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
        );
        page.Text("title", book.Say(AuditWords.Heading(result)));
        page.Raw($"<style>\n{StudyReport.StyleSheet()}</style></head><body><main>");
        page.Text("h1", book.Say(AuditWords.Heading(result)));
        foreach (var phrase in AuditWords.Head(result))
        {
            page.Text("p", book.Say(phrase) + text.Stop);
        }
        if (result.File.Explanation.Length > 0)
        {
            page.Text("p", result.File.Explanation, "soft");
        }
        if (AuditWords.Order(result) is { Count: > 0 } order)
        {
            page.Text("h2", book.Say(Phrase.Of("audit.order")));
            foreach (var phrase in order)
            {
                page.Text("p", book.Say(phrase) + text.Stop);
            }
        }
        Chart(page, result, text);
        for (var c = 0; c < result.Claims.Count; c++)
        {
            Claim(page, result, c, text);
        }
        page.Section("cases", text["audit.cases"], body => Cases(body, result, text));
        page.Text(
            "p",
            book.Say(Phrase.Of("audit.foot", result.File.Draws, (int)result.File.Seed)),
            "soft"
        );
        page.Raw("</main></body></html>");
        return page.ToString();
    }

    private static void Chart(Markup page, AuditResult result, Speaker text) =>
        page.Figure(
            RowChart.Svg(
                "support",
                [
                    .. result.Claims.Select(c => new RowChart.Row(
                        c.Claim.Name,
                        "",
                        [
                            new RowChart.Piece(
                                c.Support.Share.P90,
                                c.Support.Share.P10,
                                ChartColors.Main
                            ),
                        ],
                        c.Support.Share.P50
                    )),
                ],
                "%",
                1,
                0.01,
                " %",
                text["audit.chart"]
            ),
            text["audit.chart"]
        );

    private static void Claim(Markup page, AuditResult result, int c, Speaker text)
    {
        var claim = result.Claims[c];
        page.Section(
            $"claim-{c + 1}",
            claim.Claim.Name,
            body =>
            {
                foreach (var phrase in AuditWords.Claim(result, claim))
                {
                    body.Text("p", text.Say(phrase) + text.Stop);
                }
                if (claim.Papers.Count > 0)
                {
                    Papers(body, claim, $"claims[{c}]", text);
                }
                body.Text("h3", text["audit.questions"]);
                body.Sentences(claim.Questions.Select(text.Say));
                if (claim.Moves.Count > 0)
                {
                    Moves(body, claim, $"claims[{c}]", text);
                }
                if (claim.Subsidy is { } subsidy)
                {
                    Subsidy(body, result, subsidy, $"claims[{c}].subsidy", text);
                }
            }
        );
    }

    private static void Papers(Markup page, AuditedClaim claim, string of, Speaker text) =>
        page.Table(
            text["audit.papers"],
            text.All("paper", "tenant", "says", "counts", "why", "weight", "range", "cases"),
            claim.Papers.Select(
                (p, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                text.Say(AuditWords.Word("kind", p.Paper.Kind)),
                                p.Paper.Named ? p.Paper.Tenant : text["audit.tenant.none"],
                                text.Amount(p.Paper.Amount, $"{of}.papers[{i}].amount"),
                                text.Amount(p.Counted, $"{of}.papers[{i}].counted"),
                                text.Say(AuditWords.Why(p)),
                                new Shown(
                                    Words.Percent(p.Weight),
                                    p.Weight,
                                    $"{of}.papers[{i}].weight"
                                ),
                                text.Say(Phrase.Of("audit.range", p.Rate.Low, p.Rate.High)),
                                $"{p.Rate.Matched} / {p.Rate.SameAsset} / {p.Rate.SameFirmness} / {p.Rate.All}",
                            ]
                    )
            )
        );

    private static void Moves(Markup page, AuditedClaim claim, string of, Speaker text) =>
        page.Table(
            text["audit.moves"],
            text.All("change", "points"),
            claim.Moves.Select(
                (m, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                text.Say(m.What),
                                new Shown(
                                    AuditWords.Points(m.Gain),
                                    m.Gain,
                                    $"{of}.moves[{i}].change"
                                ),
                            ]
                    )
            )
        );

    private static void Subsidy(
        Markup page,
        AuditResult result,
        SubsidyDesign subsidy,
        string of,
        Speaker text
    )
    {
        page.Text("h3", text["audit.subsidy"]);
        page.Text("p", text.Say(AuditWords.Asked(result, subsidy)) + text.Stop);
        page.Table(
            result.File.Currency.Code,
            text.All("rule", "ahead", "expected", "unused", "unusedbad", "nothing", "perunit"),
            subsidy.Costs.Select(
                (c, i) =>
                    (
                        "",
                        (IReadOnlyList<Cell>)
                            [
                                text[$"audit.rule.{c.Rule}"],
                                text.Amount(c.Ahead, $"{of}.rules[{i}].ahead"),
                                text.Amount(c.Paid, $"{of}.rules[{i}].paid"),
                                text.Amount(c.Unused, $"{of}.rules[{i}].unused"),
                                text.Amount(c.UnusedBad, $"{of}.rules[{i}].unusedP90"),
                                text.Amount(c.NothingComes, $"{of}.rules[{i}].lostIfNothingComes"),
                                text.Amount(c.PerUnitMonth, $"{of}.rules[{i}].perUnitMonthUsed"),
                            ]
                    )
            )
        );
        page.Text("p", text.Say(AuditWords.Advice(result, subsidy)) + text.Stop);
    }

    private static void Cases(Markup page, AuditResult result, Speaker text)
    {
        page.Text("p", text["audit.cases.note"], "soft");
        page.Table(
            text["audit.cases"],
            text.All("case", "share", "known", "source"),
            result.Known.Select(c =>
                (
                    "",
                    (IReadOnlyList<Cell>)
                        [
                            c.Name,
                            new Shown(Words.Percent(c.Share), c.Share, c.Place),
                            c.Known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                            Source(c, text),
                        ]
                )
            )
        );
    }

    private static string Source(BaseRateCase c, Speaker text) =>
        $"{text.Say(AuditWords.Word("kind", c.Kind))}, {text.Say(AuditWords.Word("asset", c.Asset))}, {text.Say(AuditWords.Word("country", c.Country))}: {c.Source} ({c.Grade}{(c.Evidence == Evidence.Memory ? ", " + text["audit.case.memory"] : "")}){(c.Note.Length > 0 ? "; " + c.Note : "")}{(c.NotCounted.Length > 0 ? "; " + c.NotCounted : "")}";

    /// <summary>Says phrases and amounts in the language of the page.</summary>
    private sealed class Speaker(PhraseBook book)
    {
        /// <summary>A text without arguments.</summary>
        public string this[string key] => book.Say(Phrase.Of(key));

        /// <summary>Ends a sentence.</summary>
        public string Stop => book.Language == "zh" ? "。" : ".";

        /// <summary>A phrase.</summary>
        public string Say(Phrase phrase) => book.Say(phrase);

        /// <summary>Names of columns.</summary>
        public IReadOnlyList<string> All(params IEnumerable<string> columns) =>
            [.. columns.Select(c => this[$"audit.col.{c}"])];

        /// <summary>An amount as the language writes it.</summary>
        public Shown Amount(double value, string of) =>
            // Below a hundredth of a unit there is nothing to pay or to count.
            new(
                book.Say(Phrase.Of("audit.amount", Math.Abs(value) < 0.005 ? 0 : value)),
                value,
                of
            );
    }
}
