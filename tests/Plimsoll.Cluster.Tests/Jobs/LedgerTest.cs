using Plimsoll.Cluster.Toy;
using Plimsoll.Jobs;
using Plimsoll.Jobs.Sql;
using Xunit;

namespace Plimsoll.Cluster.Tests.Jobs;

/// <summary>What both ledgers promise; each test runs on SQLite and on a real PostgreSQL.</summary>
public abstract class LedgerTest
{
    private protected static readonly EngineVersion Toy = new ToyRunner().Version;

    private protected abstract IRunLedger Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LeaseOrder Take(int most, double seconds = 60, string worker = "w") =>
        new(worker, Toy, most, TimeSpan.FromSeconds(seconds));

    private static readonly WorkerSettings _quick = new()
    {
        EndsWhenDone = true,
        Pause = TimeSpan.FromMilliseconds(20),
    };

    private async Task<IRunLedger> Prepared(int runs = 0, string job = "job")
    {
        var ledger = Open();
        await ledger.Prepare(Token);
        if (runs > 0)
        {
            await ledger.Enter(new JobOrder(job, "a job", Toy), ToyRunner.Orders(runs), Token);
        }
        return ledger;
    }

    [Fact]
    public async Task Every_run_is_done_once_by_several_workers()
    {
        await using var ledger = await Prepared(1200);
        var runner = new ToyRunner();
        var report = await Worker.Several(ledger, runner, _quick with { Job = "job" }, 4, Token);
        var job = await ledger.Find("job", Token);
        Assert.Equal((1200, 1200, true), (job!.Done, job.Runs, job.Ended));
        Assert.Equal(1200, report.Written);
        Assert.Equal(1200, runner.Computed.Distinct().Count());
        Assert.Equal(1200, runner.Computed.Count);
        var runs = await ledger.Runs("job", 0, 2000, Token);
        Assert.All(runs, r => Assert.Equal(1, r.Attempts));
        var result = await ledger.Result(runs[7].Key, Token);
        Assert.Equal("a study  7 30", System.Text.Encoding.UTF8.GetString(result!.Document));
    }

    [Fact]
    public async Task A_result_that_is_there_is_not_computed_again()
    {
        await using var ledger = await Prepared(20);
        await Worker.Several(ledger, new ToyRunner(), _quick with { Job = "job" }, 1, Token);
        await ledger.Enter(new JobOrder("other", "another", Toy), ToyRunner.Orders(25), Token);
        var other = await ledger.Find("other", Token);
        Assert.Equal((20, 5), (other!.Done, other.Waiting));
        var runner = new ToyRunner();
        await Worker.Several(ledger, runner, _quick with { Job = "other" }, 1, Token);
        Assert.Equal(5, runner.Computed.Count);
    }

    [Fact]
    public async Task Entering_again_adds_what_is_missing_and_nothing_else()
    {
        await using var ledger = await Prepared(10);
        var order = new JobOrder("job", "a job", Toy);
        await Worker.Several(ledger, new ToyRunner(), _quick with { Job = "job" }, 1, Token);
        await ledger.Enter(order, ToyRunner.Orders(1100), Token);
        var job = await ledger.Find("job", Token);
        Assert.Equal((10, 1090), (job!.Done, job.Waiting));
    }

    [Fact]
    public async Task What_a_dead_worker_held_goes_to_the_next()
    {
        await using var ledger = await Prepared(8);
        var dead = await ledger.Take(Take(8, seconds: 0.2, worker: "dead"), Token);
        Assert.NotEmpty(dead.Runs);
        await ledger.Begin(dead.Runs[0], Token);
        var report = await Worker.Several(
            ledger,
            new ToyRunner(),
            _quick with
            {
                Job = "job",
            },
            1,
            Token
        );
        Assert.Equal(8, report.Written);
        // The dead one wakes: its result is late, and changes nothing.
        var late = await ledger.Write(
            dead.Runs[0],
            new ToyRunner().Run(dead.Runs[0].Order, new()),
            Token
        );
        Assert.Equal(WriteOutcome.Late, late);
        Assert.Equal(BeginAnswer.Lost, await ledger.Begin(dead.Runs[1], Token));
        Assert.Equal(8, (await ledger.Find("job", Token))!.Done);
    }

    [Fact]
    public async Task A_result_that_differs_is_said_and_the_first_stands()
    {
        await using var ledger = await Prepared(1);
        var lease = await ledger.Take(Take(1), Token);
        var first = RunResult.Whole([1]);
        Assert.Equal(WriteOutcome.Written, await ledger.Write(lease.Runs[0], first, Token));
        Assert.Equal(
            WriteOutcome.Differs,
            await ledger.Write(lease.Runs[0], RunResult.Whole([2]), Token)
        );
        Assert.Equal(first.Sha256, (await ledger.Result(lease.Runs[0].Key, Token))!.Sha256);
    }

    [Fact]
    public async Task A_lease_lives_while_it_is_extended_and_ends_when_released()
    {
        await using var ledger = await Prepared(4);
        var lease = await ledger.Take(Take(4, seconds: 0.3), Token);
        Assert.Equal(
            lease.Runs.Count,
            (await ledger.Extend(lease.Token, TimeSpan.FromMinutes(1), Token)).Held
        );
        await Task.Delay(400, Token);
        Assert.DoesNotContain(
            (await ledger.Take(Take(4), Token)).Runs,
            r => lease.Runs.Any(l => l.Number == r.Number)
        );
        await ledger.Release(lease.Token, Token);
        Assert.Equal(BeginAnswer.Lost, await ledger.Begin(lease.Runs[0], Token));
        Assert.Contains(
            (await ledger.Take(Take(4), Token)).Runs,
            r => r.Number == lease.Runs[0].Number
        );
    }

    [Fact]
    public async Task Workspaces_share_and_priority_goes_first()
    {
        await using var ledger = await Prepared();
        await ledger.Enter(
            new JobOrder("big", "big", Toy) { Workspace = "a" },
            ToyRunner.Orders(100, "big"),
            Token
        );
        await ledger.Enter(
            new JobOrder("small", "small", Toy) { Workspace = "b" },
            ToyRunner.Orders(100, "small"),
            Token
        );
        var turns = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            turns.Add((await ledger.Take(Take(2), Token)).Runs[0].Job);
        }
        Assert.Equal(3, turns.Count(t => t == "small"));
        await ledger.Enter(
            new JobOrder("urgent", "urgent", Toy) { Workspace = "a", Priority = 1 },
            ToyRunner.Orders(1, "urgent"),
            Token
        );
        Assert.Equal("urgent", (await ledger.Take(Take(2), Token)).Runs[0].Job);
    }

    [Fact]
    public async Task A_cancelled_job_stops_what_waits_and_what_runs_and_can_go_on()
    {
        await using var ledger = await Prepared();
        await ledger.Enter(
            new JobOrder("job", "a job", Toy),
            [new RunOrder { Study = "endless" }, .. ToyRunner.Orders(3)],
            Token
        );
        var working = Worker.Several(
            ledger,
            new ToyRunner(),
            _quick with
            {
                Job = "job",
            },
            1,
            Token
        );
        while ((await ledger.Runs("job", 0, 1, Token))[0].Stage != "waiting")
        {
            await Task.Delay(20, Token);
        }
        await ledger.Cancel("job", Token);
        await working;
        var job = await ledger.Find("job", Token);
        Assert.Equal((0, 4, true), (job!.Done, job.Stopped, job.Ended));
        await ledger.Again("job", Token);
        Assert.Equal(4, (await ledger.Find("job", Token))!.Waiting);
    }

    [Fact]
    public async Task Failures_carry_their_reason_and_stop_nobody()
    {
        await using var ledger = await Prepared();
        await ledger.Enter(
            new JobOrder("job", "a job", Toy),
            [
                new RunOrder { Study = "unanswerable" },
                new RunOrder { Study = "crash" },
                .. ToyRunner.Orders(3),
            ],
            Token
        );
        await Worker.Several(ledger, new ToyRunner(), _quick with { Job = "job" }, 1, Token);
        var runs = await ledger.Runs("job", 0, 5, Token);
        Assert.Equal(
            (RunFault.Unanswerable, "no draw could be computed"),
            (runs[0].Fault, runs[0].Reason)
        );
        Assert.Equal(RunFault.Crashed, runs[1].Fault);
        Assert.Equal(3, runs.Count(r => r.State == RunState.Done));
    }

    [Fact]
    public async Task A_run_that_ends_its_workers_is_given_up()
    {
        await using var ledger = await Prepared(1);
        for (var i = 0; i < 5; i++)
        {
            var lease = await ledger.Take(Take(1, seconds: 0.01), Token);
            Assert.Equal(BeginAnswer.Go, await ledger.Begin(lease.Runs[0], Token));
            await Task.Delay(30, Token);
        }
        var last = await ledger.Take(Take(1), Token);
        Assert.Equal(BeginAnswer.GivenUp, await ledger.Begin(last.Runs[0], Token));
        Assert.Equal(RunFault.GivenUp, (await ledger.Runs("job", 0, 1, Token))[0].Fault);
    }

    [Fact]
    public async Task Two_versions_of_the_engine_do_not_mix()
    {
        await using var ledger = await Prepared(3);
        var other = new ToyRunner(engine: "toy 2");
        var refused = await Assert.ThrowsAsync<LedgerException>(() =>
            Worker.Several(ledger, other, _quick with { Job = "job" }, 1, Token)
        );
        Assert.Equal(LedgerFault.MixedEngines, refused.Fault);
        Assert.Contains("toy 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("toy 2", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LedgerException>(() =>
            ledger.Enter(new JobOrder("job", "a job", other.Version), ToyRunner.Orders(3), Token)
        );
        Assert.Empty((await ledger.Take(Take(3) with { Engine = other.Version }, Token)).Runs);
        Assert.Equal(3, (await ledger.Find("job", Token))!.Waiting);
    }

    [Fact]
    public async Task Removing_a_job_keeps_what_others_use()
    {
        await using var ledger = await Prepared(3);
        await ledger.Enter(new JobOrder("other", "another", Toy), ToyRunner.Orders(2), Token);
        await Worker.Several(ledger, new ToyRunner(), _quick with { Job = "job" }, 1, Token);
        var keys = (await ledger.Runs("job", 0, 3, Token)).Select(r => r.Key).ToArray();
        await ledger.Remove("job", Token);
        Assert.Null(await ledger.Find("job", Token));
        Assert.NotNull(await ledger.Result(keys[1], Token));
        Assert.Null(await ledger.Result(keys[2], Token));
    }

    [Fact]
    public async Task The_tables_are_made_once_whoever_comes_first()
    {
        var ledgers = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();
        await Task.WhenAll(ledgers.Select(l => l.Prepare(Token)));
        foreach (var ledger in ledgers)
        {
            Assert.Empty(await ledger.Jobs(null, 10, Token));
            await ledger.DisposeAsync();
        }
    }
}

/// <summary>The ledger in a file.</summary>
public sealed class SqliteLedgerTest : LedgerTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-ledger").FullName;

    private string File => Path.Combine(_folder, "ledger.db");

    private protected override IRunLedger Open() => RunLedger.Open(File, TimeSpan.FromSeconds(30));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_full_disk_is_said_and_loses_nothing()
    {
        var token = TestContext.Current.CancellationToken;
        await using var small = new SqlLedger(new SqliteDialect(File, pages: 60));
        await small.Prepare(token);
        var full = await Assert.ThrowsAsync<LedgerException>(() =>
            small.Enter(new JobOrder("job", "a job", Toy), ToyRunner.Orders(5000), token)
        );
        Assert.Equal(LedgerFault.DiskFull, full.Fault);
        Assert.Contains("disk is full", full.Message, StringComparison.Ordinal);
        await using var ledger = Open();
        await ledger.Enter(new JobOrder("job", "a job", Toy), ToyRunner.Orders(5000), token);
        Assert.Equal(5000, (await ledger.Find("job", token))!.Waiting);
    }

    [Fact]
    public async Task A_later_version_and_a_file_that_is_no_ledger_are_refused()
    {
        var token = TestContext.Current.CancellationToken;
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), token);
        await using (var none = Open())
        {
            Assert.Equal(
                LedgerFault.Damaged,
                (await Assert.ThrowsAsync<LedgerException>(() => none.Prepare(token))).Fault
            );
        }
        System.IO.File.Delete(File);
        await using var ledger = Open();
        await ledger.Prepare(token);
        await using (
            var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File}")
        )
        {
            await connection.OpenAsync(token);
            var command = connection.CreateCommand();
            command.CommandText = "UPDATE plimsoll_ledger SET version = 99";
            await command.ExecuteNonQueryAsync(token);
        }
        Assert.Equal(
            LedgerFault.LaterVersion,
            (await Assert.ThrowsAsync<LedgerException>(() => ledger.Prepare(token))).Fault
        );
    }
}

/// <summary>The ledger in PostgreSQL.</summary>
public sealed class PostgresLedgerTest(PostgresLedgerTest.Server server)
    : LedgerTest,
        IClassFixture<PostgresLedgerTest.Server>
{
    private readonly string _schema = $"t{Guid.NewGuid():N}";

    /// <summary>One server for all tests of the class; started by the first.</summary>
    public sealed class Server : IDisposable
    {
        private Postgres? _postgres;

        public Postgres Get() => _postgres ??= Postgres.Start();

        public void Dispose() => _postgres?.Dispose();
    }

    private protected override IRunLedger Open()
    {
        var address = server.Get().Address;
        using var source = Npgsql.NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={server.Get().Port};Username=postgres;Database=postgres"
        );
        using var command = source.CreateCommand($"CREATE SCHEMA IF NOT EXISTS {_schema}");
        command.ExecuteNonQuery();
        return RunLedger.Open($"{address}?search_path={_schema}", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_said_without_its_password()
    {
        await using var ledger = RunLedger.Open("postgres://me:secret@127.0.0.1:1/none");
        var gone = await Assert.ThrowsAsync<LedgerException>(() =>
            ledger.Prepare(TestContext.Current.CancellationToken)
        );
        Assert.Equal(LedgerFault.Unreachable, gone.Fault);
        Assert.Contains("127.0.0.1:1/none", gone.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_outlive_two_stops_of_the_database()
    {
        var token = TestContext.Current.CancellationToken;
        await using var ledger = Open();
        await ledger.Prepare(token);
        await ledger.Enter(new JobOrder("job", "a job", Toy), ToyRunner.Orders(300), token);
        var working = Worker.Several(
            ledger,
            new ToyRunner(milliseconds: 10),
            new WorkerSettings
            {
                Job = "job",
                EndsWhenDone = true,
                LeaseRuns = 16,
                LeaseDuration = TimeSpan.FromSeconds(2),
                Pause = TimeSpan.FromMilliseconds(50),
            },
            3,
            token
        );
        for (var i = 0; i < 2; i++)
        {
            await Task.Delay(400, token);
            server.Get().Stop();
            await Task.Delay(300, token);
            server.Get().StartAgain();
        }
        await working;
        var job = await ledger.Find("job", token);
        Assert.Equal((300, 0, 0), (job!.Done, job.Failed, job.Waiting));
    }

    [Fact]
    public void A_full_disk_of_the_database_is_said()
    {
        var dialect = new PostgresDialect("postgres://me@127.0.0.1:1/none");
        var full = dialect.Fault(
            new Npgsql.PostgresException("could not extend file", "ERROR", "ERROR", "53100")
        );
        Assert.Equal(LedgerFault.DiskFull, full.Fault);
    }
}
