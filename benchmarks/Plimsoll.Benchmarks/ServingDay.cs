using System.Diagnostics;
using Plimsoll.Serving;
using Plimsoll.Workloads;

namespace Plimsoll.Benchmarks;

/// <summary>A production day of 10^8 requests from a client mixture, streamed, beside a hundredth of it: time and memory.</summary>
public static class ServingDay
{
    public static void Run(Action<string> say, string mixturePath)
    {
        var mixture = ReasoningMixture.Read(mixturePath);
        say(
            $"A day of {mixture.Clients.Count} clients of a DeepSeek-R1 service, scaled; drawn while it is served (the draws are part of the time); eight H200 a replica, power-of-two router.\n"
        );
        say(
            "| requests | replicas | simulated hours | CPU-s | M requests per CPU-s | of it drawing | peak memory, MB |\n|---:|---:|---:|---:|---:|---:|---:|"
        );
        // One day, ten days on the same replicas (memory must not grow), and one day of a hundred times the traffic.
        foreach (
            var (requests, replicas, days) in ((long, int, int)[])
                [(1_000_000, 16, 1), (10_000_000, 16, 10), (100_000_000, 1600, 1)]
        )
        {
            Once(say, mixture, requests, replicas, days);
        }
    }

    private static void Once(
        Action<string> say,
        Workloads.Mixtures.ClientMixture mixture,
        long requests,
        int replicas,
        int days
    )
    {
        IRequestSource Source() =>
            mixture.ToSource(
                1,
                requests,
                requests / (mixture.RequestsPerSecond * 86_400 * days),
                copies: replicas / 16
            );
        using var process = Process.GetCurrentProcess();
        double Cpu()
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
        GC.Collect();
        var start = Cpu();
        var buffer = new Request[1024];
        var source = Source();
        while (source.Read(buffer) > 0) { }
        var drawing = Cpu() - start;
        GC.Collect();
        start = Cpu();
        var result = ServingSimulator.Run(
            ServingCases.Mixture,
            ServingCases.Config(replicas: replicas) with
            {
                SeriesIntervalSeconds = 600,
            },
            Source()
        );
        var cpu = Cpu() - start;
        process.Refresh();
        say(
            $"| {result.Requests:N0} | {replicas:N0} | {result.Seconds / 3600:F1} | {cpu:F1} | {result.Requests / cpu / 1e6:F2} | {drawing:F1} | {process.PeakWorkingSet64 / 1e6:F0} |"
        );
    }
}
