using Plimsoll.Performance;
using Plimsoll.Workloads;

namespace Plimsoll.Serving;

/// <summary>The highest rate at which a replica keeps its promise, found by simulation.</summary>
/// <param name="RequestsPerSecond">Requests a second of one replica; 0 when the promise cannot be kept at all.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">Output tokens a second and accelerator at that rate.</param>
/// <param name="LogError">Standard deviation of the log of both, from the step law.</param>
public sealed record Goodput(
    double RequestsPerSecond,
    double OutputTokensPerSecondPerAccelerator,
    double LogError
);

/// <summary>Finds goodput by bisection on the rate, on common random numbers.</summary>
public static class ServingCapacity
{
    private const int Requests = 2500;
    private const int Rounds = 9;

    /// <summary>Goodput of one replica.</summary>
    /// <param name="law">Step law.</param>
    /// <param name="limits">Sequences and tokens a step that the engine takes.</param>
    /// <param name="shape">Lengths, cache hits and burstiness.</param>
    /// <param name="level">The promise.</param>
    /// <param name="percentile">Share of requests that must keep it, 0 to 1.</param>
    /// <param name="seed">Seed of the arrivals.</param>
    public static Goodput Find(
        StepLaw law,
        in EngineLimits limits,
        in RequestShape shape,
        ServiceLevel level,
        double percentile,
        ulong seed
    )
    {
        var input = Math.Max(1, shape.InputTokens * (1 - shape.CacheHitShare));
        if (input + shape.OutputTokens > law.KvCapacityTokens)
        {
            return new Goodput(0, 0, law.LogError);
        }
        var config = new ServingConfig
        {
            MaxSequences = (int)limits.MaxSequences,
            TokensPerStep = (int)limits.MaxBatchedTokens,
            ServiceLevel = level,
            WarmUpRequests = Requests / 10,
            Seed = seed,
        };
        var best = new Goodput(0, 0, law.LogError);
        double low = 0.002,
            high = 200;
        for (var round = 0; round < Rounds; round++)
        {
            var rate = Math.Sqrt(low * high);
            var arrivals = new GammaArrivals(
                Requests,
                rate,
                shape.ArrivalCv,
                input,
                shape.OutputTokens,
                law.KvCapacityTokens
            );
            var result = ServingSimulator.Run(law, config, arrivals.ToList(seed));
            if (result.Attainment >= percentile)
            {
                low = rate;
                best = new Goodput(rate, result.OutputTokensPerSecondPerAccelerator, law.LogError);
            }
            else
            {
                high = rate;
            }
        }
        return best;
    }
}
