using System.Text.Json;

namespace Plimsoll.Workloads.Traces;

/// <summary>A request log of a vLLM run: JSON lines of arrival_time (s), input_toks and output_toks, with measured times that a replay leaves aside.</summary>
internal sealed class VllmLogRows : TraceFormat
{
    /// <inheritdoc/>
    public override string Name => "vllm";

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
            using var json = JsonDocument.Parse(line.ToArray());
            var root = json.RootElement;
            row.Picoseconds = (Int128)
                Math.Round(root.GetProperty("arrival_time").GetDecimal() * 1_000_000_000_000m);
            row.Input = root.GetProperty("input_toks").GetInt32();
            row.Output = root.GetProperty("output_toks").GetInt32();
            return CheckLengths(row);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or InvalidOperationException
                        or FormatException
                        or KeyNotFoundException
            )
        {
            return $"found {Show(line)}; expected arrival_time, input_toks and output_toks ({e.Message})";
        }
    }
}
