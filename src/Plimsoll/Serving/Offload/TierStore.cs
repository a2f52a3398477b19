using Plimsoll.Serving.Prefix;

namespace Plimsoll.Serving.Offload;

/// <summary>The content of one store: runs of KV by the chain of pieces up to their end, the least recently written last.</summary>
internal sealed class TierStore(long capacityTokens, int blockTokens)
{
    private readonly Dictionary<ulong, LinkedListNode<Run>> _byChain = [];
    private readonly LinkedList<Run> _recent = new();
    private long _held;

    /// <summary>Most tokens held so far.</summary>
    public long Peak { get; private set; }

    /// <summary>Leading blocks of a path that are held, at most so many.</summary>
    public int Hit(ReadOnlySpan<PathPiece> path, int most)
    {
        var blocks = 0;
        foreach (ref readonly var piece in path)
        {
            if (blocks >= most || !_byChain.TryGetValue(piece.Chain, out var node))
            {
                break;
            }
            var held = Math.Min(piece.EndBlock, node.Value.End);
            if (held < piece.EndBlock)
            {
                blocks = Math.Max(blocks, held);
                break;
            }
            blocks = held;
        }
        return Math.Min(blocks, most);
    }

    /// <summary>Writes a path: its runs become the most recent, the first of all, so that none outlives what it follows.</summary>
    public void Write(ReadOnlySpan<PathPiece> path)
    {
        for (var i = path.Length - 1; i >= 0; i--)
        {
            var from = i == 0 ? 0 : path[i - 1].EndBlock;
            var end = path[i].EndBlock;
            if (_byChain.Remove(path[i].Chain, out var old))
            {
                // The same pieces in a longer prompt may hold more whole blocks.
                end = Math.Max(end, old.Value.End);
                _held -= old.Value.Tokens;
                _recent.Remove(old);
            }
            var run = new Run(path[i].Chain, end, (long)(end - from) * blockTokens);
            _byChain[run.Chain] = _recent.AddFirst(run);
            _held += run.Tokens;
        }
        while (_held > capacityTokens)
        {
            var last = _recent.Last!;
            _recent.RemoveLast();
            _byChain.Remove(last.Value.Chain);
            _held -= last.Value.Tokens;
        }
        Peak = Math.Max(Peak, _held);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _byChain.Clear();
        _recent.Clear();
        _held = 0;
    }

    private readonly record struct Run(ulong Chain, int End, long Tokens);
}
