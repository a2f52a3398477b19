namespace Plimsoll.Serving.Simulation;

/// <summary>A request inside the simulator. Slots live in one array and are known by their index.</summary>
internal struct Slot
{
    public long Number;
    public long Arrival;

    /// <summary>When its first token came.</summary>
    public long FirstToken;

    /// <summary>While it waits, prefills or is transferred: when its latest token came.</summary>
    public long LastToken;

    /// <summary>When it joined the queue.</summary>
    public long QueuedAt;

    /// <summary>While it decodes: number of the step that makes its last token here.</summary>
    public long FinishStep;

    /// <summary>Step in which it was last scheduled during an exhaustion.</summary>
    public long WalkedStep;
    public int Input;
    public int Output;

    /// <summary>Prompt tokens that an outside store hands over at admission; less than the prompt.</summary>
    public int Stored;

    /// <summary>Leading prompt tokens loaded from a tier of KV; 0 again after a preemption.</summary>
    public int Loaded;

    /// <summary>Tokens after which it leaves this replica: 1 on prefill replicas.</summary>
    public int Target;
    public int Client;
    public int Priority;

    /// <summary>Tokens made; while it decodes the truth is in <see cref="FinishStep"/>.</summary>
    public int Generated;

    /// <summary>Tokens held in KV cache; kept only while it prefills.</summary>
    public int Computed;

    /// <summary>Blocks held, the shared ones included; kept only while it prefills.</summary>
    public int Blocks;

    /// <summary>Blocks that each block of its tokens takes here: 1, more inside the windows of a model with such layers.</summary>
    public int EachBlock;

    /// <summary>Blocks held from its admission to its end beside those of its tokens: windows and recurrent states.</summary>
    public int Reserved;

    /// <summary>Prompt tokens once computed or found in the cache.</summary>
    public int Reached;

    /// <summary>Prompt tokens found at its first admission; -1 before.</summary>
    public int Cached;
    public int Preemptions;

    /// <summary>Neighbours in the order of admission; -1 for none.</summary>
    public int Previous;
    public int Next;

    /// <summary>The next that finishes in the same place of the wheel; the next free slot while unused.</summary>
    public int Chained;

    /// <summary>Its pieces in the arena of paths.</summary>
    public int PathStart;
    public int PathCount;

    /// <summary>Room rented for them.</summary>
    public int PathRented;

    /// <summary>Blocks of its prompt that can be shared.</summary>
    public int PathBlocks;

    /// <summary>Leading blocks of its prompt that the cache holds for it.</summary>
    public int SharedBlocks;

    /// <summary>Where the cache keeps them: the deepest node, or the first of its entries.</summary>
    public int CacheHandle;

    /// <summary>Chains that a prefix-aware router reads, in their arena.</summary>
    public int RouteStart;
    public int RouteCount;

    /// <summary>Its place while it loads from a tier.</summary>
    public int Place;
    public bool Decoding;
    public bool Transferred;
    public bool HasFirstToken;

    /// <summary>Prompt and generated tokens.</summary>
    public readonly int Length => Input + Generated;
}

/// <summary>The array of slots, with the unused ones chained.</summary>
internal sealed class SlotPool
{
    private int _free = -1;
    private int _used;

    public Slot[] Items = new Slot[1024];

    public int Rent()
    {
        if (_free >= 0)
        {
            var index = _free;
            _free = Items[index].Chained;
            return index;
        }
        if (_used == Items.Length)
        {
            Array.Resize(ref Items, Items.Length * 2);
        }
        return _used++;
    }

    public void Return(int index)
    {
        Items[index].Chained = _free;
        _free = index;
    }

    /// <summary>Moves the zero of the clock for all; the unused ones do not mind.</summary>
    public void Rebase(long shift)
    {
        foreach (ref var slot in Items.AsSpan(0, _used))
        {
            slot.Arrival -= shift;
            slot.FirstToken -= shift;
            slot.LastToken -= shift;
            slot.QueuedAt -= shift;
        }
    }
}
