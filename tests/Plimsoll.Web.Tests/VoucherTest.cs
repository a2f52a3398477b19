using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plimsoll.Web.Documents;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A voucher design with its market is written, run through the ledger, and shown.</summary>
public sealed class VoucherTest
{
    private static string Small =>
        ShippedStudies
            .Text("province-vouchers")!
            .Replace("draws: 400", "draws: 40", StringComparison.Ordinal)
            .Replace("[0.1, 0.2, 0.4]", "[0.2, 0.4]", StringComparison.Ordinal);

    [Fact]
    public async Task A_run_gives_the_bytes_of_the_command_line_and_a_page_with_its_tables()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, Small);
        Assert.True(study["sound"]!.GetValue<bool>(), study["findings"]!.ToJsonString());
        // A field of the design is changed, and the market behind it stays.
        var changed = await client.PatchAsJsonAsync(
            $"/api/studies/{study["id"]}/fields",
            new { revision = 1, set = new Dictionary<string, string> { ["hour_worth"] = "30" } },
            stop
        );
        var text = (await changed.Content.ReadFromJsonAsync<JsonNode>(stop))!["text"]!.ToString();
        Assert.Equal(VoucherText.Market(Small), VoucherText.Market(text));
        Assert.Contains("hour_worth: 30", VoucherText.Design(text), StringComparison.Ordinal);
        // A field of several numbers shows them, and takes them as they are typed.
        Assert.Contains(
            "value=\"0.2, 0.4\"",
            await client.GetStringAsync($"/studies/{study["id"]}", stop),
            StringComparison.Ordinal
        );
        changed = await client.PatchAsJsonAsync(
            $"/api/studies/{study["id"]}/fields",
            new
            {
                revision = 2,
                set = new Dictionary<string, string> { ["budgets"] = "20000000 80000000" },
            },
            stop
        );
        var now = (await changed.Content.ReadFromJsonAsync<JsonNode>(stop))!;
        Assert.True(now["sound"]!.GetValue<bool>(), now["findings"]!.ToJsonString());
        Assert.Equal("20000000, 80000000", now["values"]!["budgets"]!.ToString());
        Assert.Equal([0, 2e7, 8e7], VoucherText.Read(now["text"]!.ToString()).File.Budgets);
        var run = await WorkbenchServer.Run(client, study["id"]!.ToString(), 500);
        Assert.True(run["state"]!.ToString() == "done", run["reason"]?.ToString());
        Assert.Equal(40, run["draws"]!.GetValue<int>());

        var folder = Directory.CreateTempSubdirectory("cli-").FullName;
        async Task<byte[]> Of(string name) =>
            await client.GetByteArrayAsync($"/api/runs/{run["id"]}/files/{name}", stop);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "voucher.yaml"),
            await Of("study.yaml"),
            stop
        );
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "two-halls.yaml"),
            await Of("market.yaml"),
            stop
        );
        var output = Path.Combine(folder, "out");
        using var cli = System.Diagnostics.Process.Start(
            Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
            ["voucher", Path.Combine(folder, "voucher.yaml"), "--out", output]
        );
        await cli.WaitForExitAsync(stop);
        Assert.Equal(0, cli.ExitCode);
        Assert.Equal(
            JsonNode
                .Parse(await File.ReadAllTextAsync(Path.Combine(output, "result.json"), stop))!
                .ToJsonString(),
            JsonNode.Parse(await Of("voucher.json"))!.ToJsonString()
        );
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(output, "report.html"), stop),
            await Of("report.html")
        );
        Directory.Delete(folder, recursive: true);

        var result = JsonNode.Parse(await Of("voucher.json"))!;
        var csv = await client.GetStringAsync($"/api/runs/{run["id"]}/tables/schemes.csv", stop);
        Assert.Equal(result["schemes"]!.AsArray().Count + 2, csv.Split('\n').Length);
        Assert.Contains("moneyPerAddedHour", csv, StringComparison.Ordinal);
        await client.GetStringAsync($"/api/runs/{run["id"]}/tables/forms.csv", stop);
        using var reader = LanguageTest.Reader(server, Words.Language.Pseudo);
        using var chinese = LanguageTest.Reader(server, "zh");
        foreach (var page in new[] { $"/runs/{run["id"]}", $"/studies/{study["id"]}", "/" })
        {
            await LanguageTest.Speaks(reader, page);
            await LanguageTest.NoEnglish(chinese, page);
        }
        // What a study alone has is not found of it.
        Assert.Equal(
            System.Net.HttpStatusCode.NotFound,
            (await client.GetAsync($"/runs/{run["id"]}/terms", stop)).StatusCode
        );
        foreach (var path in new[] { "/map", "/audit", "/compare" })
        {
            Assert.Equal(
                System.Net.HttpStatusCode.OK,
                (await client.GetAsync(path, stop)).StatusCode
            );
        }
    }

    [Fact]
    public void What_is_wrong_in_either_part_is_found_at_its_line_of_the_text()
    {
        var wrong = Small.Replace("capability: 0.3", "capability: 3", StringComparison.Ordinal);
        var finding = Assert.Single(StudyDocument.Of(wrong).Findings);
        Assert.Contains(
            "capability: 3",
            wrong.Split('\n')[finding.Line - 1],
            StringComparison.Ordinal
        );

        wrong = Small.Replace("who: all", "who: nobody", StringComparison.Ordinal);
        finding = Assert.Single(StudyDocument.Of(wrong).Findings);
        Assert.Contains(
            "who: nobody",
            wrong.Split('\n')[finding.Line - 1],
            StringComparison.Ordinal
        );

        // Without its market there is nothing to try it in: no file is read.
        var alone = StudyDocument.Of(
            VoucherText
                .Design(Small)
                .Replace("market: two-halls.yaml", "market: /etc/passwd", StringComparison.Ordinal)
        );
        finding = Assert.Single(alone.Findings);
        Assert.Equal("no-folder", finding.Finding.Rule);
        Assert.Contains(
            "market:",
            alone.Text.Split('\n')[finding.Line - 1],
            StringComparison.Ordinal
        );
        Assert.All(ShippedStudies.Vouchers, v => Assert.True(ShippedStudies.Document(v).Sound));
    }
}
