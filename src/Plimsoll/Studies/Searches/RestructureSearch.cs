using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;

namespace Plimsoll.Studies.Searches;

/// <summary>Searches what to ask of the bank: the least relief with which default keeps within the rule and the bank is no worse off, then the amount and the rate that the centre carries with it.</summary>
/// <param name="run">The first draws.</param>
/// <param name="course">The course whose debt is restructured; it owes something.</param>
/// <param name="asked">The months of the study.</param>
internal sealed class RestructureSearch(OptionRun run, StudyOption course, Restructure asked)
{
    private const int Halvings = 6;

    private static readonly int[] _grace = [0, 6, 12, 18, 24];
    private static readonly int[] _longer = [0, 12, 24, 36, 60];

    private static readonly bool[] _already = [true];
    private static readonly bool[] _either = [false, true];

    /// <summary>What may be added to the yearly margin for the rest.</summary>
    private static readonly double[] _dearer = [0.005, 0.01, 0.02];

    /// <summary>Terms that a dearer margin is tried with: those with which default is rarest.</summary>
    private const int Priced = 6;

    private readonly PhysicalDraws _held = run.Physical(course.Case);
    private readonly Dictionary<Restructure, OptionResult> _known = [];

    /// <summary>The least that the bank would agree to: what it gets on the terms as they stand, or by a course that ends the centre, whichever is more; money, mean of the draws.</summary>
    public BankFloor Bank { get; init; } = new(double.NegativeInfinity, null);

    private double Least => Math.Max(Standing.MeanLenderValue, Bank.Gets);

    private OptionResult Standing => Known(new Restructure(0, 0));

    /// <summary>The terms to ask for: the study's own months where it states them, else the least relief with which default keeps within the rule and the bank is no worse off; of those that leave it no worse off the ones with which default is rarest. Where none does, those that leave the bank most.</summary>
    public Restructure Months()
    {
        if (asked.Stated)
        {
            return asked;
        }
        var tried = Steps().ToList();
        if (tried.Count == 0)
        {
            return asked;
        }
        Restructure[] agreed = [.. tried.Where(Agrees)];
        if (!Array.Exists(agreed, Enough))
        {
            // What the bank loses by relief it may be paid for.
            agreed =
            [
                .. agreed,
                .. tried
                    .OrderBy(t => Known(t).Default.Value)
                    .Take(Priced)
                    .SelectMany(t => _dearer.Select(d => t with { Dearer = d }))
                    .Where(Agrees),
            ];
        }
        return agreed.FirstOrDefault(t => Known(t).OnCredit == RuleOutcome.Passes)
            ?? agreed.FirstOrDefault(Enough)
            ?? agreed.Where(Helps).MinBy(t => Odds(Known(t)))
            ?? tried.MaxBy(t => Known(t).MeanLenderValue)!;
    }

    /// <summary>Months, and whether early repayment counts for all instalments, the least relief first.</summary>
    private IEnumerable<Restructure> Steps()
    {
        var loan = course.Case.Loan!;
        return from grace in _grace.Append(asked.GraceMonths).Distinct()
            from longer in _longer.Append(asked.LongerMonths).Distinct()
            from prorata in loan.ProRataPrepayment ? _already : _either
            where grace + longer > 0 || (prorata && !loan.ProRataPrepayment)
            where Needed(grace, longer) <= course.Case.Plan.Months
            orderby grace + longer, grace, prorata
            select new Restructure(longer, grace) { ProRata = prorata };
    }

    /// <summary>Months of the outlook that some terms need.</summary>
    private int Needed(int grace, int longer) =>
        course.Case.Loan!.FirstPaymentMonth + grace + course.Case.Loan!.TenorMonths + longer;

    /// <summary>True when default keeps within the rule, which it does not on the terms as they stand.</summary>
    private bool Enough(Restructure terms) =>
        Known(terms).Default.Value <= run.Rule.MaxDefault && Helps(terms);

    /// <summary>True when default becomes rarer, or it does not change and a breach becomes rarer.</summary>
    private bool Helps(Restructure terms) => Odds(Known(terms)).CompareTo(Odds(Standing)) < 0;

    private static (double Default, double Breach) Odds(OptionResult result) =>
        (result.Default.Value, result.Breach.Value);

    private bool Agrees(Restructure terms) => Known(terms).MeanLenderValue >= Least;

    private OptionResult Known(Restructure terms)
    {
        if (!_known.TryGetValue(terms, out var result))
        {
            var option = terms is { LongerMonths: 0, GraceMonths: 0, ProRata: false, Dearer: 0 }
                ? course
                : terms.Of(course)!;
            _known[terms] = result = Result(option);
        }
        return result;
    }

    /// <summary>What to ask with some terms.</summary>
    /// <param name="months">The terms.</param>
    public RestructureAsk Ask(Restructure months)
    {
        var longer = months.Of(course)!;
        var standing = CaseTerms.Contract(run.Sized(course.Case), n => n.Value, true).Debt;
        var rate = LoanOfCase.Terms(standing).Rate;
        var first = course.Case.Loan!.FirstPaymentMonth;
        var owed = course.Case.DebtStanding;
        var share = Largest(s => Passes(Owing(longer.Case, s)));
        var cut = 1 - Largest(s => Passes(Margined(longer.Case, s)), evenNone: true);
        var relieved = Known(months);
        var (grace, added) = Later(longer);
        var over = Bank.Result is { } ends
            ? relieved.Against(ends, f => f.LenderValue)
            : (double.NaN, double.NaN);
        var last = course.Case.Plan.Start + (first + course.Case.Loan!.TenorMonths - 1);
        var tried = Steps().ToList();
        return new RestructureAsk(
            owed,
            rate,
            grace,
            grace + added,
            standing.Service.Take(first + grace).Sum(),
            relieved.Default.Value,
            share * owed,
            double.IsNaN(cut) ? double.NaN : rate - (cut * Margin(course.Case, standing))
        )
        {
            ToBank = relieved.MeanLenderValue,
            ToBankStanding = Standing.MeanLenderValue,
            Course = course.Title,
            Helps = Helps(months),
            Maturity = last + (grace + added),
            MaturityStanding = last,
            ClearlyAboveEnding = over.Item1 > OwnerRanking.NinetyFive * over.Item2,
            TriedGrace = tried.Select(t => t.GraceMonths).DefaultIfEmpty(0).Max(),
            TriedLonger = tried.Select(t => t.GraceMonths + t.LongerMonths).DefaultIfEmpty(0).Max(),
            ProRata = months.ProRata && !course.Case.Loan!.ProRataPrepayment,
            Dearer = months.Dearer,
            Instead = Bank,
            HorizonNeeded =
                relieved.Default.Value > run.Rule.MaxDefault
                && _longer.FirstOrDefault(l => l > added) is > 0 and var next
                && Needed(months.GraceMonths, next) is var needed
                && needed > course.Case.Plan.Months
                    ? needed
                    : 0,
        };
    }

    /// <summary>Months without payments, and by which the loan then runs longer, as the horizon leaves them.</summary>
    private (int Grace, int Longer) Later(StudyOption relieved)
    {
        var (before, after) = (course.Case.Loan!, relieved.Case.Loan!);
        return (
            after.FirstPaymentMonth - before.FirstPaymentMonth,
            after.TenorMonths - before.TenorMonths
        );
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
        return study.WithoutNumbers("amount", "existing_debt") with
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
        return study.WithoutNumbers("margin") with
        {
            Loan = Of(study.Loan!),
            Junior = [.. study.Junior.Select(Of)],
        };
    }
}
