using Plimsoll.Cli.Inference;
using Plimsoll.Serving.Planning;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

/// <summary>What a search is said to take beside the requests that it really served.</summary>
public sealed class PlanningWorkTest
{
    private const string Plain = "input_tokens: 1000, output_tokens: 200";
    private const string Day =
        Plain
        + ", hourly: [0.4, 0.3, 0.3, 0.3, 0.3, 0.4, 0.6, 0.9, 1.3, 1.6, 1.7, 1.6, 1.4, 1.5, 1.6, 1.6, 1.5, 1.3, 1.1, 1, 0.9, 0.8, 0.7, 0.5]";

    [Theory]
    [InlineData("Llama-3.1 8B", 1, 1, 256, Plain, "ttft: 2000, tpot: 50", 0.05)]
    [InlineData("Llama-3.1 8B", 1, 1, 256, Plain, "ttft: 2000, tpot: 50", 0.1)]
    [InlineData("Llama-3.1 8B", 1, 4, 256, Plain, "ttft: 2000, tpot: 50", 0.03)]
    [InlineData("Llama-3.1 8B", 1, 12, 256, Plain, "ttft: 2000, tpot: 50", 0.1)]
    [InlineData(
        "Llama-3.1 70B",
        8,
        1,
        256,
        "input_tokens: 1500, output_tokens: 400",
        "ttft: 2000, tpot: 40, percentile: 95",
        0.03
    )]
    [InlineData(
        "Llama-3.1 8B",
        1,
        1,
        256,
        "input_tokens: 200, output_tokens: 3000",
        "ttft: 2000, tpot: 30, percentile: 90",
        0.1
    )]
    [InlineData(
        "Llama-3.1 8B",
        1,
        1,
        256,
        Plain + ", arrival_cv: 4",
        "ttft: 2000, tpot: 50, percentile: 95",
        0.05
    )]
    [InlineData("Llama-3.1 8B", 1, 1, 16, Plain, "ttft: 2000, tpot: 50", 0.03)]
    [InlineData("Llama-3.1 8B", 1, 2, 1024, Plain, "ttft: 2000, tpot: 100", 0.05)]
    [InlineData(
        "Llama-3.1 8B",
        1,
        1,
        256,
        Plain + ", input_cv: 0.2, output_cv: 0.2",
        "ttft: 2000, tpot: 50, percentile: 90",
        0.02
    )]
    [InlineData(
        "Llama-3.1 8B",
        1,
        1,
        256,
        "input_tokens: 4000, output_tokens: 30",
        "ttft: 3000, percentile: 95",
        0.05
    )]
    [InlineData("Llama-3.1 8B", 1, 1, 256, Plain, "end_to_end: 30, percentile: 95", 0.05)]
    [InlineData("Llama-3.1 8B", 1, 2, 256, Plain, "ttft: 500", 0.05)]
    [InlineData("Llama-3.1 8B", 1, 1, 256, Day, "ttft: 2000, tpot: 50", 0.1)]
    public void What_is_foreseen_is_within_a_factor_of_three_of_what_is_served(
        string model,
        int tensor,
        int replicas,
        int sequences,
        string client,
        string promise,
        double width
    )
    {
        using var folder = new TempFolder();
        var installation = InferenceFile.Read(
            folder.File(
                "served.yaml",
                $$"""
                kind: inference
                model: {{model}}
                accelerator: H100 SXM5
                precision: fp8
                layout: { tensor_parallel: {{tensor}}, replicas: {{replicas}} }
                limits: { max_sequences: {{sequences}} }
                workload:
                  clients:
                    - { name: a, rate: 5, {{client}} }
                promise: { {{promise}} }
                """
            )
        );
        var settings = new GoodputSettings { HalfWidth = width };
        var served = GoodputSearch.Find(installation, settings).RequestsServed;
        var foreseen = PlanningWork.RequestsOfGoodput(installation, settings);
        Assert.InRange(foreseen / served, 1 / 3.0, 3);
    }

    /// <summary>Short work is not announced as minutes.</summary>
    [Fact]
    public void A_search_of_a_second_is_not_said_to_take_minutes()
    {
        var installation = InferenceFile.Read(
            Path.Combine(TestData.Repository(), "examples", "inference", "chat-8b-h100.yaml")
        );
        var settings = new GoodputSettings { HalfWidth = 0.1 };
        var served = GoodputSearch.Find(installation, settings).RequestsServed;
        // A microsecond a request and a second to start, threefold.
        Assert.InRange(
            PlanningWork.OfGoodput(installation, settings).CpuSeconds,
            1,
            3 * (1 + (1e-6 * served))
        );
    }
}
