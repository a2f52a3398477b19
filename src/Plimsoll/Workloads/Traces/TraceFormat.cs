using System.Buffers.Text;
using Plimsoll.Inputs;

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

    /// <summary>True when the row is sound and yet no request that was served: it is left out and counted apart from broken rows.</summary>
    public bool LeftOut;
}

/// <summary>How the rows of one kind of trace are written.</summary>
internal abstract class TraceFormat
{
    /// <summary>Most characters of a number.</summary>
    private const int Number = 64;
    private readonly TraceHeader? _header;

    /// <summary>Decimal mark of the table, as first met; 0 before.</summary>
    private byte _mark;

    /// <param name="header">Of a table; null for others.</param>
    protected TraceFormat(TraceHeader? header = null) => _header = header;

    /// <summary>Its name in messages and files.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the first line is a header.</summary>
    public virtual bool HasHeader => true;

    /// <summary>Whether the rows are training jobs, which no engine serves.</summary>
    public virtual bool IsJobs => false;

    /// <summary>What rows are that are left out as <see cref="TraceRow.LeftOut"/>.</summary>
    public virtual string LeftOutReason => "";

    /// <summary>Order of dates whose year stands last.</summary>
    public DateOrder Dates { get; init; }

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

    /// <summary>Finds the format of a table or of JSON lines by the first line.</summary>
    /// <param name="text">The first line.</param>
    /// <param name="path">For messages.</param>
    /// <param name="dates">Order of dates whose year stands last.</param>
    /// <exception cref="InvalidDataException">None fits.</exception>
    public static TraceFormat Of(string text, string path, DateOrder dates)
    {
        var header = TraceHeader.Of(text);
        var found = OtherFiles.Of(text) ?? OtherFiles.Of(header);
        return found is not null
            ? throw new InvalidDataException(
                $"{path}:1: found {found}; expected a trace of requests."
            )
            : (TraceFormat?)AzureRows.TryOf(header, dates)
                ?? (TraceFormat?)BurstGptRows.TryOf(header)
                ?? (TraceFormat?)PhillyRows.TryOf(header)
                ?? (TraceFormat?)HeliosRows.TryOf(header, dates)
                ?? PlainRows.TryOf(header)
                ?? throw new InvalidDataException(
                    $"{path}:1: found a first line of another kind; expected a header with arrival_s, input_tokens, output_tokens (plain CSV), "
                        + "with TIMESTAMP, ContextTokens, GeneratedTokens (Azure), with Timestamp, Request tokens, Response tokens (BurstGPT), with arrived_at, num_prefill_tokens, num_decode_tokens (vidur), or JSON lines (Mooncake)."
                );
    }

    /// <summary>The cells of a line; what stands between quotes is not parted.</summary>
    protected int Split(ReadOnlySpan<byte> line, Span<Range> cells)
    {
        var delimiter = (byte)(_header?.Delimiter ?? ',');
        var count = 0;
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == (byte)'"')
            {
                quoted = !quoted;
            }
            else if (i == line.Length || (line[i] == delimiter && !quoted))
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
    protected bool TryTokens(ReadOnlySpan<byte> cell, out int tokens)
    {
        Span<byte> buffer = stackalloc byte[Number];
        var written = Pointed(cell.Trim(" \""u8), buffer);
        if (Utf8Parser.TryParse(written, out tokens, out var used) && used == written.Length)
        {
            return true;
        }
        if (
            Utf8Parser.TryParse(written, out double number, out used)
            && used == written.Length
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
    protected bool TrySeconds(ReadOnlySpan<byte> cell, out Int128 picoseconds)
    {
        Span<byte> buffer = stackalloc byte[Number];
        var written = Pointed(cell.Trim(" \""u8), buffer);
        picoseconds = 0;
        if (
            Utf8Parser.TryParse(written, out decimal exact, out var used)
            && used == written.Length
            && Math.Abs(exact) < 1e12m
        )
        {
            picoseconds = (Int128)Math.Round(exact * 1_000_000_000_000m);
            return true;
        }
        if (
            Utf8Parser.TryParse(written, out double number, out used)
            && used == written.Length
            && Math.Abs(number) < 1e12
        )
        {
            picoseconds = (Int128)Math.Round(number * 1e12);
            return true;
        }
        return false;
    }

    /// <summary>A number with its decimal comma, if the table has them, made a point. A table has commas or points; a cell of the other kind may hold thousands, and is no number.</summary>
    private ReadOnlySpan<byte> Pointed(ReadOnlySpan<byte> cell, Span<byte> buffer)
    {
        if (_header is not { DecimalComma: true } || cell.Length > buffer.Length)
        {
            return cell;
        }
        var place = cell.IndexOfAny(",."u8);
        if (place < 0)
        {
            return cell;
        }
        _mark = _mark == 0 ? cell[place] : _mark;
        if (cell[place] != _mark || cell[(place + 1)..].ContainsAny(",."u8))
        {
            return "?"u8;
        }
        cell.CopyTo(buffer);
        buffer[place] = (byte)'.';
        return buffer[..cell.Length];
    }

    /// <summary>A cell as it stands, cut to a readable length, without characters that command a terminal.</summary>
    protected static string Show(ReadOnlySpan<byte> cell) =>
        $"'{InputText.Cut(System.Text.Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 40)]))}'";

    /// <summary>A cell that is no number of its column, with what it may mean.</summary>
    protected static string Wrong(string column, ReadOnlySpan<byte> cell, string expected)
    {
        var text = System.Text.Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 40)]);
        var readings = NumberReading
            .Of(text.Trim().Trim('"'), "")
            // What may not stand there is never proposed.
            .Where(r =>
                !expected.Contains("whole", StringComparison.Ordinal)
                || Math.Floor(r.Value) == r.Value
            )
            .Select(r => NumberReading.Written(r.Value))
            .Distinct()
            .ToList();
        return $"found {column} {Show(cell)}; expected {expected}"
            + (
                readings.Count == 0 || readings.Contains(text.Trim())
                    ? ""
                    : $"; it may mean {string.Join(" or ", readings)}: write digits alone"
            );
    }

    /// <summary>Lengths that a request can have.</summary>
    internal static string? CheckLengths(in TraceRow row) =>
        row.Input < 1 ? $"found {row.Input} input tokens; expected 1 or more"
        : row.Output < 1 ? $"found {row.Output} output tokens; expected 1 or more"
        : null;
}
