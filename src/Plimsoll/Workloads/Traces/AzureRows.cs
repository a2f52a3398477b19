namespace Plimsoll.Workloads.Traces;

/// <summary>The Azure LLM inference traces: TIMESTAMP, ContextTokens, GeneratedTokens; times in 100 ns (Patel et al. 2024, CC-BY 4.0).</summary>
internal sealed class AzureRows : TraceFormat
{
    private AzureRows(TraceHeader header)
        : base(header) { }

    /// <inheritdoc/>
    public override string Name => "azure";

    public static AzureRows? TryOf(TraceHeader header, DateOrder dates) =>
        header.Names is ["timestamp", "contexttokens", "generatedtokens"]
            ? new AzureRows(header) { Dates = dates }
            : null;

    /// <inheritdoc/>
    public override string? Parse(
        ReadOnlySpan<byte> line,
        ref TraceRow row,
        List<PrefixPiece> pieces
    )
    {
        Span<Range> cells = stackalloc Range[3];
        var count = Split(line, cells);
        if (count != 3)
        {
            return $"found {count} cells; expected 3";
        }
        if (!CalendarTime.TryParse(line[cells[0]], Dates, out row.Picoseconds))
        {
            return $"found time {Show(line[cells[0]])}; expected yyyy-MM-dd HH:mm:ss with decimals";
        }
        return TryTokens(line[cells[1]], out row.Input) && TryTokens(line[cells[2]], out row.Output)
            ? CheckLengths(row)
            : $"found lengths {Show(line[cells[1]])} and {Show(line[cells[2]])}; expected whole numbers";
    }
}
