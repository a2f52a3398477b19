using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;
using Plimsoll.Workloads.Mixtures;
using Xunit;

namespace Plimsoll.Tests.Serving.Planning;

/// <summary>What is drawn once and read on is what would be drawn alone.</summary>
public sealed class RequestTapesTest
{
    private static readonly WorkloadPlan _plan = new()
    {
        Seed = 3,
        Mixture = new ClientMixture(
            [
                new MixtureClient(
                    "all",
                    [new ArrivalWindow(0, 5, GapFamily.Gamma, 0.6)],
                    [
                        new LengthWindow(
                            0,
                            TokenLengths.LogNormal(900, 0.9),
                            TokenLengths.LogNormal(200, 0.9)
                        ),
                    ]
                ),
            ],
            3600
        ),
    };

    [Fact]
    public void A_tape_read_on_in_parts_is_the_workload_read_at_once()
    {
        var tapes = new RequestTapes(_plan);
        foreach (var most in new[] { 10, 4097, 30, 20_000, 25_000 })
        {
            for (var version = 0; version < 2; version++)
            {
                var alone = DrawnRequests.Of(
                    _plan with
                    {
                        Seed = _plan.Seed + (ulong)version,
                    },
                    most
                );
                var shared = tapes.First(version, most);
                Assert.Equal(alone.Requests.ToArray(), shared.Requests.ToArray());
                Assert.Equal(
                    alone.Pieces.ToArray(),
                    shared.Pieces[..alone.Pieces.Length].ToArray()
                );
            }
        }
    }

    [Fact]
    public void Searches_beside_each_other_read_the_same()
    {
        var tapes = new RequestTapes(_plan);
        var read = new DrawnRequests[8];
        Parallel.For(0, read.Length, i => read[i] = tapes.First(0, 3000 + (1000 * i)));
        Assert.All(
            read,
            r =>
                Assert.Equal(read[^1].Requests[..r.Requests.Length].ToArray(), r.Requests.ToArray())
        );
    }
}
