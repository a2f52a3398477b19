using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A scripted client asks for the Zhengzhou verdict and opens one figure to its source.</summary>
public sealed class McpTest
{
    [Fact]
    public async Task Over_http_under_the_workbench()
    {
        await using var server = await WorkbenchServer.Start();
        await Ask(
            new HttpClientTransport(
                new HttpClientTransportOptions { Endpoint = new Uri(server.Address, "/mcp") }
            )
        );
    }

    [Fact]
    public async Task On_standard_input_and_output()
    {
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        await Ask(
            new StdioClientTransport(
                new StdioClientTransportOptions
                {
                    Command = Path.Combine(AppContext.BaseDirectory, "Plimsoll.Web"),
                    Arguments = ["mcp", $"--Workbench:Folder={folder}"],
                }
            )
        );
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Ask(IClientTransport transport)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: stop);
        var tools = await client.ListToolsAsync(cancellationToken: stop);
        Assert.Equal(
            [
                "catalogue",
                "check_study",
                "compare_runs",
                "explain_figure",
                "list_studies",
                "market_quotes",
                "run_study",
            ],
            tools.Select(t => t.Name).Order(StringComparer.Ordinal)
        );
        async Task<JsonNode> Call(string name, Dictionary<string, object?> arguments)
        {
            var called = await client.CallToolAsync(name, arguments, cancellationToken: stop);
            var text = string.Concat(called.Content.OfType<TextContentBlock>().Select(c => c.Text));
            Assert.False(called.IsError == true, text);
            return JsonNode.Parse(text)!;
        }
        Assert.Contains(
            (await Call("list_studies", []))["shipped"]!.AsArray(),
            n => n!.ToString() == "zhengzhou-2024"
        );
        var answer = await Call(
            "run_study",
            new() { ["study"] = "zhengzhou-2024", ["draws"] = 60 }
        );
        Assert.NotEmpty(answer["verdict"]!["headline"]!.ToString());
        var explained = await Call(
            "explain_figure",
            new() { ["run"] = answer["run"]!.ToString(), ["path"] = "assumptions[0]" }
        );
        var source = explained["restsOn"]![0]!;
        Assert.NotEmpty(source["source"]!.ToString());
        Assert.NotNull(source["catalogue"]?["place"]);
        Assert.NotEmpty((await Call("market_quotes", new() { ["market"] = "us" })).AsArray());
        Assert.NotEmpty(
            (
                await Call(
                    "catalogue",
                    new()
                    {
                        ["kind"] = "sites",
                        ["name"] = "Zhengzhou",
                        ["asOf"] = "2024-03",
                    }
                )
            )["facts"]!.AsArray()
        );
        Assert.False(
            (await Call("check_study", new() { ["text"] = "kind: study\n" }))[
                "sound"
            ]!.GetValue<bool>()
        );
    }
}
