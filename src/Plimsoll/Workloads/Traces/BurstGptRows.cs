namespace Plimsoll.Workloads.Traces;

/// <summary>The BurstGPT traces: Timestamp (s), Model, Request tokens, Response tokens, Total tokens, Log Type (Wang et al. 2024, CC-BY 4.0). Models are clients; requests without an answer failed there and are left out.</summary>
internal sealed class BurstGptRows : TraceFormat
{
    private readonly int _columns;
    private readonly int[] _place;
    private readonly NameNumbers _models = new();

    private BurstGptRows(TraceHeader header, int[] place)
        : base(header)
    {
        _columns = header.Names.Length;
        _place = place;
    }

    /// <inheritdoc/>
    public override string Name => "burstgpt";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Clients => _models.Names;

    public static BurstGptRows? TryOf(TraceHeader header)
    {
        int[] place =
        [
            header.Find("timestamp"),
            header.Find("model"),
            header.Find("request tokens"),
            header.Find("response tokens"),
        ];
        return place.Min() < 0 ? null : new BurstGptRows(header, place);
    }

    /// <inheritdoc/>
    public override string? Parse(
        ReadOnlySpan<byte> line,
        ref TraceRow row,
        List<PrefixPiece> pieces
    )
    {
        Span<Range> cells = stackalloc Range[_columns];
        var count = Split(line, cells);
        if (count != _columns)
        {
            return $"found {count} cells; expected {_columns}";
        }
        if (!TrySeconds(line[cells[_place[0]]], out row.Picoseconds))
        {
            return Wrong("Timestamp", line[cells[_place[0]]], "seconds");
        }
        if (
            !TryTokens(line[cells[_place[2]]], out row.Input)
            || !TryTokens(line[cells[_place[3]]], out row.Output)
        )
        {
            return $"found tokens {Show(line[cells[_place[2]]])} and {Show(line[cells[_place[3]]])}; expected whole numbers";
        }
        row.Client = _models.Of(line[cells[_place[1]]]);
        row.LeftOut = row.Output == 0;
        return row.LeftOut ? null : CheckLengths(row);
    }

    /// <inheritdoc/>
    public override string LeftOutReason =>
        "requests without an answer, which failed when they were recorded";
}
