namespace Plimsoll.Workloads.Traces;

/// <summary>The Philly trace of training jobs (Jeon et al. 2019, CC-BY 4.0): job_id, num_gpu, duration, submit_time. Its accelerators stand for input tokens and its seconds for output tokens, so that its arrivals can be described.</summary>
internal sealed class PhillyRows : TraceFormat
{
    private PhillyRows(TraceHeader header)
        : base(header) { }

    /// <inheritdoc/>
    public override string Name => "philly";

    /// <inheritdoc/>
    public override bool IsJobs => true;

    public static PhillyRows? TryOf(TraceHeader header) =>
        header.Names is ["job_id", "num_gpu", "duration", "submit_time"]
            ? new PhillyRows(header)
            : null;

    /// <inheritdoc/>
    public override string? Parse(
        ReadOnlySpan<byte> line,
        ref TraceRow row,
        List<PrefixPiece> pieces
    )
    {
        Span<Range> cells = stackalloc Range[4];
        var count = Split(line, cells);
        if (count != 4)
        {
            return $"found {count} cells; expected 4";
        }
        if (!TrySeconds(line[cells[3]], out row.Picoseconds))
        {
            return Wrong("submit_time", line[cells[3]], "seconds");
        }
        return TryTokens(line[cells[1]], out row.Input) && TryTokens(line[cells[2]], out row.Output)
            ? CheckLengths(row)
            : $"found {Show(line[cells[1]])} and {Show(line[cells[2]])}; expected whole numbers";
    }
}
