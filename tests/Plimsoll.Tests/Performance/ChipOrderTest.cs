using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>A chip that was not measured and is no worse in any number of the catalogue than another of its design is no slower with the same model, precision, layout, engine and version.</summary>
public sealed class ChipOrderTest
{
    private const double _even = 1 + 1e-6;

    // Where prompts take less time a few more requests decode at once, and each step is a little longer.
    private const double _loop = 1.005;

    private static readonly Calibration _calibration = Calibration.Of(Served.View);

    private static bool SameDesign(Accelerator a, Accelerator b) =>
        a.Vendor == b.Vendor && ChipFamily.Of(a) == ChipFamily.Of(b);

    private static double Reach(Accelerator c) =>
        c.Name.Contains("NVL72", StringComparison.Ordinal) ? 72
        : c.Name.Contains("CloudMatrix384", StringComparison.Ordinal) ? 384
        : 8;

    private static bool NoWorse(Accelerator a, Accelerator b)
    {
        double[] Numbers(Accelerator c) =>
            [
                c.Bf16.Value,
                c.Fp8?.Value ?? 0,
                c.Fp4?.Value ?? 0,
                a.Int8 is null || b.Int8 is null ? 0 : c.Int8!.Value,
                c.MemoryBytes,
                c.MemoryBandwidth.Value,
                c.ScaleUpBandwidth?.Value ?? 0,
                Reach(c),
            ];
        return a.Name != b.Name && Numbers(a).Zip(Numbers(b)).All(n => n.First >= n.Second);
    }

    private static readonly (Accelerator Better, Accelerator Worse)[] _pairs =
    [
        .. from better in DrawnDeployments.Chips
        from worse in DrawnDeployments.Chips
        where
            NoWorse(better, worse)
            && SameDesign(better, worse)
            // A measured chip stays as it was measured.
            && !_calibration.Measured(better)
        select (better, worse),
    ];

    private sealed record Asked(
        Accelerator Better,
        Deployment Worse,
        int Clients,
        double Input,
        double Output
    );

    private static Gen<Asked> Questions(
        (Accelerator Better, Accelerator Worse)[] pairs,
        Calibration calibration
    ) =>
        Gen.Select(
                DrawnDeployments.OneOf(pairs),
                DrawnDeployments.On(calibration),
                DrawnDeployments.OneOf(1, 4, 16, 64, 256, 1000),
                DrawnDeployments.OneOf(16.0, 500, 1500, 8000),
                DrawnDeployments.OneOf(20.0, 400, 2000),
                (pair, on, clients, input, output) =>
                    new Asked(pair.Better, on(pair.Worse), clients, input, output)
            )
            .Where(q =>
                DeploymentCheck.Of(q.Worse, InputPath.Root).Count == 0
                && DeploymentCheck.Of(q.Worse with { Accelerator = q.Better }, InputPath.Root).Count
                    == 0
                // Where one data sheet says nothing of integers they cannot be compared.
                && (
                    q.Worse.Precision != "int8"
                    || (q.Better.Int8 is null) == (q.Worse.Accelerator.Int8 is null)
                )
            );

    private static StepLaw Law(Calibration c, Deployment d, bool apart = false) =>
        ServedLaw.Of(c, DateOnly.MaxValue, d, InputPath.Root, apart).Law!;

    private static BatchShape[] Steps(Asked q) =>
        [
            new(q.Clients, (long)(q.Clients * q.Input), 0, 0),
            new(q.Clients, (long)(q.Clients * q.Input), 2000, 2000 * q.Input),
            new(0, 0, 8000, 8000 * q.Input),
        ];

    [Fact]
    public void No_step_of_a_better_chip_takes_longer() =>
        Questions(_pairs, _calibration)
            .Sample(
                q =>
                {
                    var better = Law(_calibration, q.Worse with { Accelerator = q.Better });
                    var worse = Law(_calibration, q.Worse);
                    return better.RequestOverheadSeconds <= worse.RequestOverheadSeconds * _even
                        && Steps(q).All(b => better.Seconds(b) <= worse.Seconds(b) * _even);
                },
                iter: 5 * DrawnDeployments.Count
            );

    /// <summary>First token, time per token and throughput of a closed loop, in words where the better chip is slower.</summary>
    /// <remarks>
    /// The better chip is given the other's memory, because what lets more requests run at once makes each of them slower. So does a shorter prompt, which leaves more of the requests decoding at one time: their time per token
    /// is compared where no more run. A first token is compared where memory is as fast or nobody else is served: the closed form charges it with what the others' prompts add to a step, and beside a shorter step they add more.
    /// </remarks>
    private static string Slower(Asked q)
    {
        var chip = q.Worse.Accelerator;
        var like = q.Better with { Memory = chip.Memory, ReportedMemory = chip.ReportedMemory };
        var better = Law(_calibration, q.Worse with { Accelerator = like });
        var worse = Law(_calibration, q.Worse);
        if (q.Input + q.Output > worse.KvCapacityTokens)
        {
            return "";
        }
        var load = new ClosedLoopLoad(q.Clients, q.Input, q.Output);
        var limits = EngineLimits.Of(q.Worse);
        var one = ClosedLoop.Predict(better, limits, load);
        var other = ClosedLoop.Predict(worse, limits, load);
        var (first, token, rate) = (
            one.TimeToFirstToken / other.TimeToFirstToken,
            one.TimePerOutputToken / other.TimePerOutputToken,
            other.TokensPerSecondPerAccelerator / one.TokensPerSecondPerAccelerator
        );
        var sameMemory = q.Better.MemoryBandwidth.Value == chip.MemoryBandwidth.Value;
        return
            rate > _loop
            || (first > _loop && (sameMemory || q.Clients == 1))
            || (token > _loop && one.RunningSequences <= other.RunningSequences * _even)
            ? $"{q.Better.Name} over {chip.Name}, {q.Worse.Model.Name} {q.Worse.Engine} {q.Worse.EngineVersion} {q.Worse.Precision} TP {q.Worse.TensorParallel} DP {q.Worse.AttentionDataParallel}, {load}: first token {first:F4}, token {token:F4}, rate {rate:F4}"
            : "";
    }

    [Theory]
    [InlineData("H20 SXM 141GB", "H20 SXM")]
    public void Gpt_oss_is_no_slower_on_the_better_chip(string better, string worse)
    {
        var asked =
            from version in _calibration.VersionsOf(ServingEngine.TensorRtLlm, DateOnly.MaxValue)
            from tp in (int[])[1, 2, 4, 8]
            from clients in (int[])[1, 8, 64, 256]
            select new Asked(
                Accelerator.Of(Served.View, better),
                new Deployment
                {
                    Accelerator = Accelerator.Of(Served.View, worse),
                    Model = LanguageModel.Of(Served.View, "gpt-oss-120b"),
                    Engine = ServingEngine.TensorRtLlm,
                    EngineVersion = version,
                    TensorParallel = tp,
                },
                clients,
                1000,
                1000
            );
        var said = asked
            .Where(q => DeploymentCheck.Of(q.Worse, InputPath.Root).Count == 0)
            .Select(Slower)
            .ToList();
        Assert.True(said.Count > 100);
        Assert.All(said, s => Assert.Equal("", s));
    }
}
