using System.Text.Json;

namespace Plimsoll.Workloads.Traces;

/// <summary>Traces in the layout of Mooncake: JSON lines of timestamp (ms), input_length, output_length and hash_ids, one for each block of the prompt (Qin et al. 2025, Apache-2.0). Theirs are blocks of 512 tokens; others are told by the rows.</summary>
internal sealed class MooncakeRows(MooncakeBlocks blocks) : TraceFormat
{
    private const long PicosecondsPerMillisecond = 1_000_000_000;

    /// <inheritdoc/>
    public override string Name => "mooncake";

    /// <inheritdoc/>
    public override bool HasHeader => false;

    /// <inheritdoc/>
    public override string? Parse(
        ReadOnlySpan<byte> line,
        ref TraceRow row,
        List<PrefixPiece> pieces
    )
    {
        var first = pieces.Count;
        var (turn, fault) = Read(line, pieces);
        if (fault is not null)
        {
            return fault;
        }
        if (turn.Timestamp is not { } milliseconds)
        {
            return $"found {Show(line)}; expected a timestamp, as the rows before have";
        }
        row = turn.Row;
        row.Picoseconds = Picoseconds(milliseconds);
        return CheckLengths(row) ?? blocks.Fit(row.Input, pieces, first);
    }

    /// <summary>Times of the file as picoseconds.</summary>
    public static Int128 Picoseconds(decimal milliseconds) =>
        (Int128)Math.Round(milliseconds * PicosecondsPerMillisecond);

    /// <summary>Reads a line; pieces get the length 1, which <see cref="MooncakeBlocks.Fit"/> corrects.</summary>
    public static (MooncakeTurn Turn, string? Fault) Read(
        ReadOnlySpan<byte> line,
        List<PrefixPiece> pieces
    )
    {
        try
        {
            return ReadObject(line, pieces);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            return (
                default,
                $"found {Show(line)}; expected a JSON object of numbers ({e.Message})"
            );
        }
    }

    private static (MooncakeTurn Turn, string? Fault) ReadObject(
        ReadOnlySpan<byte> line,
        List<PrefixPiece> pieces
    )
    {
        var json = new Utf8JsonReader(line);
        var turn = new MooncakeTurn();
        var found = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return (default, $"found {Show(line)}; expected a JSON object");
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("timestamp"u8))
            {
                json.Read();
                turn.Timestamp = json.TokenType == JsonTokenType.Null ? null : json.GetDecimal();
            }
            else if (json.ValueTextEquals("delay"u8))
            {
                json.Read();
                turn.Delay = json.TokenType == JsonTokenType.Null ? null : json.GetDecimal();
            }
            else if (json.ValueTextEquals("session_id"u8))
            {
                json.Read();
                turn.Session =
                    json.TokenType == JsonTokenType.String ? json.GetString()
                    : json.TokenType == JsonTokenType.Number ? $"{json.GetInt64()}"
                    : null;
            }
            else if (json.ValueTextEquals("input_length"u8))
            {
                json.Read();
                turn.Row.Input = json.GetInt32();
                found |= 1;
            }
            else if (json.ValueTextEquals("output_length"u8))
            {
                json.Read();
                turn.Row.Output = json.GetInt32();
                found |= 2;
            }
            else if (json.ValueTextEquals("hash_ids"u8))
            {
                json.Read();
                while (json.Read() && json.TokenType == JsonTokenType.Number)
                {
                    pieces.Add(new PrefixPiece(json.GetInt64(), 1));
                }
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
        return found == 3
            ? (turn, null)
            : (default, $"found {Show(line)}; expected timestamp, input_length and output_length");
    }
}

/// <summary>One line of such a trace.</summary>
internal struct MooncakeTurn
{
    /// <summary>Milliseconds; null where a delay stands for it.</summary>
    public decimal? Timestamp;

    /// <summary>Milliseconds from the end of the session's answer before; null when none is given.</summary>
    public decimal? Delay;

    /// <summary>The session; null when none is named.</summary>
    public string? Session;
    public TraceRow Row;
}
