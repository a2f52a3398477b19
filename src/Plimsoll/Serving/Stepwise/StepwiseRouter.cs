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

    public StepwiseReplica Choose(StepwiseReplica[] replicas, Sequence sequence, long now)
    {
        switch (policy)
        {
            case RoutingPolicy.RoundRobin:
                for (var i = 1; i <= replicas.Length; i++)
                {
                    var next = (_last + i) % replicas.Length;
                    if (!replicas[next].IsDown(now))
                    {
                        _last = next;
                        return replicas[next];
                    }
                }
                _last = (_last + 1) % replicas.Length;
                return replicas[_last];
            case RoutingPolicy.LeastLoaded:
                return replicas.MinBy(replica => (replica.IsDown(now), replica.Load))!;
            case RoutingPolicy.PowerOfTwo:
                return Two(replicas, now);
            default:
                return ByPrefix(replicas, sequence, now);
        }
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
                var known = replicas[place.Replica];
                if (!known.IsDown(now) && known.Load <= limit)
                {
                    chosen = known;
                }
                break;
            }
        }
        foreach (var written in chains)
        {
            _places[(int)(written >> 48)] = (written, Array.IndexOf(replicas, chosen));
        }
        return chosen;
    }
}
