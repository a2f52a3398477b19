namespace Plimsoll.Serving.Simulation;

/// <summary>The slots that wait for one engine: a ring with the preempted in front, or a heap by priority and number.</summary>
internal sealed class WaitingQueue(SlotPool pool, bool byPriority)
{
    private int[] _items = new int[16];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The slot served next; there must be one.</summary>
    public int First => byPriority ? _items[0] : _items[_head];

    public void Add(int index)
    {
        Grow();
        if (byPriority)
        {
            Sift(Count++, index);
            return;
        }
        _items[(_head + Count++) & (_items.Length - 1)] = index;
    }

    /// <summary>Puts a preempted slot back: in front, or where its priority says.</summary>
    public void PutBack(int index)
    {
        if (byPriority)
        {
            Add(index);
            return;
        }
        Grow();
        _head = (_head - 1) & (_items.Length - 1);
        _items[_head] = index;
        Count++;
    }

    public void RemoveFirst()
    {
        Count--;
        if (!byPriority)
        {
            _head = (_head + 1) & (_items.Length - 1);
            return;
        }
        var last = _items[Count];
        var hole = 0;
        while (true)
        {
            var child = (2 * hole) + 1;
            if (child >= Count)
            {
                break;
            }
            if (child + 1 < Count && Before(_items[child + 1], _items[child]))
            {
                child++;
            }
            if (!Before(_items[child], last))
            {
                break;
            }
            _items[hole] = _items[child];
            hole = child;
        }
        _items[hole] = last;
    }

    private void Grow()
    {
        if (Count < _items.Length)
        {
            return;
        }
        var larger = new int[_items.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = _items[(_head + i) & (_items.Length - 1)];
        }
        _items = larger;
        _head = 0;
    }

    private void Sift(int hole, int index)
    {
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (!Before(index, _items[parent]))
            {
                break;
            }
            _items[hole] = _items[parent];
            hole = parent;
        }
        _items[hole] = index;
    }

    private bool Before(int a, int b)
    {
        ref var x = ref pool.Items[a];
        ref var y = ref pool.Items[b];
        return x.Priority != y.Priority ? x.Priority < y.Priority : x.Number < y.Number;
    }
}
