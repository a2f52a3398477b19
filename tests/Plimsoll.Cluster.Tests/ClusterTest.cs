using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plimsoll.Catalog;
using Plimsoll.Cluster.Grains;
using Plimsoll.Cluster.Silos;
using Plimsoll.Cluster.Toy;
using Plimsoll.Files;
using Plimsoll.Jobs;
using Xunit;

namespace Plimsoll.Cluster.Tests;

/// <summary>Silos and workers as processes that are killed, on a PostgreSQL that is stopped: nothing is lost, nothing counts twice.</summary>
/// <remarks>More of it: PLIMSOLL_CLUSTER_RUNS=2000 PLIMSOLL_KILL_SECONDS=10, and on studies instead of toys PLIMSOLL_CLUSTER_STUDY=FILE.</remarks>
public sealed class ClusterTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double Setting(string name, double standard) =>
        double.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : standard;

    [Fact]
    public async Task Killed_processes_and_a_restarted_database_lose_nothing_and_count_nothing_twice()
    {
        var count = (int)Setting("PLIMSOLL_CLUSTER_RUNS", 600);
        var study = Environment.GetEnvironmentVariable("PLIMSOLL_CLUSTER_STUDY");
        var orders = study is null ? ToyRunner.Orders(count).ToList() : StudyOrders(study, count);
        IStudyRunner alone = study is null
            ? new ToyRunner()
            : new StudyRunner(FactCatalog.Shipped(), ContentStore.Default());
        using var database = Postgres.Start();
        await using var ledger = RunLedger.Open(database.Address, TimeSpan.FromMinutes(1));
        await ledger.Prepare(Token);
        await ledger.Enter(new JobOrder("job", "a job", alone.Version), orders, Token);
        var (kills, stops, taken) = await RunAmidKills(
            database,
            ledger,
            count,
            study is null ? "50" : "studies"
        );
        Assert.Equal(2, stops);
        Assert.True(kills >= 2, $"{kills} kills");
        var ended = (await ledger.Find("job", Token))!;
        Assert.Equal((count, 0L), (ended.Done, ended.Failed));
        var records = await ledger.Runs("job", 0, count + 1, Token);
        Assert.Equal(count, records.Select(r => r.Key).Distinct().Count());
        Assert.All(records, r => Assert.Equal("", r.Reason));
        Assert.Equal(await Alone(alone, orders), await Results(ledger, count));
        TestContext.Current.SendDiagnosticMessage(
            $"{count} runs, {kills} kills, {stops} stops of the database, {records.Count(r => r.Attempts > 1)} runs begun more than once, {taken.TotalSeconds:0} s; {Hash(await Results(ledger, count))}."
        );
    }

    /// <summary>Four processes, one of which is killed now and then, until the job has ended; the database is stopped after a third and two thirds of the runs.</summary>
    private static async Task<(int Kills, int Stops, TimeSpan Taken)> RunAmidKills(
        Postgres database,
        IRunLedger ledger,
        int runs,
        string work
    )
    {
        var killEach = TimeSpan.FromSeconds(Setting("PLIMSOLL_KILL_SECONDS", 2));
        using var processes = new ToyProcesses(database.Address, "job", work);
        // Two silos and two workers outside the cluster.
        foreach (var kind in new[] { "silo", "silo", "worker", "worker" })
        {
            processes.Start(kind);
        }
        var (kills, stops) = (0, 0);
        var clock = Stopwatch.StartNew();
        var nextKill = killEach;
        while (await ledger.Find("job", Token) is { Ended: false } job)
        {
            if (clock.Elapsed > nextKill)
            {
                processes.KillAndReplace(kills++ % 4);
                nextKill = clock.Elapsed + killEach;
            }
            if (stops < 2 && job.Done > (stops + 1) * runs / 3)
            {
                stops++;
                database.Stop();
                await Task.Delay(500, Token);
                database.StartAgain();
            }
            await Task.Delay(100, Token);
        }
        return (kills, stops, clock.Elapsed);
    }

    /// <summary>The results of one process, by run; kept in the file that PLIMSOLL_CLUSTER_ALONE names, so that a long comparison can be taken up.</summary>
    private static async Task<List<string>> Alone(IStudyRunner runner, List<RunOrder> orders)
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-alone").FullName;
        try
        {
            var file =
                Environment.GetEnvironmentVariable("PLIMSOLL_CLUSTER_ALONE")
                ?? Path.Combine(folder, "alone.db");
            await using var ledger = RunLedger.Open(file);
            await ledger.Prepare(Token);
            await ledger.Enter(new JobOrder("job", "a job", runner.Version), orders, Token);
            await Worker.Several(
                ledger,
                runner,
                new WorkerSettings { Job = "job", EndsWhenDone = true },
                1,
                Token
            );
            return await Results(ledger, orders.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<string>> Results(IRunLedger ledger, int count) =>
        [.. (await ledger.Rows("job", 0, count + 1, Token)).Select(r => r.Result!.Sha256)];

    private static string Hash(IEnumerable<string> results) =>
        RunOrder.Hash(string.Join('\n', results));

    /// <summary>One study over as many gearings.</summary>
    private static List<RunOrder> StudyOrders(string file, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new RunOrder
                {
                    Study = File.ReadAllText(file),
                    Changes = StudyChange.Write([
                        new StudyChange("finance.gearing", Math.Round(0.3 + (0.5 * i / count), 6)),
                    ]),
                    Seed = 1,
                    Draws = 30,
                    Outputs = ["verdict.kind"],
                }),
        ];

    /// <remarks>The limit ends a wait for what does not come; nothing is measured by it.</remarks>
    [Fact(Timeout = 300_000)]
    public async Task Two_silos_share_out_workspaces_and_stop_a_cancelled_job_at_once()
    {
        using var database = Postgres.Start();
        await using var ledger = RunLedger.Open(database.Address, TimeSpan.FromSeconds(20));
        await ledger.Prepare(TestContext.Current.CancellationToken);
        var runner = new ToyRunner(milliseconds: 20);
        // Both jobs are there before anybody works: what runs for ever is not taken back for a job that comes later.
        await ledger.Enter(
            new JobOrder("endless", "endless", runner.Version) { Workspace = "a" },
            ToyRunner.Orders(20, "endless"),
            Token
        );
        await ledger.Enter(
            new JobOrder("other", "other", runner.Version) { Workspace = "b" },
            ToyRunner.Orders(60),
            Token
        );
        using var one = await Silo(database.Address, runner);
        using var two = await Silo(database.Address, runner);
        using var client = SiloHost.Client(database.Address);
        await client.StartAsync(Token);
        var grains = client.Services.GetRequiredService<IClusterClient>();
        var dispatcher = grains.GetGrain<IDispatcher>(0);
        await dispatcher.Wake();
        await Until(async () => (await dispatcher.Status()).Silos.Length == 2);
        // One workspace holds workers for ever; the other gets its share and ends.
        await Until(async () => (await grains.GetGrain<IJobGrain>("other").Progress())!.Ended);
        await Until(async () =>
            (await ledger.Runs("endless", 0, 20, Token)).Any(r => r.Stage == "waiting")
        );
        var status = await dispatcher.Status();
        Assert.Equal(2, status.Silos.Length);
        Assert.Contains(status.Jobs, j => j.Job == "endless");
        await dispatcher.Cancel("endless");
        await Until(async () => (await ledger.Find("endless", Token))!.Ended);
        Assert.Equal(20, (await ledger.Find("endless", Token))!.Stopped);
        Assert.Null(await grains.GetGrain<IJobGrain>("no such job").Progress());
        await client.StopAsync(Token);
        await one.StopAsync(Token);
        await two.StopAsync(Token);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(50, Token);
        }
    }

    private static async Task<IHost> Silo(string ledger, ToyRunner runner)
    {
        var host = SiloHost.Silo(
            new SiloSettings
            {
                Ledger = ledger,
                Port = Postgres.FreePort(),
                Gateway = Postgres.FreePort(),
                Workers = 2,
                LeaseRuns = 4,
                LeaseDuration = TimeSpan.FromSeconds(5),
            },
            runner
        );
        await host.StartAsync(Token);
        return host;
    }
}
