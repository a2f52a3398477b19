using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Loans tried, debt capacity, and what a default would cost the lender.</summary>
internal static class LoanSection
{
    /// <summary>The section; null when no loan was tried and no draw defaults.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Loans.Count == 0 && double.IsNaN(result.DebtCapacity) && result.Loss.Defaults == 0
            ? null
            : new PageSection(
                "loan",
                "Loan",
                "What can be lent, and what is lost when it fails",
                page =>
                {
                    if (double.IsFinite(result.DebtCapacity))
                    {
                        page.Raw(
                            $"<p>Debt capacity: {figures.Money(result.DebtCapacity, "debtCapacity").Html} {Markup.Encode(Which(result))}</p>"
                        );
                    }
                    Loans(page, result, figures);
                    Loss(page, result, figures);
                }
            );

    private static string Which(StudyResult result) =>
        result.ContractedCapacity != result.DebtCapacity
            ? "is the largest loan on the plan's terms that passes the lender's tests."
        : result.ContractedLoan is { } loan
            ? $"is the largest loan that passes the lender's tests on signed contracts alone, whatever is asked: {loan.Terms}{(loan.Conditions.Count > 0 ? $", on these conditions: {string.Join("; ", loan.Conditions)}" : "")}."
        : "on signed contracts alone: no loan on them passes the lender's tests, whatever is asked.";

    private static void Loans(Markup page, StudyResult result, Figures figures)
    {
        if (result.Loans.Count == 0)
        {
            return;
        }
        var tests = result.Loans.MaxBy(l => l.Tests.Count)!.Tests;
        page.Table(
            "Loans tried, each against the lender's tests",
            ["terms", "amount", .. tests.Select(t => t.Name), "conditions", "outcome"],
            result.Loans.Select(
                (l, i) =>
                    (
                        l.Name == result.Verdict.Option ? "pick" : "",
                        (IReadOnlyList<Cell>)
                            [
                                l.Name,
                                figures.Money(l.Amount, $"loans[{i}].amount"),
                                .. tests.Select(
                                    (t, k) =>
                                        k < l.Tests.Count
                                            ? (Cell)
                                                figures.Share(
                                                    l.Tests[k].Value,
                                                    $"loans[{i}].tests[{k}].value"
                                                )
                                            : "not tested"
                                ),
                                l.Conditions.Count == 0 ? "none" : string.Join("; ", l.Conditions),
                                new Cell(
                                    $"<span class=\"outcome {Words.Verb(l.Outcome)}\">{Words.Verb(l.Outcome)}</span>",
                                    false
                                ),
                            ]
                    )
            )
        );
    }

    private static void Loss(Markup page, StudyResult result, Figures figures)
    {
        var loss = result.Loss;
        if (loss.Defaults == 0)
        {
            page.Text("p", "No draw ends in a payment default.");
            return;
        }
        page.Table(
            "What a lender loses, over the draws that default",
            ["what", "figure", "meaning"],
            [
                Row(
                    "draws that default",
                    Figures.Count(loss.Defaults, "draws", "loss.defaults"),
                    $"of {result.Draws:N0}"
                ),
                Row(
                    "lost on a default",
                    figures.Share(loss.LossGivenDefault, "loss.lossGivenDefault"),
                    "mean over these draws, of the debt lent, after sale, time to sell, holding and repossession"
                ),
                Row(
                    "an accelerator second-hand at default",
                    figures.Money(loss.ResaleAtDefault, "loss.resaleAtDefault"),
                    "median price then"
                ),
                Row(
                    "the same at the decision",
                    figures.Money(loss.ResaleAtDecision, "loss.resaleAtDecision"),
                    "for comparison"
                ),
                Row(
                    "time to sell the fleet",
                    figures.Months(loss.MonthsToSell, "loss.monthsToSell"),
                    "median, if begun at default"
                ),
                Row(
                    "expected loss a year",
                    figures.Share(loss.ExpectedLossPerYear, "loss.expectedLossPerYear"),
                    "of the debt, over all draws; to be borne by the margin"
                ),
            ]
        );
    }

    private static (string, IReadOnlyList<Cell>) Row(string name, Shown figure, string meaning) =>
        ("", [name, figure, meaning]);
}
