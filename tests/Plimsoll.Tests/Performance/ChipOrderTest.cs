using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>A chip that is no worse in any number of the catalogue is no slower with the same model, precision, layout, engine and version.</summary>
/// <remarks>PLIMSOLL_PROPERTY_DEPLOYMENTS sets how many are drawn; 200 when silent.</remarks>
public sealed class ChipOrderTest(ITestOutputHelper output)
{
    private const double _even = 1 + 1e-6;

    private static readonly Calibration _calibration = Calibration.Of(Served.View);
    private static readonly int _count = int.TryParse(
        Environment.GetEnvironmentVariable("PLIMSOLL_PROPERTY_DEPLOYMENTS"),
        out var count
    )
        ? count
        : 200;

    private static readonly Accelerator[] _chips =
    [
        .. Served.View.Names(Accelerator.Kind).Select(n => Accelerator.Of(Served.View, n)),
    ];

    private static readonly LanguageModel[] _models =
    [
        .. Served.View.Names(LanguageModel.Kind).Select(n => LanguageModel.Of(Served.View, n)),
    ];

    private static bool SameDesign(Accelerator a, Accelerator b) =>
        a.Vendor == b.Vendor && ChipFamily.Of(a) == ChipFamily.Of(b);

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
                c.Name.Contains("NVL72", StringComparison.Ordinal) ? 72 : 8,
            ];
        return a.Name != b.Name
            && a.Vendor == b.Vendor
            && Numbers(a).Zip(Numbers(b)).All(n => n.First >= n.Second);
    }

    private static readonly (Accelerator Better, Accelerator Worse)[] _pairs =
    [
        .. from better in _chips
        from worse in _chips
        where NoWorse(better, worse)
        select (better, worse),
    ];

    private static Gen<T> OneOf<T>(params T[] values) =>
        Gen.Int[0, values.Length - 1].Select(i => values[i]);

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
                OneOf(pairs),
                OneOf(_models),
                OneOf(Enum.GetValues<ServingEngine>()),
                OneOf("bf16", "fp8", "int8", "fp4", "int4"),
                Gen.Select(OneOf(1, 2, 4, 8), OneOf(1, 1, 4, 16), Gen.Bool, Gen.Bool),
                Gen.Int[0, 30],
                Gen.Select(
                    OneOf(1, 4, 16, 64, 256, 1000),
                    OneOf(16.0, 500, 1500, 8000),
                    OneOf(20.0, 400, 2000)
                )
            )
            .Select(
                (pair, model, engine, precision, layout, version, load) =>
                {
                    var (tp, dp, dealt, overlaps) = layout;
                    var versions = calibration.VersionsOf(engine, DateOnly.MaxValue);
                    return new Asked(
                        pair.Better,
                        new Deployment
                        {
                            Accelerator = pair.Worse,
                            Model = model,
                            Engine = engine,
                            EngineVersion = version < versions.Count ? versions[version] : "",
                            Precision = precision,
                            TensorParallel = tp,
                            AttentionDataParallel = dp,
                            ExpertParallel = model.Experts > 0 && (dealt || dp > 1) ? tp * dp : 1,
                            OverlapsCommunication = overlaps && dp > 1,
                        },
                        load.Item1,
                        load.Item2,
                        load.Item3
                    );
                }
            )
            .Where(q =>
                DeploymentCheck.Of(q.Worse, InputPath.Root).Count == 0
                && DeploymentCheck
                    .Of(q.Worse with { Accelerator = q.Better }, InputPath.Root)
                    .Count == 0
                // Where one data sheet says nothing of integers they cannot be compared.
                && (
                    q.Worse.Precision != "int8"
                    || (q.Better.Int8 is null) == (q.Worse.Accelerator.Int8 is null)
                )
            );

    private static StepLaw Law(Calibration c, Deployment d, bool apart = false) =>
        ServedLaw.Of(c, DateOnly.MaxValue, d, InputPath.Root, apart).Law!;

    /// <summary>How much slower the better chip comes out: at most 1 when it is not.</summary>
    private static (double Step, double FirstToken, double PerToken, double Rate)? Slower(
        Calibration calibration,
        Asked q
    )
    {
        var better = Law(calibration, q.Worse with { Accelerator = q.Better });
        var worse = Law(calibration, q.Worse);
        if (q.Input + q.Output > Math.Min(better.KvCapacityTokens, worse.KvCapacityTokens))
        {
            return null;
        }
        var step = new[]
        {
            new BatchShape(q.Clients, (long)(q.Clients * q.Input), 0, 0),
            new BatchShape(q.Clients, (long)(q.Clients * q.Input), 2000, 2000 * q.Input),
            new BatchShape(0, 0, 8000, 8000 * q.Input),
        }.Max(b => better.Seconds(b) / worse.Seconds(b));
        var load = new ClosedLoopLoad(q.Clients, q.Input, q.Output);
        var limits = EngineLimits.Of(q.Worse);
        var one = ClosedLoop.Predict(better, limits, load);
        var other = ClosedLoop.Predict(worse, limits, load);
        return (
            step,
            one.TimeToFirstToken / other.TimeToFirstToken,
            // More memory lets more run at once, which is what a longer time per token then comes from.
            other.QueuedRequests > 0 && one.RunningSequences > other.RunningSequences * _even ? 0
                : one.TimePerOutputToken / other.TimePerOutputToken,
            other.TokensPerSecondPerAccelerator / one.TokensPerSecondPerAccelerator
        );
    }

    [Fact]
    public void Count_all()
    {
        var raw = CalibrationFile
            .Read(Served.View.Derived(Calibration.TableName)!, 1)
            .With(Plimsoll.Performance.Kernels.KernelEfficiency.Read(Served.View.Derived(Plimsoll.Performance.Kernels.KernelEfficiency.TableName)!));
        foreach (var (name, cal) in new[] { ("raw", raw), ("ordered", _calibration) })
        foreach (var same in new[] { true, false })
        {
            var pairs = _pairs.Where(p => SameDesign(p.Better, p.Worse) == same).ToArray();
            var found = new System.Collections.Concurrent.ConcurrentBag<(string, double, double, double, double)>();
            var time = System.Diagnostics.Stopwatch.StartNew();
            Questions(pairs, cal)
                .Sample(
                    q =>
                    {
                        if (Slower(cal, q) is var (s, f, t, r))
                        {
                            found.Add(($"{q.Better.Name} > {q.Worse.Accelerator.Name}", s, f, t, r));
                        }
                    },
                    seed: "0001HvGcJbA5", iter: _count
                );
            output.WriteLine($"--- {name} same family {same} {pairs.Length} pairs, {time.Elapsed.TotalSeconds:F1} s");
            foreach (var g in found.GroupBy(x => x.Item1).OrderBy(g => g.Key))
            {
                output.WriteLine(
                    $"{g.Key}: n {g.Count()} step {g.Count(x => x.Item2 > _even)} max {g.Max(x => x.Item2):F3} ttft {g.Count(x => x.Item3 > _even)} {g.Max(x => x.Item3):F3} tpot {g.Count(x => x.Item4 > _even)} {g.Max(x => x.Item4):F3} rate {g.Count(x => x.Item5 > _even)} {g.Max(x => x.Item5):F3}"
                );
            }
        }
    }

    [Fact]
    public void Accuracy()
    {
        var view = Served.View;
        var raw = CalibrationFile
            .Read(view.Derived(Calibration.TableName)!, 1)
            .With(Plimsoll.Performance.Kernels.KernelEfficiency.Read(view.Derived(Plimsoll.Performance.Kernels.KernelEfficiency.TableName)!));
        const string path = "/work/shared/data/measured/serving_published_points.csv";
        var points = Plimsoll.Performance.Points.PointAudit.Run(view, [.. Plimsoll.Performance.Points.PointRow.Read(CsvTable.ParseUneven(System.IO.File.ReadAllText(path), path))])
            .Where(p => p.IsResolved).Select(p => new Plimsoll.Performance.Fitting.FitPoint(p)).ToList();
        foreach (var (name, cal) in new[] { ("raw", raw), ("ordered", _calibration) })
        {
            foreach (var g in points.GroupBy(p => p.Served.Accelerator.Name).Append(null!))
            {
                var errs = (g?.ToList() ?? points).Select(p => { var (a, b) = Plimsoll.Performance.Fitting.FitPoint.ByRow(p, cal); return (T: a - p.LogPerToken, F: b - p.LogFirstToken); }).ToList();
                string S(Func<(double T, double F), double> f)
                {
                    var x = errs.Select(e => Math.Abs(Math.Exp(f(e)) - 1)).Order().ToList();
                    var m = errs.Select(f).Order().ToList();
                    return $"median {x[x.Count / 2]:P1} p90 {x[x.Count * 9 / 10]:P1} bias {Math.Exp(m[m.Count / 2]) - 1:P1}";
                }
                output.WriteLine($"{name} {g?.Key ?? "all"} n {errs.Count} TPOT {S(e => e.T)} TTFT {S(e => e.F)}");
            }
        }
    }
}
