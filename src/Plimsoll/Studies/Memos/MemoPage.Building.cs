using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <content>The memo of a half-built centre: of the course that the verdict names, with what was drawn and spent to date apart from what is still to come.</content>
internal sealed partial class MemoPage
{
    /// <summary>True when the question is what to do with a half-built centre.</summary>
    private bool Half => _result.Question == "construction";

    /// <summary>The course, what is owed and still drawn or repaid, and what the bank is asked.</summary>
    private IEnumerable<Phrase> Building()
    {
        if (_result.Options.FirstOrDefault(o => o.Name == _result.Verdict.Option) is { } course)
        {
            yield return Phrase.Of(
                _result.Verdict.Kind == VerdictKind.Unresolved
                    ? "memo.building.open"
                    : "memo.building.course",
                course.Title
            );
        }
        if (_plan.Building is { } debt && _loan is { } loan)
        {
            var terms = loan.Whole.Loan;
            yield return Phrase.Of(
                "memo.building.loan",
                debt.Drawn,
                Math.Max(0, terms.Amount - debt.Drawn),
                debt.Undrawn,
                terms.MaturityMonth - terms.FirstPaymentMonth + 1,
                _result.Start + terms.FirstPaymentMonth,
                Repaid(_plan.Loan!),
                terms.BaseRate,
                terms.Margin
            );
        }
        foreach (var said in _result.Bank)
        {
            yield return said;
        }
    }

    /// <summary>What was drawn and spent before the outlook: sources and uses to date.</summary>
    private (
        IEnumerable<(Phrase Name, double Money)> Sources,
        IEnumerable<(Phrase Name, double Money)> Uses
    ) ToDate()
    {
        var spent = _plan.Spent.Kept + _plan.Spent.GivenUp;
        var drawn = _plan.Building?.Drawn ?? 0;
        return (
            [
                (Phrase.Of("memo.funds.todate.debt"), drawn),
                (Phrase.Of("memo.funds.todate.equity"), Math.Max(0, spent - drawn)),
            ],
            [
                (Phrase.Of("memo.funds.todate.spent"), spent),
                (Phrase.Of("memo.funds.todate.left"), Math.Max(0, drawn - spent)),
            ]
        );
    }

    /// <summary>Which obligation was missed where the middle draw defaults; nothing where it does not.</summary>
    private IEnumerable<Phrase> WhyDefault()
    {
        var cause = DefaultCauses.Of(Cash);
        if (cause == DefaultCause.None)
        {
            yield break;
        }
        var month = Cash.Start + Cash.DefaultMonth;
        var first = DefaultCauses.FirstUnpaid(Cash);
        var before = _loan is { } loan && Cash.DefaultMonth < loan.Whole.Loan.FirstPaymentMonth;
        yield return cause == DefaultCause.RunningCost
            ? Phrase.Of(
                before ? "memo.default.RunningCost.before" : "memo.default.RunningCost",
                month,
                Cash.Start + first,
                Cash.Unpaid[Cash.DefaultMonth]
            )
            : Phrase.Of($"memo.default.{cause}", month, Cash.Arrears[Cash.DefaultMonth]);
    }
}
