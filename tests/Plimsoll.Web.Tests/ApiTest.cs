using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plimsoll.Web.Documents;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The HTTP API from a first study to its files.</summary>
public sealed class ApiTest
{
    [Fact]
    public async Task A_run_gives_the_bytes_of_the_command_line()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy);
        var run = await WorkbenchServer.Run(client, study["id"]!.ToString(), 60);
        Assert.Equal("done", run["state"]!.ToString());
        var result = await client.GetByteArrayAsync($"/api/runs/{run["id"]}/files/result.json");

        // The text downloaded is what the command line is given.
        var text = await client.GetStringAsync($"/api/studies/{study["id"]}/text");
        var folder = Directory.CreateTempSubdirectory("cli-").FullName;
        var file = Path.Combine(folder, "study.yaml");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var output = Path.Combine(folder, "out");
        using var cli = System.Diagnostics.Process.Start(
            Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
            ["study", "run", file, "--draws", "60", "--out", output]
        );
        await cli.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, cli.ExitCode);
        Assert.Equal(
            await File.ReadAllBytesAsync(
                Path.Combine(output, "result.json"),
                TestContext.Current.CancellationToken
            ),
            result
        );
        foreach (var name in new[] { "report.html", "memo.docx" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(
                    Path.Combine(output, name),
                    TestContext.Current.CancellationToken
                ),
                await client.GetByteArrayAsync($"/api/runs/{run["id"]}/files/{name}")
            );
        }
        Directory.Delete(folder, recursive: true);

        // The same request again is the same run; a figure opens to its source; tables come as text.
        using var again = new HttpRequestMessage(HttpMethod.Post, "/api/runs")
        {
            Content = JsonContent.Create(new { study = study["id"]!.ToString(), draws = 60 }),
        };
        again.Headers.Add("Idempotency-Key", "k1");
        var one = (await (await client.SendAsync(again)).Content.ReadFromJsonAsync<JsonNode>())!;
        using var twice = new HttpRequestMessage(HttpMethod.Post, "/api/runs")
        {
            Content = JsonContent.Create(new { study = study["id"]!.ToString(), draws = 60 }),
        };
        twice.Headers.Add("Idempotency-Key", "k1");
        var two = (await (await client.SendAsync(twice)).Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(one["id"]!.ToString(), two["id"]!.ToString());
        var explained = (
            await client.GetFromJsonAsync<JsonNode>(
                $"/api/runs/{run["id"]}/explain?path=options[0].breach.value"
            )
        )!;
        Assert.Contains(explained["restsOn"]!.AsArray(), s => s!["source"]?.ToString().Length > 0);
        // Each kind of figure tells its own making: odds count draws, a floor its parts, fill stops at hours sold.
        string[] kinds =
        [
            "options[0].breach.value",
            "options[0].fill.p50",
            "options[0].minimumCover.p50",
            "options[0].meanEquityNpv",
            "verdict.tests[0].value",
            "floors[0].againstDark",
            "why[3].medianDraw",
        ];
        var made = new Dictionary<string, JsonNode>();
        foreach (var kind in kinds)
        {
            made[kind] = (
                await client.GetFromJsonAsync<JsonNode>(
                    $"/api/runs/{run["id"]}/explain?path={kind}"
                )
            )!;
        }
        Assert.Equal(
            kinds.Length,
            made.Values.Select(m => m["how"]!.ToJsonString()).Distinct().Count()
        );
        Assert.NotEmpty(made["floors[0].againstDark"]["parts"]!.AsArray());
        Assert.Equal(4, made["why[3].medianDraw"]["chain"]!.AsArray().Count);
        Assert.True(
            made["options[0].fill.p50"]["chain"]!.AsArray().Count
                < made["options[0].minimumCover.p50"]["chain"]!.AsArray().Count
        );
        Assert.Contains(
            "p50",
            await client.GetStringAsync($"/api/runs/{run["id"]}/tables/fans.csv"),
            StringComparison.Ordinal
        );

        // Terms live on all draws equal a run of the changed study.
        var changes = new Dictionary<string, string>
        {
            ["finance.margin"] = "0.04",
            ["finance.gearing"] = "0.5",
            ["decision.covenant_dscr"] = "1.3",
        };
        var live = await client.PostAsJsonAsync($"/api/runs/{run["id"]}/terms", new { changes });
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        var priced = (await live.Content.ReadFromJsonAsync<JsonNode>())!;
        var other = await client.PatchAsJsonAsync(
            $"/api/studies/{study["id"]}/fields",
            new { revision = 1, set = changes }
        );
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        var rerun = await WorkbenchServer.Run(client, study["id"]!.ToString(), 60);
        var full = (
            await client.GetFromJsonAsync<JsonNode>($"/api/runs/{rerun["id"]}/files/result.json")
        )!["options"]![0]!;
        foreach (
            var (path, found) in new[]
            {
                ("breach", "value"),
                ("default", "value"),
                ("minimumCover", "p50"),
                ("equityNpv", "p50"),
                ("equityNpv", "p90"),
                ("fill", "p50"),
            }
        )
        {
            Assert.Equal(full[path]![found]!.ToString(), priced[path]![found]!.ToString());
        }
        Assert.NotEqual(
            (await client.GetFromJsonAsync<JsonNode>($"/api/runs/{run["id"]}/files/result.json"))![
                "options"
            ]![0]!["equityNpv"]!["p50"]!.ToString(),
            priced["equityNpv"]!["p50"]!.ToString()
        );

        // What moves fill is not priced on held draws.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await client.PostAsJsonAsync(
                    $"/api/runs/{run["id"]}/terms",
                    new { changes = new Dictionary<string, string> { ["site.name"] = "Ulanqab" } }
                )
            ).StatusCode
        );
        var compared = (
            await client.GetFromJsonAsync<JsonNode>($"/api/compare?runs={run["id"]},{rerun["id"]}")
        )!;
        Assert.True(compared["commonDraws"]!.GetValue<bool>());
        Assert.Equal(3, compared["inputs"]!.AsArray().Count);
        Assert.NotNull(compared["runs"]![1]!["equityNpvAgainstFirst"]);
    }

    [Fact]
    public async Task Findings_stand_at_their_field_and_line_and_a_study_that_is_not_sound_is_not_run()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy);
        var changed = await client.PatchAsJsonAsync(
            $"/api/studies/{study["id"]}/fields",
            new
            {
                revision = 1,
                set = new Dictionary<string, string> { ["finance.gearing"] = "70%" },
            }
        );
        var content = (await changed.Content.ReadFromJsonAsync<JsonNode>())!;
        var finding = Assert.Single(content["findings"]!.AsArray())!;
        Assert.Equal("finance.gearing", finding["path"]!.ToString());
        var line = content["text"]!.ToString().Split('\n')[finding["line"]!.GetValue<int>() - 1];
        Assert.Contains("gearing", line, StringComparison.Ordinal);
        var refused = await client.PostAsJsonAsync(
            "/api/runs",
            new { study = study["id"]!.ToString() }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var back = await client.PostAsync($"/api/studies/{study["id"]}/undo?revision=2", null);
        Assert.True((await back.Content.ReadFromJsonAsync<JsonNode>())!["sound"]!.GetValue<bool>());
        // Two who write at once: the second is told.
        Assert.Equal(
            HttpStatusCode.Conflict,
            (
                await client.PutAsJsonAsync(
                    $"/api/studies/{study["id"]}",
                    new { text = "kind: study\n", revision = 1 }
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task A_run_is_followed_and_stopped()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, ShippedStudies.Text("zhengzhou-2024")!);
        var asked = await client.PostAsJsonAsync(
            "/api/runs",
            new { study = study["id"]!.ToString(), draws = 5000 }
        );
        var id = (await asked.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString();
        using var events = await client.GetAsync(
            $"/api/runs/{id}/events",
            HttpCompletionOption.ResponseHeadersRead
        );
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        await client.PostAsync($"/api/runs/{id}/cancel", null);
        Assert.Equal("cancelled", (await WorkbenchServer.Ended(client, id))["state"]!.ToString());
        var told = await events.Content.ReadAsStringAsync();
        Assert.Contains("\"cancelled\"", told, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.GetAsync($"/api/runs/{id}/files/result.json")).StatusCode
        );
    }

    [Fact]
    public async Task Drafts_and_runs_outlive_the_server()
    {
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        string study,
            run;
        await using (var server = await WorkbenchServer.Start(folder))
        {
            using var client = server.Client();
            study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
                "id"
            ]!.ToString();
            await client.PatchAsJsonAsync(
                $"/api/studies/{study}/fields",
                new
                {
                    revision = 1,
                    set = new Dictionary<string, string> { ["finance.margin"] = "0.031" },
                }
            );
            var asked = await client.PostAsJsonAsync("/api/runs", new { study, draws = 60 });
            run = (await asked.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString();
        }
        await using (var server = await WorkbenchServer.Start(folder))
        {
            using var client = server.Client();
            Assert.Contains(
                "0.031",
                await client.GetStringAsync($"/api/studies/{study}/text"),
                StringComparison.Ordinal
            );
            Assert.Equal("done", (await WorkbenchServer.Ended(client, run))["state"]!.ToString());
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_route_is_documented()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var document = (await client.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var documented = document["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            Routes.Of(server.Services).Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal)
        );
        Assert.All(
            document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()),
            m => Assert.False(string.IsNullOrWhiteSpace(m.Value!["summary"]?.ToString()))
        );
        // Who may ask: a key of a program or the cookie of a person.
        Assert.Equal(
            "bearer",
            document["components"]!["securitySchemes"]!["key"]!["scheme"]!.ToString()
        );
        Assert.Equal(
            "plimsoll",
            document["components"]!["securitySchemes"]!["session"]!["name"]!.ToString()
        );
        Assert.Equal(
            ["key", "session"],
            document["security"]!.AsArray().Select(s => s!.AsObject().Single().Key)
        );
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task What_a_browser_keeps_has_the_version_in_its_address_and_so_has_what_it_imports()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var open = new Queue<Uri>(
            Links("(?:href|src)=\"(/assets/[^\"]+)\"", await client.GetStringAsync("/"))
                .Select(l => new Uri(server.Address, l))
        );
        var seen = new HashSet<Uri>(open);
        Assert.NotEmpty(open);
        while (open.TryDequeue(out var at))
        {
            var answer = await client.GetAsync(at);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(AssetFiles.Version, at.AbsolutePath, StringComparison.Ordinal);
            Assert.Contains(
                "immutable",
                answer.Headers.CacheControl!.ToString(),
                StringComparison.Ordinal
            );
            if (at.AbsolutePath.EndsWith(".js", StringComparison.Ordinal))
            {
                var script = await answer.Content.ReadAsStringAsync();
                foreach (var next in Links("from \"([^\"]+)\"", script))
                {
                    if (seen.Add(new Uri(at, next)))
                    {
                        open.Enqueue(new Uri(at, next));
                    }
                }
            }
        }
        Assert.True(seen.Count > 4, string.Join(", ", seen));
        Assert.True((await client.GetAsync("/assets/workbench.js")).Headers.CacheControl!.NoStore);
    }

    private static IEnumerable<string> Links(string pattern, string text) =>
        System
            .Text.RegularExpressions.Regex.Matches(
                text,
                pattern,
                System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromMinutes(1)
            )
            .Select(m => m.Groups[1].Value);
}
