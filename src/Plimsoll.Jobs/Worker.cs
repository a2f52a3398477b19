using System.Diagnostics;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;

namespace Plimsoll.Jobs;

/// <summary>Takes runs from a ledger and computes them one after the other. A process runs as many of these as it has cores to give.</summary>
/// <remarks>
/// It may be killed at any moment: what it held goes to another when its lease ends, and a result is written whole or not at all. It waits for a database that is gone as
/// long as its ledger does (<see cref="RetryingLedger"/>).
/// </remarks>
/// <param name="ledger">The ledger, prepared.</param>
/// <param name="runner">Computes.</param>
/// <param name="settings">How it works.</param>
public sealed class Worker(IRunLedger ledger, IStudyRunner runner, WorkerSettings settings)
{
    private readonly Lock _lock = new();
    private (string Job, CancellationTokenSource Cancel)? _running;
    private WorkerReport _report = new(0, 0, 0, 0, 0);

    /// <summary>What it has done by now.</summary>
    public WorkerReport Report => _report;

    /// <summary>Stops what it computes now if that belongs to a job; without it a cancellation is heard at the next report.</summary>
    /// <param name="job">The job.</param>
    public void Stop(string job)
    {
        lock (_lock)
        {
            if (_running is { } running && running.Job == job)
            {
                running.Cancel.Cancel();
            }
        }
    }

    /// <summary>Several workers in this process until they end.</summary>
    /// <param name="ledger">The ledger, prepared.</param>
    /// <param name="runner">Computes.</param>
    /// <param name="settings">How each works.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="stop">Stops all: what they hold is given back.</param>
    /// <returns>What they did together.</returns>
    /// <exception cref="LedgerException">The ledger does not answer.</exception>
    public static async Task<WorkerReport> Several(
        IRunLedger ledger,
        IStudyRunner runner,
        WorkerSettings settings,
        int count,
        CancellationToken stop
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var workers = Enumerable
            .Range(1, count)
            .Select(async i =>
            {
                var name = count == 1 ? settings.Name : $"{settings.Name}-{i}";
                try
                {
                    return await new Worker(ledger, runner, settings with { Name = name }).Run(
                        all.Token
                    );
                }
                catch
                {
                    // What one cannot do the others cannot either.
                    await all.CancelAsync();
                    throw;
                }
            });
        return (await Task.WhenAll(workers)).Aggregate(WorkerReport.Add);
    }

    /// <summary>Works until nothing is left (when it is to end then) or it is stopped.</summary>
    /// <param name="stop">Stops it: what it holds is given back.</param>
    /// <returns>What it did.</returns>
    /// <exception cref="LedgerException">The ledger does not answer, or the job belongs to another version.</exception>
    public async Task<WorkerReport> Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (await Turn(settings.Job, stop))
                {
                    continue;
                }
                if (settings.EndsWhenDone && await NothingLeft(stop))
                {
                    break;
                }
                await Task.Delay(settings.Pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped between two runs.
        }
        return _report;
    }

    /// <summary>Takes one lease and computes what it holds.</summary>
    /// <param name="job">The only job wanted; null for any.</param>
    /// <param name="stop">Stops it: what it holds is given back.</param>
    /// <returns>False when there was nothing to take.</returns>
    /// <exception cref="LedgerException">The ledger does not answer, or the job belongs to another version.</exception>
    public async Task<bool> Turn(string? job, CancellationToken stop)
    {
        var lease = await ledger.Take(
            new LeaseOrder(
                settings.Name,
                runner.Version,
                settings.LeaseRuns,
                settings.LeaseDuration,
                job
            ),
            stop
        );
        if (lease.Runs.Count == 0)
        {
            return false;
        }
        await Work(lease, stop);
        return true;
    }

    private async Task<bool> NothingLeft(CancellationToken stop) =>
        settings.Job is null
        || await ledger.Find(settings.Job, stop) is not { Ended: false, Cancelled: false };

    private async Task Work(Lease lease, CancellationToken stop)
    {
        var answers = true;
        try
        {
            var seen = Stopwatch.GetTimestamp();
            foreach (var run in lease.Runs)
            {
                if (Stopwatch.GetElapsedTime(seen) > settings.LeaseDuration / 3)
                {
                    await ledger.Extend(lease.Token, settings.LeaseDuration, stop);
                    seen = Stopwatch.GetTimestamp();
                }
                stop.ThrowIfCancellationRequested();
                var answer = await ledger.Begin(run, stop);
                switch (answer)
                {
                    case BeginAnswer.Go:
                        await Compute(run, stop);
                        break;
                    case BeginAnswer.Known:
                        _report = _report with { Known = _report.Known + 1 };
                        break;
                    case BeginAnswer.GivenUp:
                        _report = _report with { Failed = _report.Failed + 1 };
                        break;
                    case BeginAnswer.Lost:
                        break;
                }
            }
        }
        catch (LedgerException)
        {
            // A ledger that is gone gets back what is held when the lease ends.
            answers = false;
            throw;
        }
        finally
        {
            if (answers)
            {
                await ledger.Release(lease.Token, CancellationToken.None);
            }
        }
    }

    private async Task Compute(LeasedRun run, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        lock (_lock)
        {
            _running = (run.Job, cancel);
        }
        var progress = new LatestProgress();
        using var ended = new CancellationTokenSource();
        var life = Task.Run(() => ShowLife(run, progress, cancel, ended.Token), stop);
        try
        {
            var result = await Task.Run(
                () =>
                    runner.Run(
                        run.Order,
                        new RunContext
                        {
                            Threads = settings.Threads,
                            Cancellation = cancel.Token,
                            Progress = progress.Set,
                        }
                    ),
                stop
            );
            Count(await ledger.Write(run, result, stop));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            stop.ThrowIfCancellationRequested();
        }
        catch (Exception e) when (DatabaseFault.In(e))
        {
            // Not the run's fault: it goes back, and is taken again when its lease ends.
            throw DatabaseFault.Of(e);
        }
        catch (Exception e)
        {
            await ledger.Fail(run, FaultOf(e), Reason(e), stop);
            _report = _report with { Failed = _report.Failed + 1 };
        }
        finally
        {
            await ended.CancelAsync();
            await life;
            lock (_lock)
            {
                _running = null;
            }
        }
    }

    /// <summary>Extends the lease and reports while a run is computed; cancels it when it is to stop.</summary>
    private async Task ShowLife(
        LeasedRun run,
        LatestProgress progress,
        CancellationTokenSource cancel,
        CancellationToken ended
    )
    {
        var seen = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(settings.Pause, ended);
                try
                {
                    var (stage, share) = progress.Get();
                    if (!await ledger.Report(run, stage, share, ended))
                    {
                        await cancel.CancelAsync();
                        return;
                    }
                    if (Stopwatch.GetElapsedTime(seen) > settings.LeaseDuration / 3)
                    {
                        await ledger.Extend(run.Token, settings.LeaseDuration, ended);
                        seen = Stopwatch.GetTimestamp();
                    }
                }
                catch (LedgerException)
                {
                    // The run goes on; whether its result counts is decided when it is written.
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    private void Count(WriteOutcome outcome) =>
        _report = outcome switch
        {
            WriteOutcome.Written => _report with { Written = _report.Written + 1 },
            WriteOutcome.Late => _report with { Late = _report.Late + 1 },
            WriteOutcome.Differs => _report with { Differing = _report.Differing + 1 },
        };

    private static RunFault FaultOf(Exception e) =>
        e switch
        {
            InputException or KeyNotFoundException or InvalidDataException => RunFault.BadInput,
            InvalidOperationException => RunFault.Unanswerable,
            _ => RunFault.Crashed,
        };

    private static string Reason(Exception e) =>
        e is InputException input
            ? string.Join('\n', input.Findings.Take(20))
            : InputText.Cut(
                FaultOf(e) == RunFault.Crashed ? $"{e.GetType().Name}: {e.Message}" : e.Message
            );

    /// <summary>What was last said of a run, by any of its threads.</summary>
    private sealed class LatestProgress
    {
        private readonly Lock _lock = new();
        private string _stage = "";
        private double _share;

        public void Set(string stage, double share)
        {
            lock (_lock)
            {
                (_stage, _share) = (stage, double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0);
            }
        }

        public (string Stage, double Share) Get()
        {
            lock (_lock)
            {
                return (_stage, _share);
            }
        }
    }
}
