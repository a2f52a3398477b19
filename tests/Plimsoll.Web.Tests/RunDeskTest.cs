using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Web.Pages;
using Plimsoll.Web.Runs;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Runs asked for, stopped and set beside each other, without computing one.</summary>
public sealed partial class RunDeskTest
{
    [Fact]
    public async Task A_stopped_run_stays_stopped_when_its_text_is_answered()
    {
        await using var server = await Idle();
        using var client = server.Client();
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var stopped = await Asked(client, study);
        await client.PostAsync($"/api/runs/{stopped}/cancel", null);
        var again = await Asked(client, study);
        Assert.NotEqual(stopped, again);
        await AnsweredRuns.Answer(server, again, AnsweredRuns.Result(1));

        var (one, other) = (await Run(client, stopped), await Run(client, again));
        Assert.Equal("cancelled", one["state"]!.ToString());
        Assert.Equal("", one["verdict"]!.ToString());
        Assert.Equal("done", other["state"]!.ToString());
        Assert.Equal("Unresolved", other["verdict"]!.ToString());
        foreach (
            var path in new[]
            {
                $"/api/runs/{stopped}/files/result.json",
                $"/api/runs/{stopped}/explain?path=options[0]",
                $"/runs/{stopped}/sensitivity",
                $"/runs/{stopped}/terms",
                $"/api/compare?runs={stopped},{again}",
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).StatusCode);
        }
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await client.PostAsync($"/api/runs/{stopped}/sign", null)).StatusCode
        );
        Assert.Contains(
            "Stopped",
            await client.GetStringAsync($"/runs/{stopped}"),
            StringComparison.Ordinal
        );
        // What is asked for a third time has the answer at once, and a stop that comes after an end changes nothing.
        var third = await Asked(client, study);
        await client.PostAsync($"/api/runs/{third}/cancel", null);
        Assert.Equal("done", (await Run(client, third))["state"]!.ToString());
        var listed = (await client.GetFromJsonAsync<JsonNode>("/api/runs"))!["items"]!.AsArray();
        Assert.Equal(["done", "done", "cancelled"], listed.Select(r => r!["state"]!.ToString()));
    }

    [Fact]
    public async Task Runs_are_compared_by_the_option_that_each_answer_names()
    {
        await using var server = await Idle();
        using var client = server.Client();
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var first = await Asked(client, study);
        await client.PatchAsJsonAsync(
            $"/api/studies/{study}/fields",
            new
            {
                revision = 1,
                set = new Dictionary<string, string> { ["finance.margin"] = "0.031" },
            }
        );
        var second = await Asked(client, study);
        const string Option = "half of the amount asked";
        await AnsweredRuns.Answer(
            server,
            first,
            AnsweredRuns.Result(10),
            new DrawFile(Option, [0, 1, 2, 3], [10, 20, null, 40], [1.5, 2, null, null])
        );
        await AnsweredRuns.Answer(
            server,
            second,
            AnsweredRuns.Result(13),
            new DrawFile(Option, [0, 1, 2, 3], [13, 23, 30, 37], [1, 1.5, 3, 4])
        );
        var compared = (
            await client.GetFromJsonAsync<JsonNode>($"/api/compare?runs={first},{second}")
        )!;
        Assert.True(compared["commonDraws"]!.GetValue<bool>());
        var sides = compared["runs"]!.AsArray();
        Assert.All(sides, s => Assert.Equal(Option, s!["option"]!.ToString()));
        Assert.Equal(13, sides[1]!["figures"]!["equityNpv"]!["p50"]!.GetValue<double>());
        // Draws that one of them has no answer in count in neither: +3, +3 and -3.
        Assert.Equal(1, sides[1]!["equityNpvAgainstFirst"]!["mean"]!.GetValue<double>(), 9);
        Assert.Equal(-0.5, sides[1]!["minimumCoverAgainstFirst"]!["mean"]!.GetValue<double>(), 9);
        Assert.Equal(2, sides[0]!["regret"]!.GetValue<double>(), 9);
        Assert.Equal(1, sides[1]!["regret"]!.GetValue<double>(), 9);
        var page = await client.GetStringAsync($"/compare?runs={first},{second},nowhere");
        // Of each run its own answer, and the row in which the same course stands beside itself.
        Assert.Equal(3, page.Split($">{Option}<").Length - 1);
        Assert.Contains("1 of the runs named", page, StringComparison.Ordinal);
        // The run of the text before the change says so, to whoever has a link as well.
        const string Changed = "changed since this was run";
        Assert.Contains(
            Changed,
            await client.GetStringAsync($"/runs/{first}"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Changed,
            await client.GetStringAsync($"/runs/{second}"),
            StringComparison.Ordinal
        );
        var link = await client.PostAsJsonAsync($"/api/runs/{first}/links", new { days = 1 });
        Assert.Contains(
            Changed,
            await client.GetStringAsync(
                (await link.Content.ReadFromJsonAsync<JsonNode>())!["address"]!.ToString()
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_used_again_for_another_request_is_refused()
    {
        await using var server = await Idle();
        using var client = server.Client();
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        async Task<HttpResponseMessage> Send(int draws)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/runs")
            {
                Content = JsonContent.Create(new { study, draws }),
            };
            request.Headers.Add("Idempotency-Key", "k1");
            return await client.SendAsync(request);
        }
        var first = (await (await Send(30)).Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        var same = (await (await Send(30)).Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        Assert.Equal(first.ToString(), same.ToString());
        var other = await Send(35);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains(
            "used for another request",
            await other.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_one_workspace_ran_answers_no_other()
    {
        await using var server = await SecurityTest.Team(("Workbench:RunsAtOnce", "0"));
        using var ours = await SecurityTest.SignIn(server, "admin");
        using var theirs = await SecurityTest.SignIn(server, "stranger");
        async Task<string> Begun(HttpClient client) =>
            (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))["id"]!.ToString();
        var (mine, other) = (await Begun(ours), await Begun(theirs));
        var run = await Asked(ours, mine);
        await AnsweredRuns.Answer(server, run, AnsweredRuns.Result(1));
        Assert.Equal("done", (await Run(ours, await Asked(ours, mine)))["state"]!.ToString());
        var elsewhere = await Run(theirs, await Asked(theirs, other));
        Assert.Equal("waiting", elsewhere["state"]!.ToString());
        Assert.Null(elsewhere["ended"]);
        // Who signs what they asked for themselves is told so, and the audit says it.
        var signed = await ours.PostAsync($"/api/runs/{run}/sign", null);
        Assert.True(
            (await signed.Content.ReadFromJsonAsync<JsonNode>())!["signedByAsker"]!.GetValue<bool>()
        );
        Assert.Contains(
            ", own run",
            await ours.GetStringAsync("/api/audit"),
            StringComparison.Ordinal
        );
        // Sweeps are named as they were (SHA-256 of the parts, reckoned by hand).
        var order = new Plimsoll.Jobs.RunOrder { Study = "s" };
        var engine = new Plimsoll.Jobs.EngineVersion("e", "c");
        Assert.Equal(
            "d1abc6072a4fcbb811165b559443a73009dcc464a7680ace6da95cc7b0cc74fc",
            order.Key(engine)
        );
        Assert.NotEqual(order.Key(engine), (order with { Sharing = "w" }).Key(engine));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("100.5")]
    [InlineData("1e9")]
    [InlineData("2,00")]
    [InlineData("2.000")]
    [InlineData("12,3456")]
    [InlineData("99999999999")]
    [InlineData("")]
    public void What_is_no_whole_number_is_none(string written) =>
        Assert.Null(WholeNumber.Of(written));

    [Fact]
    public void A_whole_number_is_read_as_the_pages_write_it()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var number = random.Next(0, 999_999_999) >> random.Next(0, 29);
            foreach (var between in new[] { "", ",", "，", "'", " ", "\u202f" })
            {
                var written = number
                    .ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)
                    .Replace(",", between, StringComparison.Ordinal);
                Assert.Equal(number, WholeNumber.Of(written));
            }
            Assert.Equal(-number, WholeNumber.Of(FormattableString.Invariant($" -{number} ")));
        }
    }

    [Fact]
    public async Task What_a_form_or_an_address_cannot_hold_is_answered_by_a_sentence()
    {
        await using var server = await Idle();
        using var client = server.Client();
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var page = await client.GetStringAsync($"/studies/{study}");
        async Task<HttpResponseMessage> Send(string draws) =>
            await client.PostAsync(
                "/run",
                new FormUrlEncodedContent([
                    KeyValuePair.Create(
                        "__RequestVerificationToken",
                        Token().Match(page).Groups["token"].Value
                    ),
                    KeyValuePair.Create("study", study),
                    KeyValuePair.Create("draws", draws),
                    KeyValuePair.Create("key", draws),
                ])
            );
        foreach (
            var (draws, says) in new[]
            {
                ("abc", "'abc' is no whole number"),
                ("100.5", "'100.5' is no whole number"),
                ("0", "draws: 0 is not between 30 and 20000."),
                ("-5", "draws: -5 is not between 30 and 20000."),
                ("<b>1</b>", "is no whole number"),
            }
        )
        {
            var answer = await Send(draws);
            var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains(says, body, StringComparison.Ordinal);
            Assert.Contains($"value=\"{draws}\"", body, StringComparison.Ordinal);
        }
        var taken = await Send("2,000");
        Assert.StartsWith(
            "/runs/",
            taken.RequestMessage!.RequestUri!.AbsolutePath,
            StringComparison.Ordinal
        );
        Assert.Equal(
            2000,
            (await client.GetFromJsonAsync<JsonNode>("/api/runs"))!["items"]![0]![
                "draws"
            ]!.GetValue<int>()
        );
        // A sentence comes from this program alone, whatever an address brings along.
        Assert.DoesNotContain(
            "call this number",
            await client.GetStringAsync($"/studies/{study}?refused=call this number"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'abc' is no whole number",
            WebUtility.HtmlDecode(
                await client.GetStringAsync($"/studies/{study}?refused=run.refused.number&with=abc")
            ),
            StringComparison.Ordinal
        );

        // Pages take no harm from an address, programs are told which parameter is meant.
        foreach (
            var path in new[] { "/map?year=abc", "/map?year=2,026", "/catalogue?asOf=9999-12" }
        )
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
        }
        foreach (
            var (path, says) in new[]
            {
                ("/api/runs?page=abc", "page: 'abc' is no whole number."),
                ("/api/studies?pageSize=1e9", "pageSize: '1e9' is no whole number."),
                ("/api/audit?page=2.5", "page: '2.5' is no whole number."),
            }
        )
        {
            var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(
                says,
                (await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!.ToString()
            );
        }
        // A form whose page was open too long is answered by a page.
        var old = await client.PostAsync("/run", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        Assert.Contains(
            "Open the page again",
            await old.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    /// <summary>A workbench that computes nothing.</summary>
    private static Task<WorkbenchServer> Idle() =>
        WorkbenchServer.Start(null, ("Workbench:RunsAtOnce", "0"));

    private static async Task<JsonNode> Run(HttpClient client, string id) =>
        (await client.GetFromJsonAsync<JsonNode>($"/api/runs/{id}"))!;

    private static async Task<string> Asked(HttpClient client, string study) =>
        (
            await (
                await client.PostAsJsonAsync("/api/runs", new { study, draws = 60 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!["id"]!.ToString();

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Token();
}
