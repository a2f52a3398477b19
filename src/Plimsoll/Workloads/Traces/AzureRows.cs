using System.Globalization;

namespace Plimsoll.Workloads.Traces;

/// <summary>The Azure LLM inference traces: TIMESTAMP, ContextTokens, GeneratedTokens; times in 100 ns (Patel et al. 2024, CC-BY 4.0).</summary>
internal sealed class AzureRows : TraceFormat
{
    private const long PicosecondsPerTick = 100_000;

    /// <inheritdoc/>
    public override string Name => "azure";

    public static AzureRows? TryOf(string[] header) =>
        header is ["TIMESTAMP", "ContextTokens", "GeneratedTokens"] ? new AzureRows() : null;

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
        Span<char> time = stackalloc char[40];
        var written = line[cells[0]];
        if (
            written.Length > time.Length
            || !DateTimeOffset.TryParse(
                time[..System.Text.Encoding.ASCII.GetChars(written, time)],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var instant
            )
        )
        {
            return $"found time {Show(written)}; expected yyyy-MM-dd HH:mm:ss with decimals";
        }
        row.Picoseconds = (Int128)instant.UtcTicks * PicosecondsPerTick;
        return TryTokens(line[cells[1]], out row.Input) && TryTokens(line[cells[2]], out row.Output)
            ? CheckLengths(row)
            : $"found lengths {Show(line[cells[1]])} and {Show(line[cells[2]])}; expected whole numbers";
    }
}
