namespace Plimsoll.Jobs;

/// <summary>What a worker asks of the ledger.</summary>
/// <param name="Worker">Its name, for people.</param>
/// <param name="Engine">What it runs; only jobs of this version are leased to it.</param>
/// <param name="Most">Most runs, at least 1; near the end of a job it gets fewer, so that all workers end together.</param>
/// <param name="Duration">How long it may hold them without a word.</param>
/// <param name="Job">The only job wanted; null for any.</param>
public sealed record LeaseOrder(
    string Worker,
    EngineVersion Engine,
    int Most,
    TimeSpan Duration,
    string? Job = null
);

/// <summary>Runs that a worker holds until its lease ends.</summary>
/// <param name="Token">Names the lease.</param>
/// <param name="Runs">The runs, in the order in which they are to be run; empty when there is nothing to do.</param>
public sealed record Lease(string Token, IReadOnlyList<LeasedRun> Runs);

/// <summary>A run that a worker holds.</summary>
/// <param name="Token">Names the lease.</param>
/// <param name="Job">Its job.</param>
/// <param name="Number">Its number in the job.</param>
/// <param name="Key">Name of its result.</param>
/// <param name="Order">What is to be run.</param>
public sealed record LeasedRun(string Token, string Job, long Number, string Key, RunOrder Order);

/// <summary>What is left of a lease.</summary>
/// <param name="Held">Runs still held.</param>
/// <param name="Cancelled">Jobs among them that were cancelled meanwhile.</param>
public sealed record LeaseState(long Held, IReadOnlyList<string> Cancelled);

/// <summary>Whether a run is to be computed.</summary>
public enum BeginAnswer
{
    /// <summary>Compute it.</summary>
    Go,

    /// <summary>It is no longer the worker's: the lease ran out, or the job was cancelled.</summary>
    Lost,

    /// <summary>Its result was there already, and it is done.</summary>
    Known,

    /// <summary>Workers ended too often while they ran it, and it has failed.</summary>
    GivenUp,
}
