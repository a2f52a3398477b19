using System.Text.Json;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>Small installations with a known right answer, through the command a user runs.</summary>
public sealed class DeploymentCasesTest
{
    private static (int Exit, JsonElement Result, string Error) Simulate(string name)
    {
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "simulate",
            TestData.Path($"cases/{name}.yaml"),
            "--json"
        );
        return (exit, output.Length > 0 ? JsonDocument.Parse(output).RootElement : default, error);
    }

    private static JsonElement Run(string name)
    {
        var (exit, result, error) = Simulate(name);
        Assert.True(exit == 0, error);
        return result;
    }

    private static long Kv(JsonElement result) =>
        result.GetProperty("kv_capacity_tokens").GetInt64();

    private static double TimePerToken(JsonElement result) =>
        result.GetProperty("latency").GetProperty("tpot").GetProperty("mean").GetDouble();

    [Theory]
    // Logged by engines: 31,000 about (2024), 41,408 (vLLM 0.19.0), 117,616 (December 2023).
    [InlineData("memory/llama8b-4090", 31_000)]
    [InlineData("memory/llama8b-4090-v1", 41_408)]
    [InlineData("memory/llama7b-a100", 117_616)]
    public void Caches_are_as_large_as_engines_log(string name, double logged) =>
        Assert.InRange(Kv(Run(name)), 0.9 * logged, 1.1 * logged);

    [Theory]
    [InlineData("memory/r1-8h20")]
    [InlineData("memory/v3-8h200")]
    [InlineData("memory/llama70-2h100")]
    public void What_people_run_fits(string name)
    {
        var result = Run(name);
        Assert.True(Kv(result) > 20_000);
        Assert.Equal(200, result.GetProperty("requests").GetProperty("completed").GetInt32());
    }

    [Fact]
    public void Prompts_are_served_up_to_what_the_cache_holds()
    {
        var requests = Run("memory/llama8b-4090-long").GetProperty("requests");
        Assert.Equal(3, requests.GetProperty("completed").GetInt32());
        // 35,000 tokens are more than the 31,000 of the card.
        Assert.Equal(1, requests.GetProperty("rejected_too_long_for_kv_cache").GetInt32());
    }

    [Theory]
    [InlineData("memory/r1-tp32", "576 wide", 0)]
    [InlineData("memory/qwen235-tp8", "routed experts 192 wide", 0)]
    [InlineData("precision/llama70-fp4-h200", "fp4 on H200 SXM, which does not multiply it", 0)]
    [InlineData("precision/llama70-int8-910b", "a prior", 0)]
    [InlineData("precision/v3-int8-910c", "a prior", 0)]
    [InlineData("precision/qwen32-int8-a100", "a prior", 0)]
    [InlineData("precision/llama70-fp8-910b", "multiplies no FP8", 2)]
    [InlineData("precision/r1-fp8-910b", "int8 or bf16 on Ascend 910B3", 2)]
    [InlineData("precision/qwen32-fp8-a100", "multiplies no FP8", 2)]
    [InlineData("precision/llama8-fp8-mlu590", "bf16 on Cambricon MLU590", 2)]
    [InlineData("engine-version/unknown", "0.5.10.post1", 2)]
    [InlineData("engine-version/other-engine", "unknown-version", 2)]
    public void Doubts_are_told_and_what_cannot_run_is_refused(string name, string words, int exit)
    {
        var (ended, _, error) = Simulate(name);
        Assert.Equal(exit, ended);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Matches(@"\.yaml:\d+:\d+: ", error);
    }

    [Fact]
    public void A_silent_version_is_the_newest_and_several_times_faster_than_one_unknown()
    {
        var result = Run("engine-version/fail_8b_20rps");
        Assert.Equal("0.19.0", result.GetProperty("engine_version").GetString());
        // Little's law: 20 requests a second of 248 tokens keep well below the 256 that would saturate it.
        Assert.InRange(TimePerToken(result), 0.005, 0.015);
        Assert.InRange(
            result.GetProperty("throughput").GetProperty("requests_per_second").GetDouble(),
            19,
            21
        );
        Assert.Equal(
            "0.12.0",
            Run("engine-version/named-012").GetProperty("engine_version").GetString()
        );
    }

    [Theory]
    [InlineData("fp8/fail_fp8_slower_bf16", "fp8/fail_fp8_slower_fp8")]
    [InlineData("fp8/llama70-h100-bf16", "fp8/llama70-h100-fp8")]
    [InlineData("fp8/qwen30-l20-bf16", "fp8/qwen30-l20-fp8")]
    [InlineData("fp8/v3-b200-fp8", "fp8/v3-b200-fp4")]
    public void Narrower_weights_are_never_slower(string wide, string narrow) =>
        Assert.True(TimePerToken(Run(narrow)) <= TimePerToken(Run(wide)));
}
