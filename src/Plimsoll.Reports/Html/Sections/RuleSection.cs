using System.Globalization;
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
            "Rule",
            "The rule, and how the draws stand to it",
            page =>
            {
                var rule = result.Rule;
                var plain = result.Lending is null
                    ? "The verdict follows a rule that is an input of the study"
                    : "Options beside the loan are shown by a rule that is an input of the study";
                page.Raw(
                    $"<p>{plain}: covenant at {figures.Times(rule.CovenantCover, "rule.covenantCover").Html} trailing cover; chance of breaking it at most {figures.Share(rule.MaxBreach, "rule.maxBreach").Html}; chance of a payment default at most {figures.Share(rule.MaxDefault, "rule.maxDefault").Html}; expected loss a year at most {figures.Share(rule.RiskMargin, "rule.riskMargin").Html} of the debt; equity asks {figures.Share(rule.EquityHurdle, "rule.equityHurdle").Html} a year and bears a chance of at most {figures.Share(rule.MaxEquityLoss, "rule.maxEquityLoss").Html} of earning less.</p>"
                );
                if (result.Lending is { } lender)
                {
                    page.Text("p", Lender(lender));
                }
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

    /// <summary>The rule that the lender's tests follow, every one of them.</summary>
    private static string Lender(LendingRule rule)
    {
        string Odds(string of, double? limit) =>
            limit is { } most
                ? $"{of} in at most {Words.Percent(most)} of the draws"
                : $"odds of {of} are shown and limit nothing, for the study states no limit";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A loan is tested by the lender's own rule: expected loss a year and {Words.Percent(rule.TailCharge)} a year on the mean loss of the worst {Words.Percent(rule.TailShare)} of draws are paid for by margin and fees, and the margin is at least {Words.Percent(rule.MarginFloor)} (own prior, grade D); cover stays above {rule.TargetCover:0.00} in half of the draws and above {rule.DownsideCover:0.00} in nine of ten, a balloon left out; a balloon is within {Words.Percent(rule.BalloonShare)} of an orderly sale, itself {Words.Percent(rule.OrderlyShare)} of fair value, or within what the contracts left carry at {rule.TargetCover:0.00}, in nine draws of ten; {Odds("a payment default", rule.MaxDefault)}; {Odds("a broken covenant", rule.MaxBreach)}."
        );
    }

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
