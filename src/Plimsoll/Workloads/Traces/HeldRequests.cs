namespace Plimsoll.Workloads.Traces;

/// <summary>Requests of a file that has to be read whole before the first can be given: documents, and sessions whose turns follow each other.</summary>
internal sealed class HeldRequests
{
    private readonly List<(Int128 Time, long Order, TraceRow Row, PrefixPiece[] Pieces)> _rows = [];
    private int _next;

    /// <summary>Name of the format.</summary>
    public required string Format { get; init; }

    /// <summary>What the reader had to assume, for the user to see.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What was measured when the requests were served; null when the file does not tell.</summary>
    public MeasuredLatency? Measured { get; set; }

    /// <summary>Requests of the file that were left out because they failed.</summary>
    public long LeftOut { get; set; }

    /// <summary>Requests.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a request; its pieces may be none.</summary>
    public void Add(in TraceRow row, PrefixPiece[] pieces) =>
        _rows.Add((row.Picoseconds, _rows.Count, row, pieces));

    /// <summary>Puts all in order of arrival.</summary>
    public void Sort() =>
        _rows.Sort(
            (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Order.CompareTo(b.Order)
        );

    /// <summary>The next request.</summary>
    public bool TryTake(out TraceRow row, List<PrefixPiece> pieces)
    {
        if (_next == _rows.Count)
        {
            row = default;
            return false;
        }
        row = _rows[_next].Row;
        pieces.AddRange(_rows[_next].Pieces);
        _next++;
        return true;
    }
}
