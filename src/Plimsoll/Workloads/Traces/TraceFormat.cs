using System.Buffers.Text;

namespace Plimsoll.Workloads.Traces;

/// <summary>One row of a trace before it becomes a request.</summary>
internal struct TraceRow
{
    /// <summary>Arrival on the trace's own clock.</summary>
    public Int128 Picoseconds;
    public int Input;
    public int Output;
    public int Client;
    public int Priority;
    public int Stored;
}

/// <summary>How the rows of one kind of trace are written.</summary>
internal abstract class TraceFormat
{
    /// <summary>Its name in messages and files.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the first line is a header.</summary>
    public virtual bool HasHeader => true;

    /// <summary>Names of the clients by their number; empty when the trace does not tell them apart.</summary>
    public virtual IReadOnlyList<string> Clients => [];

    /// <summary>Reads a row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="row">Filled when sound.</param>
    /// <param name="pieces">Shareable pieces of its prompt are added here.</param>
    /// <returns>Null when sound, else what is wrong.</returns>
    public abstract string? Parse(
        ReadOnlySpan<byte> line,
        ref TraceRow row,
        List<PrefixPiece> pieces
    );

    /// <summary>Finds the format by the first line.</summary>
    /// <exception cref="InvalidDataException">None fits.</exception>
    public static TraceFormat Of(ReadOnlySpan<byte> first, string path)
    {
        var text = System.Text.Encoding.UTF8.GetString(first[..Math.Min(first.Length, 4096)]);
        if (text.StartsWith('{'))
        {
            return text.Contains("\"arrival_time\"", StringComparison.Ordinal) ? new VllmLogRows()
                : text.Contains("\"timestamp\"", StringComparison.Ordinal) ? new MooncakeRows()
                : throw new InvalidDataException(
                    $"{path}:1: found a JSON object without 'timestamp' or 'arrival_time'; expected a Mooncake trace or a vLLM request log."
                );
        }
        var header = text.Split(',', StringSplitOptions.TrimEntries);
        return (TraceFormat?)AzureRows.TryOf(header)
            ?? (TraceFormat?)PhillyRows.TryOf(header)
            ?? PlainRows.TryOf(header)
            ?? throw new InvalidDataException(
                $"{path}:1: found a first line of another kind; expected a header with arrival_s, input_tokens, output_tokens (plain CSV), "
                    + "with TIMESTAMP, ContextTokens, GeneratedTokens (Azure), or JSON lines (Mooncake)."
            );
    }

    /// <summary>The cells of a line without quotes.</summary>
    protected static int Split(ReadOnlySpan<byte> line, Span<Range> cells)
    {
        var count = 0;
        var start = 0;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || line[i] == (byte)',')
            {
                if (count == cells.Length)
                {
                    return count + 1;
                }
                cells[count++] = start..i;
                start = i + 1;
            }
        }
        return count;
    }

    /// <summary>A whole number of tokens, 1 or more; a fraction of zero is allowed.</summary>
    protected static bool TryTokens(ReadOnlySpan<byte> cell, out int tokens)
    {
        cell = cell.Trim(" \""u8);
        if (Utf8Parser.TryParse(cell, out tokens, out var used) && used == cell.Length)
        {
            return true;
        }
        if (
            Utf8Parser.TryParse(cell, out double number, out used)
            && used == cell.Length
            && number is >= 0 and <= int.MaxValue
            && Math.Floor(number) == number
        )
        {
            tokens = (int)number;
            return true;
        }
        return false;
    }

    /// <summary>Seconds with any number of decimals.</summary>
    protected static bool TrySeconds(ReadOnlySpan<byte> cell, out Int128 picoseconds)
    {
        cell = cell.Trim(" \""u8);
        picoseconds = 0;
        if (
            Utf8Parser.TryParse(cell, out decimal exact, out var used)
            && used == cell.Length
            && Math.Abs(exact) < 1e12m
        )
        {
            picoseconds = (Int128)Math.Round(exact * 1_000_000_000_000m);
            return true;
        }
        if (
            Utf8Parser.TryParse(cell, out double number, out used)
            && used == cell.Length
            && Math.Abs(number) < 1e12
        )
        {
            picoseconds = (Int128)Math.Round(number * 1e12);
            return true;
        }
        return false;
    }

    /// <summary>A cell as it stands, cut to a readable length.</summary>
    protected static string Show(ReadOnlySpan<byte> cell) =>
        $"'{System.Text.Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 40)])}'";

    /// <summary>Lengths that a request can have.</summary>
    protected static string? CheckLengths(in TraceRow row) =>
        row.Input < 1 ? $"found {row.Input} input tokens; expected 1 or more"
        : row.Output < 1 ? $"found {row.Output} output tokens; expected 1 or more"
        : null;
}
