using CsCheck;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class StepLawTest
{
    private static readonly Gen<BatchShape> _shapes = Gen.Select(
            Gen.Int[0, 512],
            Gen.Int[1, 20000],
            Gen.Int[0, 8192],
            Gen.Double[1, 30000]
        )
        .Select(
            (sequences, context, prompt, attended) =>
                new BatchShape(sequences, (long)sequences * context, prompt, prompt * attended)
        )
        .Where(b => b.DecodeSequences + b.PrefillTokens > 0);

    private static readonly Deployment[] _deployments =
    [
        Served.On("H100 SXM5", Served.Llama8B),
        Served.On("A100 SXM 80GB", Served.Llama70B, 4),
        Served.On("H100 SXM5", Served.GptOss, 2),
        Served.On("H200 SXM", Served.DeepSeekV3, 8) with
        {
            Precision = "fp8",
            ExpertParallel = 8,
        },
        Served.On("H200 SXM", Served.DeepSeekV3) with
        {
            Precision = "fp8",
            AttentionDataParallel = 16,
            ExpertParallel = 16,
        },
        Served.On("H20 SXM", Served.Llama70B, 2) with
        {
            PipelineParallel = 2,
        },
        Served.On("H200 SXM", Served.DeepSeekV3 with { SparseTokens = 2048 }, 8) with
        {
            Precision = "fp8",
        },
        Served.On("H100 SXM5", Served.GptOss, 2).WithSpeculation(3, 0.7, 0.05),
    ];

    [Fact]
    public void More_bandwidth_is_never_slower() =>
        Gen.Select(_shapes, Gen.Int[0, _deployments.Length - 1], Gen.Double[1, 4])
            .Sample(
                (shape, i, factor) =>
                {
                    var chip = _deployments[i].Accelerator;
                    var faster = _deployments[i] with
                    {
                        Accelerator = chip with
                        {
                            MemoryBandwidth = chip.MemoryBandwidth.Map(b => b * factor, "GB/s"),
                        },
                    };
                    return Served.Prior(faster).Seconds(shape)
                        <= Served.Prior(_deployments[i]).Seconds(shape) * (1 + 1e-12);
                }
            );

    [Fact]
    public void More_link_bandwidth_and_more_flops_are_never_slower() =>
        Gen.Select(_shapes, Gen.Int[0, _deployments.Length - 1], Gen.Double[1, 4])
            .Sample(
                (shape, i, factor) =>
                {
                    var chip = _deployments[i].Accelerator;
                    var faster = _deployments[i] with
                    {
                        Accelerator = chip with
                        {
                            ScaleUpBandwidth = chip.ScaleUpBandwidth!.Map(b => b * factor, "GB/s"),
                            Bf16 = chip.Bf16.Map(b => b * factor, "TFLOP/s"),
                            Fp8 = chip.Fp8?.Map(b => b * factor, "TFLOP/s"),
                        },
                    };
                    return Served.Prior(faster).Seconds(shape)
                        <= Served.Prior(_deployments[i]).Seconds(shape) * (1 + 1e-12);
                }
            );

    [Fact]
    public void More_tokens_are_never_faster() =>
        Gen.Select(_shapes, Gen.Int[0, _deployments.Length - 1], Gen.Int[0, 3])
            .Sample(
                (shape, i, what) =>
                {
                    var law = Served.Prior(_deployments[i]);
                    var more = what switch
                    {
                        0 => shape with { DecodeSequences = shape.DecodeSequences + 1 },
                        1 => shape with { KvTokens = shape.KvTokens + 1000 },
                        2 => shape with { PrefillTokens = shape.PrefillTokens + 16 },
                        _ => shape with { PrefillContextTokens = shape.PrefillContextTokens + 1e5 },
                    };
                    return law.Seconds(more) >= law.Seconds(shape) * (1 - 1e-12);
                }
            );

    [Fact]
    public void A_segment_is_the_step_time_as_far_as_it_says() =>
        Gen.Select(_shapes, Gen.Int[0, _deployments.Length - 1], Gen.Double[0, 1])
            .Sample(
                (shape, i, where) =>
                {
                    var law = Served.Prior(_deployments[i]);
                    var segment = law.Segment(shape);
                    var end = Math.Min(segment.ValidToKvTokens, shape.KvTokens + 50_000_000);
                    if (segment.ValidToKvTokens < shape.KvTokens)
                    {
                        return false;
                    }
                    var at = shape.KvTokens + (long)((end - shape.KvTokens) * where);
                    var exact = law.MeanSeconds(
                        shape.DecodeSequences,
                        at,
                        shape.PrefillTokens,
                        shape.PrefillContextTokens
                    );
                    return Math.Abs(segment.Seconds(at) - exact) <= 1e-9 * exact;
                }
            );

    [Fact]
    public void One_accelerator_has_no_collective_and_no_link()
    {
        var alone = StepTerms.Of(Served.On("H100 SXM5", Served.Llama8B));
        Assert.Equal(0, alone.Collectives);
        Assert.Equal(0, alone.LinkPerToken);
        var two = StepTerms.Of(Served.On("H100 SXM5", Served.Llama8B, 2));
        // Twice a layer, (1 + log2 2) / 4 of the latency among eight.
        Assert.Equal(32, two.Collectives);
        Assert.True(two.LinkPerToken > 0);
    }

    [Fact]
    public void A_lone_decode_reads_the_weights_once()
    {
        var d = Served.On("H100 SXM5", Served.Llama8B);
        var law = Served.Prior(d);
        // (8.03e9 - 0.53e9 of embedding) x 2 bytes at 3.35 TB/s x 0.7, and the token's own 20 vectors of 4096 x 2 bytes in each of 32 layers.
        var bytes = (ModelSizes.Of(Served.Llama8B).ActiveWeights * 2) + (20 * 4096 * 2 * 32);
        // Host 1 ms; 32 layers x 20 us and 10 us a sequence, times (4096 / 6144)^0.3.
        var waiting = 1e-3 + (6.5e-4 * Math.Pow(4096 / 6144.0, 0.3));
        // The matrix work, 29 us against 6,400, hides behind the reading: under a nanosecond of the 4-norm.
        Assert.Equal(
            (bytes / 3.35e12 / 0.7) + waiting,
            law.Seconds(new BatchShape(1, 0, 0, 0)),
            1e-9
        );
    }

    [Fact]
    public void Few_tokens_visit_few_experts()
    {
        var law = Served.Prior(_deployments[3]);
        var one = law.Seconds(new BatchShape(1, 1000, 0, 0));
        var many = law.Seconds(new BatchShape(256, 1000, 0, 0));
        Assert.True(many > 3 * one, $"{one} {many}");
    }

    [Fact]
    public void Accepted_tokens_divide_the_step()
    {
        var plain = _deployments[0];
        var speculative = plain with { AcceptedTokensPerStep = 2, VerifiedTokensPerStep = 4 };
        var shape = new BatchShape(4, 8000, 0, 0);
        var ratio = Served.Prior(speculative).Seconds(shape) / Served.Prior(plain).Seconds(shape);
        Assert.InRange(ratio, 0.5, 0.75);
    }

    [Fact]
    public void Stages_share_the_work_but_read_their_weights_once_per_micro_batch()
    {
        var flat = Served.On("H20 SXM", Served.Llama70B, 4);
        var deep = Served.On("H20 SXM", Served.Llama70B, 2) with { PipelineParallel = 2 };
        Assert.Equal(flat.Accelerators, deep.Accelerators);
        var (one, two) = (StepTerms.Of(flat).Dense, StepTerms.Of(deep).Dense);
        Assert.Equal(one.ComputePerToken, two.ComputePerToken, 1e-18);
        Assert.Equal(2 * one.ReadSeconds, two.ReadSeconds, 1e-12);
    }
}
