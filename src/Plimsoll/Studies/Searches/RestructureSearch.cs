using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;

namespace Plimsoll.Studies.Searches;

/// <summary>Searches what to ask of the bank: the least relief in months with which default keeps within the rule, then the amount and the rate that the centre carries with it.</summary>
/// <param name="run">The first draws.</param>
/// <param name="course">The course whose debt is restructured; it owes something.</param>
/// <param name="asked">The months of the study.</param>
internal sealed class RestructureSearch(OptionRun run, StudyOption course, Restructure asked)
{
    private const int Halvings = 6;

    private static readonly int[] _grace = [6, 12, 18, 24];
    private static readonly int[] _longer = [0, 12, 24, 36, 60];

    private readonly PhysicalDraws _held = run.Physical(course.Case);

    /// <summary>The months to ask for: the study's own where it states them.</summary>
    public Restructure Months()
    {
        if (asked.Stated)
        {
            return asked;
        }
        var loan = course.Case.Loan!;
        var standing = Result(course);
        var steps =
            from grace in _grace.Append(asked.GraceMonths).Distinct()
            from longer in _longer.Append(asked.LongerMonths).Distinct()
            where
                loan.FirstPaymentMonth + grace + loan.TenorMonths + longer
                <= course.Case.Plan.Months
            orderby grace + longer, grace
            select new Restructure(longer, grace);
        var tried = new List<(Restructure Months, OptionResult Result, bool Agreed)>();
        foreach (var months in steps)
        {
            var result = Result(months.Of(course)!);
            var agreed = result.MeanLenderValue >= standing.MeanLenderValue;
            // The least relief that will do, and that the bank is no worse off by: more of it need not be tried.
            if (agreed && result.Default.Value <= run.Rule.MaxDefault)
            {
                return months;
            }
            tried.Add((months, result, agreed));
        }
        var open = tried.Exists(t => t.Agreed) ? tried.FindAll(t => t.Agreed) : tried;
        return open.Count == 0
            ? asked
            : open.Where(t => t.Result.Default.Value <= run.Rule.MaxDefault)
                .Concat(open.OrderBy(t => t.Result.Default.Value))
                .First()
                .Months;
    }

    /// <summary>What to ask with some months of relief.</summary>
    /// <param name="months">The months.</param>
    public RestructureAsk Ask(Restructure months)
    {
        var longer = months.Of(course)!;
        var standing = CaseTerms.Contract(run.Sized(course.Case), n => n.Value, true).Debt;
        var rate = LoanOfCase.Terms(standing).Rate;
        var first = course.Case.Loan!.FirstPaymentMonth;
        var owed = course.Case.DebtStanding;
        var share = Largest(s => Passes(Owing(longer.Case, s)));
        var cut = 1 - Largest(s => Passes(Margined(longer.Case, s)), evenNone: true);
        var relieved = Result(longer);
        return new RestructureAsk(
            owed,
            rate,
            months.GraceMonths,
            Math.Max(0, longer.Case.Loan!.TenorMonths - course.Case.Loan!.TenorMonths),
            standing.Service.Take(first + months.GraceMonths).Sum(),
            relieved.Default.Value,
            share * owed,
            double.IsNaN(cut) ? double.NaN : rate - (cut * Margin(course.Case, standing))
        )
        {
            ToBank = relieved.MeanLenderValue,
            ToBankStanding = Result(course).MeanLenderValue,
            HorizonBinds =
                relieved.Default.Value > run.Rule.MaxDefault
                && first + course.Case.Loan!.TenorMonths + _grace[^1] + _longer[^1]
                    > course.Case.Plan.Months,
        };
    }

    private static double Margin(StudyCase study, DebtPlan standing) =>
        study.Tranches.Zip(standing.Lent).Sum(t => t.First.MarginInForce * t.Second)
        / standing.TotalLent;

    private OptionResult Result(StudyOption option) =>
        run.Result(option, run.Money(_held, option.Case, depth: FigureDepth.Tests));

    private bool Passes(StudyCase study) => run.Passes(study, false, _held);

    /// <summary>The largest share, up to all, with which something passes; where none does 0, or no number where even none at all does not.</summary>
    private static double Largest(Func<double, bool> passes, bool evenNone = false)
    {
        if (passes(1))
        {
            return 1;
        }
        if (evenNone && !passes(0))
        {
            return double.NaN;
        }
        double low = 0,
            high = 1;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = passes(middle) ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The case with a share of what is owed.</summary>
    private static StudyCase Owing(StudyCase study, double share)
    {
        DebtTranche Of(DebtTranche t) =>
            t with
            {
                Amount = t.Amount * share,
                Arrears = t.Arrears * share,
            };
        return Without(study, "amount", "existing_debt") with
        {
            Loan = Of(study.Loan!),
            Junior = [.. study.Junior.Select(Of)],
        };
    }

    /// <summary>The case with a share of the margins.</summary>
    private static StudyCase Margined(StudyCase study, double share)
    {
        DebtTranche Of(DebtTranche t) =>
            t with
            {
                Margin = t.MarginInForce * share,
                MarginByCredit = null,
            };
        return Without(study, "margin") with
        {
            Loan = Of(study.Loan!),
            Junior = [.. study.Junior.Select(Of)],
        };
    }

    /// <summary>The case with some of its terms held at what is written into it, whatever range they were given with.</summary>
    private static StudyCase Without(StudyCase study, params string[] keys) =>
        study with
        {
            MoneyNumbers =
            [
                .. study.MoneyNumbers.Where(n =>
                    !keys.Contains(n.Path[(n.Path.LastIndexOf('.') + 1)..], StringComparer.Ordinal)
                ),
            ],
        };
}
