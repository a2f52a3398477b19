namespace Plimsoll.Finance;

/// <summary>What the months before the outlook say of cover, lock-up and arrears: facts, the same in every draw.</summary>
/// <remarks>
/// Months before the first payment due are no months of service and are left out. A window that reaches back before the outlook counts the last
/// of these months and then those from the first payment of the outlook on; months between them without a payment are left out with their cash.
/// </remarks>
public sealed class ServiceToDate
{
    /// <summary>Months over which cover is taken.</summary>
    public const int Window = 12;

    private readonly ServiceMonth[] _months;

    private ServiceToDate(ServiceMonth[] months)
    {
        _months = months;
        Cash = new double[Math.Min(Window, months.Length + 1)];
        Due = new double[Cash.Length];
        for (var b = 1; b < Cash.Length; b++)
        {
            for (var k = months.Length - b; k < months.Length; k++)
            {
                Cash[b] += months[k].Cash;
                Due[b] += months[k].Due;
            }
        }
    }

    /// <summary>No month before.</summary>
    public static ServiceToDate None { get; } = new([]);

    /// <summary>Of some months, the last of them the one before the outlook.</summary>
    /// <param name="months">In a row, the earliest first.</param>
    public static ServiceToDate Of(IReadOnlyList<ServiceMonth> months)
    {
        ArgumentNullException.ThrowIfNull(months);
        var first = months.TakeWhile(m => m.Due <= 0).Count();
        return first == months.Count ? None : new ServiceToDate([.. months.Skip(first)]);
    }

    /// <summary>The months, the earliest first.</summary>
    public IReadOnlyList<ServiceMonth> Months => _months;

    /// <summary>Months of service.</summary>
    public int Count => _months.Length;

    /// <summary>Cash of the last months, by how many; as many as a window may still reach back.</summary>
    internal double[] Cash { get; }

    /// <summary>Service due in the last months, by how many.</summary>
    internal double[] Due { get; }

    /// <summary>Cover of the twelve months that ended some months before the outlook; NaN where they are not all known or nothing was due.</summary>
    /// <param name="back">0 for the last twelve.</param>
    public double CoverAt(int back)
    {
        var end = _months.Length - back;
        if (back < 0 || end < Window)
        {
            return double.NaN;
        }
        double cash = 0,
            due = 0;
        for (var k = end - Window; k < end; k++)
        {
            cash += _months[k].Cash;
            due += _months[k].Due;
        }
        return due > 0 ? cash / due : double.NaN;
    }

    /// <summary>The lowest of these covers and how many months before the outlook's start its twelve months ended (0 for the last); NaN and -1 without any.</summary>
    public (double Cover, int Back) Lowest
    {
        get
        {
            var (lowest, at) = (double.NaN, -1);
            for (var back = 0; back <= _months.Length - Window; back++)
            {
                var cover = CoverAt(back);
                if (!double.IsNaN(cover) && !(cover >= lowest))
                {
                    (lowest, at) = (cover, back);
                }
            }
            return (lowest, at);
        }
    }

    /// <summary>Service due and not paid so far, later payments set against it; 0 or more.</summary>
    public double Arrears
    {
        get
        {
            var owed = 0.0;
            foreach (var month in _months)
            {
                owed = Math.Max(0, owed + month.Due - month.Paid);
            }
            return owed;
        }
    }

    /// <summary>Months in a row, up to the last, that ended with service unpaid.</summary>
    public int MissedMonths
    {
        get
        {
            var owed = 0.0;
            var missed = 0;
            foreach (var month in _months)
            {
                owed = Math.Max(0, owed + month.Due - month.Paid);
                missed = owed > DebtRun.Cent ? missed + 1 : 0;
            }
            return missed;
        }
    }

    /// <summary>Where the covenants stand when the outlook begins: the last test, at its month before, holds on until the next.</summary>
    /// <param name="terms">Lock-up, tests and arrears.</param>
    /// <remarks>A lock-up that looks ahead is not known beforehand: it neither holds nor is passed; one that looks at both may hold.</remarks>
    public CovenantState AtStart(FinanceTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var arrears = terms.Tranches.Sum(t => t.Arrears);
        var missed = arrears > DebtRun.Cent ? Math.Max(1, MissedMonths) : 0;
        if (terms.LockUpTest == CoverTest.Forward)
        {
            return new CovenantState(false, false, 0, missed);
        }
        var last = CoverAt(0);
        var failed = 0;
        while (CoverAt(failed * Math.Max(1, terms.TestEveryMonths)) < terms.LockUpCover)
        {
            failed++;
        }
        return new CovenantState(
            last < terms.LockUpCover,
            terms.LockUpTest == CoverTest.Trailing && last >= terms.LockUpCover,
            failed,
            missed
        );
    }
}
