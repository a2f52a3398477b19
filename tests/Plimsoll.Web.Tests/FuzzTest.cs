using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Every endpoint of the OpenAPI document under requests half sound and half broken: PLIMSOLL_FUZZ=20000 for as many.</summary>
public sealed class FuzzTest(ITestOutputHelper output)
{
    [Fact]
    public async Task No_request_ends_in_a_fault_of_the_program()
    {
        var count = int.Parse(
            Environment.GetEnvironmentVariable("PLIMSOLL_FUZZ") ?? "1000",
            System.Globalization.CultureInfo.InvariantCulture
        );
        await using var server = await WorkbenchServer.Start(
            null,
            ("Workbench:RunsPerUser", "1"),
            ("Workbench:MostDraws", "60"),
            ("Workbench:MostStudies", "300")
        );
        using var client = server.Client();
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var run = (await WorkbenchServer.Run(client, study, 30))["id"]!.ToString();
        var document = (await client.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(p =>
                p.Value!.AsObject()
                    .Select(m => (Path: p.Key, Method: m.Key.ToUpperInvariant(), Of: m.Value!))
            )
            .ToList();
        var random = new Random(1);
        var statuses = new SortedDictionary<int, int>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var (path, method, of) = operations[i % operations.Count];
            using var request = Make(random, document, path, method, of, study, run);
            using var answer = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            var status = (int)answer.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status < 300)
            {
                seen.Add($"{method} {path}");
            }
            Assert.True(status < 500, $"{method} {request.RequestUri}: {status}");
        }
        output.WriteLine(string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}")));
        var good = statuses.Where(s => s.Key < 300).Sum(s => s.Value);
        Assert.True(good >= 0.3 * count, $"{good} of {count} were answered 2xx");
        output.WriteLine(
            "Never 2xx: "
                + string.Join(
                    ", ",
                    operations.Select(o => $"{o.Method} {o.Path}").Where(o => !seen.Contains(o))
                )
        );
    }

    private static HttpRequestMessage Make(
        Random random,
        JsonNode document,
        string path,
        string method,
        JsonNode of,
        string study,
        string run
    )
    {
        var query = new List<string>();
        var headers = new List<(string Name, string Value)>();
        foreach (var parameter in of["parameters"]?.AsArray() ?? [])
        {
            var name = parameter!["name"]!.ToString();
            var value = Value(random, path, name, study, run);
            switch (parameter["in"]!.ToString())
            {
                case "path":
                    path = path.Replace(
                        $"{{{name}}}",
                        Uri.EscapeDataString(value.Length == 0 ? "x" : value),
                        StringComparison.Ordinal
                    );
                    break;
                case "query"
                    when parameter["required"]?.GetValue<bool>() == true || random.Next(2) == 0:
                    query.Add($"{name}={Uri.EscapeDataString(value)}");
                    break;
                case "header" when random.Next(2) == 0:
                    headers.Add(
                        (
                            name,
                            random
                                .Next(100)
                                .ToString(System.Globalization.CultureInfo.InvariantCulture)
                        )
                    );
                    break;
            }
        }
        var request = new HttpRequestMessage(
            new HttpMethod(method),
            path + (query.Count > 0 ? "?" + string.Join('&', query) : "")
        );
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        if (of["requestBody"] is not null)
        {
            request.Content =
                random.Next(8) == 0
                    ? new StringContent(Noise(random), Encoding.UTF8, "application/json")
                    : JsonContent.Create(Body(random, path, study));
        }
        return request;
    }

    private static string Value(
        Random random,
        string path,
        string name,
        string study,
        string run
    ) =>
        random.Next(5) == 0
            ? Noise(random)
            : name switch
            {
                "id" => path.Contains("/studies", StringComparison.Ordinal) ? study : run,
                "name" => path.Contains("/files", StringComparison.Ordinal)
                    ? Pick(random, "result.json", "memo.docx", "report.html", "workbook.xlsx")
                : path.Contains("/tables", StringComparison.Ordinal)
                    ? Pick(random, "options.csv", "fans", "assumptions.csv")
                : Pick(random, "H800 SXM 80GB", "A100 SXM 40GB", "Zhengzhou"),
                "kind" => Pick(random, "accelerators", "sites", "servers"),
                "asOf" => Pick(random, "2024-03", "2025-12-31", "2024-13", "1"),
                "page" or "pageSize" => Pick(
                    random,
                    "1",
                    "2",
                    "50",
                    "-1",
                    "0",
                    "999999999",
                    "99999999999"
                ),
                "path" => Pick(
                    random,
                    "options[0].breach.value",
                    "why[3].medianDraw",
                    "assumptions[0]",
                    "why[99999]",
                    "verdict.kind"
                ),
                "runs" => Pick(random, $"{run},{run}", run, "a,b", $"{run},x,y"),
                "study" => study,
                "revision" => random
                    .Next(1, 50)
                    .ToString(System.Globalization.CultureInfo.InvariantCulture),
                "link" => "forged",
                _ => Noise(random),
            };

    private static JsonObject Body(Random random, string path, string study) =>
        path switch
        {
            "/api/check" => new JsonObject
            {
                ["text"] = random.Next(2) == 0 ? WorkbenchServer.QuickStudy : Noise(random),
            },
            "/api/studies" => random.Next(3) switch
            {
                0 => new JsonObject
                {
                    ["like"] = Pick(random, "zhengzhou-2024", "ohio-80mw", "none"),
                },
                1 => new JsonObject { ["text"] = Noise(random) },
                _ => new JsonObject(),
            },
            _ when path.EndsWith("/fields", StringComparison.Ordinal) => new JsonObject
            {
                ["revision"] = random.Next(1, 40),
                ["set"] = new JsonObject
                {
                    [
                        Pick(
                            random,
                            "finance.margin",
                            "fleet[0].servers",
                            "fleet[9].servers",
                            "no.such",
                            "",
                            "name",
                            "finance",
                            "fleet"
                        )
                    ] = Pick(random, "0.03", "-1", "x: y", "", "[1", "'"),
                },
                ["add"] =
                    random.Next(4) == 0
                        ? new JsonArray(
                            Pick(random, "signed", "fleet", "finance", "x", "signed[0].steps")
                        )
                        : null,
                ["remove"] =
                    random.Next(4) == 0
                        ? new JsonArray(
                            Pick(random, "signed[0]", "fleet[0]", "fleet[-1]", "fleet[", "x]")
                        )
                        : null,
            },
            "/api/runs" => new JsonObject
            {
                ["study"] = random.Next(3) == 0 ? Noise(random) : study,
                ["draws"] = random.Next(0, 70),
            },
            _ when path.EndsWith("/terms", StringComparison.Ordinal) => new JsonObject
            {
                ["changes"] = new JsonObject
                {
                    [
                        Pick(
                            random,
                            "finance.margin",
                            "finance.gearing",
                            "decision.covenant_dscr",
                            "site.name",
                            "finance.power",
                            "finance.",
                            "decision.x.y",
                            "fleet[0].capex_per_server"
                        )
                    ] = Pick(random, "0.03", "0.5", "1e99", "x", "1,2"),
                },
                ["draws"] = random.Next(-5, 100),
            },
            _ when path.EndsWith("/links", StringComparison.Ordinal) => new JsonObject
            {
                ["days"] = random.Next(-1, 400),
            },
            _ when path.StartsWith("/api/studies/", StringComparison.Ordinal) => new JsonObject
            {
                ["text"] =
                    random.Next(2) == 0
                        ? WorkbenchServer.QuickStudy + "# " + random.Next()
                        : Noise(random),
                ["revision"] = random.Next(1, 40),
            },
            _ => new JsonObject
            {
                ["name"] = Noise(random),
                ["password"] = Noise(random),
                ["role"] = Pick(random, "Viewer", "Admin", "7", ""),
                ["days"] = random.Next(-1, 400),
            },
        };

    private static string Pick(Random random, params string[] of) => of[random.Next(of.Length)];

    private static string Noise(Random random)
    {
        const string letters = "abz019 :#-[]{}&*!|>'\"%@`,?\n\t\0\\/<>=.中\uFFFD";
        return string.Concat(
            Enumerable
                .Range(0, random.Next(0, 40))
                .Select(_ => letters[random.Next(letters.Length)])
        );
    }
}
