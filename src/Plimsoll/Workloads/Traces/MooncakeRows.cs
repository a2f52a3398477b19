using System.Text.Json;

namespace Plimsoll.Workloads.Traces;

/// <summary>The Mooncake traces: JSON lines of timestamp (ms), input_length, output_length and hash_ids, one for each 512 tokens of the prompt (Qin et al. 2025, Apache-2.0).</summary>
internal sealed class MooncakeRows : TraceFormat
{
    private const int BlockTokens = 512;
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
        try
        {
            return Read(line, ref row, pieces);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            return $"found {Show(line)}; expected a JSON object of numbers ({e.Message})";
        }
    }

    private static string? Read(ReadOnlySpan<byte> line, ref TraceRow row, List<PrefixPiece> pieces)
    {
        var json = new Utf8JsonReader(line);
        var first = pieces.Count;
        var found = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return $"found {Show(line)}; expected a JSON object";
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("timestamp"u8))
            {
                json.Read();
                row.Picoseconds = (Int128)Math.Round(json.GetDecimal() * PicosecondsPerMillisecond);
                found |= 1;
            }
            else if (json.ValueTextEquals("input_length"u8))
            {
                json.Read();
                row.Input = json.GetInt32();
                found |= 2;
            }
            else if (json.ValueTextEquals("output_length"u8))
            {
                json.Read();
                row.Output = json.GetInt32();
                found |= 4;
            }
            else if (json.ValueTextEquals("hash_ids"u8))
            {
                json.Read();
                while (json.Read() && json.TokenType == JsonTokenType.Number)
                {
                    pieces.Add(new PrefixPiece(json.GetInt64(), BlockTokens));
                }
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
        if (found != 7)
        {
            return $"found {Show(line)}; expected timestamp, input_length and output_length";
        }
        return CheckLengths(row) ?? CheckBlocks(row, pieces, first);
    }

    private static string? CheckBlocks(in TraceRow row, List<PrefixPiece> pieces, int first)
    {
        var blocks = pieces.Count - first;
        var needed = ((row.Input - 1) / BlockTokens) + 1;
        if (blocks == 0)
        {
            return null;
        }
        if (blocks != needed)
        {
            return $"found {blocks} hash_ids for {row.Input} tokens; expected {needed} of {BlockTokens} tokens";
        }
        pieces[^1] = new PrefixPiece(pieces[^1].Id, row.Input - ((blocks - 1) * BlockTokens));
        return null;
    }
}
