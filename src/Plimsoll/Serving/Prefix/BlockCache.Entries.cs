namespace Plimsoll.Serving.Prefix;

internal sealed partial class BlockCache
{
    private static ulong Identity(ulong chain, int block)
    {
        var mixed = (chain ^ (uint)block) * 0x9E3779B97F4A7C15UL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A new entry for a block, with one holder.</summary>
    private int Insert(ulong identity)
    {
        var index = NewEntry();
        ref var entry = ref _entries[index];
        entry.Identity = identity;
        entry.IsCached = true;
        entry.Blocks = 1;
        entry.Holders = 1;
        _table.Set(identity, index);
        return index;
    }

    private void Hold(int index)
    {
        if (_entries[index].Holders++ == 0)
        {
            Unlink(index);
        }
    }

    private int NewEntry()
    {
        if (_unused != None)
        {
            var index = _unused;
            _unused = _entries[index].Next;
            return index;
        }
        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }
        return _used++;
    }

    private void AppendWorthless(int blocks)
    {
        if (_newest != None && !_entries[_newest].IsCached)
        {
            _entries[_newest].Blocks += blocks;
            return;
        }
        var index = NewEntry();
        ref var entry = ref _entries[index];
        entry.IsCached = false;
        entry.Blocks = blocks;
        Append(index);
    }

    private void Append(int index)
    {
        _entries[index].Previous = _newest;
        _entries[index].Next = None;
        if (_newest == None)
        {
            _oldest = index;
        }
        else
        {
            _entries[_newest].Next = index;
        }
        _newest = index;
    }

    private void Unlink(int index)
    {
        var (previous, next) = (_entries[index].Previous, _entries[index].Next);
        if (previous == None)
        {
            _oldest = next;
        }
        else
        {
            _entries[previous].Next = next;
        }
        if (next == None)
        {
            _newest = previous;
        }
        else
        {
            _entries[next].Previous = previous;
        }
    }

    private struct Entry
    {
        public ulong Identity;
        public int Blocks;
        public int Holders;
        public int Previous;
        public int Next;
        public bool IsCached;
    }
}
