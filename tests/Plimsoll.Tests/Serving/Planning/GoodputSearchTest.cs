using System.Text.Json.Nodes;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

/// <summary>Goodput is a property of the installation: not of the length of the runs, the size of the fleet or the hour at which a run begins.</summary>
public sealed class GoodputSearchTest
{
    private static string Case(string name) =>
        TestData.Path(Path.Combine("cases", "goodput-length", name + ".yaml"));

    [Theory]
    [InlineData("short-answers")]
    [InlineData("long-answers")]
    [InlineData("r1_b200")]
    public void The_requests_asked_for_do_not_move_it(string name)
    {
        var few = Goodput(Case(name), "--requests", "2000", "--width", "5");
        var many = Goodput(Case(name), "--requests", "40000", "--width", "5");
        AssertEqual(few, many, 1);
        Assert.True((bool)few["steady"]! && (bool)many["steady"]!);
    }

    [Theory]
    [InlineData("short-answers", 10, 40)]
    [InlineData("long-answers", 12, 48)]
    [InlineData("r1_b200", 10, 40)]
    public void Replicas_count_in_proportion(string name, int replicas, int more)
    {
        var text = File.ReadAllText(Case(name));
        var larger = text.Replace(
            $"replicas: {replicas}",
            $"replicas: {more}",
            StringComparison.Ordinal
        );
        Assert.NotEqual(text, larger);
        AssertEqual(
            Goodput(Case(name), "--width", "4"),
            GoodputOf(larger, "--width", "4"),
            (double)more / replicas
        );
    }

    /// <summary>A queue that grows without end keeps a promise of a long wait for a while, one of no wait for ever.</summary>
    [Theory]
    [InlineData("ttft: 20000, tpot: 200")]
    [InlineData("ttft: 30000")]
    [InlineData("tpot: 200")]
    public void It_is_no_more_than_can_be_served(string promise)
    {
        string Text(string promised) =>
            $$"""
                kind: inference
                name: x
                model: Llama-3.1 8B
                accelerator: H100 SXM5
                workload:
                  clients:
                    - { name: a, rate: 20, input_tokens: 1000, output_tokens: 200 }
                promise: { {{promised}}, percentile: 95 }

                """;
        var found = GoodputOf(Text(promise), "--width", "4");
        // What a long run of more than can be served ends a second.
        using var folder = new Files.TempFolder();
        var flooded = Text(promise)
            .Replace("rate: 20", "rate: 30", StringComparison.Ordinal)
            .Replace("workload:", "workload:\n  requests: 40000", StringComparison.Ordinal);
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "simulate",
            folder.File("flooded.yaml", flooded),
            "--json"
        );
        Assert.True(exit == 0, error);
        var served = (double)JsonNode.Parse(output)!["throughput"]!["requests_per_second"]!;
        Assert.InRange((double)found["requests_per_second"]!, 0.95 * served, 1.03 * served);
        Assert.True((bool)found["steady"]!);
    }

    [Fact]
    public void A_fleet_too_large_to_simulate_is_scaled_from_a_part_of_it()
    {
        var text = File.ReadAllText(Case("short-answers"))
            .Replace("replicas: 10", "replicas: 20000", StringComparison.Ordinal);
        var all = GoodputOf(text, "--width", "4");
        Assert.InRange((int)all["replicas_simulated"]!, 50, 100);
        AssertEqual(Goodput(Case("short-answers"), "--width", "4"), all, 2000);
    }

    [Fact]
    public void A_quiet_midnight_does_not_move_the_busiest_hour()
    {
        var flat = Goodput(Case("short-answers"), "--width", "4");
        var document = Document(Case("quiet-midnight"), "--width", "4");
        AssertEqual(flat, document["goodput"]!, 1);
        var day = document["day"]!;
        Assert.Equal(19, (int)day["peak_hour"]!);
        Assert.Equal(3.0, (double)day["peak_over_mean"]!, 0.2);
        Assert.Equal(
            (double)document["goodput"]!["requests_per_second"]! / (double)day["peak_over_mean"]!,
            (double)day["mean_at_peak_goodput"]!,
            1e-6
        );
        // Requests of quiet hours make up for some of the busiest, so the day as a whole bears more than its busiest hour does.
        Assert.True(
            (double)day["mean_requests_per_second"]! > (double)day["mean_at_peak_goodput"]!
        );
        Assert.True((double)day["attainment"]! >= 0.95);
    }

    [Fact]
    public void Two_versions_that_agree_still_have_a_width()
    {
        var goodput = Goodput(Case("short-answers"), "--versions", "2", "--width", "10");
        Assert.Equal(2, goodput["versions"]!.AsArray().Count);
        var rate = (double)goodput["requests_per_second"]!;
        Assert.True((double)goodput["high"]! - (double)goodput["low"]! > 0.02 * rate);
    }

    [Fact]
    public void The_best_row_comes_first_and_every_row_is_searched_alike()
    {
        var document = Document(Case("r1s"), "--versions", "3", "--width", "20");
        var rows = document["configurations"]!.AsArray();
        var rates = rows.Select(r => (double)r!["requests_per_second"]!).ToArray();
        Assert.Equal(rates.OrderDescending(), rates);
        Assert.Equal(rates[0], (double)document["goodput"]!["requests_per_second"]!);
        Assert.Equal(3, document["goodput"]!["versions"]!.AsArray().Count);
        Assert.All(rows, r => Assert.True((double)r!["high"]! > (double)r["low"]!));
        Assert.Contains("DP 16", (string)rows[0]!["layout"]!, StringComparison.Ordinal);
        Assert.All(
            document["screened"]!.AsArray(),
            r => Assert.True((double)r!["requests_per_second_rough"]! < 1.1 * rates[0])
        );
    }

    /// <summary>The second is the first times a factor, as far as both intervals say.</summary>
    private static void AssertEqual(JsonNode one, JsonNode other, double factor)
    {
        double Of(JsonNode node, string key) => (double)node[key]!;
        Assert.True(
            factor * Of(one, "low") <= Of(other, "high")
                && Of(other, "low") <= factor * Of(one, "high"),
            $"{factor} x ({Of(one, "low"):G4} to {Of(one, "high"):G4}) against {Of(other, "low"):G4} to {Of(other, "high"):G4}"
        );
    }

    private static JsonNode Goodput(string file, params string[] options) =>
        Document(file, options)["goodput"]!;

    private static JsonNode GoodputOf(string yaml, params string[] options)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-{Guid.NewGuid():N}.yaml");
        try
        {
            File.WriteAllText(path, yaml);
            return Goodput(path, options);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonObject Document(string file, params string[] options)
    {
        var (exit, output, error) = CommandLine.Run([
            "inference",
            "goodput",
            file,
            "--json",
            .. options,
        ]);
        Assert.Equal("", CommandLine.Complaints(error));
        Assert.Equal(0, exit);
        return JsonNode.Parse(output)!.AsObject();
    }
}
