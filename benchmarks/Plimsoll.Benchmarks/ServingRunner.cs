using System.Diagnostics;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;

namespace Plimsoll.Benchmarks;

/// <summary>Prints requests per CPU-second of the serving simulator, case by case, in seconds of time.</summary>
public static class ServingRunner
{
    public static void Run(string[] args)
    {
        var only = args.Length > 0 ? args[0] : "";
        var law = ServingCases.Dense8B;
        var goodput = ServingCases.Goodput(
            law,
            rate => new NormalRequests(60_000, rate),
            ServingCases.Config()
        );
        var prefixGoodput = ServingCases.Goodput(
            law,
            rate => new NormalRequests(60_000, rate, prefixes: true),
            ServingCases.Config(PrefixCacheMode.Segments)
        );
        Console.WriteLine($"goodput {goodput:F1}/s, with prefixes and cache {prefixGoodput:F1}/s");
        Console.WriteLine(
            "case                         M req/CPU-s  steps/req  busy  kv peak  preempted/req  hit share  alloc B/req"
        );
        void Case(
            string name,
            ServingConfig config,
            double rate,
            bool prefixes,
            int count = 1_000_000,
            IStepLaw? other = null
        )
        {
            if (!name.Contains(only, StringComparison.Ordinal))
            {
                return;
            }
            Time(
                name,
                other ?? law,
                config,
                () => new NormalRequests(count, rate, prefixes),
                count
            );
        }
        Case("80 % of goodput", ServingCases.Config(), 0.8 * goodput, false);
        Case(
            "segment cache",
            ServingCases.Config(PrefixCacheMode.Segments),
            0.8 * prefixGoodput,
            true
        );
        Case("block cache", ServingCases.Config(PrefixCacheMode.Blocks), 0.8 * prefixGoodput, true);
        Case("idle (2 %)", ServingCases.Config(), 0.02 * goodput, false);
        Case("saturated (120 %)", ServingCases.Config(), 1.2 * goodput, false);
        Case(
            "KV-bound",
            ServingCases.Config() with
            {
                KvCapacityTokens = 60_000,
            },
            0.5 * goodput,
            false
        );
        var mixture = ServingCases.Mixture;
        NormalRequests Reasoning(long count, double rate, bool prefixes) =>
            new(count, rate, prefixes, (830, 500), (1000, 700));
        var mixtureGoodput = ServingCases.Goodput(
            mixture,
            rate => Reasoning(60_000, rate, false),
            ServingCases.Config()
        );
        Console.WriteLine($"reasoning goodput {mixtureGoodput:F1}/s a replica of eight");
        void Many(string name, PrefixCacheMode cache)
        {
            if (name.Contains(only, StringComparison.Ordinal))
            {
                var prefixes = cache != PrefixCacheMode.None;
                Time(
                    name,
                    mixture,
                    ServingCases.Config(cache, 200),
                    () => Reasoning(1_000_000, 160 * mixtureGoodput, prefixes),
                    1_000_000
                );
            }
        }
        Many("R1 on 200 replicas", PrefixCacheMode.None);
        Many("R1 on 200, segment cache", PrefixCacheMode.Segments);
    }

    private static void Time(
        string name,
        IStepLaw law,
        ServingConfig config,
        Func<IRequestSource> source,
        int count
    )
    {
        var best = double.MaxValue;
        var allocated = 0L;
        SimulationResult? result = null;
        var process = Process.GetCurrentProcess();
        for (var i = 0; i < 4; i++)
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
        Console.WriteLine(
            $"{name, -28} {count / best / 1e6, 11:F2} {(double)result!.Steps / count, 10:F2} {result.BusyShare, 5:F2} {result.PeakKvOccupancy, 8:F2} {(double)result.Preemptions / count, 14:F4} {(double)result.Tokens.CacheHits / result.Tokens.Input, 10:F3} {(double)allocated / count, 12:F1}"
        );
    }
}
