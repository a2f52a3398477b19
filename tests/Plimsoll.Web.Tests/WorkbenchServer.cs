using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Tests;

/// <summary>A workbench of its own on a free port of loopback, with its own database, gone when the test is.</summary>
internal sealed class WorkbenchServer : IAsyncDisposable
{
    private readonly bool _ownFolder;
    private WebApplication _app;

    private WorkbenchServer(WebApplication app, string folder, bool ownFolder)
    {
        (_app, Folder, _ownFolder) = (app, folder, ownFolder);
    }

    public string Folder { get; }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>A study without a warning.</summary>
    public static string QuickStudy { get; } = Documents.ShippedStudies.Text("zhengzhou-2024")!;

    public static async Task<WorkbenchServer> Start(
        string? folder = null,
        params IEnumerable<(string Key, string Value)> settings
    )
    {
        var own = folder is null;
        folder ??= Directory.CreateTempSubdirectory("workbench-").FullName;
        var app = Workbench.Build(
            [],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["urls"] = "http://127.0.0.1:0",
                        ["Workbench:Folder"] = folder,
                        ["Workbench:RequestsPerSecond"] = "1000000",
                        ["Workbench:RequestBurst"] = "1000000",
                    }
                );
                builder.Configuration.AddInMemoryCollection(
                    settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))
                );
                builder.Logging.ClearProviders();
            }
        );
        await Workbench.Prepare(app);
        await app.StartAsync();
        return new WorkbenchServer(app, folder, own);
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public HttpClient Client() =>
        new() { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Begins a study and gives its id.</summary>
    public static async Task<JsonNode> Begin(HttpClient client, string text)
    {
        var answer = await client.PostAsJsonAsync("/api/studies", new { text });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>Runs a study until it has ended.</summary>
    public static async Task<JsonNode> Run(HttpClient client, string study, int draws)
    {
        var asked = await client.PostAsJsonAsync("/api/runs", new { study, draws });
        asked.EnsureSuccessStatusCode();
        return await Ended(
            client,
            (await asked.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString()
        );
    }

    /// <summary>Waits until a run has ended.</summary>
    public static async Task<JsonNode> Ended(HttpClient client, string id)
    {
        while (true)
        {
            var run = (await client.GetFromJsonAsync<JsonNode>($"/api/runs/{id}"))!;
            if (run["state"]!.ToString() is "done" or "failed" or "cancelled")
            {
                return run;
            }
            await Task.Delay(200);
        }
    }

    public WorkbenchStore Store(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<WorkbenchStore>();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ownFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
