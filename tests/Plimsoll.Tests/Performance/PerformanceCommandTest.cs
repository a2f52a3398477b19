using System.Text.Json;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class PerformanceCommandTest
{
    private static string Example(string name) =>
        Path.Combine(TestData.Repository(), "examples", "training", name);

    private static string Written(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        return file;
    }

    [Theory]
    [InlineData("llama-405b.yaml", false)]
    [InlineData("deepseek-v3.yaml", false)]
    [InlineData("search.yaml", true)]
    public void Each_training_example_is_estimated(string name, bool searched)
    {
        var (exit, output, error) = CommandLine.Run(
            "training",
            "estimate",
            Example(name),
            "--json"
        );
        Assert.Equal("", CommandLine.Complaints(error));
        Assert.Equal(0, exit);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal(searched, root.GetProperty("searched").GetBoolean());
        var best = root.GetProperty("best");
        var seconds = best.GetProperty("iteration_seconds").GetDouble();
        Assert.InRange(best.GetProperty("mfu").GetDouble(), 0.2, 0.75);
        Assert.InRange(
            seconds,
            best.GetProperty("iteration_seconds_low").GetDouble(),
            best.GetProperty("iteration_seconds_high").GetDouble()
        );
        Assert.Equal(
            seconds,
            best.GetProperty("seconds").EnumerateObject().Sum(p => p.Value.GetDouble()),
            seconds * 1e-6
        );
        Assert.True(best.GetProperty("accelerator_hours").GetDouble() > 0);
    }

    [Fact]
    public void An_impossible_layout_and_an_unknown_model_are_refused_with_the_reason()
    {
        var text = File.ReadAllText(Example("llama-405b.yaml"));
        var (exit, output, error) = CommandLine.Run(
            "training",
            "estimate",
            Written(
                text.Replace("tensor_parallel: 8", "tensor_parallel: 3", StringComparison.Ordinal)
            ),
            "--json"
        );
        Assert.Equal(2, exit);
        Assert.Contains("\"exit\": 2", output, StringComparison.Ordinal);
        Assert.Contains("a divisor of the 128 heads", error, StringComparison.Ordinal);
        (exit, _, error) = CommandLine.Run(
            "training",
            "estimate",
            Written(
                text.Replace(
                    "Llama-3.1 405B\nsequence",
                    "Lama-3.1 405B\nsequence",
                    StringComparison.Ordinal
                )
            )
        );
        Assert.Equal(2, exit);
        Assert.Contains("Llama-3.1 405B", error, StringComparison.Ordinal);
        (exit, _, error) = CommandLine.Run(
            "training",
            "estimate",
            Written(
                text.Replace("accelerators: 8192", "accelerators: 128", StringComparison.Ordinal)
            )
        );
        Assert.Equal(1, exit);
        Assert.Contains("GB are missing on each", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_validation_prints_the_published_shape()
    {
        var (exit, output, _) = CommandLine.Run(
            "training",
            "validate",
            "--points",
            TestData.Path("Performance/training_a100_multi_node.csv"),
            "--json"
        );
        Assert.Equal(0, exit);
        var root = JsonDocument.Parse(output).RootElement;
        var overall = root.GetProperty("overall");
        Assert.Equal(94, overall.GetProperty("n").GetInt32());
        foreach (var figure in new[] { "mean", "median", "p90", "bias" })
        {
            Assert.InRange(
                overall.GetProperty("iteration").GetProperty(figure).GetDouble(),
                -0.2,
                0.4
            );
        }
        Assert.True(root.GetProperty("groups").GetArrayLength() > 10);
        Assert.Equal(0, root.GetProperty("unresolved").GetArrayLength());
    }

    [Fact]
    public void Inference_validation_prints_the_published_shape_for_a_file_of_strangers()
    {
        // Another chip, another model, another spelling, a missing optional column, one row that cannot be used.
        var file = Written(
            "backend,model_path,system,precision,mode,isl,osl,batch_size,tp_size,silicon_ttft_ms,silicon_tpot_ms\n"
                + "SGLang,Qwen/Qwen3-8B,nvidia_h20,bf16,agg,1024,1024,16,1,150,9\n"
                + "vLLM,meta-llama/Llama-3.1-8B-Instruct,MI300X,fp8,agg,1024,1024,16,1,150,9\n"
                + "vLLM,nobody/nothing-1b,h100_sxm,bf16,agg,1024,1024,16,1,150,9\n"
        );
        var (exit, output, _) = CommandLine.Run(
            "inference",
            "validate",
            "--points",
            file,
            "--json"
        );
        Assert.Equal(0, exit);
        var root = JsonDocument.Parse(output).RootElement;
        var overall = root.GetProperty("overall");
        Assert.Equal(2, overall.GetProperty("n").GetInt32());
        foreach (var time in new[] { "tpot", "ttft" })
        {
            foreach (var figure in new[] { "median", "p90", "bias", "coverage80" })
            {
                Assert.True(
                    double.IsFinite(overall.GetProperty(time).GetProperty(figure).GetDouble())
                );
            }
        }
        Assert.Equal(0, root.GetProperty("in_sample").GetInt32());
        var reason = Assert.Single(root.GetProperty("unresolved").EnumerateArray());
        Assert.Equal(1, reason.GetProperty("count").GetInt32());
        Assert.Equal("model unknown to the catalogue", reason.GetProperty("reason").GetString());
    }

    [Fact]
    public void Inference_validation_without_a_usable_row_keeps_its_shape()
    {
        var file = Written(
            "backend,model_path,system,precision,mode,isl,osl,batch_size,tp_size,silicon_ttft_ms,silicon_tpot_ms\n"
                + "vLLM,Qwen/Qwen3-8B,h100_sxm,bf16,agg,1024,1024,16,1,fast,9\n"
        );
        var (exit, output, _) = CommandLine.Run(
            "inference",
            "validate",
            "--points",
            file,
            "--json"
        );
        Assert.Equal(1, exit);
        var overall = JsonDocument.Parse(output).RootElement.GetProperty("overall");
        Assert.Equal(0, overall.GetProperty("n").GetInt32());
        Assert.Equal(
            JsonValueKind.Null,
            overall.GetProperty("tpot").GetProperty("median").ValueKind
        );
        (exit, output, _) = CommandLine.Run("inference", "points", "audit", file);
        Assert.Equal(0, exit);
        Assert.Contains($"{file}:2: line 2: unreadable cell", output, StringComparison.Ordinal);
        Assert.Contains("silicon_ttft_ms: found 'fast'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_of_points_is_told_with_what_names_it()
    {
        var (exit, _, error) = CommandLine.Run("inference", "validate", "--points", "no.csv");
        Assert.Equal(2, exit);
        Assert.Contains(
            "--points: found no file 'no.csv'; expected a CSV",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_without_the_needed_columns_is_refused()
    {
        var (exit, output, error) = CommandLine.Run(
            "inference",
            "validate",
            "--points",
            Written("a,b\n1,2\n"),
            "--json"
        );
        Assert.Equal(2, exit);
        Assert.Contains("\"exit\": 2", output, StringComparison.Ordinal);
        Assert.Contains("column 'backend' is missing", error, StringComparison.Ordinal);
        (exit, _, error) = CommandLine.Run(
            "training",
            "validate",
            "--points",
            Written("a,b\n1,2\n")
        );
        Assert.Equal(2, exit);
        Assert.Contains("expected a table with", error, StringComparison.Ordinal);
    }
}
