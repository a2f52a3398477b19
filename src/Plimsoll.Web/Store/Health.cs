using Microsoft.Extensions.Diagnostics.HealthChecks;
using Plimsoll.Jobs;

namespace Plimsoll.Web.Store;

/// <summary>Whether the database answers.</summary>
internal sealed class StoreHealth(WorkbenchStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await store.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();
}

/// <summary>Whether the ledger of runs answers.</summary>
internal sealed class LedgerHealth(IRunLedger ledger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            _ = await ledger.Jobs(null, 1, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (LedgerException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
