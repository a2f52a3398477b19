using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plimsoll.Web.Documents;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A portfolio lives beside the studies: checked, run through the same ledger, and shown.</summary>
public sealed class PortfolioTest
{
    /// <summary>A small portfolio, its words of a kind that a page must not take for markup.</summary>
    internal const string Small = """
        kind: portfolio
        name: two centres
        decided: 2024-12
        horizon: 36
        market:
          name: china
        budget:
          amount: 20000000
        defaults:
          finance:
            tenor: 30
        centres:
          - name: a <b> & c
            province: Henan
            centre:
              operator_capability: 0.5
            site:
              name: Zhengzhou
            fleet:
              - server: 8xH800
                servers: 32
                online: 2024-06
                capex_per_server: 2600000
            today:
              let: 0.3
              months_left: 8
            finance:
              existing_debt: 32000000
          - name: b
            province: Hubei
            centre:
              operator_capability: 0.8
            site:
              name: Wuhan
            fleet:
              - server: 8xH800
                servers: 64
                online: 2024-06
                capex_per_server: 2600000
            today:
              let: 0.3
              months_left: 8
            finance:
              existing_debt: 64000000

        """;

    [Fact]
    public async Task A_run_gives_the_bytes_of_the_command_line_and_a_page()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var portfolio = await WorkbenchServer.Begin(client, Small);
        Assert.True(portfolio["sound"]!.GetValue<bool>(), portfolio["findings"]!.ToJsonString());
        var id = portfolio["id"]!.ToString();
        var page = await client.GetStringAsync($"/studies/{id}", stop);
        Assert.Contains("value=\"500\"", page, StringComparison.Ordinal);
        var run = await WorkbenchServer.Run(client, id, 30);
        Assert.True(run["state"]!.ToString() == "done", run["reason"]!.ToString());

        var folder = Directory.CreateTempSubdirectory("cli-").FullName;
        var file = Path.Combine(folder, "portfolio.yaml");
        await File.WriteAllTextAsync(
            file,
            await client.GetStringAsync($"/api/studies/{id}/text", stop),
            stop
        );
        var output = Path.Combine(folder, "out");
        using var cli = System.Diagnostics.Process.Start(
            Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
            ["portfolio", "run", file, "--draws", "30", "--out", output]
        );
        await cli.WaitForExitAsync(stop);
        Assert.Equal(0, cli.ExitCode);
        foreach (var name in new[] { "portfolio.json", "report.html", "workbook.xlsx" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(output, name), stop),
                await client.GetByteArrayAsync($"/api/runs/{run["id"]}/files/{name}", stop)
            );
        }
        Directory.Delete(folder, recursive: true);

        // Every centre of the result stands on the page and in the table, with its action.
        var result = (
            await client.GetFromJsonAsync<JsonNode>(
                $"/api/runs/{run["id"]}/files/portfolio.json",
                stop
            )
        )!;
        page = await client.GetStringAsync($"/runs/{run["id"]}", stop);
        Assert.Contains("a &lt;b&gt; &amp; c", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("class=\"dot ").Length);
        var csv = await client.GetStringAsync($"/api/runs/{run["id"]}/tables/centres.csv", stop);
        Assert.Equal(result["centres"]!.AsArray().Count + 2, csv.Split('\n').Length);
        Assert.Contains("planned.action", csv, StringComparison.Ordinal);
        foreach (var table in new[] { "rules", "frontier", "unknowns", "crowding", "takenBack" })
        {
            await client.GetStringAsync($"/api/runs/{run["id"]}/tables/{table}.csv", stop);
        }
        var home = await client.GetStringAsync("/", stop);
        Assert.Contains("of the 2 centres there are", home, StringComparison.Ordinal);

        using var reader = LanguageTest.Reader(server, Words.Language.Pseudo);
        await LanguageTest.Speaks(reader, $"/runs/{run["id"]}");
        using var chinese = LanguageTest.Reader(server, "zh");
        await LanguageTest.NoEnglish(chinese, $"/runs/{run["id"]}");

        // What belongs to a study alone is not found, and nothing breaks on it.
        foreach (var path in new[] { "terms", "sensitivity" })
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await client.GetAsync($"/runs/{run["id"]}/{path}", stop)).StatusCode
            );
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await client.PostAsJsonAsync(
                    $"/api/runs/{run["id"]}/terms",
                    new { changes = new Dictionary<string, string>() },
                    stop
                )
            ).StatusCode
        );
        foreach (var path in new[] { "/map", "/audit", "/compare" })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path, stop)).StatusCode);
        }
    }

    [Fact]
    public void The_shipped_portfolio_is_sound_and_files_are_confined()
    {
        Assert.Contains("henan-40", ShippedStudies.Portfolios);
        Assert.All(ShippedStudies.Portfolios, p => Assert.True(ShippedStudies.Document(p).Sound));
        Assert.DoesNotContain("henan-40", ShippedStudies.Names);

        // A workspace has no folder: a table of centres is a finding, with its line, and not read.
        var outside = StudyDocument.Of(Small + "table:\n  file: /etc/passwd\n");
        Assert.False(outside.Sound);
        var refused = Assert.Single(outside.Findings);
        Assert.Equal("table.file", refused.Finding.Path.Text);
        Assert.Contains(
            "/etc/passwd",
            outside.Text.Split('\n')[refused.Line - 1],
            StringComparison.Ordinal
        );

        var wrong = StudyDocument.Of(
            Small.Replace("name: Wuhan", "name: Wuhann", StringComparison.Ordinal)
        );
        var finding = Assert.Single(wrong.Findings);
        Assert.Contains(
            "Wuhann",
            Small.Replace("Wuhan", "Wuhann", StringComparison.Ordinal).Split('\n')[
                finding.Line - 1
            ],
            StringComparison.Ordinal
        );
    }
}
