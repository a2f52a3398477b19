using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Web.Store;

/// <summary>What the chain of a workspace's audit says.</summary>
/// <param name="Rows">Rows in the chain.</param>
/// <param name="Before">Rows written before there was a chain.</param>
/// <param name="Broken">Number of the first row that is not as it was written, is missing, or stands where none was; null when all is as it was.</param>
/// <param name="Outside">Rows that were put beside the chain since it began.</param>
/// <param name="Head">Hash of the last row: who keeps it elsewhere sees later whether rows behind it were taken away.</param>
/// <param name="Known">Whether a hash that was kept elsewhere stands in the chain; null when none was given.</param>
internal sealed record AuditCheck(
    long Rows,
    long Before,
    long? Broken,
    long Outside,
    string Head,
    bool? Known
)
{
    /// <summary>True when nothing was changed, taken away or added by another hand.</summary>
    public bool Intact => Broken is null && Outside == 0 && Known != false;
}

/// <summary>The audit as a chain: each row hashed with the hash of the row before it.</summary>
internal static class AuditChain
{
    /// <summary>Writes the links of rows that are about to be saved, behind the last of each workspace.</summary>
    /// <returns>The number behind which each workspace's links were written.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> Link(
        WorkbenchStore store,
        AuditKey key,
        IReadOnlyList<AuditRow> rows,
        CancellationToken cancellation
    )
    {
        var behind = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var workspace in rows.GroupBy(r => r.WorkspaceId, StringComparer.Ordinal))
        {
            var last = await Last(store, workspace.Key, cancellation);
            var (number, hash) = (last?.Number ?? 0, last?.Hash ?? "");
            behind[workspace.Key] = number;
            foreach (var row in workspace.OrderBy(r => r.Id, StringComparer.Ordinal))
            {
                hash = key.Hash(hash, ++number, row);
                store.AuditLinks.Add(
                    new AuditLinkRow
                    {
                        WorkspaceId = workspace.Key,
                        Number = number,
                        AuditId = row.Id,
                        Hash = hash,
                    }
                );
            }
        }
        return behind;
    }

    /// <summary>The last link of a workspace; null for none.</summary>
    public static Task<AuditLinkRow?> Last(
        WorkbenchStore store,
        string workspace,
        CancellationToken cancellation
    ) =>
        store
            .AuditLinks.AsNoTracking()
            .Where(l => l.WorkspaceId == workspace)
            .OrderByDescending(l => l.Number)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>Reckons every link of a workspace anew.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The secret.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="known">A hash that was kept elsewhere; null for none.</param>
    public static async Task<AuditCheck> Check(
        WorkbenchStore store,
        AuditKey key,
        string workspace,
        string? known = null
    )
    {
        var (number, hash) = (0L, "");
        long? broken = null;
        bool? met = known is null ? null : false;
        var since = long.MaxValue;
        await foreach (
            var link in store
                .AuditLinks.AsNoTracking()
                .Where(l => l.WorkspaceId == workspace)
                .OrderBy(l => l.Number)
                .Select(l => new
                {
                    Link = l,
                    Row = store.Audit.FirstOrDefault(a => a.Id == l.AuditId),
                })
                .AsAsyncEnumerable()
        )
        {
            number++;
            if (
                broken is null
                && (
                    link.Link.Number != number
                    || link.Row is null
                    || link.Row.WorkspaceId != workspace
                    || key.Hash(hash, number, link.Row) != link.Link.Hash
                )
            )
            {
                broken = number;
            }
            hash = link.Link.Hash;
            met = met == false && hash == known ? true : met;
            since = Math.Min(since, link.Row?.At ?? long.MaxValue);
        }
        var beside = store
            .Audit.AsNoTracking()
            .Where(a =>
                a.WorkspaceId == workspace && !store.AuditLinks.Any(l => l.AuditId == a.Id)
            );
        var before = await beside.LongCountAsync(a => a.At < since);
        return new AuditCheck(
            number,
            before,
            broken,
            await beside.LongCountAsync(a => a.At >= since),
            hash,
            met
        );
    }
}
