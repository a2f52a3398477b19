using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Months of debt service before the outlook as a table of facts, and where the covenants stand when the outlook begins.</summary>
internal sealed class BeforeTable
{
    private readonly Column _age;
    private readonly Column _cash;
    private readonly Column _due;

    /// <summary>Writes it.</summary>
    public BeforeTable(Scalars s, FinanceTerms t)
    {
        var before = t.Before;
        Count = before.Count;
        var first =
            Count == 0
                ? 0
                : s.Table(
                    "Months of debt service before the outlook, as they were",
                    [
                        "month",
                        "months before the start",
                        "cash for debt service",
                        "debt service due",
                    ],
                    Count
                );
        Column At(int column) => new(s.Tables, column, first, Count);
        (_age, _cash, _due) = (At(2), At(3), At(4));
        for (var i = 0; i < Count; i++)
        {
            var month = before.Months[i];
            s.Tables.Put(
                first + i,
                1,
                t.Start is { } start ? $"{start + (i - Count)}" : $"{i - Count}"
            );
            _age.Enter(i, Count - i);
            _cash.Enter(i, month.Cash, Look.InputMoney);
            _due.Enter(i, month.Due, Look.InputMoney);
        }
        s.Heading("When the outlook begins");
        var (locked, passed, failed, missed) = before.AtStart(t);
        Locked = s.Switch("start_locked", "the lock-up holds from the last test", locked);
        Passed = s.Switch("start_passed", "the last test was passed", passed);
        Failed = s.Add("start_failed", "tests failed in a row", failed, "tests");
        Missed = s.Add("start_missed", "months in a row with service unpaid", missed, "months");
    }

    /// <summary>Months of service before.</summary>
    public int Count { get; }

    public Expr Locked { get; }

    public Expr Passed { get; }

    public Expr Failed { get; }

    public Expr Missed { get; }

    /// <summary>Cash of the last months.</summary>
    /// <param name="months">How many.</param>
    public Expr Cash(Expr months) => Last(_cash, months);

    /// <summary>Service due in the last months.</summary>
    /// <param name="months">How many.</param>
    public Expr Due(Expr months) => Last(_due, months);

    private Expr Last(Column column, Expr months) =>
        column.Products(
            $"({_age.All}<={months.Text})*{column.All}",
            i => _age.Values[i] <= months.Value ? column.Values[i] : 0
        );
}
