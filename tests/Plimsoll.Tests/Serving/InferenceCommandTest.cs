using System.Text.Json.Nodes;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>The inference commands on files, from the command line to the document.</summary>
public sealed class InferenceCommandTest
{
    private static string Example(string name) =>
        Path.Combine(AppContext.BaseDirectory, "examples", "inference", name);

    [Theory]
    [InlineData("code-trace.yaml")]
    [InlineData("disaggregated-failures.yaml")]
    [InlineData("autoscaled-day.yaml", "until: 86400", "until: 600")]
    [InlineData("offload-conversations.yaml", "requests: 20000", "requests: 2200")]
    public void Stepwise_prints_the_same_document_but_for_the_timing(
        string example,
        string written = "",
        string instead = ""
    )
    {
        var path = Example(example);
        if (written.Length > 0)
        {
            // A shorter run of it, beside the example because of the files that it names.
            var whole = File.ReadAllText(path);
            Assert.Contains(written, whole, StringComparison.Ordinal);
            path = Path.ChangeExtension(path, ".short.yaml");
            File.WriteAllText(path, whole.Replace(written, instead, StringComparison.Ordinal));
        }
        var fast = Document("inference", "simulate", path, "--json");
        var plain = Document("inference", "simulate", path, "--json", "--stepwise");
        Assert.Equal("event-skipping", (string)fast["timing"]!["simulator"]!);
        Assert.Equal("stepwise", (string)plain["timing"]!["simulator"]!);
        fast.Remove("timing");
        plain.Remove("timing");
        Assert.Equal(plain.ToJsonString(), fast.ToJsonString());
        Assert.True((long)fast["requests"]!["completed"]! > 0);
    }

    [Fact]
    public void Verifying_prints_one_document_where_it_is_asked_for()
    {
        var document = Document(
            "inference",
            "simulate",
            Example("code-trace.yaml"),
            "--verify",
            "--json"
        );
        Assert.True((bool)document["equal_to_the_bit"]!);
        Assert.Equal(2, document["simulators"]!.AsArray().Count);
    }

    [Fact]
    public void The_note_on_the_engine_s_version_stands_in_the_document_too()
    {
        using var folder = new TempFolder();
        var path = folder.File(
            "x.yaml",
            "kind: inference\nmodel: Llama-3.1 8B\naccelerator: H100 SXM5\nworkload:\n  requests: 50\n  clients:\n    - { name: c, rate: 1, input_tokens: 100, output_tokens: 10 }\n"
        );
        var warnings = Document("inference", "simulate", path, "--json")["warnings"]!.AsArray();
        Assert.Contains(
            warnings,
            w => ((string)w!).Contains("on another family of chips", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_series_averages_over_what_a_run_fills()
    {
        using var folder = new TempFolder();
        var path = folder.File(
            "x.yaml",
            "kind: inference\nmodel: Llama-3.1 8B\naccelerator: H100 SXM5\nworkload:\n  requests: 20\n  closed_loop: 1\n  clients:\n    - { name: c, rate: 1, input_tokens: 100, output_tokens: 10 }\n"
        );
        var document = Document("inference", "simulate", path, "--json");
        var running = Assert.Single(document["series"]!["running"]!.AsArray());
        Assert.Equal((double)document["replicas"]!["running_mean"]!, (double)running!, 1e-6);
        // Nothing is promised, so nothing is kept or broken.
        Assert.Null(document["clients"]![0]!["requests_within"]);
    }

    [Fact]
    public void A_prompt_that_may_not_be_cut_and_fits_no_step_is_refused_by_the_check()
    {
        using var folder = new TempFolder();
        var path = folder.File(
            "x.yaml",
            "kind: inference\nmodel: Llama-3.1 8B\naccelerator: H100 SXM5\nlimits: { chunked_prefill: false, tokens_per_step: 2048 }\nworkload:\n  requests: 50\n  clients:\n    - { name: c, rate: 1, input_tokens: 5000, input_cv: 0, output_tokens: 10 }\n"
        );
        var (exit, _, error) = CommandLine.Run("study", "check", path);
        Assert.NotEqual(0, exit);
        Assert.Contains("limits.tokens_per_step", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: Llama-3.1 70B\nlayout: { tensor_parallel: 16 }", "spans-servers")]
    [InlineData(
        "model: Qwen3 235B-A22B\nprecision: fp8\nlayout: { tensor_parallel: 8 }",
        "block-width"
    )]
    [InlineData("model: Llama-3.1 8B\nprecision: fp4", "rests-on-a-prior")]
    [InlineData("model: Llama-3.1 8B\nengine_version: 0.1.0", "version-before")]
    public void What_a_run_warns_of_the_check_warns_of(string installation, string rule)
    {
        using var folder = new TempFolder();
        var path = folder.File(
            "x.yaml",
            $"""
            kind: inference
            name: doubtful
            {installation}
            accelerator: H100 SXM5
            engine: vllm
            workload:
              requests: 200
              clients:
                - name: c
                  rate: 1
                  input_tokens: 100
                  output_tokens: 10
            """
        );
        static string[] Warnings(string error) =>
            [
                .. error
                    .Split('\n')
                    .Where(l => l.Contains(": warning: ", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
        var ran = Warnings(CommandLine.Run("inference", "simulate", path).Error);
        Assert.Contains(ran, w => w.Contains($": {rule}: ", StringComparison.Ordinal));
        Assert.Equal(ran, Warnings(CommandLine.Run("study", "check", path).Error));
    }

    [Theory]
    [InlineData(4000, 250)]
    [InlineData(1000, 1)]
    public void A_closed_loop_has_one_time_and_an_interval_that_holds_both_ways_to_it(
        int input,
        int output
    )
    {
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".yaml");
        try
        {
            File.WriteAllText(
                path,
                $$"""
                kind: inference
                name: loop
                model: Llama-3.1 70B
                accelerator: H100 SXM5
                engine: vllm
                engine_version: 0.18.0
                precision: fp8
                layout: { tensor_parallel: 4 }
                workload:
                  requests: 200
                  closed_loop: 32
                  clients:
                    - { name: c, rate: 1, input_tokens: {{input}}, input_cv: 0, output_tokens: {{output}}, output_cv: 0 }
                """
            );
            var document = Document("inference", "simulate", path, "--json");
            foreach (var time in (string[])["ttft", "tpot"])
            {
                var steady = document["steady_state"]![time]!;
                if (document["latency"]![time]!["mean"] is { } mean)
                {
                    Assert.Equal((double)mean, (double)steady["seconds"]!);
                }
                foreach (var way in (string[])["seconds", "closed_form_seconds"])
                {
                    Assert.InRange(
                        (double)steady[way]!,
                        (double)steady["low80"]!,
                        (double)steady["high80"]!
                    );
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("chat-8b-h100.yaml")]
    [InlineData("reasoning-mixture.yaml")]
    [InlineData("search-70b.yaml")]
    public void The_examples_run(string example)
    {
        var (exit, output, error) = CommandLine.Run("inference", "simulate", Example(example));
        Assert.Equal("", CommandLine.Complaints(error));
        Assert.Equal(0, exit);
        Assert.Contains("first token", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_measures_nothing_is_refused_before_it_begins()
    {
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".yaml");
        try
        {
            File.WriteAllText(
                path,
                File.ReadAllText(Example("chat-8b-h100.yaml"))
                    .Replace("requests: 50000", "requests: 300", StringComparison.Ordinal)
            );
            var (exit, _, error) = CommandLine.Run("inference", "simulate", path);
            Assert.Equal(2, exit);
            Assert.Contains("workload.warm_up", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_request_is_written_when_asked_for()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var (exit, _, _) = CommandLine.Run(
                "inference",
                "simulate",
                Example("code-trace.yaml"),
                "--requests-out",
                path
            );
            Assert.Equal(0, exit);
            var lines = File.ReadAllLines(path);
            Assert.Equal(401, lines.Length);
            Assert.StartsWith(
                "request,arrival_ps,first_token_ps",
                lines[0],
                StringComparison.Ordinal
            );
            Assert.Equal("52000000000", lines[2].Split(',')[1]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Goodput_carries_a_confidence_interval_and_a_curve()
    {
        var document = Document(
            "inference",
            "goodput",
            Example("chat-8b-h100.yaml"),
            "--json",
            "--requests",
            "2000",
            "--versions",
            "3"
        );
        var goodput = document["goodput"]!;
        var rate = (double)goodput["requests_per_second"]!;
        Assert.InRange(rate, (double)goodput["low"]!, (double)goodput["high"]!);
        Assert.Equal(3, goodput["versions"]!.AsArray().Count);
        Assert.True(rate <= (double)document["saturation_requests_per_second"]!);
        Assert.True((double)document["knee_requests_per_second"]! > 0);
        Assert.Equal(12, document["curve"]!.AsArray().Count);
    }

    [Fact]
    public void Impossible_installations_are_refused_with_line_and_reason()
    {
        var error = Refusal(
            """
            kind: inference
            model: Llama-3.1 70B
            accelerator: H100 SXM5
            layout:
              tensor_parallel: 3
            limits:
              max_sequences: 512
            workload:
              trace: no-such-trace.csv
            """
        );
        Assert.Contains(":5:3: layout.tensor_parallel: layout:", error, StringComparison.Ordinal);
        Assert.Contains(":9:3: workload.trace: no-such-file:", error, StringComparison.Ordinal);
        error = Refusal(
            """
            kind: inference
            model: Llama-3.1 70B
            accelerator: H100 SXM5
            workload:
              clients:
                - {name: a, rate: 1, input_tokens: 10, output_tokens: 10}
            """
        );
        Assert.Contains("memory: found", error, StringComparison.Ordinal);
        error = Refusal(
            """
            kind: inference
            model: Llama-3.1 8B
            accelerator: H100 SXM5
            limits:
              max_sequences: 4096
              tokens_per_step: 2048
              kv_block_tokens: 12
            workload:
              clients:
                - {name: a, rate: 1, input_tokens: 10, output_tokens: 10}
            """
        );
        Assert.Contains(
            ":6:3: limits.tokens_per_step: impossible:",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            ":7:3: limits.kv_block_tokens: impossible:",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_workload_comes_from_one_place_only()
    {
        var error = Refusal(
            """
            kind: inference
            model: Llama-3.1 8B
            accelerator: H100 SXM5
            workload:
              trace: a.csv
              clients:
                - {name: a, rate: 1, input_tokens: 10, output_tokens: 10}
            """
        );
        Assert.Contains("trace and clients", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_rows_are_told_and_too_many_stop_the_run()
    {
        var trace = TestTraces.Write(
            "arrival_s,input_tokens,output_tokens\n"
                + string.Concat(Enumerable.Range(0, 199).Select(i => $"{i},100,10\n"))
                + "no,row,here\n"
        );
        string Case(double share) =>
            $"""
                kind: inference
                model: Llama-3.1 8B
                accelerator: H100 SXM5
                workload:
                  trace: {trace}
                  broken_share: {share}
                """;
        var (exit, _, error) = Run(Case(0.01));
        Assert.Equal(0, exit);
        Assert.Contains("1 of 200 rows are broken", error, StringComparison.Ordinal);
        Assert.Contains("line 201", error, StringComparison.Ordinal);
        (exit, _, error) = Run(Case(0.001));
        Assert.Equal(2, exit);
        Assert.Contains(":201: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_is_described()
    {
        var document = Document(
            "inference",
            "workload",
            TestTraces.File("mooncake_conversation_300.jsonl.gz"),
            "--json"
        );
        Assert.Equal(300, (int)document["requests"]!);
        Assert.InRange((double)document["prefix_reuse"]!, 0.05, 0.6);
        Assert.Null(document["ramp"]);
    }

    /// <summary>However a workload is bounded, its requests are counted before they are drawn: by their number, by an hour of the clock, by both.</summary>
    [Theory]
    [InlineData("requests: 3600000", 3_600_000)]
    [InlineData("until: 36000", 3_600_000)]
    [InlineData("until: 18000\n  rate_scale: 2", 3_600_000)]
    [InlineData("until: 36000\n  from: 18000", 1_800_000)]
    [InlineData("until: 36000\n  requests: 500", 500)]
    public void The_estimate_counts_the_requests_of_every_bound(string bound, double requests)
    {
        using var folder = new Files.TempFolder();
        var path = folder.File(
            "bound.yaml",
            $"""
            kind: inference
            model: Llama-3.1 8B
            accelerator: H100 SXM5
            workload:
              {bound}
              clients:
                - name: a
                  rate: 100
                  input_tokens: 100
                  output_tokens: 10
            """
        );
        var installation = Plimsoll.Cli.Inference.InferenceFile.Read(path);
        var skipped = installation.Workload.Shape.FromSeconds * 100;
        var said = Plimsoll.Serving.Cases.InferenceWork.Of(installation).CpuSeconds;
        Assert.InRange(said, 1 + (2e-6 * requests), 1 + (2e-6 * (requests + skipped)) + 0.01);
    }

    private static JsonObject Document(params string[] args)
    {
        var (exit, output, error) = CommandLine.Run(args);
        Assert.Equal("", CommandLine.Complaints(error));
        Assert.Equal(0, exit);
        return JsonNode.Parse(output)!.AsObject();
    }

    private static string Refusal(string yaml)
    {
        var (exit, output, error) = Run(yaml);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        return error;
    }

    private static (int Exit, string Out, string Error) Run(string yaml)
    {
        var path = Path.ChangeExtension(TestTraces.Write(yaml), ".yaml");
        File.WriteAllText(path, yaml);
        return CommandLine.Run("inference", "simulate", path);
    }
}
