namespace Plimsoll.Serving.Simulation;

internal sealed partial class Engine
{
    /// <summary>Walks the running sequences in order and preempts until the next step has its blocks, which it takes for those that decode.</summary>
    /// <returns>Tokens that the sequence in the middle of its prefill takes; its blocks are free.</returns>
    private int MakeRoom(long now)
    {
        var step = _step + 1;
        var budget = _tokensPerStep;
        var chunk = 0;
        for (var index = _oldest; index >= 0; )
        {
            ref var slot = ref _pool.Items[index];
            var taken = slot.Decoding ? 1 : Math.Min(slot.Length - slot.Computed, budget);
            var needed = 0;
            if (slot.Decoding)
            {
                needed = Crosses(slot, step) ? slot.EachBlock : 0;
            }
            else if (taken > 0)
            {
                needed = BlocksFor(slot, slot.Computed + taken) - slot.Blocks;
            }
            var fits = true;
            while (needed > _free && fits)
            {
                var victim = Victim();
                fits = victim != index;
                var next = slot.Next;
                budget += Preempt(victim, step, now);
                if (!fits)
                {
                    index = next;
                }
            }
            if (!fits)
            {
                continue;
            }
            budget -= taken;
            if (slot.Decoding)
            {
                TakeBlocks(needed);
                slot.WalkedStep = step;
            }
            else
            {
                chunk = taken;
            }
            index = slot.Next;
        }
        return _partial < 0 ? 0 : chunk;
    }

    private bool Crosses(in Slot slot, long step) => ((Phase(slot) + step) & _blockMask) == 0;

    private int Victim()
    {
        if (!_byPriority)
        {
            return _newest;
        }
        var slots = _pool.Items;
        var worst = _newest;
        for (var index = _oldest; index >= 0; index = slots[index].Next)
        {
            ref var a = ref slots[index];
            ref var b = ref slots[worst];
            if (a.Priority != b.Priority ? a.Priority > b.Priority : a.Number > b.Number)
            {
                worst = index;
            }
        }
        return worst;
    }

    /// <summary>Puts a running sequence back to the queue.</summary>
    /// <returns>The tokens of this step that it gives back.</returns>
    private int Preempt(int index, long step, long now)
    {
        ref var slot = ref _pool.Items[index];
        var refund = 0;
        var blocks = slot.Blocks;
        if (slot.Decoding)
        {
            slot.Generated = slot.Target - (int)(slot.FinishStep - _step);
            var tokens = slot.Length - 1;
            blocks = BlocksFor(slot, tokens);
            if (slot.WalkedStep == step)
            {
                refund = 1;
                blocks += Crosses(slot, step) ? slot.EachBlock : 0;
            }
            _wheel.Remove(_pool.Items, index);
            LeaveDecoding(slot, tokens);
            slot.LastToken = now;
            slot.Decoding = false;
        }
        else
        {
            _partial = None;
        }
        Unlist(index);
        Release(ref slot, blocks);
        slot.Computed = 0;
        slot.Blocks = 0;
        slot.Transferred = false;
        slot.Loaded = 0;
        slot.Preemptions++;
        slot.QueuedAt = now;
        _run.Totals.Preemptions++;
        _waiting.PutBack(index);
        _blocked = false;
        return refund;
    }
}
