namespace Plimsoll.Serving.Prefix;

/// <summary>A map from well-mixed 64-bit keys to indices: open addressing, linear probing, no marks left by removal.</summary>
internal sealed class KeyTable
{
    private const int SmallestSize = 64;
    private Entry[] _entries = new Entry[SmallestSize];
    private int _count;

    /// <summary>The index of a key; -1 when it is absent.</summary>
    public int Find(ulong key)
    {
        var entries = _entries;
        var mask = entries.Length - 1;
        for (var place = (int)key & mask; ; place = (place + 1) & mask)
        {
            ref readonly var entry = ref entries[place];
            if (entry.IndexPlusOne == 0 || entry.Key == key)
            {
                return entry.IndexPlusOne - 1;
            }
        }
    }

    /// <summary>Sets the index of a key, present or not.</summary>
    public void Set(ulong key, int index)
    {
        var place = PlaceOf(key);
        if (_entries[place].IndexPlusOne == 0)
        {
            if (++_count * 2 > _entries.Length)
            {
                Enlarge();
                place = PlaceOf(key);
            }
            _entries[place].Key = key;
        }
        _entries[place].IndexPlusOne = index + 1;
    }

    /// <summary>Removes a key that is present and moves later entries of its chain up.</summary>
    public void Remove(ulong key)
    {
        _count--;
        var mask = _entries.Length - 1;
        var hole = PlaceOf(key);
        for (
            var place = (hole + 1) & mask;
            _entries[place].IndexPlusOne != 0;
            place = (place + 1) & mask
        )
        {
            var home = (int)_entries[place].Key & mask;
            if (((place - home) & mask) >= ((place - hole) & mask))
            {
                _entries[hole] = _entries[place];
                hole = place;
            }
        }
        _entries[hole] = default;
    }

    public void Clear()
    {
        Array.Clear(_entries);
        _count = 0;
    }

    private int PlaceOf(ulong key)
    {
        var mask = _entries.Length - 1;
        var place = (int)key & mask;
        while (_entries[place].IndexPlusOne != 0 && _entries[place].Key != key)
        {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void Enlarge()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.IndexPlusOne != 0)
            {
                _entries[PlaceOf(entry.Key)] = entry;
            }
        }
    }

    private struct Entry
    {
        public ulong Key;
        public int IndexPlusOne;
    }
}
