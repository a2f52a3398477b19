using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Outlooks;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;
using Plimsoll.Tests.Cli;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

/// <summary>What a study takes a fleet to serve is what <c>inference goodput</c> finds for the same fleet, load and promise.</summary>
public sealed class OneAnswerTest
{
    private static readonly (string Model, string Precision)[] _models =
    [
        ("Llama-3.1 8B", "bf16"),
        ("Llama-3.1 70B", "fp8"),
        ("Qwen3 32B", "fp8"),
        ("Llama-2 70B", "bf16"),
    ];

    private static readonly string[] _chips = ["H100 SXM5", "H200 SXM", "H800 SXM5"];
    private readonly CatalogView _view = FactCatalog.Shipped().AsOf(new DateOnly(2025, 11, 1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_study_and_goodput_give_one_answer(int seed) => AssertOne(seed, searched: false);

    [Fact]
    public void A_study_and_goodput_give_one_answer_on_ten_random_fleets()
    {
        Assert.SkipUnless(Slow.Asked, "runs where PLIMSOLL_SLOW is set");
        for (var seed = 3; seed < 11; seed++)
        {
            AssertOne(seed, searched: true);
        }
    }

    [Fact]
    public void Only_whole_replicas_of_a_fleet_serve()
    {
        ServedQuestion Asked(int accelerators) =>
            Question(new Random(1)) with
            {
                Accelerators = accelerators,
                MostAccelerators = 8,
                TensorParallel = 8,
            };
        var eight = BestServing.Of(_view, Asked(8))!;
        var fifteen = BestServing.Of(_view, Asked(15))!;
        Assert.Equal(1, fifteen.Installation.Config.Replicas);
        Assert.Equal(
            8 * eight.RequestsPerSecondPerAccelerator,
            15 * fifteen.RequestsPerSecondPerAccelerator,
            1e-9
        );
    }

    [Fact]
    public void Requests_end_at_the_window_of_the_model()
    {
        var question = Question(new Random(1)) with
        {
            Pattern = Pattern("Llama-2 70B", "bf16", "H100 SXM5"),
            Accelerators = 8,
            MostAccelerators = 8,
            TensorParallel = 8,
            Shape = new RequestShape(1500, 400, 0, 1),
            Percentile = 0.95,
        };
        var answer = BestServing.Of(_view, question)!;
        using var requests = answer.Installation.Workload.Open();
        var read = new Request[4096];
        var count = requests.Source.Read(read);
        Assert.Equal(4096, read[..count].Max(r => r.InputTokens + r.OutputTokens));
        Assert.True(answer.RequestsPerSecondPerAccelerator > 0);
    }

    private Deployment Pattern(string model, string precision, string chip) =>
        new()
        {
            Accelerator = Accelerator.Of(_view, chip),
            Model = LanguageModel.Of(_view, model),
            Engine = ServingEngine.Vllm,
            Precision = precision,
            MaxSequences = 256,
            MaxBatchedTokens = 4096,
        };

    private ServedQuestion Question(Random random)
    {
        var (model, precision) = _models[random.Next(_models.Length)];
        var accelerators = 8 * random.Next(1, 17);
        return new ServedQuestion
        {
            Pattern = Pattern(model, precision, _chips[random.Next(_chips.Length)]),
            PerServer = 8,
            Accelerators = accelerators,
            MostAccelerators = Math.Min(144, accelerators),
            Shape = new RequestShape(
                random.Next(200, 2000),
                random.Next(50, 500),
                0.1 * random.Next(0, 6),
                1 + (0.5 * random.Next(0, 5))
            ),
            Level = new ServiceLevel(0.1 * random.Next(5, 30), 0.001 * random.Next(25, 80)),
            Percentile = 0.01 * random.Next(90, 98),
        };
    }

    /// <summary>What no software exceeds is more than is served, and no more than the chip's peak computes of the model's weights, by hand.</summary>
    private static void AssertPhysical(ServedQuestion question, ServedAnswer answer)
    {
        var most = answer.MostOutputTokensPerSecondPerAccelerator;
        Assert.True(most > answer.OutputTokensPerSecondPerAccelerator);
        var (shape, chip) = (question.Shape, question.Pattern.Accelerator);
        var sizes = ModelSizes.Of(question.Pattern.Model);
        var flop = 2 * (sizes.AttentionWeights + sizes.DenseWeights + sizes.ActiveExpertWeights);
        var computed = shape.InputTokens * (1 - shape.CacheHitShare);
        var peak = question.Pattern.Precision == "bf16" ? chip.Bf16 : chip.Fp8!;
        Assert.InRange(
            most / shape.OutputTokens * (computed + shape.OutputTokens - 1) * flop,
            0,
            peak.Value * 1e12 * 1.001
        );
        // However fast software grows and however long.
        Assert.Equal(most, InferenceCapability.Grown(1, 0.6, most, 1200));
    }

    private void AssertOne(int seed, bool searched)
    {
        var question = Question(new Random(seed));
        var answer = BestServing.Of(_view, question)!;
        var (low, high) = Goodput(question, answer.Installation, "");
        var rate = answer.RequestsPerSecondPerAccelerator * question.Accelerators;
        Assert.True(
            rate * (1 + answer.HalfWidth) >= low && rate * (1 - answer.HalfWidth) <= high,
            $"seed {seed}: {answer.Installation.Name} {rate:G4} +- {answer.HalfWidth:P1}, goodput {low:G4} to {high:G4}"
        );
        AssertPhysical(question, answer);
        if (!searched)
        {
            return;
        }
        // And no other way to use the accelerators that a search through files knows is better.
        var (_, best) = Goodput(
            question,
            answer.Installation,
            $"search: {{ accelerators: {question.Accelerators}, disaggregated: false }}\n"
        );
        Assert.True(
            rate * (1 + answer.HalfWidth) >= 0.9 * best,
            $"seed {seed}: {answer.Installation.Name} {rate:G4}, the best through files {best:G4}"
        );
    }

    private (double Low, double High) Goodput(
        ServedQuestion question,
        InferenceCase installation,
        string search
    )
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-{Guid.NewGuid():N}.yaml");
        try
        {
            File.WriteAllText(path, Yaml(question, installation) + search);
            var (exit, output, error) = CommandLine.Run([
                "inference",
                "goodput",
                path,
                "--json",
                "--width",
                "5",
                "--versions",
                "3",
            ]);
            Assert.Equal("", CommandLine.Complaints(error));
            Assert.Equal(0, exit);
            var goodput = JsonNode.Parse(output)!["goodput"]!;
            return ((double)goodput["low"]!, (double)goodput["high"]!);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private string Yaml(ServedQuestion question, InferenceCase of)
    {
        string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var (shape, d, config) = (question.Shape, of.Deployment, of.Config);
        var apart = of.DecodeDeployment is { } decode
            ? $"disaggregation: {{ tensor_parallel: {decode.TensorParallel}, decode_replicas: {config.Disaggregation!.DecodeReplicas} }}\n"
            : "";
        return $$"""
            kind: inference
            model: {{d.Model.Name}}
            accelerator: {{d.Accelerator.Name}}
            precision: {{d.Precision}}
            as_of: {{_view.AsOf:yyyy-MM}}
            layout: { tensor_parallel: {{d.TensorParallel}}, replicas: {{config.Replicas}} }
            limits: { max_sequences: {{config.MaxSequences}}, tokens_per_step: {{d.MaxBatchedTokens}} }
            workload:
              stored_share: {{Number(shape.CacheHitShare)}}
              clients:
                - { name: all, rate: 1, arrival_cv: {{Number(
                shape.ArrivalCv
            )}}, input_tokens: {{Number(shape.InputTokens)}}, output_tokens: {{Number(
                shape.OutputTokens
            )}} }
            promise: { ttft: {{Number(1000 * question.Level.TimeToFirstTokenSeconds)}}, tpot: {{Number(
                1000 * question.Level.TimePerOutputTokenSeconds
            )}}, percentile: {{Number(100 * question.Percentile)}} }
            {{apart}}
            """;
    }
}
