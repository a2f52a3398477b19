using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;

namespace Plimsoll.Benchmarks;

/// <summary>The installations and workloads on which the serving simulator is timed.</summary>
public static class ServingCases
{
    /// <summary>An 8B dense model in BF16 on one H100 by hand: 16 GB of weights at 2.7 TB/s and a millisecond of host, 128 KiB of KV a token, 412 thousand KV tokens.</summary>
    public static readonly AffineStepLaw Dense8B = new(
        StepSeconds: 0.007,
        SecondsPerDecode: 1e-5,
        SecondsPerPrefillToken: 2.7e-5,
        SecondsPerKvToken: 4.9e-8,
        KvCapacityTokens: 412_000,
        RequestOverheadSeconds: 0.01
    );

    public static readonly ServiceLevel Level = new(2, 0.05);

    public static ServingConfig Config(
        PrefixCacheMode cache = PrefixCacheMode.None,
        int replicas = 1
    ) =>
        new()
        {
            MaxSequences = 256,
            TokensPerStep = 2048,
            PrefixCache = cache,
            Replicas = replicas,
            Routing = RoutingPolicy.PowerOfTwo,
            ServiceLevel = Level,
        };

    /// <summary>Highest rate at which 99 % of the requests keep the service level, by bisection.</summary>
    public static double Goodput(
        IStepLaw law,
        Func<double, IRequestSource> source,
        ServingConfig config
    )
    {
        var (low, high) = (0.1, 2.0);
        while (Keeps(high))
        {
            (low, high) = (high, high * 2);
        }
        while (high > low * 1.01)
        {
            var middle = (low + high) / 2;
            (low, high) = Keeps(middle) ? (middle, high) : (low, middle);
        }
        return low;

        bool Keeps(double rate) =>
            ServingSimulator.Run(law, config, source(rate)).Attainment >= 0.99;
    }

    /// <summary>Reads a source into memory, so that its cost is not timed.</summary>
    public static RequestList Load(IRequestSource source, int count)
    {
        var requests = new Request[count];
        var pieces = new List<PrefixPiece>();
        var buffer = new Request[4096];
        var at = 0;
        while (source.Read(buffer) is > 0 and var read)
        {
            for (var i = 0; i < read; i++)
            {
                var request = buffer[i];
                requests[at++] = request with { PrefixStart = pieces.Count };
                pieces.AddRange(source.Prefixes.Slice(request.PrefixStart, request.PrefixCount));
            }
        }
        return new RequestList(requests, pieces.ToArray());
    }
}
