namespace Plimsoll.Jobs;

/// <summary>A ledger that outlives its database: a call that finds it gone is made again, with growing pauses, until it answers or patience ends.</summary>
/// <param name="ledger">The ledger; every call of it may be repeated.</param>
/// <param name="patience">How long a call is repeated.</param>
/// <param name="clock">The clock; null for that of the system.</param>
public sealed class RetryingLedger(IRunLedger ledger, TimeSpan patience, TimeProvider? clock = null)
    : IRunLedger
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public string Place => ledger.Place;

    /// <inheritdoc/>
    public Task Prepare(CancellationToken cancellation = default) =>
        Again(() => ledger.Prepare(cancellation), cancellation);

    /// <inheritdoc/>
    public Task Enter(
        JobOrder order,
        IEnumerable<RunOrder> runs,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Enter(order, runs, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Job?> Find(string job, CancellationToken cancellation = default) =>
        Again(() => ledger.Find(job, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> Jobs(
        string? workspace,
        int most,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Jobs(workspace, most, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobOrder>> Open(
        EngineVersion engine,
        int most,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Open(engine, most, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> Runs(
        string job,
        long from,
        int most,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Runs(job, from, most, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRow>> Rows(
        string job,
        long from,
        int most,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Rows(job, from, most, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ResultPart>> Parts(
        string job,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Parts(job, cancellation), cancellation);

    /// <inheritdoc/>
    public Task EnterPart(string job, ResultPart part, CancellationToken cancellation = default) =>
        Again(() => ledger.EnterPart(job, part, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<RunResult?> Result(string key, CancellationToken cancellation = default) =>
        Again(() => ledger.Result(key, cancellation), cancellation);

    /// <inheritdoc/>
    public Task Cancel(string job, CancellationToken cancellation = default) =>
        Again(() => ledger.Cancel(job, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<long> Again(string job, CancellationToken cancellation = default) =>
        Again(() => ledger.Again(job, cancellation), cancellation);

    /// <inheritdoc/>
    public Task Remove(string job, CancellationToken cancellation = default) =>
        Again(() => ledger.Remove(job, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Lease> Take(LeaseOrder order, CancellationToken cancellation = default) =>
        Again(() => ledger.Take(order, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<LeaseState> Extend(
        string token,
        TimeSpan duration,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Extend(token, duration, cancellation), cancellation);

    /// <inheritdoc/>
    public Task Release(string token, CancellationToken cancellation = default) =>
        Again(() => ledger.Release(token, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<BeginAnswer> Begin(LeasedRun run, CancellationToken cancellation = default) =>
        Again(() => ledger.Begin(run, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<bool> Report(
        LeasedRun run,
        string stage,
        double share,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Report(run, stage, share, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<WriteOutcome> Write(
        LeasedRun run,
        RunResult result,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Write(run, result, cancellation), cancellation);

    /// <inheritdoc/>
    public Task Fail(
        LeasedRun run,
        RunFault fault,
        string reason,
        CancellationToken cancellation = default
    ) => Again(() => ledger.Fail(run, fault, reason, cancellation), cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    private Task<int> Again(Func<Task> call, CancellationToken cancellation) =>
        Again(
            async () =>
            {
                await call();
                return 0;
            },
            cancellation
        );

    private async Task<T> Again<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        var start = _clock.GetTimestamp();
        var pause = _first;
        while (true)
        {
            try
            {
                return await call();
            }
            catch (LedgerException e)
                when (e.IsTransient && _clock.GetElapsedTime(start) < patience)
            {
                await Task.Delay(pause, _clock, cancellation);
                pause = pause * 2 < _longest ? pause * 2 : _longest;
            }
        }
    }
}
