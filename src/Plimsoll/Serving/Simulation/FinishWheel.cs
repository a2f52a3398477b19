using System.Numerics;

namespace Plimsoll.Serving.Simulation;

/// <summary>Sequences of one engine by the absolute number of the step that finishes them: never re-keyed, however long the steps turn out.</summary>
/// <remarks>A wheel of chained slots with one bit a place. A place may hold slots of later rounds, which stay.</remarks>
internal struct FinishWheel
{
    public const int Places = 1024;
    private readonly int[] _heads;
    private readonly ulong[] _occupied;

    public FinishWheel()
    {
        _heads = new int[Places];
        _occupied = new ulong[Places / 64];
        Clear();
    }

    public readonly void Clear()
    {
        Array.Fill(_heads, -1);
        Array.Clear(_occupied);
    }

    public readonly bool HasAt(long step) =>
        (_occupied[(int)(step & (Places - 1)) >> 6] >> (int)(step & 63) & 1) != 0;

    public readonly void Add(Slot[] slots, int index)
    {
        ref var slot = ref slots[index];
        var place = (int)(slot.FinishStep & (Places - 1));
        slot.Chained = _heads[place];
        _heads[place] = index;
        _occupied[place >> 6] |= 1UL << (place & 63);
    }

    /// <summary>Slots that finish with this very step.</summary>
    public readonly int CountAt(Slot[] slots, long step)
    {
        var count = 0;
        for (
            var index = _heads[(int)(step & (Places - 1))];
            index >= 0;
            index = slots[index].Chained
        )
        {
            count += slots[index].FinishStep == step ? 1 : 0;
        }
        return count;
    }

    /// <summary>Takes the newest slot that finishes with this very step; -1 when there is none left.</summary>
    public readonly int TakeAt(Slot[] slots, long step)
    {
        var place = (int)(step & (Places - 1));
        var before = -1;
        for (var index = _heads[place]; index >= 0; index = slots[index].Chained)
        {
            if (slots[index].FinishStep == step)
            {
                Unchain(slots, place, before, index);
                return index;
            }
            before = index;
        }
        return -1;
    }

    public readonly void Remove(Slot[] slots, int index)
    {
        var place = (int)(slots[index].FinishStep & (Places - 1));
        var before = -1;
        for (var at = _heads[place]; at != index; at = slots[at].Chained)
        {
            before = at;
        }
        Unchain(slots, place, before, index);
    }

    /// <summary>Steps from the given one to the next occupied place, 1 or more; a whole turn when nothing is found.</summary>
    public readonly int StepsToNext(long step)
    {
        var from = (int)((step + 1) & (Places - 1));
        var word = from >> 6;
        var bits = _occupied[word] & (ulong.MaxValue << (from & 63));
        for (var looked = 0; looked <= Places / 64; looked++)
        {
            if (bits != 0)
            {
                var place = (word << 6) + BitOperations.TrailingZeroCount(bits);
                return ((place - from) & (Places - 1)) + 1;
            }
            word = (word + 1) & ((Places / 64) - 1);
            bits = _occupied[word];
        }
        return Places;
    }

    private readonly void Unchain(Slot[] slots, int place, int before, int index)
    {
        var next = slots[index].Chained;
        if (before >= 0)
        {
            slots[before].Chained = next;
            return;
        }
        _heads[place] = next;
        if (next < 0)
        {
            _occupied[place >> 6] &= ~(1UL << (place & 63));
        }
    }
}
