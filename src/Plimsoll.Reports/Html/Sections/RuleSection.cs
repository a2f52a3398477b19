using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The rule and how the draws stand to it.</summary>
internal static class RuleSection
{
    /// <summary>The section.</summary>
    public static PageSection Of(StudyResult result, Figures figures) =>
        new(
            "rule",
            figures.Say("report.rule.short"),
            figures.Say("report.rule"),
            page =>
            {
                var rule = result.Rule;
                var plain = result.Lending is null
                    ? figures.Say("report.rule.input")
                    : figures.Say("report.rule.beside");
                page.Raw(
                    $"<p>{figures.Say("report.rule.says", plain, figures.Times(rule.CovenantCover, "rule.covenantCover").Html, figures.Share(rule.MaxBreach, "rule.maxBreach").Html, figures.Share(rule.MaxDefault, "rule.maxDefault").Html, figures.Share(rule.RiskMargin, "rule.riskMargin").Html, figures.Share(rule.EquityHurdle, "rule.equityHurdle").Html, figures.Share(rule.MaxEquityLoss, "rule.maxEquityLoss").Html)}</p>"
                );
                if (result.Lending is { } lender)
                {
                    page.Text("p", Lender(lender, figures));
                }
                if (result.Verdict.Tests.Count == 0)
                {
                    page.Text("p", figures.Say("report.rule.none"));
                    return;
                }
                var laws = result
                    .Verdict.Tests.SelectMany(t => t.ByLaw.Keys)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .ToList();
                page.Table(
                    figures.Say("report.rule.table"),
                    [
                        figures.Say("report.rule.test"),
                        figures.Say("report.rule.found"),
                        figures.Say("report.rule.interval"),
                        figures.Say("report.rule.limit"),
                        .. laws.Select(l => Law(l, figures.Book)),
                        figures.Say("report.outcome"),
                    ],
                    result.Verdict.Tests.Select((t, i) => ("", Row(t, i, laws, figures)))
                );
            }
        );

    /// <summary>The rule that the lender's tests follow, every one of them.</summary>
    private static string Lender(LendingRule rule, Figures figures)
    {
        string Odds(string of, double? limit) =>
            limit is { } most
                ? figures.Say("report.rule.lender.limit", of, most)
                : figures.Say("report.rule.lender.shown", of);
        return figures.Say(
            "report.rule.lender",
            rule.TailCharge,
            rule.TailShare,
            rule.MarginFloor > 0 ? figures.Say("report.rule.lender.floor", rule.MarginFloor) : "",
            rule.TargetCover,
            rule.DownsideCover,
            rule.BalloonShare,
            rule.OrderlyShare,
            Odds(figures.Say("report.rule.lender.default"), rule.MaxDefault),
            Odds(figures.Say("report.rule.lender.breach"), rule.MaxBreach)
        );
    }

    /// <summary>A rent law as the head of a column.</summary>
    private static string Law(string law, PhraseBook book) =>
        book.Name("law", law) is var name && name != law ? name : Sentence.Apart(law);

    private static IReadOnlyList<Cell> Row(
        RuleTest test,
        int index,
        List<string> laws,
        Figures figures
    )
    {
        var of = $"verdict.tests[{index}].";
        return
        [
            figures.Book.Say(test.Title),
            figures.Share(test.Value, of + "value"),
            figures.Range(
                figures.Share(test.Low, of + "low"),
                figures.Share(test.High, of + "high")
            ),
            figures.Share(test.Limit, of + "limit"),
            .. laws.Select(l =>
                (Cell)figures.Share(test.ByLaw.GetValueOrDefault(l, double.NaN), $"{of}byLaw.{l}")
            ),
            new Cell(
                $"<span class=\"outcome {Words.Verb(test.Outcome)}\">{Markup.Encode(figures.Book.Say(Words.Said(test.Outcome)))}</span> {Markup.Encode(figures.Book.Say(test.Because))}",
                false
            ),
        ];
    }
}
