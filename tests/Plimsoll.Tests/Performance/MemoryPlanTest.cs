using Plimsoll.Inputs;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class MemoryPlanTest
{
    [Fact]
    public void Weights_of_published_models_add_up()
    {
        Assert.Equal(8.03, ModelSizes.Of(Served.Llama8B).TotalWeights / 1e9, 0.02);
        Assert.Equal(70.6, ModelSizes.Of(Served.Llama70B).TotalWeights / 1e9, 0.1);
        Assert.Equal(671, ModelSizes.Of(Served.DeepSeekV3).TotalWeights / 1e9, 2.0);
        Assert.Equal(37, ModelSizes.Of(Served.DeepSeekV3).ActiveWeights / 1e9, 1.0);
        Assert.Equal(116.8, ModelSizes.Of(Served.GptOss).TotalWeights / 1e9, 1.5);
    }

    [Fact]
    public void Cache_of_a_token_follows_the_attention_kind()
    {
        // 32 layers x 8 heads x (128 + 128) x 2 bytes.
        Assert.Equal(
            131072,
            MemoryPlan.Of(Served.On("H100 SXM5", Served.Llama8B)).KvPerToken.Count
        );
        // 61 layers x (512 + 64) x 2 bytes, copied to every accelerator of the group.
        var deepSeek = Served.On("H200 SXM", Served.DeepSeekV3, 8) with
        {
            Precision = "fp8",
        };
        Assert.Equal(61 * 576 * 2, MemoryPlan.Of(deepSeek).KvPerToken.Count);
        // Only the 18 full layers grow.
        var oss = MemoryPlan.Of(Served.On("H100 SXM5", Served.GptOss, 2));
        Assert.Equal(18 * 8 * 128 * 2 / 2, oss.KvPerToken.Count);
        Assert.Equal(18 * 8 * 128 * 2 / 2 * 128, oss.KvPerSequence.Count);
    }

    [Fact]
    public void The_keys_by_which_sparse_attention_chooses_take_room_too()
    {
        var dense = Served.On("H200 SXM", Served.DeepSeekV3, 8) with { Precision = "fp8" };
        var sparse = dense with { Model = dense.Model with { SparseTokens = 2048 } };
        double Each(Deployment d) => MemoryPlan.Of(d).KvPerToken.Count;
        Assert.Equal(61 * (128 + 4), Each(sparse) - Each(dense), 1e-6);
        Assert.True(MemoryPlan.Of(sparse).KvCapacityTokens < MemoryPlan.Of(dense).KvCapacityTokens);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_shortfall()
    {
        var tooSmall = Served.On("H100 SXM5", Served.Llama70B);
        var plan = MemoryPlan.Of(tooSmall);
        Assert.False(plan.Fits);
        Assert.Equal(0, plan.KvCapacityTokens);
        // 141 GB of weights and 3 to 6 GB of work space against nine tenths of the 85.5 that the driver reports.
        Assert.InRange(plan.Shortfall.Gigabytes, 67, 71);
        var finding = Assert.Single(DeploymentCheck.Of(tooSmall, new InputPath("deployment")));
        Assert.Equal("memory", finding.Rule);
        Assert.Contains(
            $"{plan.Shortfall.Gigabytes:F1} GB are missing",
            finding.Remedy,
            StringComparison.Ordinal
        );
        var thrown = Assert.Throws<ArgumentException>(() => Served.Prior(tooSmall));
        Assert.Contains(
            $"{plan.Shortfall.Gigabytes:F1} GB",
            thrown.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(DeploymentCheck.Of(tooSmall with { TensorParallel = 4 }, InputPath.Root));
    }

    [Fact]
    public void More_accelerators_hold_more_tokens()
    {
        var last = 0L;
        foreach (var tp in new[] { 4, 8, 16 })
        {
            var tokens = MemoryPlan
                .Of(Served.On("H100 SXM5", Served.Llama70B, tp))
                .KvCapacityTokens;
            Assert.True(tokens > last);
            last = tokens;
        }
    }

    [Theory]
    [InlineData(3, 1, 1, "a divisor of the 64 heads")]
    [InlineData(4, 3, 2, "has no experts")]
    [InlineData(4, 100, 1, "at most the 80 layers")]
    public void Impossible_layouts_are_refused(int tp, int pp, int ep, string expected)
    {
        var d = Served.On("H200 SXM", Served.Llama70B, tp) with
        {
            PipelineParallel = pp,
            ExpertParallel = ep,
        };
        Assert.Contains(
            DeploymentCheck.Of(d, InputPath.Root),
            f => f.Rule == "layout" && f.Expected.Contains(expected, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_request_beyond_the_context_window_is_refused()
    {
        var d = Served.On("H200 SXM", Served.Llama8B);
        Assert.Empty(DeploymentCheck.OfRequest(d, 130000, 1072, InputPath.Root));
        var finding = Assert.Single(DeploymentCheck.OfRequest(d, 130000, 1073, InputPath.Root));
        Assert.Equal("context-window", finding.Rule);
        Assert.Contains("by 1 tokens", finding.Remedy, StringComparison.Ordinal);
    }
}
