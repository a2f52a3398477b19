using Plimsoll.Sampling;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Stepwise;

/// <summary>Chooses the replica of a request by looking at all of them.</summary>
internal sealed class StepwiseRouter(RoutingPolicy policy, ulong seed, int pool)
{
    private readonly Dictionary<int, (ulong Chain, int Replica)> _places = [];
    private RandomStream _stream = RandomStream.Keyed(
        seed,
        0,
        new EntityId((ulong)pool),
        Purpose.Choices
    );
    private int _last = -1;
    private int _lowerLoad;

    /// <summary>The replica of a request.</summary>
    /// <param name="replicas">Those that take requests, in order.</param>
    /// <param name="sequence">The request.</param>
    /// <param name="now">The present.</param>
    public StepwiseReplica Choose(StepwiseReplica[] replicas, Sequence sequence, long now)
    {
        switch (policy)
        {
            case RoutingPolicy.RoundRobin:
                return InTurn(replicas, now);
            case RoutingPolicy.LeastLoaded:
                return replicas.MinBy(replica => (replica.IsDown(now), replica.Load))!;
            case RoutingPolicy.PowerOfTwo:
                return Two(replicas, now);
            default:
                return ByPrefix(replicas, sequence, now);
        }
    }

    /// <summary>The next after the last that is up, by number; the next when none is.</summary>
    private StepwiseReplica InTurn(StepwiseReplica[] replicas, long now)
    {
        var inOrder = replicas.OrderBy(r => r.Index <= _last).ThenBy(r => r.Index).ToList();
        var chosen = inOrder.Find(r => !r.IsDown(now)) ?? inOrder[0];
        _last = chosen.Index;
        return chosen;
    }

    private StepwiseReplica Two(StepwiseReplica[] replicas, long now)
    {
        if (replicas.Length == 1)
        {
            return replicas[0];
        }
        var first = _stream.NextInteger(replicas.Length);
        var second = _stream.NextInteger(replicas.Length - 1);
        second += second >= first ? 1 : 0;
        var a = replicas[first];
        var b = replicas[second];
        _lowerLoad = Math.Min(a.Load, b.Load);
        return (b.IsDown(now), b.Load).CompareTo((a.IsDown(now), a.Load)) < 0 ? b : a;
    }

    private StepwiseReplica ByPrefix(StepwiseReplica[] replicas, Sequence sequence, long now)
    {
        var chains = new List<ulong>();
        var chain = PrefixChain.Empty;
        for (var depth = 1; depth <= sequence.Pieces.Length; depth++)
        {
            chain = PrefixChain.Extend(chain, sequence.Pieces[depth - 1]);
            if ((depth & (depth - 1)) == 0 || depth == sequence.Pieces.Length)
            {
                chains.Add(chain);
            }
        }
        var chosen = Two(replicas, now);
        var limit = replicas.Length == 1 ? int.MaxValue : (2 * _lowerLoad) + 8;
        for (var i = chains.Count - 1; i >= 0; i--)
        {
            if (
                _places.TryGetValue((int)(chains[i] >> 48), out var place)
                && place.Chain == chains[i]
            )
            {
                var known = Array.Find(replicas, r => r.Index == place.Replica);
                if (known is not null && !known.IsDown(now) && known.Load <= limit)
                {
                    chosen = known;
                }
                break;
            }
        }
        foreach (var written in chains)
        {
            _places[(int)(written >> 48)] = (written, chosen.Index);
        }
        return chosen;
    }
}
