using System.Diagnostics;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster.Grains;

/// <summary>Looks a job up in the ledger, at most once a second.</summary>
internal sealed class JobGrain(IRunLedger ledger) : Grain, IJobGrain
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);
    private JobProgress? _last;
    private long _at;

    /// <inheritdoc/>
    public async Task<JobProgress?> Progress()
    {
        if (_last is null || (!_last.Ended && Stopwatch.GetElapsedTime(_at) > _fresh))
        {
            var job = await ledger.Find(this.GetPrimaryKeyString());
            _last = job is null
                ? null
                : new JobProgress(
                    job.Order.Name,
                    job.Done,
                    job.Failed,
                    job.Leased,
                    job.Waiting,
                    job.Stopped,
                    job.Ended
                );
            _at = Stopwatch.GetTimestamp();
        }
        return _last;
    }
}
