using System.Text.Json;

namespace Plimsoll.Serving.Cases;

/// <summary>How the weights of a published checkpoint are stored, by the <c>quantization_config</c> of its config.json.</summary>
/// <param name="Method">The quantiser's own word; empty for weights that are not quantised.</param>
/// <param name="Published">Precision in the catalogue's words: bf16, fp8, mxfp4, int4 and others; empty for one that cannot be served here.</param>
/// <param name="Block">Side of the blocks whose FP8 weights share a scale; 0 without blocks.</param>
/// <param name="WeightsOnly">True where the weights alone are narrow though engines have kernels that multiply the precision: eight bits and FP4. Four-bit integers are always so.</param>
internal readonly record struct ConfigPrecision(
    string Method,
    string Published,
    int Block,
    bool WeightsOnly
)
{
    /// <summary>Not quantised.</summary>
    public static ConfigPrecision Whole { get; } = new("", "bf16", 0, false);

    /// <summary>The precision in which an engine serves the checkpoint unless told otherwise; empty when it is none of ours.</summary>
    public string Served => Published == "mxfp4" ? "fp4" : Published;

    /// <summary>Reads a <c>quantization_config</c>.</summary>
    public static ConfigPrecision Of(JsonElement quantised)
    {
        if (quantised.ValueKind != JsonValueKind.Object)
        {
            return Whole;
        }
        var method = (Text(quantised, "quant_method") ?? "").ToLowerInvariant();
        var algorithm = (Text(quantised, "quant_algo") ?? "").ToUpperInvariant();
        var bits = Bits(quantised, "bits") ?? Bits(quantised, "w_bit");
        var widened = method is "gptq" or "gptq_marlin" or "auto-round" or "autoround";
        var published = method switch
        {
            "fp8" or "fbgemm_fp8" => "fp8",
            "mxfp4" => "mxfp4",
            "awq" or "awq_marlin" => (bits ?? 4) == 4 ? "int4" : "",
            "gptq" or "gptq_marlin" or "auto-round" or "autoround" => ByBits(bits),
            "modelopt_fp4" => "fp4",
            "compressed-tensors" => Grouped(quantised, out widened),
            "modelopt" or "" when algorithm.Length > 0 => algorithm switch
            {
                "FP8" => "fp8",
                "NVFP4" => "fp4",
                _ => "",
            },
            _ => "",
        };
        var named = algorithm.Length > 0 ? $"{method} {algorithm}".Trim() : method;
        return new(
            named.Length > 0 ? named : "no quant_method",
            published,
            published == "fp8" ? BlockOf(quantised) : 0,
            widened && (published is "fp8" or "int8" or "fp4")
        );
    }

    private static string ByBits(int? bits) =>
        bits switch
        {
            4 => "int4",
            8 => "int8",
            _ => "",
        };

    /// <summary>Of compressed-tensors: the first group's weights speak for all.</summary>
    private static string Grouped(JsonElement quantised, out bool widened)
    {
        widened = false;
        if (
            !quantised.TryGetProperty("config_groups", out var groups)
            || groups.ValueKind != JsonValueKind.Object
        )
        {
            return "";
        }
        foreach (var group in groups.EnumerateObject())
        {
            if (
                group.Value.ValueKind == JsonValueKind.Object
                && group.Value.TryGetProperty("weights", out var weights)
                && weights.ValueKind == JsonValueKind.Object
            )
            {
                widened =
                    !group.Value.TryGetProperty("input_activations", out var activations)
                    || activations.ValueKind != JsonValueKind.Object;
                return (Text(weights, "type"), Bits(weights, "num_bits")) switch
                {
                    ("float", 8) => "fp8",
                    ("float", 4) => "fp4",
                    ("int", var bits) => ByBits(bits),
                    _ => "",
                };
            }
        }
        return "";
    }

    private static int BlockOf(JsonElement quantised) =>
        quantised.TryGetProperty("weight_block_size", out var block)
        && block.ValueKind == JsonValueKind.Array
        && block.GetArrayLength() > 0
        && block[0].TryGetInt32(out var side)
        && side is > 0 and <= 4096
            ? side
            : 0;

    private static int? Bits(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var bits)
            ? bits
            : null;

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
