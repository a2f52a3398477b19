using CsCheck;
using Plimsoll.Serving;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>What holds in every run of either simulator.</summary>
public sealed class InvariantTest
{
    [Fact]
    public void Prompt_tokens_are_prefilled_hit_rejected_or_lost() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var result = random.Fast();
                var tokens = result.Tokens;
                Assert.Equal(random.Requests.Sum(r => (long)r.InputTokens), tokens.Input);
                Assert.Equal(
                    tokens.Input,
                    tokens.Prefilled + tokens.CacheHits + tokens.Rejected + tokens.Lost
                );
                if (result.Failed == 0)
                {
                    Assert.Equal(0, tokens.Lost);
                    Assert.Equal(CompletedOutput(random, result), tokens.Output);
                }
                if (result.Preemptions == 0)
                {
                    Assert.Equal(0, tokens.Recomputed);
                }
            },
            iter: Slow.Or(20_000, 400)
        );

    [Fact]
    public void Every_request_ends_in_exactly_one_way() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var result = random.Fast();
                Assert.Equal(random.Requests.Length, result.Requests);
                Assert.Equal(random.Requests.Length, result.Outcomes.Length);
                Assert.Equal(
                    result.Requests,
                    result.Completed
                        + result.Failed
                        + result.RejectedTooLongForContext
                        + result.RejectedTooLongForKvCache
                        + result.RejectedTooLongForStep
                );
                Assert.Equal(
                    result.Completed,
                    result.Outcomes.Count(o => o.End == RequestEnd.Completed)
                );
                Assert.Equal(result.Failed, result.Outcomes.Count(o => o.End == RequestEnd.Failed));
                Assert.True(random.Config.Failures is not null || result.Failed == 0);
                Assert.Equal(result.Completed, result.TimeToFirstToken.Count);
            },
            iter: Slow.Or(20_000, 400)
        );

    [Fact]
    public void Time_never_runs_back_and_kv_never_exceeds_capacity() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var result = random.Fast();
                Assert.InRange(result.PeakKvOccupancy, 0, 1);
                Assert.All(result.Series.KvOccupancy, share => Assert.InRange(share, 0, 1 + 1e-9));
                foreach (var outcome in result.Outcomes)
                {
                    Assert.True(outcome.FinishPicoseconds >= outcome.ArrivalPicoseconds);
                    if (outcome.End == RequestEnd.Completed)
                    {
                        Assert.True(outcome.FirstTokenPicoseconds > outcome.ArrivalPicoseconds);
                        Assert.True(outcome.FinishPicoseconds >= outcome.FirstTokenPicoseconds);
                    }
                }
            },
            iter: Slow.Or(20_000, 400)
        );

    [Fact]
    public void Little_s_law_holds() =>
        RandomCase.Gen.Sample(
            random =>
            {
                Assert.Equal(0, random.Fast().LittleGap, 1e-12);
                Assert.Equal(0, random.Stepwise().LittleGap, 1e-12);
            },
            iter: Slow.Or(10_000, 250)
        );

    [Fact]
    public void First_come_is_first_served_among_those_never_preempted() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var config = random.Config;
                if (
                    config.Replicas > 1
                    || config.Autoscaling is not null
                    || config.Offload.Count > 0
                    || config.Disaggregation is not null
                    || config.Admission == AdmissionPolicy.Priority
                )
                {
                    return;
                }
                var latest = long.MinValue;
                foreach (var outcome in random.Fast().Outcomes)
                {
                    if (outcome.FirstTokenPicoseconds >= 0 && outcome.Preemptions == 0)
                    {
                        Assert.True(outcome.FirstTokenPicoseconds >= latest);
                        latest = outcome.FirstTokenPicoseconds;
                    }
                }
            },
            iter: Slow.Or(40_000, 800)
        );

    [Fact]
    public void Equal_runs_are_equal_on_any_number_of_threads() =>
        RandomCase.Gen.Sample(
            random =>
            {
                var once = random.Fast();
                var again = ParallelEnumerable
                    .Range(0, 4)
                    .WithDegreeOfParallelism(4)
                    .Select(_ => random.Fast())
                    .ToArray();
                Assert.All(again, other => Assert.Equal(once.Outcomes, other.Outcomes));
                Assert.All(again, other => Assert.Equal(once.InterToken, other.InterToken));
            },
            iter: Slow.Or(1_000, 50)
        );

    [Fact]
    public void Segments_and_blocks_cache_the_same() =>
        RandomCase.Gen.Sample(
            random =>
            {
                SimulationResult With(PrefixCacheMode mode) =>
                    (random with { Config = random.Config with { PrefixCache = mode } }).Fast();
                var segments = With(PrefixCacheMode.Segments);
                var blocks = With(PrefixCacheMode.Blocks);
                Assert.Equal(blocks.Outcomes, segments.Outcomes);
                Assert.Equal(blocks.Tokens, segments.Tokens);
            },
            iter: Slow.Or(20_000, 400)
        );

    [Fact]
    public void The_random_cases_reach_every_feature()
    {
        var results = new List<(ServingConfig Config, SimulationResult Result)>();
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var item = RandomCase.Build((uint)random.Next());
            results.Add((item.Config, item.Fast()));
        }
        Assert.True(results.Count(r => r.Result.Preemptions > 0) > 40);
        Assert.True(
            results.Count(r =>
                r.Result.Preemptions > 0 && r.Config.Admission == AdmissionPolicy.Priority
            ) > 15
        );
        Assert.True(results.Count(r => r.Result.Tokens.CacheHits > 0) > 60);
        Assert.True(results.Count(r => r.Result.Failed > 0) > 30);
        Assert.True(results.Count(r => r.Result.RejectedTooLongForKvCache > 0) > 5);
        Assert.True(results.Count(r => r.Result.RejectedTooLongForStep > 0) > 5);
        Assert.True(results.Count(r => r.Result.DecodeBusyShare > 0) > 60);
        Assert.True(results.Count(r => r.Result.MeanWaiting > 1) > 40);
        Assert.True(results.Count(r => r.Result.Scaling is { Ordered: > 0 }) > 20);
        Assert.True(results.Count(r => r.Result.Tiers.Any(t => t.Tokens > 0)) > 40);
        Assert.True(
            results.Count(r =>
                r.Result.Tiers.Any(t => t.PeakTokens > 0 && t.Tokens > 0)
                && r.Config.Autoscaling is not null
            ) > 2
        );
        Assert.True(results.Count(r => r.Result.Scaling is { LetGo: > 0 }) > 20);
    }

    private static long CompletedOutput(RandomCase random, SimulationResult result) =>
        random
            .Requests.Where((_, i) => result.Outcomes[i].End == RequestEnd.Completed)
            .Sum(r => (long)r.OutputTokens);
}
