namespace Plimsoll.Serving.Recording;

/// <summary>Time integrals of what the replicas hold, in total and by interval.</summary>
internal sealed class LevelSeries
{
    private readonly long _interval;
    private Cell[] _cells = new Cell[64];
    private int _cell;
    private long _from;
    private long _to;

    public LevelSeries(double intervalSeconds)
    {
        _interval = Math.Max(1, IntegerStep.ToPicoseconds(intervalSeconds));
        _to = _interval;
    }

    /// <summary>Sums over all intervals.</summary>
    /// <returns>Sequence-picoseconds in batches, request-picoseconds in queues, block-picoseconds held.</returns>
    public (Int128 Running, Int128 Waiting, Int128 Blocks) Totals()
    {
        var (running, waiting, blocks) = ((Int128)0, (Int128)0, (Int128)0);
        var throughout = (Int128)0;
        foreach (ref readonly var cell in _cells.AsSpan())
        {
            running += cell.Running;
            waiting += (throughout * _interval) + cell.Waiting;
            blocks += cell.Blocks;
            throughout += cell.WaitingAfter;
        }
        return (running, waiting, blocks);
    }

    /// <summary>Whether a span that begins at a time ends inside the same interval.</summary>
    public bool HoldsWhole(long from, long to)
    {
        Seek(from);
        return to <= _to;
    }

    /// <summary>Adds a run of steps of one replica that lies inside one interval (<see cref="HoldsWhole"/>).</summary>
    /// <param name="span">Its duration.</param>
    /// <param name="running">Sequences in the batch throughout.</param>
    /// <param name="blocks">Blocks held, summed over its picoseconds.</param>
    public void AddWhole(long span, int running, Int128 blocks)
    {
        ref var cell = ref _cells[_cell];
        cell.Running += Math.BigMul(span, (long)running);
        cell.Blocks += blocks;
    }

    /// <summary>Adds the wait of one request, however long: the whole intervals inside it are only marked at their ends.</summary>
    public void AddWait(long from, long to)
    {
        if (to <= from)
        {
            return;
        }
        Seek(from);
        if (to <= _to)
        {
            _cells[_cell].Waiting += to - from;
            return;
        }
        _cells[_cell].Waiting += _to - from;
        _cells[_cell].WaitingAfter++;
        Seek(to);
        _cells[_cell].Waiting += to - _from;
        _cells[_cell].WaitingAfter--;
        // The mark of the first interval covers this last one too.
        _cells[_cell].Waiting -= _interval;
    }

    /// <summary>Adds the batch and the held blocks of one replica over a span of time in which they do not change.</summary>
    public void AddRunning(long from, long to, int running, long blocks)
    {
        while (true)
        {
            Seek(from);
            var end = Math.Min(to, _to);
            ref var cell = ref _cells[_cell];
            var part = end - from;
            cell.Running += Math.BigMul(part, (long)running);
            cell.Blocks += Math.BigMul(part, blocks);
            if (end == to)
            {
                return;
            }
            from = end;
        }
    }

    /// <summary>Adds the queue of one replica over a span of time.</summary>
    public void AddWaiting(long from, long to, int waiting)
    {
        while (true)
        {
            Seek(from);
            var end = Math.Min(to, _to);
            _cells[_cell].Waiting += Math.BigMul(end - from, (long)waiting);
            if (end == to)
            {
                return;
            }
            from = end;
        }
    }

    /// <summary>Moves the zero of the clock; by whole intervals only up to a picosecond remainder kept in the borders.</summary>
    public void Rebase(long shift)
    {
        _from -= shift;
        _to -= shift;
    }

    /// <summary>Means by interval.</summary>
    /// <param name="totalBlocks">Blocks of all replicas.</param>
    /// <param name="end">End of the run; nothing is added after it.</param>
    public ServingSeries Series(double totalBlocks, long end)
    {
        if (_cell > 0 || end > _from)
        {
            Seek(end - 1);
        }
        var count = _cell + 1;
        var kv = new double[count];
        var running = new double[count];
        var waiting = new double[count];
        var throughout = 0L;
        for (var i = 0; i < count; i++)
        {
            // The last interval lasts as long as the run does.
            var span = i < count - 1 ? _interval : Math.Clamp(end - _from, 1, _interval);
            kv[i] = (double)_cells[i].Blocks / span / totalBlocks;
            running[i] = (double)_cells[i].Running / span;
            waiting[i] = (double)((throughout * (Int128)_interval) + _cells[i].Waiting) / span;
            throughout += _cells[i].WaitingAfter;
        }
        return new ServingSeries(
            _interval / IntegerStep.PicosecondsPerSecond,
            kv,
            running,
            waiting
        );
    }

    private void Seek(long time)
    {
        if (time >= _from && time < _to)
        {
            return;
        }
        var steps = (long)Math.Floor((double)(time - _from) / _interval);
        var from = _from + (steps * _interval);
        // The quotient of doubles can miss by one at a border.
        if (from > time)
        {
            steps--;
        }
        else if (time - from >= _interval)
        {
            steps++;
        }
        _cell = checked((int)(_cell + steps));
        _from += steps * _interval;
        _to = _from + _interval;
        if (_cell >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(_cell + 1, _cells.Length * 2));
        }
    }

    private struct Cell
    {
        public Int128 Running;
        public Int128 Waiting;
        public Int128 Blocks;

        /// <summary>Requests that wait on through the next interval, more than through this one.</summary>
        public long WaitingAfter;
    }
}
