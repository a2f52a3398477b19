using Microsoft.Extensions.Diagnostics.HealthChecks;
using Plimsoll.Jobs;

namespace Plimsoll.Web.Store;

/// <summary>Whether the database answers and the data folder takes a file.</summary>
internal sealed class StoreHealth(WorkbenchStore store, WorkbenchSettings settings) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await store.Database.CanConnectAsync(cancellationToken) && Written()
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();

    /// <summary>True when a page of a database would find room.</summary>
    private bool Written()
    {
        var file = Path.Combine(DataFolder.Path(settings), $"health-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(file, new byte[4096]);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>Whether the ledger of runs answers.</summary>
internal sealed class LedgerHealth(IRunLedger ledger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        // The ledger waits longer for its database than a probe does.
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            _ = await ledger.Jobs(null, 1, late.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e)
            when (e is LedgerException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
