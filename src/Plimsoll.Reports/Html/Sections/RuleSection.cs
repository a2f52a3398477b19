using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The rule and how the draws stand to it.</summary>
internal static class RuleSection
{
    /// <summary>The section.</summary>
    public static PageSection Of(StudyResult result, Figures figures) =>
        new(
            "rule",
            "Rule",
            "The rule, and how the draws stand to it",
            page =>
            {
                var rule = result.Rule;
                page.Raw(
                    $"<p>The verdict follows a rule that is an input of the study: covenant at {figures.Times(rule.CovenantCover, "rule.covenantCover").Html} trailing cover; chance of breaking it at most {figures.Share(rule.MaxBreach, "rule.maxBreach").Html}; chance of a payment default at most {figures.Share(rule.MaxDefault, "rule.maxDefault").Html}; expected loss a year at most {figures.Share(rule.RiskMargin, "rule.riskMargin").Html} of the debt; equity asks {figures.Share(rule.EquityHurdle, "rule.equityHurdle").Html} a year and bears a chance of at most {figures.Share(rule.MaxEquityLoss, "rule.maxEquityLoss").Html} of earning less.</p>"
                );
                if (result.Verdict.Tests.Count == 0)
                {
                    page.Text(
                        "p",
                        "No test of the rule applies: there is neither debt nor equity to test."
                    );
                    return;
                }
                var laws = result
                    .Verdict.Tests.SelectMany(t => t.ByLaw.Keys)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .ToList();
                page.Table(
                    "Each test with its 95 % sampling interval, then under each rent law (and each link to the world's rents) alone",
                    [
                        "test",
                        "found",
                        "interval",
                        "limit",
                        .. laws.Select(Sentence.Apart),
                        "outcome",
                    ],
                    result.Verdict.Tests.Select((t, i) => ("", Row(t, i, laws, figures)))
                );
            }
        );

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
            test.Name,
            figures.Share(test.Value, of + "value"),
            Cell.Range(figures.Share(test.Low, of + "low"), figures.Share(test.High, of + "high")),
            figures.Share(test.Limit, of + "limit"),
            .. laws.Select(l =>
                (Cell)figures.Share(test.ByLaw.GetValueOrDefault(l, double.NaN), $"{of}byLaw.{l}")
            ),
            new Cell(
                $"<span class=\"outcome {Words.Verb(test.Outcome)}\">{Words.Verb(test.Outcome)}</span> {Markup.Encode(test.Reason)}",
                false
            ),
        ];
    }
}
