using Plimsoll.Finance;

namespace Plimsoll.Decisions;

/// <summary>Which obligation was missed when a loan defaults.</summary>
public enum DefaultCause
{
    /// <summary>No default.</summary>
    None,

    /// <summary>A margin call under a borrowing base that was not met.</summary>
    MarginCall,

    /// <summary>Interest or principal that fell due.</summary>
    DebtService,

    /// <summary>Debt left when the horizon ends.</summary>
    LeftAtTheEnd,

    /// <summary>Bills of running the centre, which come before its lenders: staff, hall and power.</summary>
    RunningCost,

    /// <summary>A test of cover at which the terms call a default.</summary>
    Cover,
}

/// <summary>Reads the cause of a default from the money of a draw.</summary>
public static class DefaultCauses
{
    /// <summary>Which obligation was missed in the month of default.</summary>
    /// <param name="cash">The money of a draw.</param>
    public static DefaultCause Of(CashFlow cash)
    {
        ArgumentNullException.ThrowIfNull(cash);
        if (!CreditEvent.Defaults(cash))
        {
            return DefaultCause.None;
        }
        var m = cash.DefaultMonth;
        return cash.MarginCallDefault ? DefaultCause.MarginCall
            : cash.Arrears[m] > CreditEvent.Cent ? DefaultCause.DebtService
            : m == cash.Months - 1 && cash.DebtBalance[m] > CreditEvent.Cent
                ? DefaultCause.LeftAtTheEnd
            : cash.Unpaid[m] > CreditEvent.Cent ? DefaultCause.RunningCost
            : DefaultCause.Cover;
    }

    /// <summary>First of the months on end, up to the default, in which bills of running the centre were left unpaid; -1 where none were.</summary>
    /// <param name="cash">The money of a draw.</param>
    public static int FirstUnpaid(CashFlow cash)
    {
        ArgumentNullException.ThrowIfNull(cash);
        var m = cash.DefaultMonth;
        if (m < 0 || cash.Unpaid[m] <= CreditEvent.Cent)
        {
            return -1;
        }
        while (m > 0 && cash.Unpaid[m - 1] > CreditEvent.Cent)
        {
            m--;
        }
        return m;
    }
}
