using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Tests;

/// <summary>Answers put into the store by hand, as a worker leaves them, where a test is not about computing.</summary>
internal static class AnsweredRuns
{
    /// <summary>A result with two options, of which the verdict names the second.</summary>
    /// <param name="npv">NPV to equity of the second, median.</param>
    public static JsonObject Result(double npv) =>
        JsonNode
            .Parse(
                $$"""
                {
                  "study": "A loan", "question": "lender", "decided": "2025-07", "start": "2025-08", "currency": "USD", "draws": 4, "seed": 1,
                  "verdict": { "kind": "Unresolved", "headline": "open", "option": "half of the amount asked", "tests": [] }, "whyOf": "half of the amount asked",
                  "options": [
                    { "name": "as asked", "fill": { "p50": 0.2 }, "minimumCover": { "p50": 0.5 }, "equityNpv": { "p50": -1 }, "breach": { "value": 0.9 }, "default": { "value": 0.8 }, "emptyYear": { "value": 0.5 } },
                    { "name": "half of the amount asked", "fill": { "p50": 0.9 }, "minimumCover": { "p50": 3 }, "equityNpv": { "p50": {{npv}} }, "breach": { "value": 0 }, "default": { "value": 0 }, "emptyYear": { "value": 0 } }
                  ]
                }
                """
            )!
            .AsObject();

    /// <summary>Leaves an answer to the text and draws of a run.</summary>
    /// <param name="server">The workbench.</param>
    /// <param name="run">Id of a run.</param>
    /// <param name="result">Its result.</param>
    /// <param name="draws">What it came to draw by draw; null for none.</param>
    public static async Task Answer(
        WorkbenchServer server,
        string run,
        JsonObject result,
        DrawFile? draws = null
    )
    {
        await using var scope =
            Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(
                server.Services
            );
        var store = server.Store(scope);
        var key = (await store.Runs.FindAsync(run))!.ResultKey;
        void File(string name, byte[] bytes) =>
            store.RunFiles.Add(
                new RunFileRow
                {
                    ResultKey = key,
                    Name = name,
                    Bytes = bytes,
                    Sha256 = RunFiles.Hash(bytes),
                }
            );
        File(RunFiles.Result, Encoding.UTF8.GetBytes(result.ToJsonString()));
        if (draws is not null)
        {
            File(
                DrawFile.Name,
                JsonSerializer.SerializeToUtf8Bytes(draws, JsonSerializerOptions.Web)
            );
        }
        store.Answers.Add(
            new AnswerRow
            {
                ResultKey = key,
                Verdict = "Unresolved",
                Headline = "open",
                Question = "lender",
                ResultSha256 = new string('0', 64),
                At = 1,
            }
        );
        await store.SaveChangesAsync();
    }
}
