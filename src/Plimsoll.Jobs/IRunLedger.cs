namespace Plimsoll.Jobs;

/// <summary>The one truth about runs: what is to be run, who runs it, what it came to. Safe for any number of threads, processes and machines.</summary>
/// <remarks>
/// <para>A result is named by what it depends on (<see cref="RunOrder.Key"/>), written once and never changed; a run whose result is there already is done at once. Workers
/// hold runs by leases that end unless they are extended, so what a dead worker held goes to the next. All times are of the ledger's clock.</para>
/// <para>Every call throws <see cref="LedgerException"/> when the database does not answer, and may be repeated then.</para>
/// </remarks>
public interface IRunLedger : IAsyncDisposable
{
    /// <summary>Where it lies, for people: a file, or server and database; never a password.</summary>
    string Place { get; }

    /// <summary>Makes the tables, or brings those of an earlier version up to date; call it once before anything else.</summary>
    Task Prepare(CancellationToken cancellation = default);

    /// <summary>Enters a job and its runs, numbered from 0 in their order. Entering the same job again adds what is missing, and sets it going if it was cancelled.</summary>
    /// <param name="order">The job.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="cancellation">Stops in between; entering again goes on.</param>
    /// <exception cref="LedgerException">A job of this id belongs to another engine.</exception>
    Task Enter(
        JobOrder order,
        IEnumerable<RunOrder> runs,
        CancellationToken cancellation = default
    );

    /// <summary>A job; null when there is none of this id.</summary>
    Task<Job?> Find(string job, CancellationToken cancellation = default);

    /// <summary>The jobs of a workspace, the latest first.</summary>
    /// <param name="workspace">The workspace; null for all.</param>
    /// <param name="most">Most jobs.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<Job>> Jobs(
        string? workspace,
        int most,
        CancellationToken cancellation = default
    );

    /// <summary>The jobs of an engine that have runs to be handed out, in the order in which they were entered.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="most">Most jobs.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<JobOrder>> Open(
        EngineVersion engine,
        int most,
        CancellationToken cancellation = default
    );

    /// <summary>Runs of a job by number.</summary>
    /// <param name="job">The job.</param>
    /// <param name="from">First number.</param>
    /// <param name="most">Most runs.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<RunRecord>> Runs(
        string job,
        long from,
        int most,
        CancellationToken cancellation = default
    );

    /// <summary>Runs of a job with what was changed in their study and what they came to, by number: what tables and reports are made from.</summary>
    /// <param name="job">The job.</param>
    /// <param name="from">First number.</param>
    /// <param name="most">Most runs.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<RunRow>> Rows(
        string job,
        long from,
        int most,
        CancellationToken cancellation = default
    );

    /// <summary>The files that hold results of a job, in their order.</summary>
    Task<IReadOnlyList<ResultPart>> Parts(string job, CancellationToken cancellation = default);

    /// <summary>Enters a file of results in the index, in place of one of the same name.</summary>
    Task EnterPart(string job, ResultPart part, CancellationToken cancellation = default);

    /// <summary>A result; null when there is none of this key yet.</summary>
    Task<RunResult?> Result(string key, CancellationToken cancellation = default);

    /// <summary>Stops a job: what waits is not begun, what runs is told to stop, what is done stays.</summary>
    Task Cancel(string job, CancellationToken cancellation = default);

    /// <summary>Sets the runs that failed or were stopped waiting again.</summary>
    /// <returns>How many.</returns>
    Task<long> Again(string job, CancellationToken cancellation = default);

    /// <summary>Takes a job and its runs out of the ledger; results that other jobs use stay.</summary>
    Task Remove(string job, CancellationToken cancellation = default);

    /// <summary>Hands runs of one job to a worker: of the highest priority, of the workspace that has the fewest running, of the oldest job.</summary>
    Task<Lease> Take(LeaseOrder order, CancellationToken cancellation = default);

    /// <summary>Extends a lease, the sign of life of a worker.</summary>
    /// <param name="token">The lease.</param>
    /// <param name="duration">From now.</param>
    /// <param name="cancellation">Stops.</param>
    Task<LeaseState> Extend(
        string token,
        TimeSpan duration,
        CancellationToken cancellation = default
    );

    /// <summary>Gives back what a lease holds and has not ended.</summary>
    Task Release(string token, CancellationToken cancellation = default);

    /// <summary>Says that a run is now computed, and hears whether it shall.</summary>
    Task<BeginAnswer> Begin(LeasedRun run, CancellationToken cancellation = default);

    /// <summary>Says what is being done, and hears whether to go on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage">What, in a word or two.</param>
    /// <param name="share">Share done of it, 0 to 1.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>False when the run is to stop: its job was cancelled, or it is no longer the worker's.</returns>
    Task<bool> Report(
        LeasedRun run,
        string stage,
        double share,
        CancellationToken cancellation = default
    );

    /// <summary>Writes the result of a run, once.</summary>
    Task<WriteOutcome> Write(
        LeasedRun run,
        RunResult result,
        CancellationToken cancellation = default
    );

    /// <summary>Ends a run without a result.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fault">Why.</param>
    /// <param name="reason">The same in words.</param>
    /// <param name="cancellation">Stops.</param>
    Task Fail(
        LeasedRun run,
        RunFault fault,
        string reason,
        CancellationToken cancellation = default
    );
}
