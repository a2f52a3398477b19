using System.Data.Common;

namespace Plimsoll.Jobs;

/// <summary>Tells a database that does not answer from a fault of what asked it.</summary>
public static class DatabaseFault
{
    /// <summary>True when an exception is, or was caused by, a database or a ledger.</summary>
    /// <param name="exception">What was thrown, as others may have wrapped it.</param>
    public static bool In(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException or LedgerException)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The same as a fault of the ledger, in words that name no address.</summary>
    /// <param name="exception">What was thrown.</param>
    public static LedgerException Of(Exception exception) =>
        exception as LedgerException
        ?? new LedgerException(
            LedgerFault.Unreachable,
            "The database did not answer; nothing that it holds was lost.",
            exception
        );
}
