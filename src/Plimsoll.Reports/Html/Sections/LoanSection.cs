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
                figures.Say("report.loan.short"),
                figures.Say("report.loan"),
                page =>
                {
                    if (double.IsFinite(result.DebtCapacity))
                    {
                        page.Raw(
                            $"<p>{figures.Say("report.loan.capacity", figures.Money(result.DebtCapacity, "debtCapacity").Html, Markup.Encode(Which(result, figures)))}</p>"
                        );
                    }
                    if (result.ContractedBound is { } bound)
                    {
                        page.Text("p", figures.Book.Say(bound.Said));
                    }
                    Loans(page, result, figures);
                    Loss(page, result, figures);
                }
            );

    private static string Which(StudyResult result, Figures figures) =>
        result is { ContractedLoan.AtCeiling: true }
        && result.ContractedCapacity == result.DebtCapacity
            ? figures.Say("report.loan.ceiling", Terms(result, figures))
            : Terms(result, figures);

    private static string Terms(StudyResult result, Figures figures) =>
        result.ContractedCapacity != result.DebtCapacity ? figures.Say("report.loan.largest")
        : result.ContractedLoan is not { } loan ? figures.Say("report.loan.contracted.none")
        : loan.Asked.Count > 0
            ? figures.Say(
                "report.loan.contracted.on",
                figures.Book.Say(loan.Said),
                figures.Book.Join(loan.Asked.Select(figures.Book.Say))
            )
        : figures.Say("report.loan.contracted", figures.Book.Say(loan.Said));

    private static void Loans(Markup page, StudyResult result, Figures figures)
    {
        if (result.Loans.Count == 0)
        {
            return;
        }
        var tests = result.Loans.MaxBy(l => l.Tests.Count)!.Tests;
        page.Table(
            figures.Say("report.loan.table"),
            [
                figures.Say("report.loan.terms"),
                figures.Say("report.amount"),
                .. tests.Select(t => figures.Book.Say(t.Title)),
                figures.Say("report.loan.conditions"),
                figures.Say("report.outcome"),
            ],
            result.Loans.Select(
                (l, i) =>
                    (
                        l.Name == result.Verdict.Option ? "pick" : "",
                        (IReadOnlyList<Cell>)
                            [
                                figures.Book.Say(l.Title),
                                figures.Money(l.Amount, $"loans[{i}].amount"),
                                .. tests.Select(
                                    (t, k) =>
                                        k < l.Tests.Count
                                            ? (Cell)
                                                figures.Share(
                                                    l.Tests[k].Value,
                                                    $"loans[{i}].tests[{k}].value"
                                                )
                                            : figures.Say("report.loan.untested")
                                ),
                                l.Asked.Count == 0
                                    ? figures.Say("report.none")
                                    : figures.Book.Join(l.Asked.Select(figures.Book.Say)),
                                new Cell(
                                    $"<span class=\"outcome {Words.Verb(l.Outcome)}\">{Markup.Encode(figures.Book.Say(Words.Said(l.Outcome)))}</span>",
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
            page.Text("p", figures.Say("report.loss.never"));
            return;
        }
        page.Table(
            figures.Say("report.loss"),
            [
                figures.Say("report.loss.what"),
                figures.Say("report.loss.figure"),
                figures.Say("report.loss.meaning"),
            ],
            [
                Row(
                    figures.Say("report.loss.defaults"),
                    figures.Draws(loss.Defaults, "loss.defaults"),
                    figures.Say("report.loss.of", result.Draws)
                ),
                Row(
                    figures.Say("report.loss.given"),
                    figures.Share(loss.LossGivenDefault, "loss.lossGivenDefault"),
                    figures.Say("report.loss.given.means")
                ),
                Row(
                    figures.Say("report.loss.resale"),
                    figures.Money(loss.ResaleAtDefault, "loss.resaleAtDefault"),
                    figures.Say("report.loss.resale.means")
                ),
                Row(
                    figures.Say("report.loss.now"),
                    figures.Money(loss.ResaleAtDecision, "loss.resaleAtDecision"),
                    figures.Say("report.loss.now.means")
                ),
                Row(
                    figures.Say("report.loss.time"),
                    figures.Months(loss.MonthsToSell, "loss.monthsToSell"),
                    figures.Say("report.loss.time.means")
                ),
                Row(
                    figures.Say("report.loss.expected"),
                    figures.Share(loss.ExpectedLossPerYear, "loss.expectedLossPerYear"),
                    figures.Say("report.loss.expected.means")
                ),
            ]
        );
    }

    private static (string, IReadOnlyList<Cell>) Row(string name, Shown figure, string meaning) =>
        ("", [name, figure, meaning]);
}
