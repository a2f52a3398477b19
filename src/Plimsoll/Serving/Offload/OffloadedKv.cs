using Plimsoll.Serving.Prefix;

namespace Plimsoll.Serving.Offload;

/// <summary>All tiers of a run: what they hold, their links, and what waits to be written; both simulators use it.</summary>
/// <remarks>Writes and losses are noted with their times and take place in that order once the present has passed them, so the replicas may be advanced in any order.</remarks>
internal sealed class OffloadedKv
{
    private readonly IReadOnlyList<KvTier> _tiers;
    private readonly TierStore[][] _stores;
    private readonly long[][] _linkFree;
    private readonly Sums[] _sums;
    private readonly int _blockShift;
    private readonly PriorityQueue<Event, (long At, long Number)> _events = new();

    /// <param name="tiers">In the order in which they are asked.</param>
    /// <param name="replicas">Places that may load.</param>
    /// <param name="blockShift">Logarithm of the tokens of a block.</param>
    public OffloadedKv(IReadOnlyList<KvTier> tiers, int replicas, int blockShift)
    {
        _tiers = tiers;
        _blockShift = blockShift;
        _sums = new Sums[tiers.Count];
        _stores = new TierStore[tiers.Count][];
        _linkFree = new long[tiers.Count][];
        for (var t = 0; t < tiers.Count; t++)
        {
            _stores[t] = !tiers[t].HoldsContent
                ? []
                :
                [
                    .. Enumerable
                        .Range(0, tiers[t].Shared ? 1 : replicas)
                        .Select(_ => new TierStore(tiers[t].CapacityTokens, 1 << blockShift)),
                ];
            _linkFree[t] = new long[replicas];
            Array.Fill(_linkFree[t], long.MinValue);
        }
        HoldsContent = tiers.Any(t => t.HoldsContent);
    }

    /// <summary>Whether any tier's content is simulated.</summary>
    public bool HoldsContent { get; }

    /// <summary>Loads for a request that comes to a replica; all that happened up to now must have been noted.</summary>
    /// <param name="place">The replica.</param>
    /// <param name="path">Its prompt.</param>
    /// <param name="input">Prompt tokens.</param>
    /// <param name="held">Leading tokens that need no load.</param>
    /// <param name="now">The present.</param>
    /// <param name="tokens">Leading tokens at hand after the load; <paramref name="held"/> without one.</param>
    /// <returns>When the load is done; <paramref name="now"/> without one.</returns>
    public long Load(
        int place,
        ReadOnlySpan<PathPiece> path,
        int input,
        int held,
        long now,
        out int tokens
    )
    {
        Settle(now);
        tokens = held;
        var ready = now;
        for (var t = 0; t < _tiers.Count; t++)
        {
            var tier = _tiers[t];
            var found =
                tier.CapacityTokens == 0 ? 0
                : tier.HitShare is { } share ? Math.Min((int)(share * input), input - 1)
                : _stores[t][tier.Shared ? 0 : place].Hit(path, (input - 1) >> _blockShift)
                    << _blockShift;
            if (found <= tokens)
            {
                continue;
            }
            var transfer = Math.Max(
                1,
                IntegerStep.ToPicoseconds((found - tokens) / tier.TokensPerSecond)
            );
            var start = Math.Max(now, _linkFree[t][place]);
            _linkFree[t][place] = start + transfer;
            var done = start + transfer + IntegerStep.ToPicoseconds(tier.LatencySeconds);
            ref var sums = ref _sums[t];
            sums.Loads++;
            sums.Tokens += found - tokens;
            sums.Busy += transfer;
            sums.Waited += done - now;
            tokens = found;
            ready = Math.Max(ready, done);
        }
        return ready;
    }

    /// <summary>Notes that a prompt is held from a time on and written to the tiers of its replica.</summary>
    public void Write(int place, ReadOnlySpan<PathPiece> path, long number, long at)
    {
        if (HoldsContent && path.Length > 0)
        {
            _events.Enqueue(new Event(place, path.ToArray()), (at, number));
        }
    }

    /// <summary>Notes that a replica is lost at a time, after what it wrote at that time, and with it the tiers of its own.</summary>
    public void Lose(int place, long at)
    {
        if (HoldsContent)
        {
            _events.Enqueue(new Event(place, null), (at, long.MaxValue));
        }
    }

    /// <summary>Moves the zero of the clock.</summary>
    public void Rebase(long shift)
    {
        foreach (var links in _linkFree)
        {
            foreach (ref var free in links.AsSpan())
            {
                free = Math.Max(free, long.MinValue + shift) - shift;
            }
        }
        var moved = _events.UnorderedItems.ToArray();
        _events.Clear();
        foreach (var (item, (at, number)) in moved)
        {
            _events.Enqueue(item, (at - shift, number));
        }
    }

    /// <summary>What the tiers did.</summary>
    public IReadOnlyList<TierResult> Results() =>
        [
            .. _tiers.Select(
                (tier, t) =>
                    new TierResult(
                        tier.Name,
                        _sums[t].Loads,
                        _sums[t].Tokens,
                        _sums[t].Loads == 0
                            ? 0
                            : (double)_sums[t].Waited
                                / _sums[t].Loads
                                / IntegerStep.PicosecondsPerSecond,
                        (double)_sums[t].Busy / IntegerStep.PicosecondsPerSecond,
                        _stores[t].Select(s => s.Peak).DefaultIfEmpty().Max()
                    )
            ),
        ];

    private void Settle(long now)
    {
        while (_events.TryPeek(out var item, out var due) && due.At <= now)
        {
            _events.Dequeue();
            for (var t = 0; t < _tiers.Count; t++)
            {
                if (_stores[t].Length == 0)
                {
                    continue;
                }
                var store = _stores[t][_tiers[t].Shared ? 0 : item.Place];
                if (item.Path is { } path)
                {
                    store.Write(path);
                }
                else if (!_tiers[t].Shared)
                {
                    store.Clear();
                }
            }
        }
    }

    private readonly record struct Event(int Place, PathPiece[]? Path);

    private struct Sums
    {
        public long Loads;
        public long Tokens;
        public Int128 Busy;
        public Int128 Waited;
    }
}
