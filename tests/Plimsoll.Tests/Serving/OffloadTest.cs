using CsCheck;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Offload;
using Plimsoll.Serving.Prefix;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>KV kept beside the accelerators: a hit costs its transfer and no prefill.</summary>
public sealed class OffloadTest
{
    /// <summary>A step of 10 ms and 0.1 ms a prompt token.</summary>
    private static readonly AffineStepLaw Law = new(
        StepSeconds: 0.010,
        SecondsPerDecode: 0,
        SecondsPerPrefillToken: 0.0001,
        SecondsPerKvToken: 0,
        KvCapacityTokens: 1600
    );

    private static SimulationResult Run(KvTier[] tiers, RequestList source, int replicas = 1) =>
        ServingSimulator.Run(
            Law,
            new ServingConfig
            {
                Replicas = replicas,
                Routing = RoutingPolicy.RoundRobin,
                Offload = tiers,
                KeepOutcomes = true,
            },
            source
        );

    /// <summary>Prompts of a shared piece of 800 tokens and 200 of their own, at these seconds.</summary>
    private static RequestList Alike(params double[] seconds) =>
        new(
            seconds
                .Select(
                    (s, i) => new Request((long)(s * 1e12), 1000, 1, PrefixStart: i, PrefixCount: 1)
                )
                .ToArray(),
            seconds.Select(_ => new PrefixPiece(7, 800)).ToArray()
        );

    [Fact]
    public void A_hit_costs_its_transfer_and_no_prefill()
    {
        // The first computes 1,000 tokens: 110 ms. The second loads 800 at 20,000 a second, 40 ms and 5 ms of latency, and computes 200: 30 ms.
        var result = Run([new KvTier("host", 10_000, 20_000, 0.005)], Alike(0, 1));
        Assert.Equal(0.110, result.Outcomes[0].FinishPicoseconds / 1e12, 1e-9);
        Assert.Equal(1.075, result.Outcomes[1].FinishPicoseconds / 1e12, 1e-9);
        Assert.Equal(800, result.Outcomes[1].CachedTokens);
        Assert.Equal(new TierResult("host", 1, 800, 0.045, 0.040, 800), result.Tiers[0]);
        Assert.Equal(1200, result.Tokens.Prefilled);
    }

    [Fact]
    public void Loads_of_one_replica_follow_each_other_on_its_link()
    {
        // Two at once: 40 ms each on the link, so the second is there after 80 ms.
        var result = Run([new KvTier("host", 10_000, 20_000)], Alike(0, 1, 1));
        Assert.Equal(0.060, result.Tiers[0].MeanLoadSeconds, 1e-9);
        Assert.Equal(1.070, result.Outcomes[1].FinishPicoseconds / 1e12, 1e-9);
        Assert.Equal(1.110, result.Outcomes[2].FinishPicoseconds / 1e12, 1e-9);
    }

    [Fact]
    public void A_tier_of_its_own_is_not_seen_by_another_replica_and_a_shared_one_is()
    {
        var own = Run([new KvTier("host", 10_000, 20_000)], Alike(0, 1), replicas: 2);
        Assert.Equal(0, own.Tiers[0].Tokens);
        var shared = Run([new KvTier("pool", 10_000, 20_000, Shared: true)], Alike(0, 1), 2);
        Assert.Equal(800, shared.Tiers[0].Tokens);
    }

    [Fact]
    public void What_is_not_yet_computed_is_not_yet_there()
    {
        var result = Run([new KvTier("host", 10_000, 20_000)], Alike(0, 0.1));
        Assert.Equal(0, result.Tiers[0].Tokens);
    }

    [Fact]
    public void A_given_share_needs_no_shared_pieces()
    {
        var source = new RequestList(new[] { new Request(0, 1000, 1) }, Array.Empty<PrefixPiece>());
        var result = Run([new KvTier("pool", 1, 20_000, HitShare: 0.6)], source);
        Assert.Equal(600, result.Tiers[0].Tokens);
        Assert.Equal(0.030 + 0.050, result.Outcomes[0].FinishPicoseconds / 1e12, 1e-9);
    }

    [Fact]
    public void No_capacity_is_no_tier() =>
        RandomCase.Gen.Sample(
            random =>
            {
                SimulationResult With(params KvTier[] tiers) =>
                    (random with { Config = random.Config with { Offload = tiers } }).Fast();
                var without = With();
                var empty = With(
                    new KvTier("host", 0, 1e4, 0.1),
                    new KvTier("pool", 0, 1e4, 0.1, true, 0.5)
                );
                Assert.Equal(without.Digest, empty.Digest);
                Assert.Equal(without.Tokens, empty.Tokens);
                Assert.Equal(0, empty.Tiers.Sum(t => t.Tokens));
            },
            iter: Slow.Or(5_000, 200)
        );

    [Fact]
    public void More_room_computes_no_more_and_a_faster_link_is_no_later()
    {
        // One request at a time, so that nothing but the tier moves.
        var random = new Random(3);
        for (var round = 0; round < 40; round++)
        {
            var pieces = new List<PrefixPiece>();
            var requests = new Request[60];
            for (var i = 0; i < requests.Length; i++)
            {
                var start = pieces.Count;
                var id = 0L;
                for (var depth = random.Next(1, 6); depth > 0; depth--)
                {
                    id = (id * 4) + random.Next(1, 5);
                    pieces.Add(new PrefixPiece(id, 16 * (1 + (int)(id % 9))));
                }
                requests[i] = new Request(
                    i * 5_000_000_000_000L,
                    pieces.Skip(start).Sum(p => p.Tokens) + random.Next(1, 40),
                    2,
                    PrefixStart: start,
                    PrefixCount: pieces.Count - start
                );
            }
            var source = () => new RequestList(requests, pieces.ToArray());
            var prefilled = long.MaxValue;
            foreach (var room in (long[])[0, 200, 500, 1_000, 4_000, 100_000])
            {
                var result = Run([new KvTier("host", room, 1e5)], source());
                Assert.True(result.Tokens.Prefilled <= prefilled, $"{room} tokens, round {round}");
                prefilled = result.Tokens.Prefilled;
            }
            var last = double.PositiveInfinity;
            foreach (var rate in (double[])[1e3, 1e4, 1e5, double.PositiveInfinity])
            {
                var mean = Run([new KvTier("host", 4_000, rate)], source()).TimeToFirstToken.Mean;
                Assert.True(mean <= last, $"{rate} tokens/s, round {round}");
                last = mean;
            }
        }
    }

    [Fact]
    public void A_store_forgets_the_least_recently_written_and_the_deep_before_the_first()
    {
        var store = new TierStore(capacityTokens: 64, blockTokens: 16);
        PathPiece[] first = [new(1, 1), new(2, 3)];
        PathPiece[] second = [new(3, 2)];
        store.Write(first);
        Assert.Equal(3, store.Hit(first, 10));
        Assert.Equal(2, store.Hit(first, 2));
        store.Write(second);
        // Five blocks do not fit four: the deepest of the older goes.
        Assert.Equal(1, store.Hit(first, 10));
        Assert.Equal(2, store.Hit(second, 10));
        store.Clear();
        Assert.Equal(0, store.Hit(second, 10));
    }
}
