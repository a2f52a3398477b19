namespace Plimsoll.Jobs.Sql;

/// <summary>The ledger in a database: who runs what.</summary>
internal sealed partial class SqlLedger
{
    private const int MostAttempts = 5;

    /// <summary>A lease takes at most this part of what waits, so that the last runs are spread over all workers.</summary>
    private const int LastPart = 4;

    /// <inheritdoc/>
    public Task<Lease> Take(LeaseOrder order, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order.Most, 1);
        var token = Guid.NewGuid().ToString("N");
        return Call(
            async session =>
            {
                if (order.Job is { } wanted)
                {
                    await CheckEngine(session, wanted, order.Engine);
                }
                // A job that was cancelled while a worker held its runs, and died, ends here.
                await session.Execute(
                    $"UPDATE plimsoll_run SET state = 4, ended = {dialect.Now} WHERE state = 1 AND until < {dialect.Now} AND job IN (SELECT id FROM plimsoll_job WHERE cancelled = 1)"
                );
                var job = await NextJob(session, order);
                IReadOnlyList<LeasedRun> runs = job is null
                    ? []
                    : await TakeOf(session, job, token, order);
                return new Lease(token, runs);
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<LeaseState> Extend(
        string token,
        TimeSpan duration,
        CancellationToken cancellation = default
    ) =>
        Call(
            async session =>
            {
                var held = await session.Execute(
                    $"UPDATE plimsoll_run SET until = {dialect.Now} + @duration WHERE lease = @lease AND state = 1",
                    ("duration", (long)duration.TotalMilliseconds),
                    ("lease", token)
                );
                var cancelled = await session.Query(
                    "SELECT DISTINCT j.id FROM plimsoll_run r JOIN plimsoll_job j ON j.id = r.job WHERE r.lease = @lease AND r.state = 1 AND j.cancelled = 1",
                    r => r.GetString(0),
                    ("lease", token)
                );
                return new LeaseState(held, cancelled);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task Release(string token, CancellationToken cancellation = default) =>
        Call(
            async session =>
            {
                await session.Execute(
                    $"UPDATE plimsoll_run SET state = 4, ended = {dialect.Now} WHERE lease = @lease AND state = 1 AND (SELECT cancelled FROM plimsoll_job WHERE id = plimsoll_run.job) = 1",
                    ("lease", token)
                );
                return await session.Execute(
                    "UPDATE plimsoll_run SET state = 0, lease = '', worker = '', stage = '', progress = 0 WHERE lease = @lease AND state = 1",
                    ("lease", token)
                );
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<BeginAnswer> Begin(LeasedRun run, CancellationToken cancellation = default) =>
        Call(
            async session =>
            {
                var attempts = await session.Query(
                    $"""
                    UPDATE plimsoll_run SET attempts = attempts + 1, stage = '', progress = 0, started = CASE WHEN started = 0 THEN {dialect.Now} ELSE started END
                    WHERE job = @job AND number = @number AND lease = @lease AND state = 1 AND (SELECT cancelled FROM plimsoll_job WHERE id = @job) = 0
                    RETURNING attempts
                    """,
                    r => r.GetInt64(0),
                    Names(run)
                );
                if (attempts.Count == 0)
                {
                    return BeginAnswer.Lost;
                }
                if (attempts[0] > MostAttempts)
                {
                    await End(
                        session,
                        run,
                        RunFault.GivenUp,
                        $"Workers ended {MostAttempts} times while they ran it: out of memory, or killed."
                    );
                    return BeginAnswer.GivenUp;
                }
                var known = await session.Execute(
                    $"UPDATE plimsoll_run SET state = 2, ended = {dialect.Now} WHERE job = @job AND number = @number AND lease = @lease AND state = 1 AND EXISTS (SELECT 1 FROM plimsoll_result WHERE key = @key)",
                    [.. Names(run), ("key", run.Key)]
                );
                return known > 0 ? BeginAnswer.Known : BeginAnswer.Go;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> Report(
        LeasedRun run,
        string stage,
        double share,
        CancellationToken cancellation = default
    ) =>
        Call(
            async session =>
                await session.Execute(
                    "UPDATE plimsoll_run SET stage = @stage, progress = @share WHERE job = @job AND number = @number AND lease = @lease AND state = 1 AND (SELECT cancelled FROM plimsoll_job WHERE id = @job) = 0",
                    [.. Names(run), ("stage", stage), ("share", share)]
                ) > 0,
            cancellation
        );

    /// <inheritdoc/>
    public Task<WriteOutcome> Write(
        LeasedRun run,
        RunResult result,
        CancellationToken cancellation = default
    ) =>
        Call(
            async session =>
            {
                await session.Execute(
                    $"INSERT INTO plimsoll_result (key, sha256, document, written) VALUES (@key, @sha256, @document, {dialect.Now}) ON CONFLICT (key) DO NOTHING",
                    ("key", run.Key),
                    ("sha256", result.Sha256),
                    ("document", result.Packed())
                );
                var stands = (
                    await session.Query(
                        "SELECT sha256 FROM plimsoll_result WHERE key = @key",
                        r => r.GetString(0),
                        ("key", run.Key)
                    )
                )[0];
                var differs = stands != result.Sha256;
                // Whoever brings it first ends the run, whether or not the lease has run out: the result depends on the order alone.
                var ended = await session.Execute(
                    $"UPDATE plimsoll_run SET state = 2, ended = {dialect.Now}, reason = @reason, stage = '', progress = 1 WHERE job = @job AND number = @number AND state < 2",
                    ("job", run.Job),
                    ("number", run.Number),
                    (
                        "reason",
                        differs
                            ? $"A worker found {result.Sha256} where {stands} stands: two platforms, or a fault."
                            : ""
                    )
                );
                return differs ? WriteOutcome.Differs
                    : ended > 0 ? WriteOutcome.Written
                    : WriteOutcome.Late;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task Fail(
        LeasedRun run,
        RunFault fault,
        string reason,
        CancellationToken cancellation = default
    ) => Call(session => End(session, run, fault, reason), cancellation);

    private Task<int> End(LedgerSession session, LeasedRun run, RunFault fault, string reason) =>
        session.Execute(
            $"UPDATE plimsoll_run SET state = 3, fault = @fault, reason = @reason, ended = {dialect.Now} WHERE job = @job AND number = @number AND lease = @lease AND state = 1",
            [.. Names(run), ("fault", (long)fault), ("reason", reason)]
        );

    /// <summary>The job whose turn it is; null when there is nothing to lease.</summary>
    private async Task<string?> NextJob(LedgerSession session, LeaseOrder order) =>
        (
            await session.Query(
                $"""
                SELECT j.id FROM plimsoll_job j WHERE j.cancelled = 0 AND j.engine = @engine AND j.catalogue = @catalogue
                {(order.Job is null ? "" : "AND j.id = @job")}
                AND EXISTS (SELECT 1 FROM plimsoll_run r WHERE r.job = j.id AND r.state < 2 AND (r.state = 0 OR r.until < {dialect.Now}))
                ORDER BY j.priority DESC, (SELECT count(*) FROM plimsoll_job k JOIN plimsoll_run r ON r.job = k.id
                    WHERE k.workspace = j.workspace AND r.state < 2 AND r.state = 1 AND r.until >= {dialect.Now}), j.created, j.id LIMIT 1
                """,
                r => r.GetString(0),
                [
                    ("engine", order.Engine.Engine),
                    ("catalogue", order.Engine.Catalogue),
                    .. order.Job is { } job ? new[] { ("job", (object)job) } : [],
                ]
            )
        ).SingleOrDefault();

    private async Task<IReadOnlyList<LeasedRun>> TakeOf(
        LedgerSession session,
        string job,
        string token,
        LeaseOrder order
    )
    {
        var waiting = (
            await session.Query(
                $"SELECT count(*) FROM (SELECT 1 FROM plimsoll_run WHERE job = @job AND state < 2 AND (state = 0 OR until < {dialect.Now}) LIMIT @most) AS w",
                r => r.GetInt64(0),
                ("job", job),
                ("most", (long)order.Most * LastPart)
            )
        )[0];
        var taken = await session.Query(
            $"""
            WITH next AS MATERIALIZED (SELECT number FROM plimsoll_run WHERE job = @job AND state < 2 AND (state = 0 OR until < {dialect.Now})
                ORDER BY number LIMIT @most {dialect.Skipping})
            UPDATE plimsoll_run SET state = 1, lease = @lease, worker = @worker, until = {dialect.Now} + @duration
            WHERE job = @job AND number IN (SELECT number FROM next)
            RETURNING number, key, study, changes, seed, draws, outputs
            """,
            r => new
            {
                Number = r.GetInt64(0),
                Key = r.GetString(1),
                Study = r.GetString(2),
                Changes = r.GetString(3),
                Seed = r.GetString(4),
                Draws = (int)r.GetInt64(5),
                Outputs = r.GetString(6),
            },
            ("lease", token),
            ("worker", order.Worker),
            ("duration", (long)order.Duration.TotalMilliseconds),
            ("job", job),
            ("most", Math.Clamp((waiting + LastPart - 1) / LastPart, 1, order.Most))
        );
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var hash in taken.SelectMany(t => new[] { t.Study, t.Outputs }).Distinct())
        {
            texts[hash] = (
                await session.Query(
                    "SELECT body FROM plimsoll_text WHERE hash = @hash",
                    r => r.GetString(0),
                    ("hash", hash)
                )
            )[0];
        }
        return
        [
            .. taken
                .OrderBy(t => t.Number)
                .Select(t => new LeasedRun(
                    token,
                    job,
                    t.Number,
                    t.Key,
                    new RunOrder
                    {
                        Study = texts[t.Study],
                        Changes = t.Changes,
                        Seed = t.Seed.Length == 0 ? null : ulong.Parse(t.Seed),
                        Draws = t.Draws,
                        Outputs = texts[t.Outputs]
                            .Split('\n', StringSplitOptions.RemoveEmptyEntries),
                        Entered = t.Key,
                    }
                )),
        ];
    }

    private static (string, object)[] Names(LeasedRun run) =>
        [("job", run.Job), ("number", run.Number), ("lease", run.Token)];
}
