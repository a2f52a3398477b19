using Plimsoll.Serving.Simulation;

namespace Plimsoll.Serving.Prefix;

/// <summary>A prefix cache with one entry for each KV block, as vLLM keeps it.</summary>
internal sealed partial class BlockCache : PrefixCache
{
    private const int None = -1;
    private readonly SpanArena<PathPiece> _paths;
    private readonly SpanArena<int> _held;
    private readonly int _blocks;
    private Entry[] _entries = new Entry[64];
    private readonly KeyTable _table = new();
    private int _used;
    private int _unused = None;
    private int _oldest = None;
    private int _newest = None;
    private int[] _found = new int[64];
    private int _foundBlocks;

    public BlockCache(SpanArena<PathPiece> paths, SpanArena<int> held, int blocks)
    {
        _paths = paths;
        _held = held;
        _blocks = blocks;
        Clear();
    }

    public override void Clear()
    {
        _table.Clear();
        _used = 0;
        _unused = None;
        _oldest = None;
        _newest = None;
        AppendWorthless(_blocks);
    }

    public override void Forget(ref Slot slot)
    {
        if (slot.CacheHandle >= 0)
        {
            _held.Return(slot.CacheHandle, slot.PathBlocks);
        }
        slot.SharedBlocks = 0;
        slot.CacheHandle = None;
    }

    public override int LookUp(in Slot slot, int most, out int free)
    {
        most = Math.Min(most, slot.PathBlocks);
        if (_found.Length < most)
        {
            Array.Resize(ref _found, Math.Max(most, _found.Length * 2));
        }
        free = 0;
        var block = 0;
        foreach (ref readonly var piece in _paths.Items.AsSpan(slot.PathStart, slot.PathCount))
        {
            for (var end = Math.Min(piece.EndBlock, most); block < end; block++)
            {
                var entry = _table.Find(Identity(piece.Chain, block));
                if (entry == None)
                {
                    _foundBlocks = block;
                    return block;
                }
                _found[block] = entry;
                free += _entries[entry].Holders == 0 ? 1 : 0;
            }
        }
        _foundBlocks = block;
        return block;
    }

    public override void Share(ref Slot slot)
    {
        slot.CacheHandle = _held.Rent(slot.PathBlocks);
        slot.SharedBlocks = _foundBlocks;
        for (var i = 0; i < _foundBlocks; i++)
        {
            Hold(_found[i]);
            _held.Items[slot.CacheHandle + i] = _found[i];
        }
    }

    public override void Take(int blocks)
    {
        while (blocks > 0)
        {
            var index = _oldest;
            ref var entry = ref _entries[index];
            var taken = Math.Min(blocks, entry.Blocks);
            blocks -= taken;
            entry.Blocks -= taken;
            if (entry.Blocks == 0)
            {
                Unlink(index);
                if (entry.IsCached)
                {
                    _table.Remove(entry.Identity);
                }
                entry.Next = _unused;
                _unused = index;
            }
        }
    }

    public override int Enter(ref Slot slot)
    {
        var free = 0;
        var copies = 0;
        var block = slot.SharedBlocks;
        var held = _held.Items.AsSpan(slot.CacheHandle);
        foreach (ref readonly var piece in _paths.Items.AsSpan(slot.PathStart, slot.PathCount))
        {
            for (; block < piece.EndBlock; block++)
            {
                var identity = Identity(piece.Chain, block);
                var entry = _table.Find(identity);
                if (entry == None)
                {
                    entry = Insert(identity);
                }
                else
                {
                    copies++;
                    free -= _entries[entry].Holders == 0 ? 1 : 0;
                    Hold(entry);
                }
                held[block] = entry;
            }
        }
        slot.SharedBlocks = slot.PathBlocks;
        if (copies > 0)
        {
            AppendWorthless(copies);
        }
        return free + copies;
    }

    public override int Release(ref Slot slot, int own)
    {
        if (own > 0)
        {
            AppendWorthless(own);
        }
        for (var i = slot.SharedBlocks - 1; i >= 0; i--)
        {
            var entry = _held.Items[slot.CacheHandle + i];
            if (--_entries[entry].Holders == 0)
            {
                own++;
                Append(entry);
            }
        }
        Forget(ref slot);
        return own;
    }
}
