using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Performance.Kernels;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class KernelTest
{
    private static readonly Calibration _calibration = Calibration.Of(Served.View);

    private static Deployment DeepSeekOnH800(int ranks, int tokens) =>
        new()
        {
            Accelerator = Accelerator.Of(Served.View, "H800 SXM5"),
            Model = Served.DeepSeekV3,
            Engine = ServingEngine.Sglang,
            Precision = "fp8",
            AttentionDataParallel = ranks,
            ExpertParallel = ranks,
            MaxBatchedTokens = tokens,
            OverlapsCommunication = true,
        };

    [Fact]
    public void Prompts_of_DeepSeek_s_profile_on_H800_are_predicted_within_a_quarter()
    {
        // deepseek-ai/profile-data: EP32, TP1, prompts of 4K, 16K tokens a GPU, two half-batches; 7,839 tokens/s and GPU. No H800 was fitted.
        var law = StepLaw.Of(_calibration, DeepSeekOnH800(32, 16384), true);
        const double tokens = 32 * 16384;
        var seconds = law.MeanSeconds(0, 0, tokens, tokens * 4096 / 2);
        Assert.InRange(tokens / seconds / 32, 7839 * 0.75, 7839 * 1.25);
    }

    [Fact]
    public void Answers_of_DeepSeek_s_profile_on_H800_are_predicted_within_a_fifth()
    {
        // The same: EP128, 128 requests a GPU over 4K tokens; 2,324 tokens/s and GPU.
        var law = StepLaw.Of(_calibration, DeepSeekOnH800(128, 1024), true);
        var seconds = law.MeanSeconds(128 * 128, 128 * 128 * 4096.0, 0, 0);
        Assert.InRange(128 / seconds, 2324 * 0.8, 2324 * 1.2);
    }

    [Fact]
    public void Kernels_stand_in_where_a_chip_served_no_measured_point()
    {
        var h20 = Served.On("H20 SXM", Served.Llama8B);
        Assert.Equal(2, _calibration.ErrorOf(h20).Tier);
        Assert.Equal(Novelty.NewChip, _calibration.ErrorOf(h20).Novelty);
        var h100 = Served.On("H100 SXM5", Served.Llama8B);
        Assert.Equal(1, _calibration.ErrorOf(h100).Tier);
        // A chip of little rate comes nearer to it: 88 % against 68 % in plain matrices.
        Assert.True(
            _calibration.CoefficientsOf(h20).ComputeEfficiency
                > 1.1 * _calibration.CoefficientsOf(h100).ComputeEfficiency
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void H20_decodes_small_batches_no_slower_than_H800(int batch)
    {
        // 4.0 against 3.35 TB/s, and a small batch of a small model is memory's.
        double Seconds(string chip) =>
            StepLaw
                .Of(_calibration, Served.On(chip, Served.Llama8B))
                .MeanSeconds(batch, batch * 1024.0, 0, 0);
        Assert.InRange(Seconds("H20 SXM") / Seconds("H800 SXM5"), 0.8, 1);
    }

    [Fact]
    public void What_memory_reaches_is_told_by_kernels_that_memory_bounds()
    {
        static KernelPoint Of(double compute, double memory, double took) =>
            new("H20 SXM", KernelWork.DecodeAttention, compute, memory, took);
        // The rate is half reached, so the middle kernel is bound by it although its ideal time is the shorter.
        var fitted = Assert.Single(
            KernelEfficiency.Fit([
                Of(9e-4, 1e-4, 18e-4),
                Of(9e-4, 10e-4, 18e-4),
                Of(1e-4, 8e-4, 1e-3),
            ])
        );
        Assert.Equal(0.5, fitted.Compute, 1e-9);
        Assert.Equal(0.8, fitted.Memory, 1e-9);
    }

    [Fact]
    public void Few_rows_of_a_matrix_cost_a_tile()
    {
        const string text = "m,k,n,latency_us,mfu\n1,4096,4096,10,0.5\n64,4096,4096,10,0.5\n";
        var points = KernelTables.Read(Served.View, "gemm/h20/data.csv", text);
        Assert.Equal(points[1].ComputeSeconds, points[0].ComputeSeconds);
        Assert.True(points[0].ComputeSeconds > points[0].MemorySeconds);
        var caches = KernelTables.Read(
            Served.View,
            "mha/decode/h20/32-8-128.csv",
            "dtype,kv_dtype,batch_size,kv_len,latency_us,mfu\nbf16,bf16,1,1024,30,0\nbf16,fp8,1,1024,30,0\n"
        );
        Assert.Single(caches);
    }

    [Fact]
    public void A_chip_without_data_states_a_wider_error_than_any_other()
    {
        var ascend = Served.On("Ascend 910B3", Served.Llama8B);
        var error = _calibration.ErrorOf(ascend);
        Assert.Equal(Novelty.ChipWithoutData, error.Novelty);
        foreach (var kind in new[] { Novelty.KnownDeployment, Novelty.NewDeployment })
        {
            Assert.True(
                error.TimePerOutputToken.LogSigma
                    > _calibration.ErrorOf(kind).TimePerOutputToken.LogSigma
            );
        }
        Assert.True(StepLaw.Of(_calibration, ascend).Seconds(new BatchShape(1, 100, 0, 0)) > 0);
    }

    [Fact]
    public void A_matrix_at_peak_is_found_to_be_at_peak()
    {
        // 4096^3 x 2 FLOP at 1,979 TFLOP/s are 69.4 us.
        var chip = Accelerator.Of(Served.View, "H800 SXM5");
        var ideal = 2 * Math.Pow(4096, 3) / (chip.Fp8!.Value * 1e12) * 1e6;
        var text = FormattableString.Invariant(
            $"m,k,n,latency_us,mfu\n4096,4096,4096,{ideal * 2},0.5\n4096,4096,4096,{ideal * 2},0.5\n"
        );
        var points = KernelTables.Read(Served.View, "gemm/h800/data.csv", text);
        Assert.Equal(2, points.Count);
        var fitted = Assert.Single(KernelEfficiency.Fit(points));
        Assert.Equal(KernelWork.Matrix, fitted.Work);
        Assert.Equal(0.5, fitted.Compute, 1e-6);
        Assert.True(double.IsNaN(fitted.Memory));
        var stored = KernelEfficiency.ToCsv([fitted], new DateOnly(2025, 1, 1));
        var read = Assert.Single(KernelEfficiency.Read(CsvTable.Parse(stored, "kernels.csv")));
        Assert.Equal(0.5, read.Compute, 1e-4);
        Assert.Empty(KernelTables.Read(Served.View, "gemm/h999/data.csv", text));
        Assert.Throws<InvalidDataException>(() =>
            KernelTables.Read(
                Served.View,
                "gemm/h800/data.csv",
                text.Replace("4096,4096,4096,", "4096,4096,many,", StringComparison.Ordinal)
            )
        );
    }
}
