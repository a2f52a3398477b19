using Plimsoll.Web.Access;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Runs;

/// <summary>Writes down what was done: rows are only ever added, in the transaction of what they tell.</summary>
internal static class Auditing
{
    /// <summary>Adds a row; the caller saves.</summary>
    public static void Add(
        WorkbenchStore store,
        TimeProvider clock,
        string workspace,
        string by,
        string action,
        string subject,
        string detail = ""
    ) =>
        store.Audit.Add(
            new AuditRow
            {
                Id = WorkbenchStore.NewId(),
                WorkspaceId = workspace,
                At = WorkbenchStore.Now(clock),
                By = by,
                Action = action,
                Subject = subject,
                Detail = detail,
            }
        );

    /// <summary>Adds a row for a person.</summary>
    public static void Add(
        WorkbenchStore store,
        TimeProvider clock,
        Caller caller,
        string action,
        string subject,
        string detail = ""
    ) => Add(store, clock, caller.WorkspaceId, caller.Name, action, subject, detail);
}
