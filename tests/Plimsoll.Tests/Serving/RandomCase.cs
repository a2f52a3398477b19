using CsCheck;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Offload;
using Plimsoll.Serving.Scaling;
using Plimsoll.Workloads;

namespace Plimsoll.Tests.Serving;

/// <summary>A random installation under a random workload.</summary>
public sealed record RandomCase(
    IStepLaw Law,
    IStepLaw DecodeLaw,
    ServingConfig Config,
    Request[] Requests,
    PrefixPiece[] Pieces
)
{
    public static readonly Gen<RandomCase> Gen = CsCheck.Gen.UInt.Select(Build);

    public RequestList Source() => new(Requests, Pieces);

    public SimulationResult Fast() => ServingSimulator.Run(Law, Config, Source(), DecodeLaw);

    public SimulationResult Stepwise() => StepwiseSimulator.Run(Law, Config, Source(), DecodeLaw);

    public static RandomCase Build(uint seed)
    {
        var random = new Random((int)seed);
        bool Chance(double p) => random.NextDouble() < p;
        T Pick<T>(params T[] items) => items[random.Next(items.Length)];

        var maxSequences = random.Next(1, 24);
        var block = Pick(1, 2, 4, 8, 16);
        var capacity = random.Next(20, 400) * block;
        var config = new ServingConfig
        {
            MaxSequences = maxSequences,
            TokensPerStep = maxSequences + random.Next(0, 80),
            ChunkedPrefill = Chance(0.8),
            KvBlockTokens = block,
            Admission = Pick(AdmissionPolicy.FirstCome, AdmissionPolicy.Priority),
            PrefixCache = Pick(
                PrefixCacheMode.None,
                PrefixCacheMode.Segments,
                PrefixCacheMode.Blocks
            ),
            Replicas = Pick(1, 1, 2, 3, 5),
            Routing = Pick(
                RoutingPolicy.RoundRobin,
                RoutingPolicy.LeastLoaded,
                RoutingPolicy.PowerOfTwo,
                RoutingPolicy.PrefixAware
            ),
            Disaggregation = Chance(0.3)
                ? new Disaggregation(
                    random.Next(1, 4),
                    Pick(0, 0.01),
                    Pick(double.PositiveInfinity, 3_000)
                )
                : null,
            Failures = Chance(0.3) ? new EngineFailures(Pick(0.5, 3), Pick(0, 0.3)) : null,
            ClosedLoopConcurrency = Chance(0.25) ? random.Next(1, 30) : 0,
            ServiceLevel = new ServiceLevel(0.2, 0.02),
            KeepOutcomes = true,
            SeriesIntervalSeconds = Pick(0.01, 1, 60),
            Seed = seed,
        };
        if (config is { Disaggregation: null, ClosedLoopConcurrency: 0 } && Chance(0.4))
        {
            var most = config.Replicas + random.Next(0, 4);
            config = config with
            {
                Autoscaling = new Autoscaling(
                    Pick(0.5, 2, 6),
                    random.Next(1, config.Replicas + 1),
                    most,
                    Pick(0, 0.05, 0.4),
                    Pick(0.01, 0.1),
                    Pick(0, 0.05, 0.3),
                    Pick(ScalingMetric.Concurrency, ScalingMetric.Queue)
                ),
            };
        }
        if (Chance(0.35))
        {
            // Few tokens a second, so that loads queue for their link and compete with prefill.
            KvTier Tier(string name, bool shared) =>
                new(
                    name,
                    Pick(0, capacity / 2, capacity * 4),
                    Pick(double.PositiveInfinity, 30_000, 2_000),
                    Pick(0, 0.01),
                    shared,
                    Chance(0.2) ? Pick(0.3, 1) : null
                );
            config = config with
            {
                Offload = Chance(0.5)
                    ? [Tier("host", false)]
                    : [Tier("host", false), Tier("remote", true)],
            };
        }
        BentLaw Law() =>
            new(
                Pick(0.004, 0.01),
                Pick(0, 1e-6),
                0.003,
                Pick(0, 1e-6, 7e-6),
                Pick(0, 1e-5),
                2e-5,
                Pick(0, 1e-8),
                capacity,
                Pick(0, 0, 0.003)
            );
        var pieces = new List<PrefixPiece>();
        var requests = new Request[random.Next(1, 120)];
        var gap = Pick(1e9, 1e10, 3e10);
        var arrival = 0.0;
        var longest = Math.Max(2, Pick(capacity / 8, capacity / 3, capacity));
        for (var i = 0; i < requests.Length; i++)
        {
            arrival += Chance(0.2) ? 0 : random.NextDouble() * gap;
            var input = random.Next(1, longest);
            var start = pieces.Count;
            if (Chance(0.7))
            {
                // A walk down a small tree; a piece's length follows from its identity.
                var id = 0L;
                for (var depth = random.Next(0, 7); depth > 0; depth--)
                {
                    id = (id * 3) + random.Next(1, 4);
                    pieces.Add(new PrefixPiece(id, 1 + (int)(id * 7 % 37)));
                }
            }
            requests[i] = new Request(
                (long)arrival,
                input,
                random.Next(1, Pick(3, longest)),
                random.Next(3),
                random.Next(3),
                start,
                pieces.Count - start,
                Chance(0.15) ? random.Next(0, input + 3) : 0
            );
        }
        var (law, decodeLaw) = (Law(), Law());
        var accepted = Pick(1, 1, 1.6, 3.44);
        var beside = Chance(0.4)
            ? new SequenceCache(
                Pick(0, 3, block, longest / 2, longest * 2),
                Pick(0.3, 1, 2.6, 5.2),
                Pick(0, 0, 2.5, capacity / 30.0)
            )
            : default;
        return new RandomCase(
            law with
            {
                TokensPerMixedStep = accepted,
                Sequence = beside,
            },
            decodeLaw with
            {
                TokensPerMixedStep = accepted,
                Sequence = beside,
            },
            config,
            requests,
            [.. pieces]
        );
    }
}
