using Plimsoll.Cluster.Grains;
using Plimsoll.Jobs;
using Xunit;

namespace Plimsoll.Cluster.Tests;

/// <summary>Whose turn it is.</summary>
public sealed class FairnessTest
{
    private static readonly EngineVersion _engine = new("e", "c");

    private static JobOrder Job(string id, string workspace, int priority = 0) =>
        new(id, id, _engine) { Workspace = workspace, Priority = priority };

    [Fact]
    public void Workers_are_shared_out_by_workspace_whatever_their_number_of_jobs()
    {
        JobOrder[] open =
        [
            .. Enumerable.Range(0, 9).Select(i => Job($"a{i}", "a")),
            Job("b", "b"),
            Job("c", "c"),
        ];
        var busy = new Dictionary<string, int>();
        for (var i = 0; i < 30; i++)
        {
            var next = Fairness.Next(open, busy, [])!;
            busy[next.Workspace] = busy.GetValueOrDefault(next.Workspace) + 1;
        }
        Assert.Equal([10, 10, 10], busy.Values);
    }

    [Fact]
    public void Priority_goes_before_fairness_and_fairness_before_warmth()
    {
        var open = new[]
        {
            Job("old", "a"),
            Job("warm", "a"),
            Job("other", "b"),
            Job("urgent", "a", 1),
        };
        var busy = new Dictionary<string, int> { ["a"] = 5, ["b"] = 5 };
        Assert.Equal("urgent", Fairness.Next(open, busy, ["warm"])!.Id);
        Assert.Equal("warm", Fairness.Next(open[..3], busy, ["warm"])!.Id);
        Assert.Equal("old", Fairness.Next(open[..3], busy, [])!.Id);
        Assert.Equal(
            "other",
            Fairness.Next(open[..3], new Dictionary<string, int> { ["a"] = 1 }, ["warm"])!.Id
        );
        Assert.Null(Fairness.Next([], busy, []));
    }
}
