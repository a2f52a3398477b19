using System.Diagnostics;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Benchmarks;

/// <summary>Prints what one step-time evaluation costs, and what a grid search over ten thousand deployments costs, in CPU time of one thread.</summary>
public static class PerformanceRunner
{
    private const int _evaluations = 20_000_000;
    private const int _grid = 10_000;

    private static readonly string[] _chips =
    [
        "H100 SXM5",
        "H200 SXM",
        "H20 SXM",
        "H800 SXM5",
        "B200 SXM",
    ];

    private static readonly string[] _models =
    [
        "Llama-3.1 70B",
        "DeepSeek-V3",
        "Qwen3 235B-A22B",
        "Qwen3 32B",
    ];

    private static readonly string[] _precisions = ["bf16", "fp8"];
    private static readonly int[] _groups = [1, 2, 4, 8];
    private static readonly int[] _clients = [4, 16, 64, 256, 1024, 4096];

    public static void Run()
    {
        var view = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        var calibration = Calibration.Of(view);
        var dense = Deployment(view, "H100 SXM5", "Llama-3.1 8B", "bf16", 1, 1);
        var mixture = Deployment(view, "H200 SXM", "DeepSeek-V3", "fp8", 1, 8);
        Step("dense, one chip", StepLaw.Of(calibration, dense));
        Step("mixture, eight ranks", StepLaw.Of(calibration, mixture));
        Grid(view, calibration);
    }

    private static void Step(string name, StepLaw law)
    {
        double sum = 0;
        for (var round = 0; round < 3; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var i = 0; i < _evaluations; i++)
            {
                var sequences = i & 255;
                sum += law.Segment(
                    new BatchShape(sequences, sequences * 1500L, i & 1023, (i & 1023) * 700.0)
                ).BaseSeconds;
            }
            var cpu = Process.GetCurrentProcess().TotalProcessorTime - before;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (round > 0)
            {
                Console.WriteLine(
                    $"step, {name, -22} {cpu.TotalNanoseconds / _evaluations, 7:F1} ns  {allocated / (double)_evaluations, 6:F3} B allocated"
                );
            }
        }
        GC.KeepAlive(sum);
    }

    private static void Grid(CatalogView view, Calibration calibration)
    {
        var deployments = Deployments(view).ToList();
        for (var round = 0; round < 3; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var wall = Stopwatch.StartNew();
            double best = 0;
            var fitting = 0;
            foreach (var (deployment, load) in deployments)
            {
                if (
                    DeploymentCheck.Of(deployment, InputPath.Root).Count > 0
                    || DeploymentCheck
                        .OfRequest(
                            deployment,
                            (int)load.InputTokens,
                            (int)load.OutputTokens,
                            InputPath.Root
                        )
                        .Count > 0
                )
                {
                    continue;
                }
                fitting++;
                var result = ClosedLoop.Predict(
                    StepLaw.Of(calibration, deployment),
                    EngineLimits.Of(deployment),
                    load
                );
                best = Math.Max(
                    best,
                    result.TimePerOutputToken <= 0.05 ? result.TokensPerSecondPerAccelerator : 0
                );
            }
            var cpu = Process.GetCurrentProcess().TotalProcessorTime - before;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (round > 0)
            {
                Console.WriteLine(
                    $"grid of {deployments.Count} deployments, {fitting} of which fit: {cpu.TotalSeconds:F2} s of CPU, {wall.Elapsed.TotalSeconds:F2} s, {allocated / 1e6 / deployments.Count * 1000:F1} kB each; best {best:F0} tokens/s and chip at 50 ms"
                );
            }
        }
    }

    private static IEnumerable<(Deployment Deployment, ClosedLoopLoad Load)> Deployments(
        CatalogView view
    )
    {
        var grid =
            from chip in _chips
            from model in _models
            from engine in Enum.GetValues<ServingEngine>()
            from precision in _precisions
            from tensor in _groups
            from ranks in _groups
            from clients in _clients
            select (
                Deployment(view, chip, model, precision, tensor, ranks) with
                {
                    Engine = engine,
                },
                new ClosedLoopLoad(clients, 2000, 500)
            );
        return grid.Take(_grid);
    }

    private static Deployment Deployment(
        CatalogView view,
        string chip,
        string model,
        string precision,
        int tensor,
        int ranks
    )
    {
        var known = LanguageModel.Of(view, model);
        return new Deployment
        {
            Accelerator = Accelerator.Of(view, chip),
            Model = known,
            Engine = ServingEngine.Vllm,
            Precision = precision,
            TensorParallel = tensor,
            AttentionDataParallel = ranks,
            ExpertParallel = known.Experts > 0 ? tensor * ranks : 1,
        };
    }
}
