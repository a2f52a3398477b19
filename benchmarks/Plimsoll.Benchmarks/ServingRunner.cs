using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads.Mixtures;

namespace Plimsoll.Benchmarks;

/// <summary>Requests per CPU-second of the serving simulator, case by case, as a page for <c>benchmarks/results</c>.</summary>
/// <remarks><c>serving [--only WORDS] [--mixture PATH] [--day | --cold] [--out FILE]</c>; one thread, in a process with tiered PGO as users run it.</remarks>
public static class ServingRunner
{
    private const int Count = 1_000_000;

    public static void Run(string[] args)
    {
        var only = Option(args, "--only", "");
        var mixturePath = Option(args, "--mixture", "examples/inference/data/servegen");
        var output = Option(args, "--out", "");
        var page = new StringWriter();
        void Say(string line)
        {
            Console.WriteLine(line);
            page.WriteLine(line);
        }
        Say("# Serving simulator: requests per CPU-second on one core\n");
        Say(Machine.Describe() + "\n");
        if (args.Contains("--day", StringComparer.Ordinal))
        {
            ServingDay.Run(Say, mixturePath);
        }
        else if (args.Contains("--cold", StringComparer.Ordinal))
        {
            Cold(Say);
        }
        else
        {
            Cases(only, mixturePath, Say);
        }
        if (output.Length > 0)
        {
            File.WriteAllText(output, page.ToString());
        }
    }

    private static string Option(string[] args, string name, string fallback)
    {
        var place = Array.IndexOf(args, name);
        return place >= 0 && place + 1 < args.Length ? args[place + 1] : fallback;
    }

    /// <summary>The first simulation of a process beside later ones; compile the library ahead, as the command line's is, before this is run.</summary>
    private static void Cold(Action<string> say)
    {
        const int count = 100_000;
        const int warmUp = 30;
        const double rate = 12;
        ServingTiming Time(int runs) =>
            ServingTiming.Of(
                "cold",
                ServingCases.Dense8B,
                ServingCases.Config(),
                () => new NormalRequests(count, rate, false),
                count,
                0,
                runs
            );
        var first = Time(1).CpuSeconds;
        var second = Time(1).CpuSeconds;
        _ = Time(warmUp);
        var warm = Time(5).CpuSeconds;
        say(
            $"{count:N0} requests at {rate:F0}/s: first run of the process {1000 * first:F0} ms of the processor, second {1000 * second:F0} ms, fastest of five after {warmUp} more {1000 * warm:F0} ms; first over warm {first / warm:F2}."
        );
    }

    private static void Cases(string only, string mixturePath, Action<string> say)
    {
        var law = ServingCases.Dense8B;
        var config = ServingCases.Config();
        double Goodput(ServingConfig c, bool prefixes) =>
            ServingCases.Goodput(law, rate => new NormalRequests(60_000, rate, prefixes), c);
        var plain = Goodput(config, false);
        var segments = ServingCases.Config(PrefixCacheMode.Segments);
        var cached = Goodput(segments, true);
        say(
            $"8B model in BF16 on one H100, 256 sequences, 2,048 tokens a step, input and output Normal(512, 256) cut at 1, {Count:N0} requests, power-of-two router, percentiles and energy on. "
                + $"Promise: TTFT 2 s, TPOT 50 ms for 99 %. Goodput of the shipped law {plain:F1} requests/s; with shared prefixes and cache {cached:F1}.\n"
        );
        say(ServingTiming.Header);
        void Case(string name, ServingConfig c, double rate, bool prefixes, double target = 0)
        {
            if (name.Contains(only, StringComparison.Ordinal))
            {
                var timing = ServingTiming.Of(
                    name,
                    law,
                    c,
                    () => new NormalRequests(Count, rate, prefixes),
                    Count,
                    target
                );
                say(timing.Row());
            }
        }
        Case("80 % of goodput", config, 0.8 * plain, false, 3);
        Case("80 %, segment cache", segments, 0.8 * cached, true, 2);
        Case(
            "80 %, cache by 16-token block",
            ServingCases.Config(PrefixCacheMode.Blocks),
            0.8 * cached,
            true,
            0.5
        );
        Case("idle, 2 % of goodput", config, 0.02 * plain, false);
        Case("saturated, 120 % of saturation", config, 1.2 * Saturation(law, config), false);
        Case(
            "KV-bound, 60,000 tokens of KV",
            config with
            {
                KvCapacityTokens = 60_000,
            },
            0.5 * plain,
            false
        );
        Reasoning(only, mixturePath, say);
    }

    private static double Saturation(StepLaw law, ServingConfig config)
    {
        var all = ServingSimulator.Run(law, config, new NormalRequests(60_000, 1e6));
        return all.RequestsPerSecond;
    }

    private static void Reasoning(string only, string mixturePath, Action<string> say)
    {
        var law = ServingCases.Mixture;
        var mixture = ReasoningMixture.Read(mixturePath);
        var prefixed = ReasoningMixture.WithPrefixes(mixture, 100);
        // The busiest ten minutes of the mixture's day are left out: the rate is set for a replica.
        double PerReplica(ClientMixture clients, ServingConfig c) =>
            ServingCases.Goodput(
                law,
                rate => clients.ToSource(1, 30_000, rate / clients.RequestsPerSecond),
                c
            );
        var plain = PerReplica(mixture, ServingCases.Config());
        say(
            $"| R1 mixture of {mixture.Clients.Count} clients on eight H200 a replica: goodput {plain:F2} requests/s a replica | | | | | | | | | |"
        );
        void Many(
            string name,
            ClientMixture clients,
            PrefixCacheMode cache,
            RoutingPolicy routing,
            double target
        )
        {
            if (name.Contains(only, StringComparison.Ordinal))
            {
                var timing = ServingTiming.Of(
                    name,
                    law,
                    ServingCases.Config(cache, 200) with
                    {
                        Routing = routing,
                    },
                    () => clients.ToSource(1, Count, 0.8 * 200 * plain / clients.RequestsPerSecond),
                    Count,
                    target
                );
                say(timing.Row());
            }
        }
        Many(
            "R1 mixture, 200 replicas",
            mixture,
            PrefixCacheMode.None,
            RoutingPolicy.PowerOfTwo,
            1
        );
        Many(
            "R1 mixture, 200 replicas, segment cache, power of two",
            prefixed,
            PrefixCacheMode.Segments,
            RoutingPolicy.PowerOfTwo,
            0.7
        );
        Many(
            "R1 mixture, 200 replicas, segment cache, prefix-aware",
            prefixed,
            PrefixCacheMode.Segments,
            RoutingPolicy.PrefixAware,
            0.7
        );
    }
}
