using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Planning;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

public sealed class SteadySampleTest
{
    /// <summary>A step of 10 ms, whatever the batch.</summary>
    private sealed class ConstantLaw : IStepLaw
    {
        public long KvCapacityTokens => 1_000_000;

        public int Accelerators => 1;

        public double RequestOverheadSeconds => 0;

        public StepSegment Segment(in BatchShape batch) => new(0.01, 0, long.MaxValue);
    }

    [Fact]
    public void Two_stays_are_cut_from_the_head_and_one_from_the_end()
    {
        // One request a second, each of 100 tokens: a stay of one second.
        var requests = Enumerable
            .Range(0, 101)
            .Select(i => new Request(i * 1_000_000_000_000L, 10, 100))
            .ToArray();
        var result = ServingSimulator.Run(
            new ConstantLaw(),
            new ServingConfig { KeepOutcomes = true },
            new RequestList(requests)
        );
        var sample = SteadySample.Of(result, requests, new ServiceLevel(1));
        Assert.Equal(1.0, sample.LongStaySeconds, 1e-9);
        Assert.Equal(2, sample.From);
        Assert.Equal(99, sample.To);
        Assert.True(sample.Full);
        Assert.Equal(1, sample.Attainment);
    }

    [Fact]
    public void A_run_too_short_for_its_answers_says_so()
    {
        var requests = Enumerable
            .Range(0, 50)
            .Select(i => new Request(i * 100_000_000_000L, 10, 100))
            .ToArray();
        var result = ServingSimulator.Run(
            new ConstantLaw(),
            new ServingConfig { KeepOutcomes = true },
            new RequestList(requests)
        );
        var sample = SteadySample.Of(result, requests, new ServiceLevel(1));
        Assert.False(sample.Full);
        Assert.True(sample.Count > 0);
    }

    [Theory]
    [InlineData(0.1, 1.0, 10, true)]
    [InlineData(0.2, 1.0, 10, false)]
    [InlineData(0.1, 1.2, 10, false)]
    [InlineData(0.1, 0.1, 1, true)]
    public void A_request_keeps_all_of_the_promise_or_breaks_it(
        double first,
        double whole,
        int tokens,
        bool kept
    )
    {
        var outcome = new RequestOutcome(
            0,
            (long)(first * 1e12),
            (long)(whole * 1e12),
            RequestEnd.Completed,
            0,
            0,
            0
        );
        var level = new ServiceLevel(0.15, 0.1, 1.1);
        Assert.Equal(kept, SteadySample.Kept(outcome, tokens, level));
        Assert.False(SteadySample.Kept(outcome with { End = RequestEnd.Failed }, tokens, level));
    }
}
