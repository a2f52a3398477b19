using CsCheck;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Scaling;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>Replicas that come and go with the load.</summary>
public sealed class AutoscalingTest
{
    /// <summary>One request at a time takes a second; the batch holds one.</summary>
    private static readonly AffineStepLaw Law = new(
        StepSeconds: 1,
        SecondsPerDecode: 0,
        SecondsPerPrefillToken: 0,
        SecondsPerKvToken: 0,
        KvCapacityTokens: 1600
    );

    private static ServingConfig Config(Autoscaling scaling, int replicas = 1) =>
        new()
        {
            MaxSequences = 1,
            TokensPerStep = 100,
            Replicas = replicas,
            Routing = RoutingPolicy.LeastLoaded,
            Autoscaling = scaling,
            KeepOutcomes = true,
        };

    /// <summary>So many requests of ten steps at each of these seconds.</summary>
    private static RequestList Arrivals(params (double Second, int Count)[] groups) =>
        new(
            groups
                .SelectMany(g =>
                    Enumerable.Repeat(new Request((long)(g.Second * 1e12), 10, 10), g.Count)
                )
                .ToArray(),
            Array.Empty<PrefixPiece>()
        );

    [Fact]
    public void A_step_of_load_waits_for_the_cold_start()
    {
        // Three requests at 0; the evaluation at 5 s orders two replicas, which serve from 25 s; the work of one
        // replica is 10 s a request, so the first three end at 10, 20 and 30 s. Three more at 26 s find two fresh replicas.
        var scaling = new Autoscaling(1, 1, 3, ColdStartSeconds: 20, IntervalSeconds: 5, 1000);
        var result = ServingSimulator.Run(Law, Config(scaling), Arrivals((0, 3), (26, 3)));
        double Finish(int i) => result.Outcomes[i].FinishPicoseconds / 1e12;
        Assert.Equal([10, 20, 30, 36, 36, 40], Enumerable.Range(0, 6).Select(Finish));
        Assert.Equal(
            [
                new ScalingChange(0, 1, 0, 0),
                new ScalingChange(5, 1, 2, 0),
                new ScalingChange(25, 3, 0, 0),
            ],
            result.Scaling!.Changes
        );
        // One for 40 s, two for 35 s: paid from the order on.
        Assert.Equal(110.0 / 3600, result.Scaling.ReplicaHours, 1e-12);
        Assert.Equal(2, result.Scaling.Ordered);
        Assert.Equal(60.0 / 110, result.BusyShare, 1e-12);
    }

    [Fact]
    public void Fewer_must_have_been_enough_through_the_cool_down_and_then_they_drain()
    {
        // Three serve from the start. From 10 s on nobody is inside but one long request on the third replica.
        var scaling = new Autoscaling(1, 1, 3, ColdStartSeconds: 20, IntervalSeconds: 5, 15);
        var requests = new RequestList(
            new[]
            {
                new Request(0, 10, 10),
                new Request(0, 10, 10),
                new Request(0, 10, 60),
                new Request(70_000_000_000_000, 10, 1),
            },
            Array.Empty<PrefixPiece>()
        );
        var result = ServingSimulator.Run(Law, Config(scaling, 3), requests);
        // Wanted: 3 at 5 s and one at 10 s. The evaluation at 20 s still sees the three of 5 s, that at 25 s does not;
        // it takes the two highest: the third drains to 60 s, the second goes at once.
        Assert.Equal(
            [
                new ScalingChange(0, 3, 0, 0),
                new ScalingChange(25, 1, 0, 1),
                new ScalingChange(60, 1, 0, 0),
            ],
            result.Scaling!.Changes
        );
        Assert.Equal((25 + 60 + 71) / 3600.0, result.Scaling.ReplicaHours, 1e-12);
        Assert.Equal(60e12, result.Outcomes[2].FinishPicoseconds);
        Assert.Equal(2, result.Scaling.LetGo);
    }

    [Fact]
    public void A_constant_load_is_served_as_by_a_fixed_fleet() =>
        RandomCase.Gen.Sample(
            random =>
            {
                if (random.Config.Disaggregation is not null)
                {
                    return;
                }
                var config = random.Config with { Autoscaling = null, ClosedLoopConcurrency = 0 };
                var fixedFleet = (random with { Config = config }).Fast();
                var bound = new Autoscaling(3, config.Replicas, config.Replicas, 0.1, 0.05, 0.1);
                var scaled = (random with { Config = config with { Autoscaling = bound } }).Fast();
                Assert.Equal(fixedFleet.Outcomes, scaled.Outcomes);
                Assert.Equal(fixedFleet.BusyShare, scaled.BusyShare, 1e-9);
                Assert.Equal(fixedFleet.MeanKvOccupancy, scaled.MeanKvOccupancy, 1e-9);
                Assert.Equal(
                    config.Replicas * fixedFleet.Seconds / 3600,
                    scaled.Scaling!.ReplicaHours,
                    1e-9
                );
            },
            iter: Slow.Or(5_000, 200)
        );

    [Fact]
    public void Replicas_stay_within_their_bounds_and_what_is_paid_is_the_area_of_the_course() =>
        RandomCase.Gen.Sample(
            random =>
            {
                if (random.Config.Autoscaling is not { } policy)
                {
                    return;
                }
                var result = random.Fast();
                var scaling = result.Scaling!;
                Assert.All(
                    scaling.Changes,
                    change =>
                    {
                        Assert.InRange(change.Serving, policy.MinReplicas, policy.MaxReplicas);
                        Assert.InRange(change.Paid, policy.MinReplicas, policy.MaxReplicas);
                    }
                );
                var area = 0.0;
                for (var i = 0; i < scaling.Changes.Count; i++)
                {
                    var until =
                        i + 1 < scaling.Changes.Count
                            ? scaling.Changes[i + 1].Seconds
                            : result.Seconds;
                    area += scaling.Changes[i].Paid * (until - scaling.Changes[i].Seconds);
                }
                Assert.Equal(area / 3600, scaling.ReplicaHours, 1e-9);
                Assert.Equal(scaling.Changes.Min(c => c.Serving), scaling.FewestServing);
            },
            iter: Slow.Or(20_000, 500)
        );

    [Fact]
    public void A_longer_cold_start_serves_a_step_of_load_no_sooner()
    {
        var last = 0.0;
        foreach (var cold in (double[])[0, 5, 20, 60, 200])
        {
            var scaling = new Autoscaling(1, 1, 8, cold, 5, 1000);
            // The first evaluation wants all eight, whatever the cold start.
            (double, int)[] load = [(0, 8), .. Enumerable.Range(1, 40).Select(i => (i * 2.5, 1))];
            var mean = ServingSimulator.Run(Law, Config(scaling), Arrivals(load)).EndToEnd.Mean;
            Assert.True(mean >= last, $"{cold} s: {mean} after {last}");
            last = mean;
        }
    }

    [Theory]
    [InlineData(0, 1, 3, 1, "target")]
    [InlineData(1, 0, 3, 1, "min_replicas")]
    [InlineData(1, 4, 3, 4, "max_replicas")]
    [InlineData(1, 2, 3, 1, "layout.replicas")]
    public void An_impossible_policy_is_refused(
        double target,
        int fewest,
        int most,
        int replicas,
        string key
    )
    {
        var scaling = new Autoscaling(target, fewest, most);
        var error = Assert.Throws<ArgumentException>(() =>
            ServingSimulator.Run(Law, Config(scaling, replicas), Arrivals((0, 1)))
        );
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }
}
