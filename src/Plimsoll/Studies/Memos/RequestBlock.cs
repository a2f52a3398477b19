using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>What is asked of whom, of which operator, and what the study recommends.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class RequestBlock(MemoSubject about)
{
    public MemoDraftBlock Request()
    {
        var sentences = new List<Phrase>();
        if (about.Owned)
        {
            sentences.Add(Owed());
            if (
                about.Result.Options.FirstOrDefault(o => o.Name == about.Result.Rated) is { } course
            )
            {
                sentences.Add(Phrase.Of("memo.rated.course", course.Title));
            }
            sentences.AddRange(about.Result.Bank);
        }
        else if (about.Half)
        {
            sentences.AddRange(Building());
        }
        if (about.Owned || (about.Half && (about.Plan.Building is not null || about.Loan is null)))
        {
            // All is said of a loan that is owed; one that is asked for is told with its terms.
        }
        else if (about.Loan is { } loan)
        {
            var terms = loan.Whole.Loan;
            var rated = about.Result.Rated.Length > 0 && about.Result.Loans.Count > 0;
            if (rated)
            {
                sentences.Add(Phrase.Of("memo.asked.other", about.Result.Loans[0].Said));
            }
            var requested = rated ? terms.Amount : Requested(terms.Amount);
            sentences.Add(
                Phrase.Of(
                    !rated ? "memo.asked"
                        : about.Result.Verdict.Kind is VerdictKind.Unresolved or VerdictKind.Decline
                            ? "memo.rated.open"
                        : "memo.rated",
                    about.Figures.Money(requested).Text,
                    about.Plan.Loan!.Refinancing is null
                        ? terms.MaturityMonth - terms.FirstPaymentMonth + 1
                        : about.Plan.Loan.TenorMonths,
                    about.Result.Start + terms.FirstPaymentMonth,
                    DebtBlock.Repaid(about.Plan.Loan!),
                    terms.BaseRate,
                    terms.Margin,
                    terms.UpfrontFee,
                    about.Plan.Terms.ReserveMonths
                )
            );
            if (requested > 1.005 * terms.Amount)
            {
                sentences.Add(Phrase.Of("memo.asked.cut", about.Figures.Money(terms.Amount).Text));
            }
            sentences.AddRange(Repayments(terms));
        }
        else
        {
            sentences.Add(
                about.Plan.Loan is null
                    ? Phrase.Of("memo.asked.none")
                    : Phrase.Of("memo.asked.undrawn")
            );
        }
        if (about.Result.ToDate is { } toDate)
        {
            sentences.Add(
                Phrase.Of("memo.todate", DebtBlock.Joined(toDate.Said, "list.semicolon"))
            );
        }
        if (OperatorLine() is { } run)
        {
            sentences.Add(run);
        }
        sentences.Add(Phrase.Of("memo.centre", about.Result.CentreSaid));
        sentences.Add(
            about.Result.Verdict.Followed is null
                ? Phrase.Of("memo.recommendation", about.Result.Verdict.Said)
                : Phrase.Of(
                    "memo.recommendation.apart",
                    Words.Heading(about.Result.Verdict),
                    about.Result.Verdict.Said
                )
        );
        if (!about.Result.Fitted)
        {
            sentences.Add(Phrase.Of("memo.unfitted"));
        }
        return new MemoDraftBlock(Phrase.Of(about.Owned ? "memo.request.owned" : "memo.request"))
        {
            Sentences = sentences,
        };
    }

    /// <summary>Money asked for by the file at its own numbers, where it is more than may be lent.</summary>
    private double Requested(double lent) =>
        CaseTerms.Contract(about.Plan, n => n.Value, true).Debt.Lent is var all
        && all.Length == about.Plan.Tranches.Count
            ? Math.Max(lent, about.Plan.Requested(all))
            : lent;

    /// <summary>How much of the loan falls due when most of the contracted rent has ended, and when the middle draw has repaid it.</summary>
    private IEnumerable<Phrase> Repayments(LoanTerms terms)
    {
        const double Most = 0.5,
            Part = 0.01;
        var plan = about.Median.Model.Debt;
        var due = Enumerable
            .Range(0, about.Cash.Months)
            .Select(m => plan.Principal.Sum(t => t[m]))
            .ToArray();
        var rent = Enumerable
            .Range(0, about.Cash.Months)
            .Select(m =>
                about
                    .Plan.Leases.Select(l => l.Terms.Terms)
                    .Where(t => m < about.Bound(t) && m >= about.End(t) - MemoSubject.Left(t))
                    .Sum(t => t.Accelerators * t.PricePerGpuHour * t.TakeOrPayShare)
            )
            .ToArray();
        var ended = Array.FindLastIndex(rent, r => r > Most * rent.Max()) + 1;
        var late = due.Skip(ended).Sum() / due.Sum();
        if (rent.Max() > 0 && ended < about.Cash.Months && late > Part)
        {
            yield return Phrase.Of(
                "memo.repaid.late",
                late,
                about.Result.Start + (ended - 1),
                1 - (rent[ended] / rent.Max())
            );
        }
        var repaid = Array.FindLastIndex(about.Cash.DebtBalance, b => b > CreditEvent.Cent) + 1;
        if (!CreditEvent.Defaults(about.Cash) && repaid > 0 && repaid < terms.MaturityMonth)
        {
            yield return Phrase.Of(
                "memo.repaid.early",
                about.Result.Start + repaid,
                terms.MaturityMonth - repaid
            );
        }
    }

    /// <summary>Who runs the centre as a credit, and whether another may step in; said to be assumed where the study says nothing of it, null where no contract hangs on it.</summary>
    private Phrase? OperatorLine()
    {
        if (about.Plan.Plan.Operator is not { } terms)
        {
            return Phrase.Of("memo.operator.none");
        }
        if (about.Plan.Leases.Count == 0 && terms.Assumed)
        {
            return null;
        }
        var said = OperatorSaid(terms);
        return terms.Assumed
            ? Phrase.Of("memo.list", said, Phrase.Of("memo.operator.assumed"))
            : said;
    }

    private Phrase OperatorSaid(OperatorTerms terms)
    {
        var word = Words.Named("class", terms.Operator.ClassWord);
        var fails = CounterpartyOdds.Of(terms.Operator).Within(about.Result.Months);
        return terms.StepIn
            ? Phrase.Of(
                "memo.operator.step",
                word,
                about.Result.Months,
                fails,
                terms.DarkMonths,
                terms.FeeShare,
                terms.TenantStays
            )
            : Phrase.Of("memo.operator", word, about.Result.Months, fails);
    }

    /// <summary>What is owed, in the order of the tranches.</summary>
    private Phrase Owed()
    {
        if (about.Plan.Tranches.Count == 0)
        {
            return Phrase.Of("memo.owed.nothing");
        }
        var plan = about.Median.Model.Debt;
        var last = plan.Maturity.DefaultIfEmpty(0).Max();
        return Phrase.Of(
            "memo.owed",
            plan.TotalLent,
            about.Result.Start + Math.Min(last, about.Result.Months - 1),
            about.Plan.Tranches.Sum(t => t.Arrears)
        );
    }

    /// <summary>The course, what is owed and still drawn or repaid, and what the bank is asked.</summary>
    private IEnumerable<Phrase> Building()
    {
        if (
            about.Result.Options.FirstOrDefault(o => o.Name == about.Result.Verdict.Option) is
            { } course
        )
        {
            yield return Phrase.Of(
                about.Result.Verdict.Kind == VerdictKind.Unresolved
                    ? "memo.building.open"
                    : "memo.building.course",
                course.Title
            );
        }
        if (about.Plan.Building is { } debt && about.Loan is { } loan)
        {
            var terms = loan.Whole.Loan;
            yield return Phrase.Of(
                "memo.building.loan",
                debt.Drawn,
                Math.Max(0, terms.Amount - debt.Drawn),
                debt.Undrawn,
                terms.MaturityMonth - terms.FirstPaymentMonth + 1,
                about.Result.Start + terms.FirstPaymentMonth,
                DebtBlock.Repaid(about.Plan.Loan!),
                terms.BaseRate,
                terms.Margin
            );
        }
        foreach (var said in about.Result.Bank)
        {
            yield return said;
        }
    }
}
