namespace Plimsoll.Serving.Simulation;

internal sealed partial class Engine
{
    /// <summary>Blocks that a sequence holds with so many tokens.</summary>
    private int BlocksFor(in Slot slot, int tokens) =>
        (((tokens + _blockMask) >> _blockShift) * slot.EachBlock) + slot.Reserved;

    /// <summary>Admits the head of the queue to this step.</summary>
    /// <returns>Tokens it takes; 0 when the budget is too small for a prompt that may not be cut, -1 when blocks are lacking.</returns>
    private int Admit(long now, int budget, ref long context)
    {
        var index = _waiting.First;
        ref var slot = ref _pool.Items[index];
        if (!_plain)
        {
            (slot.EachBlock, var reserved) = _sequence.Blocks(
                slot.Input + (slot.Target - 1L),
                _blockMask + 1
            );
            slot.Reserved = (int)reserved;
        }
        var hits = 0;
        var freeHits = 0;
        if (_cache is not null)
        {
            hits = _cache.LookUp(slot, (slot.Length - 1) >> _blockShift, out freeHits);
        }
        var held = slot.Transferred
            ? slot.Input
            : Math.Max(hits << _blockShift, Math.Max(slot.Stored, slot.Loaded));
        var taken = slot.Length - held;
        if (taken > budget)
        {
            if (!_chunks)
            {
                return 0;
            }
            taken = budget;
        }
        if (BlocksFor(slot, held + taken) - hits > _free - freeHits)
        {
            return -1;
        }
        _waiting.RemoveFirst();
        _recorder.Levels.AddWait(slot.QueuedAt, now);
        List(index);
        if (_cache is not null)
        {
            _cache.Share(ref slot);
            _free -= freeHits;
        }
        slot.Computed = held;
        slot.Blocks = hits;
        if (slot.Transferred)
        {
            slot.Blocks = BlocksFor(slot, held + taken);
            TakeBlocks(slot.Blocks);
            return taken;
        }
        if (slot.Cached < 0)
        {
            slot.Cached = held;
        }
        var fresh = Math.Max(0, held - slot.Reached);
        _run.Totals.CacheHits += fresh;
        slot.Reached += fresh;
        Prefill(index, taken, ref context);
        return taken;
    }

    /// <summary>Schedules a chunk of a prefill and takes its blocks.</summary>
    private void Prefill(int index, int taken, ref long context)
    {
        ref var slot = ref _pool.Items[index];
        var to = slot.Computed + taken;
        var blocks = BlocksFor(slot, to);
        if (blocks > slot.Blocks)
        {
            TakeBlocks(blocks - slot.Blocks);
            slot.Blocks = blocks;
        }
        context += ((long)taken * slot.Computed) + ((long)taken * (taken + 1) / 2);
        var fresh = Math.Max(0, Math.Min(to, slot.Input) - slot.Reached);
        _run.Totals.Prefilled += fresh;
        _run.Totals.Recomputed += taken - fresh;
        slot.Reached += fresh;
        slot.Computed = to;
        if (to < slot.Length)
        {
            _partial = index;
            return;
        }
        _partial = None;
        if (_cache is not null)
        {
            _free += _cache.Enter(ref slot);
            _blocked = false;
        }
    }

    /// <summary>Takes a slot's blocks back.</summary>
    private void Release(ref Slot slot, int blocks)
    {
        _free += _cache is null ? blocks : _cache.Release(ref slot, blocks - slot.SharedBlocks);
    }

    private void List(int index)
    {
        _running++;
        ref var slot = ref _pool.Items[index];
        slot.Previous = _newest;
        slot.Next = None;
        if (_newest < 0)
        {
            _oldest = index;
        }
        else
        {
            _pool.Items[_newest].Next = index;
        }
        _newest = index;
    }

    private void Unlist(int index)
    {
        _running--;
        var slots = _pool.Items;
        var (previous, next) = (slots[index].Previous, slots[index].Next);
        if (previous < 0)
        {
            _oldest = next;
        }
        else
        {
            slots[previous].Next = next;
        }
        if (next < 0)
        {
            _newest = previous;
        }
        else
        {
            slots[next].Previous = previous;
        }
    }
}
