using CsCheck;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>What no fit may break, on random deployments of the catalogue that fit in memory, with the shipped calibration.</summary>
public sealed class PhysicsTest
{
    private const double _even = 1 + 1e-9;

    private static readonly Calibration _calibration = Calibration.Of(Served.View);

    private static readonly Gen<Deployment> _deployments = Gen.Select(
            DrawnDeployments.OneOf([
                .. DrawnDeployments.Chips.Where(c => c.ScaleUpBandwidth is not null),
            ]),
            DrawnDeployments.On(_calibration),
            (chip, on) => on(chip)
        )
        .Where(d => DeploymentCheck.Of(d, InputPath.Root).Count == 0);

    private static readonly Gen<(int Batch, long Context, int Prompt)> _loads = Gen.Select(
        DrawnDeployments.OneOf(1, 3, 16, 64, 200, 500),
        DrawnDeployments.OneOf(16L, 500, 4000, 30_000, 120_000),
        DrawnDeployments.OneOf(0, 0, 700, 8000)
    );

    private static StepLaw Law(Deployment d) =>
        ServedLaw.Of(_calibration, DateOnly.MaxValue, d, InputPath.Root).Law!;

    private static double Seconds(StepLaw law, (int Batch, long Context, int Prompt) load) =>
        law.Seconds(
            new BatchShape(load.Batch, load.Batch * load.Context, load.Prompt, load.Prompt * 4000.0)
        );

    [Fact]
    public void The_calibration_under_test_is_a_fitted_one() => Assert.True(_calibration.IsFitted);

    [Fact]
    public void No_efficiency_reaches_one() =>
        _deployments.Sample(
            d =>
            {
                var c = Law(d).Coefficients;
                return new[]
                {
                    c.ComputeEfficiency,
                    c.ScoreEfficiency,
                    c.WeightEfficiency,
                    c.CacheEfficiency,
                    c.LinkEfficiency,
                    c.ExpertEfficiency,
                    c.ExpertExponent,
                    c.EightBitGain,
                    c.FourBitGain,
                    c.NarrowRead,
                    c.NarrowCache,
                }.All(e => e is > 0 and < 1);
            },
            iter: DrawnDeployments.Count
        );

    [Fact]
    public void Narrower_weights_are_never_slower_where_the_chip_multiplies_them() =>
        Gen.Select(_deployments, _loads)
            .Sample(
                (d, load) =>
                {
                    string[] narrowing =
                    [
                        .. new[] { "bf16", "fp8", "fp4" }.Where(p =>
                            WeightFormat.Multiplies(d.Accelerator, p)
                        ),
                    ];
                    double[] times =
                    [
                        .. narrowing
                            .Select(p => d with { Precision = p, MemoryUtilisation = 1 })
                            .Where(n => DeploymentCheck.Of(n, InputPath.Root).Count == 0)
                            .Select(n => Seconds(Law(n), load)),
                    ];
                    return times.Zip(times.Skip(1)).All(t => t.Second <= t.First * _even);
                },
                iter: DrawnDeployments.Count
            );

    [Fact]
    public void More_bandwidth_is_never_slower() =>
        Gen.Select(_deployments, _loads, Gen.Double[1, 4])
            .Sample(
                (d, load, factor) =>
                {
                    var faster = d with
                    {
                        Accelerator = d.Accelerator with
                        {
                            MemoryBandwidth = d.Accelerator.MemoryBandwidth.Map(
                                b => b * factor,
                                "GB/s"
                            ),
                        },
                    };
                    return Seconds(Law(faster), load) <= Seconds(Law(d), load) * _even;
                },
                iter: DrawnDeployments.Count
            );

    [Fact]
    public void Longer_contexts_and_larger_batches_below_capacity_are_never_faster() =>
        Gen.Select(_deployments, _loads, Gen.Bool)
            .Sample(
                (d, load, longer) =>
                {
                    var law = Law(d);
                    var more = longer
                        ? load with
                        {
                            Context = load.Context * 2,
                        }
                        : load with
                        {
                            Batch = load.Batch + 1,
                        };
                    return more.Batch * more.Context > law.KvCapacityTokens
                        || Seconds(law, more) >= Seconds(law, load) / _even;
                },
                iter: DrawnDeployments.Count
            );

    [Fact]
    public void Decoding_is_never_faster_than_its_bytes_over_the_bandwidth() =>
        Gen.Select(_deployments, _loads)
            .Sample(
                (d, load) =>
                    Seconds(Law(d), load with { Prompt = 0 })
                    >= LeastBytes(d, load.Batch, load.Context)
                        / (d.Accelerator.MemoryBandwidth.Value * 1e9)
                        / _even,
                iter: DrawnDeployments.Count
            );

    [Fact]
    public void No_stated_interval_reaches_below_the_bytes_over_the_bandwidth() =>
        Gen.Select(_deployments, _loads)
            .Sample(
                (d, load) =>
                {
                    var law = Law(d);
                    if (load.Context + 200 > law.KvCapacityTokens)
                    {
                        return true;
                    }
                    var loop = ClosedLoop.Predict(
                        law,
                        EngineLimits.Of(d),
                        new ClosedLoopLoad(load.Batch, load.Context, 200)
                    );
                    var low = loop.Error.TimePerOutputToken.Low(loop.TimePerOutputToken);
                    // One sequence alone is the least that any running batch reads.
                    return low
                        >= LeastBytes(d, 1, load.Context)
                            / (d.Accelerator.MemoryBandwidth.Value * 1e9)
                            / _even;
                },
                iter: DrawnDeployments.Count
            );

    [Fact]
    public void Prompts_are_never_faster_than_their_matrices_at_the_peak() =>
        Gen.Select(_deployments, Gen.Int[64, 16_000])
            .Sample(
                (d, tokens) =>
                {
                    var sizes = ModelSizes.Of(d.Model);
                    var best = new[]
                    {
                        d.Accelerator.Bf16.Value,
                        d.Accelerator.Fp8?.Value ?? 0,
                        d.Accelerator.Int8?.Value ?? 0,
                        d.Accelerator.Fp4?.Value ?? 0,
                    }.Max();
                    var flops =
                        2.0 * tokens * (sizes.ActiveWeights - sizes.OutputWeights) / d.Accelerators;
                    var seconds = Law(d).Seconds(new BatchShape(0, 0, tokens, 0));
                    return seconds >= flops / (best * 1e12) / _even;
                },
                iter: DrawnDeployments.Count
            );

    // Weights that every step reads, the experts of one token, and the cache: counted anew, with no part of the law but the formats.
    private static double LeastBytes(Deployment d, int batch, long context)
    {
        var sizes = ModelSizes.Of(d.Model);
        var format = WeightFormat.Of(d);
        var dense = d.Model.Experts > 0 ? format.Attention.Bytes : format.FeedForward.Bytes;
        var stage = d.TensorParallel * d.AttentionDataParallel;
        var weights =
            (
                (sizes.AttentionWeights * format.Attention.Bytes)
                + (sizes.DenseWeights * dense)
                + (2 * sizes.OutputWeights)
            ) / d.TensorParallel
            + (sizes.ActiveExpertWeights * format.FeedForward.Bytes / stage);
        var seen = sizes.Window > 0 ? Math.Min(context, sizes.Window) : context;
        var elements =
            ((sizes.FullLayers * (double)context) + (sizes.WindowLayers * (double)seen))
            * sizes.CacheElements
            * MemoryPlan.CacheShare(d);
        return weights + (batch * elements * d.KvElementBytes / d.AttentionDataParallel);
    }
}
