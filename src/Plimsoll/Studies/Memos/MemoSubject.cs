using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>What a memo is written from, and what more than one of its blocks says of it.</summary>
internal sealed class MemoSubject
{
    /// <summary>What the study came to.</summary>
    public StudyResult Result { get; }

    /// <summary>The centre as the study has it, whatever course is followed.</summary>
    public StudyCase Today { get; }

    /// <summary>The plan.</summary>
    public StudyCase Plan { get; }

    /// <summary>The middle draw in full.</summary>
    public MedianCase Median { get; }

    /// <summary>The loan in every draw; null where none is lent.</summary>
    public LoanDraws? Loan { get; }

    /// <summary>The catalogue as known on the day of the decision.</summary>
    public CatalogView View { get; }

    /// <summary>What the plan does in every draw.</summary>
    public PhysicalDraws Held { get; }

    /// <summary>Figures in words, in the currency of the study.</summary>
    public MemoFigures Figures { get; }

    /// <summary>The loan in the middle draw.</summary>
    public LoanPicture Picture { get; }

    /// <summary>Gathers what the memo is written from.</summary>
    public MemoSubject(
        StudyResult result,
        StudyCase today,
        StudyCase plan,
        MedianCase median,
        LoanDraws? loan,
        CatalogView view,
        PhysicalDraws held
    )
    {
        (Result, Today, Plan) = (result, today, plan);
        (Median, Loan, View) = (median, loan, view);
        Held = held;
        Figures = new MemoFigures(result.Currency);
        var outlook = median.Case.Outlook.Physical;
        Picture = new LoanPicture(
            median.Case.Cash,
            outlook,
            loan?.Whole.Loan.FirstPaymentMonth ?? 0,
            loan?.Whole.Loan.MaturityMonth ?? outlook.Months - 1,
            LoanOfCase.Scheduled(median.Model.Debt)
        );
    }

    /// <summary>Money of the middle draw.</summary>
    public CashFlow Cash => Median.Case.Cash;

    /// <summary>True where the course closes a centre that stands: nothing is let any more.</summary>
    public bool Ended =>
        Plan.Standing && Median.Case.Outlook.Physical.Sales.Sum(s => s.GpuHours.Sum()) <= 0;

    /// <summary>True when the question is what to do with a half-built centre.</summary>
    public bool Half => Result.Question == "construction";

    /// <summary>True when an owner asks about a centre that stands, or a lease is offered to one whose debt stands: nothing is lent anew.</summary>
    public bool Owned =>
        Plan.Standing
        && (
            Result.Question == "owner"
            || (Result.Question == "offer" && Plan.Terms.Opening?.AccountsFunded == true)
        );

    /// <summary>The contracts in force when the study is decided, and whether the course keeps them; then those that it signs.</summary>
    public List<(LeaseCase Lease, bool Kept)> Leases()
    {
        var left = Plan.Leases.ToList();
        var leases = new List<(LeaseCase, bool)>();
        foreach (var signed in Today.Leases)
        {
            var at = left.IndexOf(signed);
            // A course may take a contract on in another size.
            at =
                at >= 0
                    ? at
                    : left.FindIndex(l =>
                        l.Terms.Terms.Tenant.Name == signed.Terms.Terms.Tenant.Name
                        && !Today.Leases.Contains(l)
                    );
            leases.Add(at >= 0 ? (left[at], true) : (signed, false));
            if (at >= 0)
            {
                left.RemoveAt(at);
            }
        }
        leases.AddRange(left.Select(l => (l, true)));
        return leases;
    }

    /// <summary>Class that stands behind most of the rent under contract; null without one.</summary>
    public CreditClass? Standing =>
        Plan
            .Leases.Select(l => l.Terms.Terms)
            .MaxBy(t => t.Accelerators * t.PricePerGpuHour)
            ?.Tenant.Standing;

    /// <summary>The terms that the verdict names; null for none.</summary>
    public LoanOffer? Recommended =>
        Result.Verdict.Option.Length > 0
            ? Result.Loans.FirstOrDefault(l => l.Name == Result.Verdict.Option)
            : null;

    /// <summary>Lowest cover of the middle draw.</summary>
    public double Lowest => DrawFigures.LowestCover(Cash);

    /// <summary>Mean cover at the tests while the loan runs; where no test falls, that of its own months.</summary>
    public double Average => CreditEvent.Covers(Cash).DefaultIfEmpty(Lowest).Average();

    /// <summary>Share of fair value that an orderly sale brings, by the lender's rule.</summary>
    public double Orderly => Loan?.Case?.Rule.OrderlyShare ?? new LendingRule().OrderlyShare;

    /// <summary>Month (from 0) after the last of a contract.</summary>
    public int End(LeaseTerms t) =>
        (t.MonthsRun > 0 ? 0 : Math.Max(t.StartMonth, Plan.LastOnline)) + Left(t);

    /// <summary>Month (from 0) after the last that binds its tenant: its end, or the first month in which it may leave.</summary>
    public int Bound(LeaseTerms t) =>
        End(t)
        - Left(t)
        + Math.Max(0, Math.Min(t.TenorMonths, t.Exit?.AfterMonths ?? t.TenorMonths) - t.MonthsRun);

    /// <summary>Months that are left of a contract.</summary>
    public static int Left(LeaseTerms t) => Math.Max(0, t.TenorMonths - t.MonthsRun);

    /// <summary>Median over the draws with a figure; NaN for none.</summary>
    public static double Middle(LenderDraws draws, double[] values) => Quantile(draws, values, 0.5);

    /// <summary>Quantile over the draws with a figure; NaN for none.</summary>
    public static double Quantile(LenderDraws draws, double[] values, double share)
    {
        var sorted = draws.Sound.Select(i => values[i]).Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : Plimsoll.Risk.Spread.Quantile(sorted, share);
    }

    /// <summary>What was drawn and spent before the outlook: sources and uses to date.</summary>
    public (
        IEnumerable<(Phrase Name, double Money)> Sources,
        IEnumerable<(Phrase Name, double Money)> Uses
    ) ToDate()
    {
        var spent = Plan.Spent.Kept + Plan.Spent.GivenUp;
        var drawn = Plan.Building?.Drawn ?? 0;
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
}
