using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plimsoll.Cluster.Grains;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster.Silos;

/// <summary>The workers of a silo: they ask the dispatcher for a job, and take its runs from the ledger.</summary>
/// <remarks>A dispatcher that does not answer, because its silo was just killed, is done without: the ledger shares out by itself, if with less foresight.</remarks>
internal sealed class SiloWorkers(
    SiloSettings settings,
    IRunLedger ledger,
    IStudyRunner runner,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    ILogger<SiloWorkers> log
) : BackgroundService, IWorkerObserver
{
    private const int MostWarm = 8;
    private static readonly TimeSpan _join = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly List<string> _warm = [];
    private readonly List<Worker> _workers = [];

    /// <inheritdoc/>
    public void Stop(string job)
    {
        foreach (var worker in _workers)
        {
            worker.Stop(job);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ledger.Prepare(stoppingToken);
        var dispatcher = grains.GetGrain<IDispatcher>(0);
        var name = silo.Name;
        var reference = grains.CreateObjectReference<IWorkerObserver>(this);
        var settingsOfWorkers = Enumerable
            .Range(1, settings.Workers)
            .Select(i => new WorkerSettings
            {
                Name = $"{Environment.MachineName}-{Environment.ProcessId}-{i}",
                LeaseRuns = settings.LeaseRuns,
                LeaseDuration = settings.LeaseDuration,
            })
            .ToList();
        _workers.AddRange(settingsOfWorkers.Select(s => new Worker(ledger, runner, s)));
        await Task.WhenAll(
            _workers
                .Select(
                    (worker, i) =>
                        Work(worker, settingsOfWorkers[i].Name, dispatcher, name, stoppingToken)
                )
                .Append(Join(dispatcher, name, reference, stoppingToken))
        );
    }

    private async Task Join(
        IDispatcher dispatcher,
        string name,
        IWorkerObserver reference,
        CancellationToken stop
    )
    {
        while (!stop.IsCancellationRequested)
        {
            await Ask(() => dispatcher.Join(name, settings.Workers, reference));
            await Pause(_join, stop);
        }
    }

    private async Task Work(
        Worker worker,
        string name,
        IDispatcher dispatcher,
        string siloName,
        CancellationToken stop
    )
    {
        var pause = new WorkerSettings().Pause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                string[] warm;
                lock (_lock)
                {
                    warm = [.. _warm];
                }
                string? job = null;
                var answered = await Ask(async () =>
                    job = await dispatcher.Next(name, siloName, warm)
                );
                if (answered && job is null || !await worker.Turn(job, stop))
                {
                    await Pause(pause, stop);
                }
                else if (job is not null)
                {
                    Warmed(job);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerException e)
            {
#pragma warning disable CA1848, CA1873 // Once in ten minutes at most.
                log.LogError("{Message}", e.Message);
#pragma warning restore CA1848, CA1873
                await Pause(pause, stop);
            }
        }
    }

    private void Warmed(string job)
    {
        lock (_lock)
        {
            _warm.Remove(job);
            _warm.Insert(0, job);
            if (_warm.Count > MostWarm)
            {
                _warm.RemoveAt(MostWarm);
            }
        }
    }

    private static async Task<bool> Ask(Func<Task> question)
    {
        try
        {
            await question();
            return true;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or LedgerException)
        {
            return false;
        }
    }

    private static async Task Pause(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
