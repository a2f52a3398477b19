using System.Data.Common;
using System.Net.Sockets;
using System.Text;

namespace Plimsoll.Jobs.Sql;

/// <summary>The ledger in a database: jobs, runs and results. Leases stand in the other half.</summary>
internal sealed partial class SqlLedger(LedgerDialect dialect) : IRunLedger
{
    private const int RunsAStatement = 500;
    private const string JobColumns =
        "id, name, engine, catalogue, workspace, owner, priority, content, created, cancelled, complete";
    private const string RunColumns =
        "number, key, state, fault, reason, stage, progress, worker, attempts, started, ended";

    /// <inheritdoc/>
    public string Place => dialect.Place;

    /// <inheritdoc/>
    public Task Prepare(CancellationToken cancellation = default) =>
        Call(
            async session =>
            {
                if (dialect.SchemaLock is { } taken)
                {
                    await session.Query(taken, _ => 0);
                }
                var steps = LedgerSchema.Steps(dialect.Bytes);
                var there = await session.Query(
                    dialect.TableQuery(LedgerSchema.VersionTable),
                    r => r.GetInt64(0)
                );
                if (there[0] == 0)
                {
                    await session.Execute(
                        $"CREATE TABLE {LedgerSchema.VersionTable} (version bigint NOT NULL)"
                    );
                    await session.Execute($"INSERT INTO {LedgerSchema.VersionTable} VALUES (0)");
                }
                var version = (
                    await session.Query(
                        $"SELECT version FROM {LedgerSchema.VersionTable}",
                        r => r.GetInt64(0)
                    )
                )[0];
                if (version > steps.Count)
                {
                    throw new LedgerException(
                        LedgerFault.LaterVersion,
                        $"The ledger at {Place} has version {version}; this program knows versions up to {steps.Count}. Install the version that made it."
                    );
                }
                foreach (var statement in steps.Skip((int)version).SelectMany(s => s))
                {
                    await session.Execute(statement);
                }
                if (version < steps.Count)
                {
                    await session.Execute(
                        $"UPDATE {LedgerSchema.VersionTable} SET version = @v",
                        ("v", (long)steps.Count)
                    );
                }
                return 0;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task Enter(
        JobOrder order,
        IEnumerable<RunOrder> runs,
        CancellationToken cancellation = default
    )
    {
        CheckId(order.Id);
        await Call(session => EnterJob(session, order), cancellation);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var first = 0L;
        foreach (var batch in runs.Chunk(RunsAStatement))
        {
            var from = first;
            await Call(session => EnterRuns(session, order, from, batch, texts), cancellation);
            first += batch.Length;
        }
        await Call(
            session =>
                session.Execute(
                    "UPDATE plimsoll_job SET complete = 1 WHERE id = @id",
                    ("id", order.Id)
                ),
            cancellation
        );
    }

    /// <inheritdoc/>
    public async Task<Job?> Find(string job, CancellationToken cancellation = default) =>
        (await JobsWhere("WHERE id = @key", job, 1, cancellation)).SingleOrDefault();

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> Jobs(
        string? workspace,
        int most,
        CancellationToken cancellation = default
    ) =>
        JobsWhere(workspace is null ? "" : "WHERE workspace = @key", workspace, most, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobOrder>> Open(
        EngineVersion engine,
        int most,
        CancellationToken cancellation = default
    ) =>
        Call<IReadOnlyList<JobOrder>>(
            async session =>
                [
                    .. (
                        await session.Query(
                            $"""
                            SELECT {JobColumns} FROM plimsoll_job WHERE cancelled = 0 AND engine = @engine AND catalogue = @catalogue
                            AND EXISTS (SELECT 1 FROM plimsoll_run r WHERE r.job = plimsoll_job.id AND r.state < 2 AND (r.state = 0 OR r.until < {dialect.Now}))
                            ORDER BY created, id LIMIT @most
                            """,
                            ReadJob,
                            ("engine", engine.Engine),
                            ("catalogue", engine.Catalogue),
                            ("most", (long)most)
                        )
                    ).Select(j => j.Order),
                ],
            cancellation,
            writes: false
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> Runs(
        string job,
        long from,
        int most,
        CancellationToken cancellation = default
    ) =>
        Call(
            session =>
                session.Query(
                    $"SELECT {RunColumns} FROM plimsoll_run WHERE job = @job AND number >= @from ORDER BY number LIMIT @most",
                    ReadRun,
                    ("job", job),
                    ("from", from),
                    ("most", (long)most)
                ),
            cancellation,
            writes: false
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRow>> Rows(
        string job,
        long from,
        int most,
        CancellationToken cancellation = default
    ) =>
        Call(
            session =>
                session.Query(
                    $"""
                    SELECT {RunColumns}, changes, document, sha256 FROM
                    (SELECT * FROM plimsoll_run WHERE job = @job AND number >= @from ORDER BY number LIMIT @most) AS run
                    LEFT JOIN plimsoll_result USING (key) ORDER BY number
                    """,
                    r => new RunRow(
                        ReadRun(r),
                        r.GetString(11),
                        r.IsDBNull(12)
                            ? null
                            : RunResult.Unpacked((byte[])r.GetValue(12), r.GetString(13))
                    ),
                    ("job", job),
                    ("from", from),
                    ("most", (long)most)
                ),
            cancellation,
            writes: false
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<ResultPart>> Parts(
        string job,
        CancellationToken cancellation = default
    ) =>
        Call(
            session =>
                session.Query(
                    "SELECT file, first, rows, sha256 FROM plimsoll_part WHERE job = @job ORDER BY first, file",
                    r => new ResultPart(
                        r.GetString(0),
                        r.GetInt64(1),
                        r.GetInt64(2),
                        r.GetString(3)
                    ),
                    ("job", job)
                ),
            cancellation,
            writes: false
        );

    /// <inheritdoc/>
    public Task EnterPart(string job, ResultPart part, CancellationToken cancellation = default) =>
        Call(
            session =>
                session.Execute(
                    """
                    INSERT INTO plimsoll_part (job, file, first, rows, sha256) VALUES (@job, @file, @first, @rows, @sha256)
                    ON CONFLICT (job, file) DO UPDATE SET first = @first, rows = @rows, sha256 = @sha256
                    """,
                    ("job", job),
                    ("file", part.File),
                    ("first", part.First),
                    ("rows", part.Rows),
                    ("sha256", part.Sha256)
                ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<RunResult?> Result(string key, CancellationToken cancellation = default) =>
        Call(
            async session =>
                (
                    await session.Query(
                        "SELECT document, sha256 FROM plimsoll_result WHERE key = @key",
                        r => RunResult.Unpacked((byte[])r.GetValue(0), r.GetString(1)),
                        ("key", key)
                    )
                ).SingleOrDefault(),
            cancellation,
            writes: false
        );

    /// <inheritdoc/>
    public Task Cancel(string job, CancellationToken cancellation = default) =>
        Call(
            async session =>
            {
                await session.Execute(
                    "UPDATE plimsoll_job SET cancelled = 1 WHERE id = @job",
                    ("job", job)
                );
                // What is leased is told at its next sign of life; what nobody holds any more stops here.
                return await session.Execute(
                    $"UPDATE plimsoll_run SET state = 4, ended = {dialect.Now} WHERE job = @job AND state < 2 AND (state = 0 OR until < {dialect.Now})",
                    ("job", job)
                );
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<long> Again(string job, CancellationToken cancellation = default) =>
        Call(
            async session =>
            {
                await session.Execute(
                    "UPDATE plimsoll_job SET cancelled = 0 WHERE id = @job",
                    ("job", job)
                );
                return (long)
                    await session.Execute(
                        "UPDATE plimsoll_run SET state = 0, fault = 0, reason = '', attempts = 0, ended = 0 WHERE job = @job AND state IN (3, 4)",
                        ("job", job)
                    );
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task Remove(string job, CancellationToken cancellation = default) =>
        Call(
            async session =>
            {
                await session.Execute(
                    """
                    DELETE FROM plimsoll_result WHERE key IN (SELECT key FROM plimsoll_run WHERE job = @job)
                    AND NOT EXISTS (SELECT 1 FROM plimsoll_run r WHERE r.key = plimsoll_result.key AND r.job <> @job)
                    """,
                    ("job", job)
                );
                await session.Execute("DELETE FROM plimsoll_run WHERE job = @job", ("job", job));
                await session.Execute("DELETE FROM plimsoll_part WHERE job = @job", ("job", job));
                return await session.Execute(
                    "DELETE FROM plimsoll_job WHERE id = @job",
                    ("job", job)
                );
            },
            cancellation
        );

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => dialect.DisposeAsync();

    private async Task<int> EnterJob(LedgerSession session, JobOrder order)
    {
        await session.Execute(
            $"""
            INSERT INTO plimsoll_job (id, name, engine, catalogue, workspace, owner, priority, content, created, cancelled, complete)
            VALUES (@id, @name, @engine, @catalogue, @workspace, @owner, @priority, @content, {dialect.Now}, 0, 0) ON CONFLICT (id) DO NOTHING
            """,
            ("id", order.Id),
            ("name", order.Name),
            ("engine", order.Engine.Engine),
            ("catalogue", order.Engine.Catalogue),
            ("workspace", order.Workspace),
            ("owner", order.Owner),
            ("priority", (long)order.Priority),
            ("content", order.Content)
        );
        await CheckEngine(session, order.Id, order.Engine);
        await session.Execute(
            "UPDATE plimsoll_run SET state = 0, ended = 0 WHERE job = @id AND state = 4",
            ("id", order.Id)
        );
        return await session.Execute(
            "UPDATE plimsoll_job SET cancelled = 0 WHERE id = @id",
            ("id", order.Id)
        );
    }

    private async Task<int> EnterRuns(
        LedgerSession session,
        JobOrder order,
        long first,
        RunOrder[] batch,
        HashSet<string> texts
    )
    {
        var sql = new StringBuilder(
            "INSERT INTO plimsoll_run (job, number, key, study, changes, seed, draws, outputs, state, fault, reason, stage, progress, worker, lease, until, attempts, started, ended) VALUES "
        );
        var values = new List<(string, object)> { ("job", order.Id) };
        for (var i = 0; i < batch.Length; i++)
        {
            var run = batch[i];
            sql.Append(i > 0 ? ", " : "")
                .Append(
                    $"(@job, @n{i}, @k{i}, @t{i}, @c{i}, @s{i}, @d{i}, @o{i}, 0, 0, '', '', 0, '', '', 0, 0, 0, 0)"
                );
            values.AddRange([
                ($"n{i}", first + i),
                ($"k{i}", run.Key(order.Engine)),
                ($"t{i}", await EnterText(session, run.Study, texts)),
                ($"c{i}", run.Changes),
                ($"s{i}", run.Seed?.ToString() ?? ""),
                ($"d{i}", (long)run.Draws),
                ($"o{i}", await EnterText(session, string.Join('\n', run.Outputs), texts)),
            ]);
        }
        await session.Execute($"{sql} ON CONFLICT (job, number) DO NOTHING", values);
        return await session.Execute(
            $"""
            UPDATE plimsoll_run SET state = 2, ended = {dialect.Now}
            WHERE job = @job AND number >= @first AND number < @end AND state = 0
            AND EXISTS (SELECT 1 FROM plimsoll_result WHERE plimsoll_result.key = plimsoll_run.key)
            """,
            ("job", order.Id),
            ("first", first),
            ("end", first + batch.Length)
        );
    }

    private static async Task<string> EnterText(
        LedgerSession session,
        string text,
        HashSet<string> texts
    )
    {
        var hash = RunOrder.Hash(text);
        if (texts.Add(hash))
        {
            await session.Execute(
                "INSERT INTO plimsoll_text (hash, body) VALUES (@hash, @body) ON CONFLICT (hash) DO NOTHING",
                ("hash", hash),
                ("body", text)
            );
        }
        return hash;
    }

    private Task<IReadOnlyList<Job>> JobsWhere(
        string where,
        string? key,
        int most,
        CancellationToken cancellation
    ) =>
        Call<IReadOnlyList<Job>>(
            async session =>
            {
                var jobs = await session.Query(
                    $"SELECT {JobColumns} FROM plimsoll_job {where} ORDER BY created DESC, id LIMIT @most",
                    ReadJob,
                    [("most", (long)most), .. key is null ? [] : new[] { ("key", (object)key) }]
                );
                var counted = new List<Job>(jobs.Count);
                foreach (var job in jobs)
                {
                    counted.Add(await Counted(session, job));
                }
                return counted;
            },
            cancellation,
            writes: false
        );

    private static async Task<Job> Counted(LedgerSession session, Job job)
    {
        var counts = (
            await session.Query(
                "SELECT state, count(*) FROM plimsoll_run WHERE job = @job GROUP BY state",
                r => ((RunState)r.GetInt64(0), r.GetInt64(1)),
                ("job", job.Order.Id)
            )
        ).ToDictionary(c => c.Item1, c => c.Item2);
        return job with
        {
            Waiting = counts.GetValueOrDefault(RunState.Waiting),
            Leased = counts.GetValueOrDefault(RunState.Leased),
            Done = counts.GetValueOrDefault(RunState.Done),
            Failed = counts.GetValueOrDefault(RunState.Failed),
            Stopped = counts.GetValueOrDefault(RunState.Stopped),
        };
    }

    private static RunRecord ReadRun(DbDataReader r) =>
        new(
            r.GetInt64(0),
            r.GetString(1),
            (RunState)r.GetInt64(2),
            (RunFault)r.GetInt64(3),
            r.GetString(4),
            r.GetString(5),
            r.GetDouble(6),
            r.GetString(7),
            (int)r.GetInt64(8),
            Time(r.GetInt64(9)),
            Time(r.GetInt64(10))
        );

    private static Job ReadJob(DbDataReader r) =>
        new(
            new JobOrder(
                r.GetString(0),
                r.GetString(1),
                new EngineVersion(r.GetString(2), r.GetString(3))
            )
            {
                Workspace = r.GetString(4),
                Owner = r.GetString(5),
                Priority = (int)r.GetInt64(6),
                Content = r.GetString(7),
            },
            Time(r.GetInt64(8))!.Value,
            r.GetInt64(9) != 0,
            r.GetInt64(10) != 0,
            0,
            0,
            0,
            0,
            0
        );

    /// <exception cref="LedgerException">The job belongs to another version.</exception>
    private static async Task CheckEngine(LedgerSession session, string job, EngineVersion engine)
    {
        var versions = await session.Query(
            "SELECT engine, catalogue FROM plimsoll_job WHERE id = @job",
            r => new EngineVersion(r.GetString(0), r.GetString(1)),
            ("job", job)
        );
        if (versions is [var theirs] && theirs != engine)
        {
            throw new LedgerException(
                LedgerFault.MixedEngines,
                $"This job was entered with {theirs}; here is {engine}. Results of two versions are not mixed: run it with the version it was entered with, or enter it anew."
            );
        }
    }

    private static DateTimeOffset? Time(long milliseconds) =>
        milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static void CheckId(string id)
    {
        if (
            id.Length is 0 or > 100
            || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
        )
        {
            throw new ArgumentException(
                "The id of a job is 1 to 100 letters, digits, points and dashes.",
                nameof(id)
            );
        }
    }

    /// <summary>One transaction, and what the database says about it in our words.</summary>
    private async Task<T> Call<T>(
        Func<LedgerSession, Task<T>> work,
        CancellationToken cancellation,
        bool writes = true
    )
    {
        try
        {
            await using var connection = await dialect.Open(cancellation);
            await using var transaction = await dialect.Begin(connection, writes, cancellation);
            var value = await work(new LedgerSession(connection, transaction, cancellation));
            await transaction.CommitAsync(cancellation);
            return value;
        }
        catch (Exception e)
            when (e is DbException or IOException or SocketException or TimeoutException)
        {
            throw dialect.Fault(e);
        }
    }
}
