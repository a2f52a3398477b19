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
        var asked = await client.PostAsJsonAsync("/api/runs", new { study = id, draws = 30 }, stop);
        var begun = (await asked.Content.ReadFromJsonAsync<JsonNode>(stop))!["id"]!.ToString();
        // What is told of its progress has a name in the reader's language.
        var told = await client.GetStringAsync($"/api/runs/{begun}/events", stop);
        string[] stages =
        [
            .. told.Split('\n')
                .Where(l => l.StartsWith("data: ", StringComparison.Ordinal))
                .Select(l => JsonNode.Parse(l["data: ".Length..])!["stage"]?.ToString() ?? "")
                .Where(s => s.Length > 0)
                .Distinct(),
        ];
        Assert.Contains(stages, s => s.StartsWith("searching", StringComparison.Ordinal));
        Assert.All(stages, s => Assert.Contains("stage." + s, Words.Language.Of("zh").Keys));
        var run = await WorkbenchServer.Ended(client, begun);
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

        // A figure opens: the whole to its centres, a centre to its lines of the text and the rows of its place.
        Assert.Contains("data-figure=\"plan.value.p50\"", page, StringComparison.Ordinal);
        var whole = (
            await client.GetFromJsonAsync<JsonNode>(
                $"/api/runs/{run["id"]}/explain?path=plan.value.p50",
                stop
            )
        )!;
        Assert.Equal(result["centres"]!.AsArray().Count, whole["parts"]!.AsArray().Count);
        Assert.Equal(
            result["centres"]![0]!["planned"]!["value"]!["p50"]!.ToString(),
            whole["parts"]![0]!["value"]!.ToString()
        );
        var one = (
            await client.GetFromJsonAsync<JsonNode>(
                $"/api/runs/{run["id"]}/explain?path=centres[1].kept.fill.p50",
                stop
            )
        )!;
        var lines = Small.Split('\n');
        var servers = one["restsOn"]!
            .AsArray()
            .First(r =>
                r!["place"]!.ToString().EndsWith("(fleet[0].servers)", StringComparison.Ordinal)
            )!;
        Assert.Equal("64", servers["value"]!.ToString());
        Assert.Contains(
            "servers: 64",
            lines[
                int.Parse(
                    servers["place"]!.ToString().Split(':', ' ')[1],
                    System.Globalization.CultureInfo.InvariantCulture
                ) - 1
            ],
            StringComparison.Ordinal
        );
        Assert.Contains(
            one["restsOn"]!.AsArray(),
            r =>
                r!["catalogue"] is { } row
                && row["entry"]!.ToString() == "Wuhan"
                && row["attribute"]!.ToString() == "tariff"
                && row["place"]!.ToString().StartsWith("sites.csv:", StringComparison.Ordinal)
        );
        Assert.NotEqual(whole["how"]!.ToJsonString(), one["how"]!.ToJsonString());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await client.GetAsync(
                    $"/api/runs/{run["id"]}/explain?path=centres[9].accelerators",
                    stop
                )
            ).StatusCode
        );
        foreach (var opened in new[] { "plan.value.p50", "centres[1].kept.fill.p50" })
        {
            await LanguageTest.Speaks(reader, $"/parts/runs/{run["id"]}/explain?path={opened}");
            await LanguageTest.NoEnglish(chinese, $"/parts/runs/{run["id"]}/explain?path={opened}");
        }

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

    /// <summary>A centre of two kinds of server has a row for each, with its own figures; what is the centre's stands once.</summary>
    [Fact]
    public async Task Every_fleet_of_a_centre_stands_in_the_form()
    {
        const string Second =
            "      - server: 8xA800\n        servers: 77\n        online: 2023-06\n        capex_per_server: 900000\n";
        var at = Small.IndexOf("    today:\n", StringComparison.Ordinal);
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, Small.Insert(at, Second));
        Assert.True(study["sound"]!.GetValue<bool>(), study["findings"]!.ToJsonString());
        var page = await client.GetStringAsync(
            $"/studies/{study["id"]}",
            TestContext.Current.CancellationToken
        );
        Assert.Contains(
            "data-path=\"centres[0].fleet[1].servers\" value=\"77\"",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("centres[0].fleet[2]", page, StringComparison.Ordinal);
        Assert.DoesNotContain("centres[1].fleet[1]", page, StringComparison.Ordinal);
        Assert.Equal(
            1,
            page.Split("data-path=\"centres[0].name\"", StringSplitOptions.None).Length - 1
        );
    }

    [Fact]
    public async Task A_portfolio_is_written_in_a_form_and_from_a_table_with_its_column_map()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(
            client,
            ShippedStudies.Text(ShippedStudies.NewPortfolio)!
        );
        Assert.True(study["sound"]!.GetValue<bool>(), study["findings"]!.ToJsonString());
        var at = $"/api/studies/{study["id"]}";
        var page = await client.GetStringAsync($"/studies/{study["id"]}", stop);
        foreach (var column in CentreText.Columns)
        {
            var field = column.Replace("[]", "[0]", StringComparison.Ordinal);
            Assert.Contains($"data-path=\"centres[0].{field}\"", page, StringComparison.Ordinal);
        }
        foreach (var path in new[] { "budget.amount", "defaults.centre.voucher_scheme", "decided" })
        {
            Assert.Contains($"data-path=\"{path}\"", page, StringComparison.Ordinal);
        }
        async Task<JsonNode> Send(
            HttpMethod method,
            string address,
            object body,
            HttpStatusCode expected = HttpStatusCode.OK
        )
        {
            using var request = new HttpRequestMessage(method, address)
            {
                Content = JsonContent.Create(body),
            };
            var answer = await client.SendAsync(request, stop);
            Assert.Equal(expected, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonNode>(stop))!;
        }
        var now = await Send(
            HttpMethod.Patch,
            at + "/fields",
            new
            {
                revision = 1,
                set = new Dictionary<string, string>
                {
                    ["budget.amount"] = "5000000",
                    ["centres[0].fleet[0].servers"] = "96",
                    ["centres[0].today.months_left"] = "6",
                    ["centres[0].finance.existing_debt"] = "1000000",
                },
            }
        );
        Assert.True(now["sound"]!.GetValue<bool>(), now["findings"]!.ToJsonString());
        var read = PortfolioText.Read(now["text"]!.ToString()).Portfolio;
        Assert.Equal(5_000_000, read.Budget);
        Assert.Equal(96 * 8, read.Centres[0].Accelerators);

        // One more to be filled in is found wanting until it is, at its own fields.
        now = await Send(
            HttpMethod.Patch,
            at + "/fields",
            new { revision = 2, add = new[] { "centres" } }
        );
        Assert.False(now["sound"]!.GetValue<bool>());
        Assert.Contains(
            now["findings"]!.AsArray(),
            f => f!["path"]!.ToString().StartsWith("centres[1].", StringComparison.Ordinal)
        );
        now = await Send(
            HttpMethod.Patch,
            at + "/fields",
            new { revision = 3, remove = new[] { "centres[1]" } }
        );
        Assert.True(now["sound"]!.GetValue<bool>(), now["findings"]!.ToJsonString());

        // A table as somebody else keeps it: what its columns mean is asked, and said.
        const string Table =
            "机房,place,chip,Machines,online,share let,remark\nTwo,Wuhan,8xH800,32,2024-06,0.4,\"a, b\"\n=3+4,Zhengzhou,8xH800,16,2024-06,,\n";
        var draft = await Send(
            HttpMethod.Post,
            at + "/centres",
            new
            {
                revision = 4,
                csv = Table,
                draft = true,
            }
        );
        Assert.Equal(2, draft["rows"]!.GetValue<int>());
        Assert.Equal(
            ["", "site.place", "", "", "fleet.online", "", ""],
            draft["columns"]!.AsArray().Select(c => c!["key"]?.ToString() ?? "")
        );
        var unmapped = await Send(
            HttpMethod.Post,
            at + "/centres",
            new { revision = 4, csv = Table },
            HttpStatusCode.UnprocessableEntity
        );
        Assert.Contains(
            unmapped["findings"]!.AsArray(),
            f => f!["found"]!.ToString().Contains("share let", StringComparison.Ordinal)
        );
        now = await Send(
            HttpMethod.Post,
            at + "/centres",
            new
            {
                revision = 4,
                csv = Table,
                columns = new Dictionary<string, string>
                {
                    ["机房"] = "name",
                    ["place"] = "site.name",
                    ["chip"] = "fleet.server",
                    ["Machines"] = "fleet.servers",
                    ["share let"] = "today.let",
                    ["remark"] = "ignore",
                },
            }
        );
        Assert.True(now["sound"]!.GetValue<bool>(), now["findings"]!.ToJsonString());
        read = PortfolioText.Read(now["text"]!.ToString()).Portfolio;
        Assert.Equal(["1", "Two", "=3+4"], read.Centres.Select(c => c.Name));
        Assert.Equal(0.4, read.Centres[1].Today.Let!.Value);
        // Only a portfolio has centres, and a stranger's study is not found.
        var other = await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy);
        await Send(
            HttpMethod.Post,
            $"/api/studies/{other["id"]}/centres",
            new { revision = 1, csv = Table },
            HttpStatusCode.UnprocessableEntity
        );
        await Send(
            HttpMethod.Post,
            "/api/studies/none/centres",
            new { revision = 1, csv = Table },
            HttpStatusCode.NotFound
        );
        using var reader = LanguageTest.Reader(server, Words.Language.Pseudo);
        using var chinese = LanguageTest.Reader(server, "zh");
        await LanguageTest.Speaks(reader, $"/studies/{study["id"]}");
        await LanguageTest.NoEnglish(chinese, $"/studies/{study["id"]}");
    }

    [Fact]
    public async Task A_table_is_taken_in_the_browser_once_its_columns_are_mapped()
    {
        await using var server = await WorkbenchServer.Start();
        await using var browser = await Browser.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, Small);
        var page = await browser.Person(server.Address, 390, 900);
        await page.GotoAsync($"/studies/{study["id"]}");
        var file = Path.Combine(Directory.CreateTempSubdirectory("csv-").FullName, "centres.csv");
        await File.WriteAllTextAsync(
            file,
            "hall,site,server,servers,online,let\nc,Wuhan,8xH800,16,2024-06,0.2\n",
            TestContext.Current.CancellationToken
        );
        await page.SetInputFilesAsync("[data-centres-csv]", file);
        await page.WaitForSelectorAsync("[data-columns] select[name=hall]");
        Assert.Equal("ignore", await page.InputValueAsync("[data-columns] select[name=hall]"));
        Assert.Equal("site.name", await page.InputValueAsync("[data-columns] select[name=site]"));
        await page.SelectOptionAsync("[data-columns] select[name=hall]", "name");
        if (Environment.GetEnvironmentVariable("PLIMSOLL_SHOTS") is { Length: > 0 } shots)
        {
            await page.Locator("[data-columns]").ScrollIntoViewIfNeededAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(shots, "columns-390.png") });
        }
        await page.ClickAsync("[data-columns] button:not([type])");
        await page.WaitForSelectorAsync("[data-path='centres[2].name']");
        Assert.Equal("c", await page.InputValueAsync("[data-path='centres[2].name']"));
        // A cell of the table is a field like any other.
        await page.FillAsync("[data-path='centres[2].fleet[0].servers']", "24");
        await page.Locator("[data-path='centres[2].fleet[0].servers']").BlurAsync();
        await page.WaitForFunctionAsync(
            $"async () => (await (await fetch('/api/studies/{study["id"]}/text')).text()).includes('servers: 24')"
        );
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")
        );
        Assert.Empty(browser.Errors);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
