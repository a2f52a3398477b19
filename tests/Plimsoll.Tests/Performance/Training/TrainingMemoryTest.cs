using Plimsoll.Inputs;
using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;
using Xunit;

namespace Plimsoll.Tests.Performance.Training;

public sealed class TrainingMemoryTest
{
    [Theory]
    [InlineData(6144, 48, 64, 2048)]
    [InlineData(12288, 96, 96, 2048)]
    [InlineData(1024, 24, 16, 1024)]
    public void Activations_of_a_plain_layer_follow_the_published_equation(
        int hidden,
        int layers,
        int heads,
        int sequence
    )
    {
        // Korthikanti et al. 2022, equation 1, for one token: h (10 + 24/t + 5 a s / (h t)) at t = 1.
        var kept = LayerActivations.Of(GptModel.Of(hidden, layers, heads), sequence);
        Assert.Equal(10.0 * hidden, kept.Whole);
        Assert.Equal(24.0 * hidden, kept.Cut);
        Assert.Equal(5.0 * heads * sequence, kept.Scores);
    }

    [Fact]
    public void States_take_sixteen_bytes_a_weight_and_are_shared_out_by_sharding()
    {
        var run = Trained.Gpt175();
        var held = TrainingMemory.Of(run);
        // 12 x 96 x 12288^2 / 64 and the output's 51200 x 12288 / 8.
        const double weights = (12.0 * 96 * 12288 * 12288 / 64) + (51200.0 * 12288 / 8);
        Assert.Equal(2 * weights, held.Weights.Count, 1);
        Assert.Equal(2 * weights, held.Gradients.Count, 1);
        Assert.Equal(12 * weights, held.Optimizer.Count, 1);
        var eight = Trained.Gpt175(512, 512) with
        {
            Layout = run.Layout with { Sharding = StateSharding.Optimizer },
        };
        Assert.Equal(12 * weights / 8, TrainingMemory.Of(eight).Optimizer.Count, 1);
        Assert.Equal(2 * weights, TrainingMemory.Of(eight).Gradients.Count, 1);
        var all = eight with { Layout = eight.Layout with { Sharding = StateSharding.Full } };
        Assert.Equal(2 * weights / 8, TrainingMemory.Of(all).Weights.Count, 1);
    }

    [Fact]
    public void Without_recomputation_the_large_model_does_not_fit_and_the_shortfall_is_told()
    {
        var run = Trained.Gpt175();
        Assert.Empty(TrainingCheck.Of(run, InputPath.Root));
        var kept = run with { Layout = run.Layout with { Recomputation = Recomputation.None } };
        var memory = TrainingMemory.Of(kept);
        // 8 micro-batches of 12 layers of 2048 x 12288 x (10 + 24/8 + 5 x 96 x 2048 / (12288 x 8)) bytes.
        Assert.Equal(8 * 12 * 2048.0 * 12288 * (10 + 3 + 10), memory.Activations.Count, 1);
        var finding = Assert.Single(TrainingCheck.Of(kept, InputPath.Root));
        Assert.Equal("memory", finding.Rule);
        Assert.StartsWith(
            $"{memory.Shortfall.Gigabytes:F1} GB are missing",
            finding.Remedy,
            StringComparison.Ordinal
        );
        Assert.True(memory.Shortfall.Gigabytes > 10);
    }

    [Fact]
    public void Most_measured_runs_on_several_nodes_could_not_have_kept_their_activations()
    {
        var kept = Measured.Multi(Recomputation.None);
        var recomputed = Measured.Multi(Recomputation.Full);
        var impossible = kept.Count(p => !TrainingMemory.Of(p.Run).Fits);
        Assert.True(impossible > kept.Count / 2, $"{impossible} of {kept.Count}");
        var refused = recomputed.Count(p => !TrainingMemory.Of(p.Run).Fits);
        Assert.True(refused <= 5, $"{refused} of {recomputed.Count} measured runs are refused");
    }

    [Theory]
    [InlineData(3, 8, 1, 64, "layout", "a multiple of TP x PP x CP")]
    [InlineData(5, 1, 1, 40, "layout", "a divisor of the 96 heads")]
    [InlineData(1, 97, 1, 97, "layout", "at most the 96 layers")]
    [InlineData(8, 8, 2, 64, "layout", "has no experts")]
    [InlineData(8, 8, 1, 192, "layout", "a multiple of 3 data-parallel ranks")]
    [InlineData(8, 8, 1, 0, "range", "1 or more")]
    public void Impossible_layouts_are_refused(
        int tp,
        int pp,
        int ep,
        int accelerators,
        string rule,
        string expected
    )
    {
        var run = Trained.Gpt175(accelerators);
        run = run with
        {
            Layout = run.Layout with
            {
                TensorParallel = tp,
                PipelineParallel = pp,
                ExpertParallel = ep,
            },
        };
        Assert.Contains(
            TrainingCheck.Of(run, InputPath.Root),
            f => f.Rule == rule && f.Expected.Contains(expected, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_sequence_beyond_the_context_window_and_fp8_without_the_hardware_are_refused()
    {
        var run = Trained.Llama8B;
        Assert.Empty(TrainingCheck.Of(run, InputPath.Root));
        var tooLong = run with { Job = run.Job with { SequenceLength = 131073 } };
        Assert.Contains(TrainingCheck.Of(tooLong, InputPath.Root), f => f.Rule == "context-window");
        var narrow = Trained.Gpt175() with
        {
            Job = Trained.Gpt175().Job with { Precision = "fp8" },
        };
        Assert.Contains(TrainingCheck.Of(narrow, InputPath.Root), f => f.Rule == "precision");
    }
}
