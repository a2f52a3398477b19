using Plimsoll.Serving.Simulation;

namespace Plimsoll.Serving.Prefix;

internal sealed partial class SegmentCache
{
    private enum NodeKind : byte
    {
        Unused,

        /// <summary>Cached blocks of a path.</summary>
        Run,

        /// <summary>Free blocks whose content nobody can share.</summary>
        Worthless,
    }

    /// <summary>The node that continues a path at a block, and how far the two agree.</summary>
    /// <param name="slot">Whose path.</param>
    /// <param name="piece">The path's piece at that block or one before; moved on.</param>
    /// <param name="at">The block.</param>
    /// <param name="most">Bound on how far.</param>
    /// <param name="reached">The first block on which they do not agree, or the bound.</param>
    private int Descend(in Slot slot, ref int piece, int at, int most, out int reached)
    {
        reached = at;
        var path = _paths.Items.AsSpan(slot.PathStart, slot.PathCount);
        while (path[piece].EndBlock <= at)
        {
            piece++;
        }
        var index = _byStart.Find(StartKey(path[piece].Chain, at));
        if (index == None)
        {
            return None;
        }
        ref var node = ref _nodes[index];
        var own = PiecesOf(ref node);
        for (var i = 0; i < own.Length && piece < path.Length; i++)
        {
            if (own[i].Chain != path[piece].Chain)
            {
                break;
            }
            reached = Math.Min(own[i].EndBlock, path[piece].EndBlock);
            if (reached >= most || own[i].EndBlock != path[piece].EndBlock)
            {
                break;
            }
            piece++;
        }
        reached = Math.Min(reached, most);
        piece = Math.Min(piece, path.Length - 1);
        return index;
    }

    /// <summary>The part of a node before a block; splits the node when it goes on after it.</summary>
    private int UpperPart(int index, int end)
    {
        if (_nodes[index].EndBlock == end)
        {
            return index;
        }
        var upper = NewNode();
        ref var lower = ref _nodes[index];
        ref var node = ref _nodes[upper];
        var pieces = PiecesOf(ref lower);
        var cut = 0;
        while (pieces[cut].EndBlock < end)
        {
            cut++;
        }
        SetPieces(ref node, pieces[..(cut + 1)], end);
        node.Kind = NodeKind.Run;
        node.Parent = lower.Parent;
        node.StartBlock = lower.StartBlock;
        node.EndBlock = end;
        node.Holders = lower.Holders;
        node.Key = lower.Key;
        var rest = pieces[cut].EndBlock == end ? cut + 1 : cut;
        pieces[rest..].CopyTo(pieces);
        lower.PieceCount -= rest;
        lower.Parent = upper;
        lower.StartBlock = end;
        lower.Key = StartKey(pieces[0].Chain, end);
        _byStart.Set(node.Key, upper);
        _byStart.Set(lower.Key, index);
        if (lower.Holders == 0)
        {
            InsertAfter(index, upper);
        }
        return upper;
    }

    /// <summary>A new node for the rest of a path, held by its slot.</summary>
    private int Grow(in Slot slot, int parent, int piece, int from, int to)
    {
        var path = slot.PathStart + piece;
        while (_paths.Items[path].EndBlock <= from)
        {
            path++;
        }
        var count = slot.PathStart + slot.PathCount - path;
        var index = NewNode();
        ref var node = ref _nodes[index];
        node.Kind = NodeKind.Run;
        SetPieces(ref node, _paths.Items.AsSpan(path, count), to);
        node.Parent = parent;
        node.StartBlock = from;
        node.EndBlock = to;
        node.Holders = 1;
        node.Key = StartKey(_paths.Items[path].Chain, from);
        _byStart.Set(node.Key, index);
        return index;
    }

    private Span<PathPiece> PiecesOf(ref Node node) =>
        node.PiecesRented == 0
            ? new Span<PathPiece>(ref node.Only)
            : _paths.Items.AsSpan(node.Pieces, node.PieceCount);

    /// <summary>Copies pieces to a node, the last of them cut at the node's end. One alone stays inside the node, where it is at hand.</summary>
    private void SetPieces(ref Node node, ReadOnlySpan<PathPiece> pieces, int end)
    {
        node.PieceCount = pieces.Length;
        node.PiecesRented = pieces.Length == 1 ? 0 : pieces.Length;
        node.Pieces = _paths.Rent(node.PiecesRented);
        var own = PiecesOf(ref node);
        pieces.CopyTo(own);
        own[^1] = own[^1] with { EndBlock = end };
    }

    /// <summary>Adds a holder to a node and its ancestors, up to one that is held already.</summary>
    private void Hold(int node, int until)
    {
        for (; node != until; node = _nodes[node].Parent)
        {
            if (_nodes[node].Holders++ == 0)
            {
                Unlink(node);
            }
        }
    }

    private static ulong StartKey(ulong chain, int block)
    {
        var mixed = (chain ^ (uint)block) * 0x9E3779B97F4A7C15UL;
        return mixed ^ (mixed >> 31);
    }

    private int NewNode()
    {
        if (_unused != None)
        {
            var index = _unused;
            _unused = _nodes[index].Next;
            return index;
        }
        if (_used == _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length * 2);
        }
        return _used++;
    }

    private void Drop(int index)
    {
        ref var node = ref _nodes[index];
        if (node.Kind == NodeKind.Run)
        {
            _byStart.Remove(node.Key);
            _paths.Return(node.Pieces, node.PiecesRented);
        }
        node.Kind = NodeKind.Unused;
        node.Next = _unused;
        _unused = index;
    }

    private void AppendWorthless(int blocks)
    {
        if (_newest != None && _nodes[_newest].Kind == NodeKind.Worthless)
        {
            _nodes[_newest].EndBlock += blocks;
            return;
        }
        var index = NewNode();
        ref var node = ref _nodes[index];
        node.Kind = NodeKind.Worthless;
        node.StartBlock = 0;
        node.EndBlock = blocks;
        Append(index);
    }

    private void Append(int index)
    {
        _nodes[index].Previous = _newest;
        _nodes[index].Next = None;
        if (_newest == None)
        {
            _oldest = index;
        }
        else
        {
            _nodes[_newest].Next = index;
        }
        _newest = index;
    }

    private void InsertAfter(int index, int added)
    {
        var next = _nodes[index].Next;
        _nodes[added].Previous = index;
        _nodes[added].Next = next;
        _nodes[index].Next = added;
        if (next == None)
        {
            _newest = added;
        }
        else
        {
            _nodes[next].Previous = added;
        }
    }

    private void Unlink(int index)
    {
        var (previous, next) = (_nodes[index].Previous, _nodes[index].Next);
        if (previous == None)
        {
            _oldest = next;
        }
        else
        {
            _nodes[previous].Next = next;
        }
        if (next == None)
        {
            _newest = previous;
        }
        else
        {
            _nodes[next].Previous = previous;
        }
    }

    private struct Node
    {
        public ulong Key;
        public PathPiece Only;
        public int Parent;
        public int StartBlock;
        public int EndBlock;
        public int Holders;
        public int Pieces;
        public int PiecesRented;
        public int PieceCount;
        public int Previous;
        public int Next;
        public NodeKind Kind;
    }
}
