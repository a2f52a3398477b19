using Plimsoll.Workloads;
using Plimsoll.Workloads.Traces;
using Xunit;

namespace Plimsoll.Tests.Workloads;

public sealed class WorkloadProfileTest
{
    [Fact]
    public void Rates_gaps_lengths_and_clients_are_those_of_the_requests()
    {
        // Gaps of 1, 3, 1, 3, ... s: mean 2, deviation 1.
        var requests = new Request[1001];
        var time = 0L;
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = new Request(time * 1_000_000_000_000, 1 + (i % 100), 10, i % 4 / 3);
            time += i % 2 == 0 ? 1 : 3;
        }
        var profile = WorkloadProfile.Of(new RequestList(requests));
        Assert.Equal(2000, profile.Seconds, 1e-6);
        Assert.Equal(0.5, profile.RequestsPerSecond, 1e-9);
        Assert.Equal(0.5, profile.GapCv, 1e-9);
        Assert.Equal(0.5, profile.SteadyRequestsPerSecond, 0.02);
        Assert.Equal(50, profile.Input.P50);
        Assert.Equal(90, profile.Input.P90);
        Assert.Equal(99, profile.Input.P99);
        Assert.Equal(100, profile.Input.Longest);
        Assert.Equal(2, profile.Clients);
        Assert.Equal(0.75, profile.TopClientShare, 0.001);
        Assert.Null(profile.Ramp);
    }

    [Fact]
    public void Prefix_reuse_counts_what_an_endless_cache_would_hit()
    {
        var source = new RequestList(
            new[]
            {
                new Request(0, 100, 1, PrefixStart: 0, PrefixCount: 2),
                new Request(1, 100, 1, PrefixStart: 0, PrefixCount: 2),
                new Request(2, 100, 1, PrefixStart: 2, PrefixCount: 2),
            },
            new[]
            {
                new PrefixPiece(1, 40),
                new PrefixPiece(2, 30),
                new PrefixPiece(1, 40),
                new PrefixPiece(3, 30),
            }
        );
        Assert.Equal((70 + 40) / 300.0, WorkloadProfile.Of(source).PrefixReuse, 1e-12);
    }

    [Fact]
    public void The_public_trace_that_starts_nearly_empty_is_found_out()
    {
        using var trace = TraceSource.Open(TestTraces.File("philly_2000.csv"));
        var ramp = WorkloadProfile.Of(trace).Ramp;
        Assert.NotNull(ramp);
        Assert.True(ramp.TimesBelowSteady > 50);
        Assert.InRange(ramp.Seconds / 86_400, 15, 21);
        using var again = TraceSource.Open(TestTraces.File("philly_2000.csv"));
        var cut = new ShapedRequests(again, new WorkloadShape(FromSeconds: ramp.Seconds));
        Assert.Null(WorkloadProfile.Of(cut).Ramp);
    }

    [Theory]
    [InlineData("azure_code_400.csv")]
    [InlineData("mooncake_conversation_300.jsonl.gz")]
    [InlineData("vllm_rtx4090.jsonl.gz")]
    public void Steady_traces_have_no_ramp(string file)
    {
        using var trace = TraceSource.Open(TestTraces.File(file));
        Assert.Null(WorkloadProfile.Of(trace).Ramp);
    }
}
