namespace Plimsoll.Workloads.Traces;

/// <summary>The Helios trace of training jobs (Hu et al. 2021): job_id, gpu_num, duration (s), submit_time and more. Its accelerators stand for input tokens and its seconds for output tokens, as for Philly; jobs without a GPU or without a duration are left out.</summary>
internal sealed class HeliosRows : TraceFormat
{
    private readonly int _columns;
    private readonly int[] _place;

    private HeliosRows(TraceHeader header, int[] place)
        : base(header)
    {
        _columns = header.Names.Length;
        _place = place;
    }

    /// <inheritdoc/>
    public override string Name => "helios";

    /// <inheritdoc/>
    public override bool IsJobs => true;

    /// <inheritdoc/>
    public override string LeftOutReason => "jobs without a GPU or without a duration";

    public static HeliosRows? TryOf(TraceHeader header, DateOrder dates)
    {
        int[] place =
        [
            header.Find("submit_time"),
            header.Find("gpu_num"),
            header.Find("duration"),
            header.Find("job_id"),
        ];
        return place.Min() < 0 ? null : new HeliosRows(header, place) { Dates = dates };
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
        if (!CalendarTime.TryParse(line[cells[_place[0]]], Dates, out row.Picoseconds))
        {
            return $"found submit_time {Show(line[cells[_place[0]]])}; expected yyyy-MM-dd HH:mm:ss";
        }
        if (
            !TryTokens(line[cells[_place[1]]], out row.Input)
            || !TryTokens(line[cells[_place[2]]], out row.Output)
        )
        {
            return $"found gpu_num {Show(line[cells[_place[1]]])} and duration {Show(line[cells[_place[2]]])}; expected whole numbers";
        }
        row.LeftOut = row.Input == 0 || row.Output == 0;
        return row.LeftOut ? null : CheckLengths(row);
    }
}
