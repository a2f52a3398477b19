using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using Plimsoll.Inputs;
using Plimsoll.Web.Documents;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Who may do what, route by route, and names in a study that lead elsewhere.</summary>
public sealed class AccessTest
{
    private const string Password = "a long enough password";

    // Read as far as they change nothing of the workspace: a text checked, terms tried, a key to one's own rights, one's own password.
    private static readonly string[] _reading =
    [
        "POST /api/check",
        "POST /api/runs/{id}/terms",
        "POST /api/keys",
        "DELETE /api/keys/{id}",
        "PUT /api/me/password",
    ];

    /// <summary>A01 and A07: no route that changes anything is open to who only reads, none at all to nobody, and neither a forged cookie nor an expired key is somebody.</summary>
    [Fact]
    public async Task Every_route_asks_who_it_is_and_what_they_may()
    {
        await using var server = await SecurityTest.Team();
        using var admin = await SecurityTest.SignIn(server, "admin");
        var added = await admin.PostAsJsonAsync(
            "/api/people",
            new
            {
                name = "reader",
                password = Password,
                role = "Analyst",
            }
        );
        var person = (await added.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString();
        using var reader = await SecurityTest.SignIn(server, "reader");
        var key = (
            await (
                await reader.PostAsJsonAsync("/api/keys", new { name = "mine", days = 1 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!["secret"]!.ToString();
        using var program = Program(server, key);
        var like = new { like = "zhengzhou-2024" };
        Assert.Equal(
            HttpStatusCode.Created,
            (await program.PostAsJsonAsync("/api/studies", like)).StatusCode
        );

        // A role taken away is taken from the keys too, at once.
        await admin.PutAsJsonAsync($"/api/people/{person}", new { role = "Viewer" });
        using var nobody = new HttpClient { BaseAddress = server.Address };
        foreach (var route in Routes.Of(server.Services))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Asked(nobody, route));
            if (!route.StartsWith("GET", StringComparison.Ordinal) && !_reading.Contains(route))
            {
                Assert.Equal(HttpStatusCode.Forbidden, await Asked(program, route));
            }
        }
        await using (
            var tools = await McpClient.CreateAsync(
                new HttpClientTransport(
                    new HttpClientTransportOptions
                    {
                        Endpoint = new Uri(server.Address, "/mcp"),
                        AdditionalHeaders = new Dictionary<string, string>
                        {
                            ["Authorization"] = $"Bearer {key}",
                        },
                    }
                ),
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            var run = await tools.CallToolAsync(
                "run_study",
                new Dictionary<string, object?> { ["study"] = "zhengzhou-2024", ["draws"] = 30 },
                cancellationToken: TestContext.Current.CancellationToken
            );
            Assert.True(run.IsError);
        }

        // An administrator rules in their own workspace alone.
        using var stranger = await SecurityTest.SignIn(server, "stranger");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await stranger.PutAsJsonAsync($"/api/people/{person}", new { role = "Admin" })
            ).StatusCode
        );
        await using (var scope = server.Services.CreateAsyncScope())
        {
            await server
                .Store(scope)
                .Keys.ExecuteUpdateAsync(
                    s => s.SetProperty(k => k.Expires, 1),
                    TestContext.Current.CancellationToken
                );
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me")).StatusCode);
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        forged.Headers.Add("Cookie", "plimsoll=" + Forged(await Cookie(server)));
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = server.Address,
        };
        Assert.Equal(HttpStatusCode.Unauthorized, (await plain.SendAsync(forged)).StatusCode);
    }

    /// <summary>A10 forged requests of the server, and path traversal: a name in a study is neither asked for in the network nor opened on the disk.</summary>
    [Fact]
    public async Task A_name_in_a_study_leads_nowhere()
    {
        const string Canary = "canary-5d1e";
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            secret,
            $"month,cash,due\n{Canary},1,2\n",
            TestContext.Current.CancellationToken
        );
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var rows = StudyDocument
            .Table.Rows.Where(r =>
                r.Type is InputType.Text or InputType.CatalogName
                && !r.Path.Contains("[]", StringComparison.Ordinal)
            )
            .Select(r => r.Path)
            .ToList();
        Assert.Contains("actuals_file", rows);
        foreach (var path in rows)
        {
            foreach (
                var name in new[]
                {
                    $"http://{listener.LocalEndpoint}/x",
                    secret,
                    "../../../../../../" + secret,
                }
            )
            {
                var text = YamlEdit.Set(WorkbenchServer.QuickStudy, path, name, words: false);
                var answer = await client.PostAsJsonAsync("/api/check", new { text });
                Assert.True((int)answer.StatusCode < 500, path);
                Assert.DoesNotContain(
                    Canary,
                    await answer.Content.ReadAsStringAsync(),
                    StringComparison.Ordinal
                );
            }
        }
        // A text of one line is a text, and no path.
        var asked = await client.PostAsJsonAsync("/api/studies", new { text = secret });
        Assert.DoesNotContain(
            Canary,
            await asked.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(listener.Pending());
        File.Delete(secret);
    }

    private static HttpClient Program(WorkbenchServer server, string key)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>What a route answers to a request with everything in its place.</summary>
    private static async Task<HttpStatusCode> Asked(HttpClient client, string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = System.Text.RegularExpressions.Regex.Replace(
            path,
            "\\{[^}]+\\}",
            "x",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromMinutes(1)
        );
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            path + "?path=x&runs=x,y&revision=1"
        );
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = JsonContent.Create(new { revision = 1, text = "x" });
        }
        using var answer = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead
        );
        return answer.StatusCode;
    }

    private static async Task<string> Cookie(WorkbenchServer server)
    {
        var jar = new CookieContainer();
        using var client = await SecurityTest.SignIn(server, "admin", jar);
        return jar.GetCookies(server.Address)["plimsoll"]!.Value;
    }

    /// <summary>The same with one letter in its middle changed.</summary>
    private static string Forged(string cookie)
    {
        var at = cookie.Length / 2;
        return cookie[..at] + (cookie[at] == 'A' ? 'B' : 'A') + cookie[(at + 1)..];
    }
}
