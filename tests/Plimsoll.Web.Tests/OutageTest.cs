using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Cluster.Tests;
using Plimsoll.Jobs;
using Plimsoll.Outlooks;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A database that goes away for a while takes no run with it.</summary>
public sealed class OutageTest
{
    [Fact]
    public async Task A_run_in_hand_outlives_a_database_that_goes_away()
    {
        using var postgres = Postgres.Start();
        await using var server = await SecurityTest.Team(
            ("Workbench:Database", "postgresql"),
            (
                "Workbench:Connection",
                $"Host=127.0.0.1;Port={postgres.Port};Username=postgres;Database=postgres"
            )
        );
        using var client = await SecurityTest.SignIn(server, "admin");
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var run = (
            await (
                await client.PostAsJsonAsync("/api/runs", new { study, draws = 30 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!["id"]!.ToString();
        while (
            (await client.GetFromJsonAsync<JsonNode>($"/api/runs/{run}"))!["state"]!.ToString()
            == "waiting"
        )
        {
            await Task.Delay(50);
        }
        postgres.Stop();
        using var nobody = new HttpClient { BaseAddress = server.Address };
        foreach (var asker in new[] { client, nobody })
        {
            Assert.Equal(HttpStatusCode.OK, (await asker.GetAsync("/health/live")).StatusCode);
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable,
                (await asker.GetAsync("/health/ready")).StatusCode
            );
        }
        foreach (var path in new[] { "/", "/api/studies", $"/api/runs/{run}", "/l/x" })
        {
            var away = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.NotNull(away.Headers.RetryAfter);
            Assert.DoesNotContain(
                postgres.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                await away.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
        using var browser = new HttpRequestMessage(HttpMethod.Get, "/");
        browser.Headers.Add("Accept", "text/html");
        var page = await client.SendAsync(browser);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "Nothing was lost",
            await page.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        // Longer than the run takes: it ends while nobody can write it down.
        await Task.Delay(TimeSpan.FromSeconds(12));
        postgres.StartAgain();
        var ended = await WorkbenchServer.Ended(client, run);
        Assert.Equal("", ended["reason"]!.ToString());
        Assert.Equal("done", ended["state"]!.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_fault_of_the_database_is_not_the_run_s(int kind)
    {
        var file = Path.GetTempFileName();
        await using (var ledger = RunLedger.Open(file))
        {
            await ledger.Prepare();
            var runner = new Stumbling(
                kind switch
                {
                    0 => new SqliteException("secret.host:5432", 1),
                    1 => new DbUpdateException("x", new SqliteException("secret.host:5432", 1)),
                    _ => new InvalidOperationException(
                        "x",
                        new Npgsql.NpgsqlException("secret.host:5432")
                    ),
                }
            );
            await ledger.Enter(
                new JobOrder("j", "j", runner.Version),
                [new RunOrder { Study = "s", Draws = 30 }]
            );
            var worker = new Worker(
                ledger,
                runner,
                new WorkerSettings { LeaseDuration = TimeSpan.FromMilliseconds(300) }
            );
            var e = await Assert.ThrowsAsync<LedgerException>(() =>
                worker.Turn(null, CancellationToken.None)
            );
            Assert.True(e.IsTransient);
            Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
            var left = (await ledger.Runs("j", 0, 1))[0];
            Assert.Equal(RunState.Leased, left.State);
            Assert.Equal("", left.Reason);
            while (!await worker.Turn(null, CancellationToken.None))
            {
                await Task.Delay(50);
            }
            var done = (await ledger.Runs("j", 0, 1))[0];
            Assert.Equal(RunState.Done, done.State);
            Assert.Equal(2, done.Attempts);
        }
        File.Delete(file);
    }

    /// <summary>Stumbles over the database once, then answers.</summary>
    private sealed class Stumbling(Exception once) : IStudyRunner
    {
        private Exception? _once = once;

        public EngineVersion Version { get; } = new("engine", "catalogue");

        public RunResult Run(RunOrder order, RunContext context)
        {
            if (_once is { } stumble)
            {
                _once = null;
                throw stumble;
            }
            return RunResult.Whole([1]);
        }
    }
}
