using System.Diagnostics;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;

namespace Plimsoll.Benchmarks;

/// <summary>One timed case.</summary>
/// <param name="Name">What was run.</param>
/// <param name="Requests">Requests.</param>
/// <param name="CpuSeconds">The fastest run, on one core.</param>
/// <param name="Result">What came out.</param>
/// <param name="AllocatedPerRequest">Bytes.</param>
/// <param name="Target">Millions of requests a CPU-second asked for; 0 for none.</param>
public sealed record ServingTiming(
    string Name,
    long Requests,
    double CpuSeconds,
    SimulationResult Result,
    double AllocatedPerRequest,
    double Target
)
{
    /// <summary>Millions of requests a CPU-second.</summary>
    public double MillionsPerSecond => Requests / CpuSeconds / 1e6;

    /// <summary>Runs a case several times on requests held in memory and keeps the fastest: the others were disturbed.</summary>
    public static ServingTiming Of(
        string name,
        IStepLaw law,
        ServingConfig config,
        Func<IRequestSource> source,
        int count,
        double target,
        int runs = 5
    )
    {
        var best = double.MaxValue;
        var allocated = 0L;
        SimulationResult? result = null;
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < runs; i++)
        {
            var list = ServingCases.Load(source(), count);
            GC.Collect();
            process.Refresh();
            var cpu = process.TotalProcessorTime;
            var before = GC.GetAllocatedBytesForCurrentThread();
            result = ServingSimulator.Run(law, config, list);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - cpu).TotalSeconds);
        }
        return new ServingTiming(name, count, best, result!, (double)allocated / count, target);
    }

    /// <summary>Header of the table.</summary>
    public static string Header =>
        "| case | M requests per CPU-s | target | M output tokens per CPU-s | steps a request | busy | KV peak | preempted a request | hit share | bytes a request |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    /// <summary>Row of the table.</summary>
    public string Row()
    {
        var r = Result;
        return $"| {Name} | {MillionsPerSecond:F2} | {(Target > 0 ? $"{Target:F1}" : "")} | {r.Tokens.Output / CpuSeconds / 1e6:N0} | {(double)r.Steps / Requests:F2} | {r.BusyShare:F2} | {r.PeakKvOccupancy:F2} | {(double)r.Preemptions / Requests:F4} | {(double)r.Tokens.CacheHits / r.Tokens.Input:F3} | {AllocatedPerRequest:F1} |";
    }
}
