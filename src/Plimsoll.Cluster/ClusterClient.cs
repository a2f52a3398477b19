using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Cluster.Grains;
using Plimsoll.Cluster.Silos;

namespace Plimsoll.Cluster;

/// <summary>Asks the cluster; without a silo that answers there is no answer, and the ledger is asked alone.</summary>
internal static class ClusterClient
{
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(8);

    /// <summary>Asks.</summary>
    /// <param name="ledger">Address of the ledger.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The answer; default when no silo answers.</returns>
    public static async Task<T?> Ask<T>(
        string ledger,
        Func<IClusterClient, Task<T>> question,
        CancellationToken cancellation
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_wait);
        try
        {
            using var host = SiloHost.Client(ledger);
            await host.StartAsync(patience.Token);
            var answer = await question(host.Services.GetRequiredService<IClusterClient>())
                .WaitAsync(patience.Token);
            await host.StopAsync(CancellationToken.None);
            return answer;
        }
        catch (Exception e)
            when (e is OrleansException or TimeoutException or OperationCanceledException
                && !cancellation.IsCancellationRequested
            )
        {
            return default;
        }
    }

    /// <summary>The one dispatcher.</summary>
    public static IDispatcher Dispatcher(this IClusterClient client) =>
        client.GetGrain<IDispatcher>(0);
}
