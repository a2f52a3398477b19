using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>The loan of a study in every draw, on all cash and on signed contracts alone.</summary>
/// <param name="Whole">On all cash.</param>
/// <param name="Contracted">On its leases alone, those that its conditions ask for among them; null where it has none.</param>
/// <param name="Case">Judged on all cash; null when no draw lends.</param>
/// <param name="ContractedCase">Judged on its leases alone; null where it has none.</param>
/// <param name="Split">What carries the amount.</param>
internal sealed record LoanDraws(
    LenderDraws Whole,
    LenderDraws? Contracted,
    LendingCase? Case,
    LendingCase? ContractedCase,
    AmountSplit Split
);

/// <summary>Makes the memo of a study: the loan seen by its lender in every draw, beside what the study found.</summary>
internal static class MemoRun
{
    /// <summary>The memo.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="today">The centre as the study has it, whatever course is followed.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="run">The draws.</param>
    /// <param name="held">What the plan does in every draw.</param>
    /// <param name="median">The middle draw in full.</param>
    /// <param name="rule">The lender's rule.</param>
    /// <param name="view">The catalogue as known on the day of the decision.</param>
    public static MemoDraft Of(
        StudyResult result,
        StudyCase today,
        StudyCase plan,
        OptionRun run,
        PhysicalDraws held,
        MedianCase median,
        LendingRule rule,
        CatalogView view
    )
    {
        var loan =
            plan.Loan is null || median.Case.Cash.Lent <= 0
                ? null
                : Draw(
                    plan,
                    run,
                    held,
                    rule,
                    result.Loans.Count > 0 ? result.Loans[0].Amount : double.NaN
                );
        return new MemoPage(new MemoSubject(result, today, plan, median, loan, view, held)).Write();
    }

    /// <summary>The loan in every draw.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="run">The draws.</param>
    /// <param name="held">What the plan does in every draw.</param>
    /// <param name="rule">The lender's rule.</param>
    /// <param name="asked">Amount asked for; NaN for that of the loan.</param>
    public static LoanDraws Draw(
        StudyCase plan,
        OptionRun run,
        PhysicalDraws held,
        LendingRule rule,
        double asked = double.NaN
    )
    {
        // What is asked is the term sheet at the file's own numbers, not at those of a draw.
        var loan = LoanOfCase.Terms(CaseTerms.Contract(plan, n => n.Value, true).Debt);
        var whole = new LenderDraws(run.Draws, loan);
        var figures = run.Money(
            held,
            plan,
            null,
            (draw, done) => LoanOfCase.Record(whole, draw, done)
        );
        var judged = LendingCase.Judge(rule, whole, figures.Groupings, figures.World);
        if (plan.Leases.Count == 0)
        {
            return new LoanDraws(
                whole,
                null,
                judged,
                null,
                AmountSplit.Of(rule, whole, null, null, asked)
            );
        }
        var contracted = new LenderDraws(run.Draws, loan);
        var alone = run.Money(
            held,
            plan,
            LoanOfCase.OnContracts,
            (draw, done) => LoanOfCase.Record(contracted, draw, done)
        );
        // What nobody has signed yet is a condition, and carries nothing today.
        var today = TenantsToBeSigned.Without(plan);
        var signed =
            today.Leases.Count == plan.Leases.Count ? contracted
            : today.Leases.Count > 0 || plan.Plan.Backstop is not null
                ? Alone(run.Physical(today), today)
            : null;
        return new LoanDraws(
            whole,
            contracted,
            judged,
            LendingCase.Judge(rule, contracted, alone.Groupings, alone.World),
            AmountSplit.Of(rule, whole, signed, contracted, asked)
        );
        LenderDraws Alone(PhysicalDraws done, StudyCase of)
        {
            var lender = new LenderDraws(run.Draws, loan);
            _ = run.Money(
                done,
                of,
                LoanOfCase.OnContracts,
                (draw, one) => LoanOfCase.Record(lender, draw, one)
            );
            return lender;
        }
    }
}
