using System.Diagnostics;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster.Grains;

/// <summary>Shares out workers: jobs of the highest priority first, among them by workspace, within one the job whose market the silo has prepared, then the oldest.</summary>
internal sealed class Dispatcher(IRunLedger ledger, IStudyRunner runner) : Grain, IDispatcher
{
    private const int MostJobs = 1000;
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _silent = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, Silo> _silos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private IReadOnlyList<JobOrder> _open = [];
    private long _looked;

    private sealed record Silo(int Workers, IWorkerObserver Observer, long Seen);

    private sealed record Turn(string Silo, JobOrder Job);

    /// <inheritdoc/>
    public Task Join(string silo, int workers, IWorkerObserver observer)
    {
        _silos[silo] = new Silo(workers, observer, Stopwatch.GetTimestamp());
        foreach (
            var gone in _silos
                .Where(s => Stopwatch.GetElapsedTime(s.Value.Seen) > _silent)
                .Select(s => s.Key)
                .ToList()
        )
        {
            _silos.Remove(gone);
            foreach (var turn in _turns.Where(t => t.Value.Silo == gone).ToList())
            {
                _turns.Remove(turn.Key);
            }
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string?> Next(string worker, string silo, string[] warm)
    {
        // A worker that asks has ended its turn.
        _turns.Remove(worker);
        if (_looked == 0 || Stopwatch.GetElapsedTime(_looked) > _fresh)
        {
            _open = await ledger.Open(runner.Version, MostJobs);
            _looked = Stopwatch.GetTimestamp();
        }
        var next = Fairness.Next(
            _open,
            _turns.Values.GroupBy(t => t.Job.Workspace).ToDictionary(g => g.Key, g => g.Count()),
            warm
        );
        if (next is null)
        {
            return null;
        }
        _turns[worker] = new Turn(silo, next);
        return next.Id;
    }

    /// <inheritdoc/>
    public async Task Cancel(string job)
    {
        await ledger.Cancel(job);
        _open = [.. _open.Where(o => o.Id != job)];
        foreach (var silo in _silos.Values)
        {
            silo.Observer.Stop(job);
        }
    }

    /// <inheritdoc/>
    public Task Wake()
    {
        _looked = 0;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ClusterStatus> Status() =>
        Task.FromResult(
            new ClusterStatus(
                [
                    .. _silos
                        .OrderBy(s => s.Key, StringComparer.Ordinal)
                        .Select(s => new SiloStatusLine(
                            s.Key,
                            s.Value.Workers,
                            _turns.Values.Count(t => t.Silo == s.Key)
                        )),
                ],
                [
                    .. _turns
                        .Values.GroupBy(t => t.Job.Id)
                        .OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g => new JobStatusLine(g.Key, g.Count())),
                ]
            )
        );
}
