using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plimsoll.Web.Documents;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The program as a process of its own: under many users, and killed. PLIMSOLL_LOAD=300 for five minutes of twenty users.</summary>
public sealed class LoadTest(ITestOutputHelper output)
{
    [Fact]
    public async Task Terms_are_answered_while_runs_are_computed()
    {
        var seconds = int.Parse(
            Environment.GetEnvironmentVariable("PLIMSOLL_LOAD") ?? "10",
            System.Globalization.CultureInfo.InvariantCulture
        );
        var users = seconds >= 60 ? 20 : 4;
        var draws = seconds >= 60 ? 2000 : 60;
        await using var program = await ServerProcess.Start();
        var text =
            seconds >= 60 ? ShippedStudies.Text("zhengzhou-2024")! : WorkbenchServer.QuickStudy;
        var study = (await WorkbenchServer.Begin(program.Client, text))["id"]!.ToString();
        var run = (await WorkbenchServer.Run(program.Client, study, draws))["id"]!.ToString();
        (
            await program.Client.PostAsJsonAsync(
                $"/api/runs/{run}/terms",
                new { changes = new Dictionary<string, string>() }
            )
        ).EnsureSuccessStatusCode();
        var queued = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var asked = await program.Client.PostAsJsonAsync(
                "/api/runs",
                new { study, draws = draws + 1 + i }
            );
            queued.Add((await asked.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString());
        }
        var took = new System.Collections.Concurrent.ConcurrentBag<double>();
        var memory = new List<long>();
        var until = Stopwatch.StartNew();
        async Task User(int user)
        {
            var random = new Random(user);
            await Task.Delay(random.Next(3000));
            while (until.Elapsed.TotalSeconds < seconds)
            {
                var began = Stopwatch.GetTimestamp();
                var answer = await program.Client.PostAsJsonAsync(
                    $"/api/runs/{run}/terms",
                    new
                    {
                        changes = new Dictionary<string, string>
                        {
                            ["finance.margin"] = (0.01 + (random.Next(80) * 0.0005)).ToString(
                                "0.####",
                                System.Globalization.CultureInfo.InvariantCulture
                            ),
                        },
                        draws = 500,
                    }
                );
                answer.EnsureSuccessStatusCode();
                _ = await answer.Content.ReadAsStringAsync();
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(3000);
            }
        }
        var all = Enumerable.Range(0, users).Select(User).ToList();
        while (until.Elapsed.TotalSeconds < seconds)
        {
            await Task.Delay(1000);
            memory.Add(program.Memory);
        }
        await Task.WhenAll(all);
        double[] sorted = [.. took.Order()];
        output.WriteLine(
            $"{users} users, {seconds} s, {sorted.Length} prices: median {sorted[sorted.Length / 2]:0} ms, P95 {sorted[(int)(sorted.Length * 0.95)]:0} ms, most {sorted[^1]:0} ms; memory {memory.Min() / 1e6:0} to {memory.Max() / 1e6:0} MB, last {memory[^1] / 1e6:0} MB"
        );
        Assert.NotEmpty(sorted);
    }

    [Fact]
    public async Task A_server_killed_with_runs_in_hand_loses_none_and_doubles_none()
    {
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        var ids = new List<string>();
        await using (var program = await ServerProcess.Start(folder))
        {
            var study = (await WorkbenchServer.Begin(program.Client, WorkbenchServer.QuickStudy))[
                "id"
            ]!.ToString();
            for (var i = 0; i < 3; i++)
            {
                var asked = await program.Client.PostAsJsonAsync(
                    "/api/runs",
                    new { study, draws = 100 + i }
                );
                ids.Add((await asked.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString());
            }
            while (
                (await program.Client.GetFromJsonAsync<JsonNode>($"/api/runs/{ids[0]}"))!["stage"]!
                    .ToString()
                    .Length == 0
            )
            {
                await Task.Delay(50);
            }
            program.Kill();
        }
        await using (var again = await ServerProcess.Start(folder))
        {
            foreach (var id in ids)
            {
                var run = await WorkbenchServer.Ended(again.Client, id);
                Assert.Equal("done", run["state"]!.ToString());
                var result = await again.Client.GetByteArrayAsync(
                    $"/api/runs/{id}/files/result.json"
                );
                Assert.Equal(run["resultSha256"]!.ToString(), Runs.RunFiles.Hash(result));
            }
            Assert.Equal(
                3,
                (await again.Client.GetFromJsonAsync<JsonNode>("/api/runs"))!["items"]!
                    .AsArray()
                    .Count
            );
        }
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The built program as a process.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string? _own;

    private ServerProcess(Process process, HttpClient client, string? own) =>
        (_process, Client, _own) = (process, client, own);

    public HttpClient Client { get; }

    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<ServerProcess> Start(string? folder = null, int? port = null)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("workbench-").FullName : null;
        var address = $"http://127.0.0.1:{port ?? WorkbenchServer.FreePort()}";
        var process = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Plimsoll.Web"),
                [$"--urls={address}", $"--Workbench:Folder={folder ?? own}"]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var client = new HttpClient
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromMinutes(5),
        };
        while (!process.HasExited)
        {
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return new ServerProcess(process, client, own);
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"The workbench ended with {process.ExitCode}.");
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
        if (_own is not null)
        {
            Directory.Delete(_own, recursive: true);
        }
    }
}
