using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;
using Xunit;

namespace Plimsoll.Tests.Performance.Training;

public sealed class IterationLawTest
{
    private static readonly TrainingRun[] _runs =
    [
        Trained.Gpt175(),
        Trained.Gpt175(512, 512),
        Trained.Llama8B,
        Trained.Llama8B with
        {
            Layout = new TrainingLayout { Sharding = StateSharding.Full, MicroBatch = 2 },
        },
        new(
            new TrainingJob(Served.DeepSeekV3, 4096, 15360) { Precision = "fp8" },
            new TrainingFleet(Accelerator.Of(Served.View, "H800 SXM5"), 2048),
            new TrainingLayout
            {
                PipelineParallel = 16,
                ExpertParallel = 64,
                Schedule = PipelineSchedule.DualPipe,
                Recomputation = Recomputation.Selective,
            }
        ),
    ];

    [Fact]
    public void Faster_parts_are_never_slower() =>
        Gen.Select(Gen.Int[0, _runs.Length - 1], Gen.Int[0, 3], Gen.Double[1, 4])
            .Sample(
                (i, what, factor) =>
                {
                    var run = _runs[i];
                    var chip = run.Fleet.Accelerator;
                    var fleet = what switch
                    {
                        0 => run.Fleet with
                        {
                            Accelerator = chip with
                            {
                                MemoryBandwidth = chip.MemoryBandwidth.Map(b => b * factor, "GB/s"),
                            },
                        },
                        1 => run.Fleet with
                        {
                            Accelerator = chip with
                            {
                                Bf16 = chip.Bf16.Map(b => b * factor, "TFLOP/s"),
                                Fp8 = chip.Fp8?.Map(b => b * factor, "TFLOP/s"),
                            },
                        },
                        2 => run.Fleet with
                        {
                            Accelerator = chip with
                            {
                                ScaleUpBandwidth = chip.ScaleUpBandwidth!.Map(
                                    b => b * factor,
                                    "GB/s"
                                ),
                            },
                        },
                        _ => run.Fleet with
                        {
                            FabricGigabytesPerSecond = run.Fleet.FabricGigabytesPerSecond * factor,
                        },
                    };
                    return Trained.Prior(run with { Fleet = fleet }).Seconds
                        <= Trained.Prior(run).Seconds * (1 + 1e-12);
                }
            );

    [Fact]
    public void More_sequences_and_longer_ones_are_never_faster() =>
        Gen.Select(Gen.Int[0, _runs.Length - 1], Gen.Int[1, 4])
            .Sample(
                (i, factor) =>
                {
                    var run = _runs[i];
                    var more = run with
                    {
                        Job = run.Job with { GlobalBatch = run.Job.GlobalBatch * factor },
                    };
                    var longer = run with
                    {
                        Job = run.Job with { SequenceLength = run.Job.SequenceLength * factor },
                    };
                    var seconds = Trained.Prior(run).Seconds * (1 - 1e-12);
                    return Trained.Prior(more).Seconds >= seconds
                        && Trained.Prior(longer).Seconds >= seconds;
                }
            );

    [Fact]
    public void The_parts_add_up_to_the_iteration()
    {
        foreach (var run in _runs)
        {
            var t = Trained.Prior(run);
            var sum =
                t.Matrices
                + t.Scores
                + t.Memory
                + t.Launch
                + t.Exchange
                + t.Bubble
                + t.Pipeline
                + t.Gradients
                + t.Optimizer;
            Assert.Equal(t.Seconds, sum, t.Seconds * 1e-9);
        }
    }

    [Fact]
    public void One_accelerator_exchanges_nothing()
    {
        var alone = new TrainingRun(
            new TrainingJob(GptModel.Of(1024, 12, 16), 1024, 8),
            new TrainingFleet(Accelerator.Of(Served.View, "A100 SXM 80GB"), 1),
            new TrainingLayout()
        );
        var t = Trained.Prior(alone);
        Assert.Equal(0, t.Exchange);
        Assert.Equal(0, t.Bubble);
        Assert.Equal(0, t.Pipeline);
        Assert.Equal(0, t.Gradients);
        Assert.Equal(0, IterationTerms.Of(alone).Collectives);
    }

    [Fact]
    public void The_bubble_is_p_minus_one_micro_batches_and_shrinks_with_virtual_stages()
    {
        var run = Trained.Gpt175();
        var t = IterationTerms.Of(run) with
        {
            Head = 0,
            HeadTraffic = 0,
            HandoverFar = 0,
            Optimizer = 0,
        };
        var c = TrainingCoefficients.Prior with { IterationSeconds = 1e-12 };
        var time = IterationLaw.Of(t, c);
        // Narayanan et al. 2021: bubble over ideal time = (p - 1) / m, here 7 / 64.
        Assert.Equal(7.0 / 64, time.Bubble / (time.Seconds - time.Bubble), 1e-9);
        var interleaved = IterationLaw.Of(t with { BubbleDivisor = 3 }, c);
        Assert.Equal(time.Bubble / 3, interleaved.Bubble, 1e-12);
    }

    [Fact]
    public void Recomputing_layers_costs_a_third_of_the_matrix_work()
    {
        var run = Trained.Gpt175();
        var kept = run with { Layout = run.Layout with { Recomputation = Recomputation.None } };
        var full = IterationTerms.Of(run);
        var none = IterationTerms.Of(kept);
        Assert.Equal(4.0 / 3, full.Matrix / none.Matrix, 1e-12);
        Assert.Equal(1.5, full.Passes / none.Passes, 1e-12);
    }

    [Fact]
    public void Model_flops_follow_the_published_count()
    {
        var job = Trained.Gpt175().Job;
        // Narayanan et al. 2021, without recomputation: 72 B s l h^2 (1 + s/(6h) + V/(12 l h)), embeddings tied.
        const double b = 64;
        const double s = 2048;
        const double l = 96;
        const double h = 12288;
        const double v = 51200;
        var expected = 72 * b * s * l * h * h * (1 + (s / (6 * h)) + (v / (12 * l * h)));
        Assert.Equal(expected, job.ModelFlops, expected * 1e-9);
    }

    [Fact]
    public void A_frozen_model_needs_no_gradient_by_its_weights()
    {
        var run = Trained.Llama8B;
        var adapters = run with { Job = run.Job with { TrainableShare = 0 } };
        Assert.Equal(
            2.0 / 3,
            IterationTerms.Of(adapters).Matrix / IterationTerms.Of(run).Matrix,
            1e-12
        );
        Assert.Equal(0, IterationTerms.Of(adapters).GradientNear);
    }
}
