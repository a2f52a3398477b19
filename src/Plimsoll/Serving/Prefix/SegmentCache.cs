using Plimsoll.Serving.Simulation;

namespace Plimsoll.Serving.Prefix;

/// <summary>A prefix cache with one node for each run of blocks that prompts share; a node splits where prompts diverge.</summary>
/// <remarks>
/// The free queue is a list of nodes without holders and of runs of worthless blocks. A node is taken from its deep end, so it holds its leading blocks
/// longest, as single blocks returned deepest first would. Every holder of a node holds its ancestors, so they stand behind it in the queue.
/// </remarks>
internal sealed partial class SegmentCache : PrefixCache
{
    private const int None = -1;
    private readonly SpanArena<PathPiece> _paths;
    private readonly int _blocks;
    private readonly KeyTable _byStart = new();
    private Node[] _nodes = new Node[64];
    private int _used;
    private int _unused = None;
    private int _oldest = None;
    private int _newest = None;
    private int _foundNode = None;
    private int _foundBlocks;

    public SegmentCache(SpanArena<PathPiece> paths, int blocks)
    {
        _paths = paths;
        _blocks = blocks;
        Clear();
    }

    public override void Clear()
    {
        for (var i = 0; i < _used; i++)
        {
            if (_nodes[i].Kind == NodeKind.Run)
            {
                _paths.Return(_nodes[i].Pieces, _nodes[i].PiecesRented);
            }
            _nodes[i].Kind = NodeKind.Unused;
        }
        _byStart.Clear();
        _used = 0;
        _unused = None;
        _oldest = None;
        _newest = None;
        AppendWorthless(_blocks);
    }

    public override void Forget(ref Slot slot)
    {
        slot.SharedBlocks = 0;
        slot.CacheHandle = None;
    }

    public override int LookUp(in Slot slot, int most, out int free)
    {
        free = 0;
        _foundNode = None;
        _foundBlocks = 0;
        most = Math.Min(most, slot.PathBlocks);
        var piece = 0;
        while (_foundBlocks < most)
        {
            var before = _foundBlocks;
            var node = Descend(slot, ref piece, before, most, out var reached);
            if (node == None)
            {
                break;
            }
            _foundNode = node;
            _foundBlocks = reached;
            free += _nodes[node].Holders == 0 ? reached - before : 0;
            if (reached < _nodes[node].EndBlock)
            {
                break;
            }
        }
        return _foundBlocks;
    }

    public override void Share(ref Slot slot)
    {
        slot.SharedBlocks = _foundBlocks;
        slot.CacheHandle = _foundBlocks == 0 ? None : UpperPart(_foundNode, _foundBlocks);
        Hold(slot.CacheHandle, None);
    }

    public override void Take(int blocks)
    {
        while (blocks > 0)
        {
            ref var node = ref _nodes[_oldest];
            var taken = Math.Min(blocks, node.EndBlock - node.StartBlock);
            blocks -= taken;
            node.EndBlock -= taken;
            if (node.EndBlock == node.StartBlock)
            {
                var index = _oldest;
                Unlink(index);
                Drop(index);
            }
            else if (node.Kind == NodeKind.Run)
            {
                var pieces = PiecesOf(ref node);
                while (pieces.Length > 1 && pieces[^2].EndBlock >= node.EndBlock)
                {
                    pieces = pieces[..^1];
                }
                node.PieceCount = pieces.Length;
                pieces[^1] = pieces[^1] with { EndBlock = node.EndBlock };
            }
        }
    }

    public override int Enter(ref Slot slot)
    {
        var at = slot.SharedBlocks;
        var total = slot.PathBlocks;
        if (at == total)
        {
            return 0;
        }
        var deepest = slot.CacheHandle;
        var piece = 0;
        var free = 0;
        while (at < total)
        {
            var node = Descend(slot, ref piece, at, total, out var reached);
            if (node == None)
            {
                break;
            }
            deepest = UpperPart(node, reached);
            free -= _nodes[deepest].Holders == 0 ? reached - at : 0;
            at = reached;
        }
        Hold(deepest, slot.CacheHandle);
        var copies = at - slot.SharedBlocks;
        if (copies > 0)
        {
            AppendWorthless(copies);
        }
        if (at < total)
        {
            deepest = Grow(slot, deepest, piece, at, total);
        }
        slot.CacheHandle = deepest;
        slot.SharedBlocks = total;
        return free + copies;
    }

    public override int Release(ref Slot slot, int own)
    {
        if (own > 0)
        {
            AppendWorthless(own);
        }
        for (
            var node = slot.SharedBlocks == 0 ? None : slot.CacheHandle;
            node != None;
            node = _nodes[node].Parent
        )
        {
            if (--_nodes[node].Holders == 0)
            {
                own += _nodes[node].EndBlock - _nodes[node].StartBlock;
                Append(node);
            }
        }
        slot.SharedBlocks = 0;
        slot.CacheHandle = None;
        return own;
    }
}
