using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Runs;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A row of the OWASP top ten (2021) each, as far as it applies to this program; A10 and routes one by one in <see cref="AccessTest"/>, A06 is the audit of packages in .ci/run.</summary>
public sealed partial class SecurityTest
{
    private const string Password = "a long enough password";

    /// <summary>The password that people choose for themselves.</summary>
    internal const string OwnPassword = "another password of my own";

    /// <summary>A01 broken access control: another workspace's things are not there, a role does no more than it may, ids cannot be forged.</summary>
    [Fact]
    public async Task Workspaces_do_not_see_each_other_and_roles_hold()
    {
        await using var server = await Team();
        using var admin = await SignIn(server, "admin");
        using var other = await SignIn(server, "stranger");
        var study = await WorkbenchServer.Begin(admin, WorkbenchServer.QuickStudy);
        var run = await WorkbenchServer.Run(admin, study["id"]!.ToString(), 30);
        Assert.Equal("done", run["state"]!.ToString());
        var link = (
            await (
                await admin.PostAsJsonAsync($"/api/runs/{run["id"]}/links", new { days = 1 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!;
        foreach (
            var path in new[]
            {
                $"/api/studies/{study["id"]}",
                $"/api/studies/{study["id"]}",
                $"/parts/studies/{study["id"]}/form",
                $"/api/runs/{run["id"]}",
                $"/api/runs/{run["id"]}/events",
                $"/api/runs/{run["id"]}/files/result.json",
                $"/api/runs/{run["id"]}/tables/options.csv",
                $"/api/runs/{run["id"]}/explain?path=options[0]",
                $"/parts/runs/{run["id"]}/explain?path=options[0]",
                $"/api/runs/{run["id"]}/links",
                $"/api/compare?runs={run["id"]},{run["id"]}x",
                $"/studies/{study["id"]}",
                $"/runs/{run["id"]}",
                $"/runs/{run["id"]}/terms",
                $"/runs/{run["id"]}/sensitivity",
                "/api/studies/00000000000000000000000000000000",
                "/api/runs/..%2f..%2fworkbench.db/files/result.json",
                $"/api/runs/{run["id"]}/files/..%2f..%2fworkbench.db",
                $"/api/runs/{run["id"]}/tables/..%2f..%2fetc%2fpasswd",
                "/assets/..%2fworkbench.db",
                "/assets/../Program.cs",
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).StatusCode);
        }
        Assert.Empty((await other.GetFromJsonAsync<JsonNode>("/api/studies"))!["items"]!.AsArray());
        Assert.Empty((await other.GetFromJsonAsync<JsonNode>("/api/runs"))!["items"]!.AsArray());
        Assert.DoesNotContain(
            run["id"]!.ToString(),
            await other.GetStringAsync("/api/audit"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await other.PostAsJsonAsync("/api/runs", new { study = study["id"]!.ToString() })
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await other.PostAsync($"/api/runs/{run["id"]}/cancel", null)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await other.PostAsync($"/api/runs/{run["id"]}/sign", null)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await other.DeleteAsync($"/api/runs/{run["id"]}/links/{link["id"]}")).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await other.DeleteAsync($"/api/studies/{study["id"]}")).StatusCode
        );

        // A viewer reads and does nothing else; their own role is not theirs to give.
        await admin.PostAsJsonAsync(
            "/api/people",
            new
            {
                name = "reader",
                password = Password,
                role = "Viewer",
            }
        );
        using var reader = await SignIn(server, "reader");
        Assert.Equal(
            HttpStatusCode.OK,
            (await reader.GetAsync($"/api/runs/{run["id"]}")).StatusCode
        );
        var me = (await reader.GetFromJsonAsync<JsonNode>("/api/me"))!["id"]!.ToString();
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await reader.PutAsJsonAsync($"/api/people/{me}", new { role = "Admin" })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await reader.PostAsJsonAsync("/api/studies", new { like = "zhengzhou-2024" })
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await reader.PostAsync($"/api/runs/{run["id"]}/sign", null)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await reader.PostAsJsonAsync($"/api/runs/{run["id"]}/links", new { days = 1 })
            ).StatusCode
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/api/people")).StatusCode);

        // Signed off, it stays as it is.
        Assert.Equal(
            HttpStatusCode.OK,
            (await admin.PostAsync($"/api/runs/{run["id"]}/sign", null)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await admin.PostAsync($"/api/runs/{run["id"]}/sign", null)).StatusCode
        );

        // A link reads one run, until it is taken back.
        using var nobody = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(
            HttpStatusCode.OK,
            (await nobody.GetAsync(link["address"]!.ToString())).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await nobody.GetAsync($"/api/runs/{run["id"]}")).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await nobody.GetAsync(link["address"] + "x")).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await admin.DeleteAsync($"/api/runs/{run["id"]}/links/{link["id"]}")).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await nobody.GetAsync(link["address"]!.ToString())).StatusCode
        );
        var expiring = (
            await (
                await admin.PostAsJsonAsync($"/api/runs/{run["id"]}/links", new { days = 1 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!;
        await using (var scope = server.Services.CreateAsyncScope())
        {
            await server
                .Store(scope)
                .Links.ExecuteUpdateAsync(s => s.SetProperty(l => l.Expires, 1));
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await nobody.GetAsync(expiring["address"]!.ToString())).StatusCode
        );
    }

    /// <summary>A bank keeps two desks apart: the first workspace makes a second one, and sees nothing of it.</summary>
    [Fact]
    public async Task A_second_workspace_is_made_and_named_and_neither_sees_the_other()
    {
        await using var server = await Team(("Workbench:RunsAtOnce", "0"));
        using var admin = await SignIn(server, "admin");
        var study = await WorkbenchServer.Begin(admin, WorkbenchServer.QuickStudy);
        object desk = new
        {
            workspace = "Desk B",
            name = "chief of B",
            password = Password,
        };
        Assert.Equal(
            HttpStatusCode.Created,
            (await admin.PostAsJsonAsync("/api/workspaces", desk)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await admin.PostAsJsonAsync("/api/workspaces", desk)).StatusCode
        );
        using var chief = await SignIn(server, "chief of B");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await chief.GetAsync($"/api/studies/{study["id"]}")).StatusCode
        );
        var own = await WorkbenchServer.Begin(chief, WorkbenchServer.QuickStudy);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await admin.GetAsync($"/api/studies/{own["id"]}")).StatusCode
        );
        await chief.PostAsJsonAsync(
            "/api/people",
            new
            {
                name = "reader of B",
                password = Password,
                role = "Viewer",
            }
        );
        var page = await chief.GetStringAsync("/admin");
        Assert.Contains("Workspace Desk B", page, StringComparison.Ordinal);
        Assert.Contains("reader of B", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/api/workspaces", page, StringComparison.Ordinal);
        Assert.Contains("Desk B", await admin.GetStringAsync("/admin"), StringComparison.Ordinal);
        // Only the first workspace makes others, and only its administrators know of them all.
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await chief.PostAsJsonAsync(
                    "/api/workspaces",
                    new
                    {
                        workspace = "Desk C",
                        name = "chief of C",
                        password = Password,
                    }
                )
            ).StatusCode
        );
        Assert.Single((await chief.GetFromJsonAsync<JsonNode>("/api/workspaces"))!.AsArray());
        Assert.Equal(
            3,
            (await admin.GetFromJsonAsync<JsonNode>("/api/workspaces"))!.AsArray().Count
        );
        // Who is signed in and may not is told so, not asked to sign in.
        using var reader = await SignIn(server, "reader of B");
        var refused = await reader.GetAsync("/admin");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(
            "Yours is: Viewer.",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    /// <summary>A01 again: a page of another site cannot speak for the one person at this machine, nor anybody from another machine or under another name.</summary>
    [Fact]
    public async Task Without_accounts_only_this_machine_is_answered()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/api/studies");
        rebound.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(rebound)).StatusCode);
        foreach (
            var (name, value) in new[]
            {
                ("Origin", "https://evil.example"),
                ("Origin", "null"),
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Site", "same-site"),
            }
        )
        {
            using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/studies")
            {
                Content = JsonContent.Create(new { like = "zhengzhou-2024" }),
            };
            foreign.Headers.TryAddWithoutValidation(name, value);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(foreign)).StatusCode);
        }
        // A form without the token of its page is refused.
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await client.PostAsync(
                    "/begin",
                    new FormUrlEncodedContent([KeyValuePair.Create("like", "zhengzhou-2024")])
                )
            ).StatusCode
        );
    }

    /// <summary>A02 cryptographic failures: secrets are kept as hashes, cookies cannot be read by scripts.</summary>
    [Fact]
    public async Task Secrets_are_not_kept()
    {
        await using var server = await Team();
        using var admin = await SignIn(server, "admin");
        var key = (
            await (
                await admin.PostAsJsonAsync("/api/keys", new { name = "program", days = 1 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!;
        using var program = new HttpClient { BaseAddress = server.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            key["secret"]!.ToString()
        );
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me")).StatusCode);
        foreach (
            var file in Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories)
        )
        {
            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(key["secret"]!.ToString(), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        }
        await admin.DeleteAsync($"/api/keys/{key["id"]}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me")).StatusCode);
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            "forged"
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me")).StatusCode);
    }

    /// <summary>A03 injection: names that command a browser, a spreadsheet or a database stay names.</summary>
    [Fact]
    public async Task What_a_study_says_stays_words()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        const string script = "<script>alert(1)</script>'; DROP TABLE studies;--";
        var study = await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy);
        var changed = await client.PatchAsJsonAsync(
            $"/api/studies/{study["id"]}/fields",
            new
            {
                revision = 1,
                set = new Dictionary<string, string>
                {
                    ["name"] = script,
                    ["centre.operator"] = "=HYPERLINK(\"http://x\")",
                },
            }
        );
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var run = await WorkbenchServer.Run(client, study["id"]!.ToString(), 30);
        foreach (
            var path in new[]
            {
                "/",
                $"/studies/{study["id"]}",
                $"/parts/studies/{study["id"]}/form",
                $"/runs/{run["id"]}",
                "/audit",
                "/compare",
                $"/api/runs/{run["id"]}/files/report.html",
            }
        )
        {
            var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(
                "<script>alert",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(
                "script-src 'unsafe",
                answer.Headers.GetValues("Content-Security-Policy").First(),
                StringComparison.Ordinal
            );
        }
        foreach (var name in ResultTables.Names)
        {
            var csv = await client.GetStringAsync($"/api/runs/{run["id"]}/tables/{name}.csv");
            Assert.DoesNotMatch(FormulaCell(), csv);
        }
        Assert.Single(
            (await client.GetFromJsonAsync<JsonNode>("/api/studies?page=1&pageSize=1"))![
                "items"
            ]!.AsArray()
        );
    }

    /// <summary>A04 insecure design: what is too large, too deep or too long is refused before it costs anything.</summary>
    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        await using var server = await WorkbenchServer.Start(
            null,
            ("Workbench:MostDraws", "500"),
            ("Workbench:RunsPerUser", "2"),
            ("Workbench:RunsAtOnce", "0"),
            ("Workbench:MostMonths", "96")
        );
        using var client = server.Client();
        var large = new string('a', 3_000_000);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await client.PostAsJsonAsync("/api/studies", new { text = large })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await client.PostAsJsonAsync("/api/studies", new { text = large[..1_500_000] })
            ).StatusCode
        );
        // A bomb of aliases, a thousand levels, a compressed body: each ends in findings or a refusal, not in memory.
        var bomb =
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"b{i}: &b{i} [*a,*a,*a,*a]\n"));
        foreach (
            var text in new[]
            {
                bomb,
                new string('[', 50_000),
                string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "k:\n")),
            }
        )
        {
            var answer = await client.PostAsJsonAsync("/api/check", new { text });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(
                (await answer.Content.ReadFromJsonAsync<JsonNode>())!["sound"]!.GetValue<bool>()
            );
        }
        using var packed = new MemoryStream();
        await using (
            var gzip = new System.IO.Compression.GZipStream(
                packed,
                System.IO.Compression.CompressionLevel.Fastest,
                true
            )
        )
        {
            await gzip.WriteAsync(new byte[50_000_000], TestContext.Current.CancellationToken);
        }
        using var zipped = new ByteArrayContent(packed.ToArray());
        zipped.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        zipped.Headers.ContentEncoding.Add("gzip");
        var refused = await client.PostAsync("/api/check", zipped);
        Assert.InRange((int)refused.StatusCode, 400, 499);

        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await client.PostAsJsonAsync("/api/runs", new { study, draws = 501 })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await client.PostAsJsonAsync("/api/runs", new { study, draws = 29 })).StatusCode
        );
        var long_ = (
            await WorkbenchServer.Begin(
                client,
                WorkbenchServer.QuickStudy.Replace(
                    "horizon: 84",
                    "horizon: 120",
                    StringComparison.Ordinal
                )
            )
        )["id"]!.ToString();
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await client.PostAsJsonAsync("/api/runs", new { study = long_, draws = 50 })
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await client.PostAsJsonAsync("/api/runs", new { study, draws = 31 })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await client.PostAsJsonAsync("/api/runs", new { study, draws = 32 })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await client.PostAsJsonAsync("/api/runs", new { study, draws = 33 })).StatusCode
        );
    }

    /// <summary>A05 misconfiguration: headers on every answer, no name of the server, no story of a fault.</summary>
    [Fact]
    public async Task Every_answer_carries_the_headers_and_tells_nothing_of_the_inside()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        foreach (
            var path in new[]
            {
                "/",
                "/api/studies",
                "/assets/workbench.js",
                "/no-such-page",
                "/api/no-such",
                "/health/live",
                "/openapi/v1.json",
            }
        )
        {
            var answer = await client.GetAsync(path);
            Assert.Contains(
                "default-src 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
            Assert.Contains(
                "frame-ancestors 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
        var broken = await client.PostAsync(
            "/api/studies",
            new StringContent("{ broken", Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.DoesNotContain(
            " at ",
            await broken.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    /// <summary>A07 authentication failures: tries are limited, a session cannot be fixed, signing in leads nowhere else.</summary>
    [Fact]
    public async Task Signing_in_resists_guessing_and_fixing()
    {
        await using var server = await Team();
        using var handler = new HttpClientHandler
        {
            CookieContainer = new CookieContainer(),
            AllowAutoRedirect = false,
        };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        handler.CookieContainer.Add(server.Address, new Cookie("plimsoll", "fixed"));
        async Task<HttpResponseMessage> Try(string name, string password, string back)
        {
            // A token belongs to who was signed in when the page was made.
            var page = await client.GetStringAsync("/login");
            return await client.PostAsync(
                "/sign-in",
                new FormUrlEncodedContent([
                    KeyValuePair.Create(
                        "__RequestVerificationToken",
                        Token().Match(page).Groups["token"].Value
                    ),
                    KeyValuePair.Create("name", name),
                    KeyValuePair.Create("password", password),
                    KeyValuePair.Create("back", back),
                ])
            );
        }
        var wrong = await Try("admin", "wrong", "/");
        Assert.Equal(HttpStatusCode.Found, wrong.StatusCode);
        Assert.Equal("/login?refused=1", wrong.Headers.Location!.ToString());
        var unknown = await Try("nobody", "wrong", "/");
        Assert.Equal("/login?refused=1", unknown.Headers.Location!.ToString());
        foreach (var back in new[] { "//evil.example", "https://evil.example", "/\\evil.example" })
        {
            var right = await Try("admin", Password, back);
            Assert.Equal("/", right.Headers.Location!.ToString());
            var cookie = Assert.Single(
                right.Headers.GetValues("Set-Cookie"),
                c =>
                    c.StartsWith("plimsoll=", StringComparison.Ordinal)
                    && !c.StartsWith("plimsoll=;", StringComparison.Ordinal)
            );
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("plimsoll=fixed", cookie, StringComparison.Ordinal);
        }
        var limited = HttpStatusCode.Redirect;
        for (var i = 0; i < 25 && limited != HttpStatusCode.TooManyRequests; i++)
        {
            limited = (await Try("admin", "guess", "/")).StatusCode;
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, limited);
    }

    /// <summary>A08 and A09: what was done is written down with hashes, and is not changed by what comes after.</summary>
    [Fact]
    public async Task What_was_done_is_written_down()
    {
        await using var server = await Team();
        using var admin = await SignIn(server, "admin");
        var study = await WorkbenchServer.Begin(admin, WorkbenchServer.QuickStudy);
        var run = await WorkbenchServer.Run(admin, study["id"]!.ToString(), 30);
        var changed = await admin.PutAsJsonAsync(
            $"/api/studies/{study["id"]}",
            new
            {
                text = WorkbenchServer.QuickStudy.Replace(
                    "horizon: 84",
                    "horizon: 83",
                    StringComparison.Ordinal
                ),
                revision = 1,
            }
        );
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await admin.DeleteAsync($"/api/studies/{study["id"]}");
        var log = (await admin.GetFromJsonAsync<JsonNode>("/api/audit?pageSize=100"))![
            "items"
        ]!.AsArray();
        Assert.Contains(
            log,
            e => e!["action"]!.ToString() == "sign-in" && e["by"]!.ToString() == "admin"
        );
        Assert.Contains(
            log,
            e =>
                e!["action"]!.ToString() == "run.ask"
                && e["detail"]!
                    .ToString()
                    .Contains(
                        StudyDocument.Hash(WorkbenchServer.QuickStudy),
                        StringComparison.Ordinal
                    )
        );
        Assert.Contains(
            log,
            e =>
                e!["action"]!.ToString() == "study.change"
                && e["detail"]!.ToString().EndsWith(", horizon 84 → 83", StringComparison.Ordinal)
        );
        Assert.Contains(log, e => e!["action"]!.ToString() == "study.remove");
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await admin.DeleteAsync("/api/audit")).StatusCode
        );
        Assert.Equal(
            "done",
            (await admin.GetFromJsonAsync<JsonNode>($"/api/runs/{run["id"]}"))!["state"]!.ToString()
        );
    }

    /// <summary>Too many requests of one person are refused for a while; others are answered.</summary>
    [Fact]
    public async Task Requests_are_limited()
    {
        await using var server = await WorkbenchServer.Start(
            null,
            ("Workbench:RequestBurst", "20"),
            ("Workbench:RequestsPerSecond", "1")
        );
        using var client = server.Client();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add((await client.GetAsync("/api/me")).StatusCode);
        }
        Assert.Contains(HttpStatusCode.OK, answers);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    internal static async Task<WorkbenchServer> Team(params (string Key, string Value)[] further)
    {
        var server = await WorkbenchServer.Start(
            null,
            [("Workbench:Accounts", "true"), ("Workbench:FirstPassword", Password), .. further]
        );
        await using var scope = server.Services.CreateAsyncScope();
        await Access.Members.Add(
            server.Store(scope),
            scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Store.WorkbenchUser>>(),
            "stranger",
            Password,
            "elsewhere",
            Access.Role.Admin
        );
        return server;
    }

    internal static async Task<HttpClient> SignIn(
        WorkbenchServer server,
        string name,
        CookieContainer? jar = null
    )
    {
        var client = new HttpClient(
            new HttpClientHandler { CookieContainer = jar ?? new CookieContainer() },
            true
        )
        {
            BaseAddress = server.Address,
        };
        if (!await Try(client, name, Password))
        {
            Assert.True(await Try(client, name, OwnPassword));
        }
        if ((await client.GetAsync("/api/studies")).StatusCode == HttpStatusCode.Forbidden)
        {
            // The password was set by an administrator.
            var changed = await client.PutAsJsonAsync(
                "/api/me/password",
                new { old = Password, password = OwnPassword }
            );
            Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/studies")).StatusCode);
        return client;
    }

    /// <summary>Sends the form of the page where people sign in; false when it is refused.</summary>
    internal static async Task<bool> Try(HttpClient client, string name, string password)
    {
        var page = await client.GetStringAsync("/login");
        var answer = await client.PostAsync(
            "/sign-in",
            new FormUrlEncodedContent([
                KeyValuePair.Create(
                    "__RequestVerificationToken",
                    Token().Match(page).Groups["token"].Value
                ),
                KeyValuePair.Create("name", name),
                KeyValuePair.Create("password", password),
            ])
        );
        answer.EnsureSuccessStatusCode();
        return (await client.GetAsync("/api/me")).StatusCode == HttpStatusCode.OK;
    }

    /// <summary>The form token of a page.</summary>
    internal static string TokenOf(string page) => Token().Match(page).Groups["token"].Value;

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Token();

    [GeneratedRegex("(?m)(^|,)\"?[=@]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormulaCell();
}
