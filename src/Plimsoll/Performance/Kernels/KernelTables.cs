using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Kernels;

/// <summary>Reads tables of kernel times laid out as in the public collection: operation / phase / chip / file.</summary>
/// <remarks>Shapes that a table does not hold stand in its file name, for example <c>64-8-128</c>: heads, KV heads, head size.</remarks>
public static class KernelTables
{
    private const double _micro = 1e-6;

    // Rows that one instruction of a matrix unit takes: fewer cost as many.
    private const double _tile = 64;

    private static readonly Dictionary<string, string> _chips = new(StringComparer.Ordinal)
    {
        ["h20"] = "H20 SXM",
        ["h800"] = "H800 SXM5",
    };

    /// <summary>Chips that tables may name, by the word of their folder.</summary>
    public static IReadOnlyDictionary<string, string> Chips => _chips;

    /// <summary>Reads one table.</summary>
    /// <param name="view">Chips known.</param>
    /// <param name="path">Path of the table below the collection's folder, with slashes.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Empty for an operation that is not known.</returns>
    /// <exception cref="InvalidDataException">A number is none.</exception>
    public static IReadOnlyList<KernelPoint> Read(CatalogView view, string path, string text)
    {
        var parts = path.Split('/');
        var word = parts.FirstOrDefault(_chips.ContainsKey);
        if (word is null)
        {
            return [];
        }
        var chip = Accelerator.Of(view, _chips[word]);
        var operation = parts[0];
        var phase = parts.Contains("prefill", StringComparer.Ordinal) ? "prefill" : "decode";
        int[] shape =
        [
            .. Path.GetFileNameWithoutExtension(parts[^1])
                .Split('-')
                .Select(p => int.TryParse(p, CultureInfo.InvariantCulture, out var n) ? n : 0),
        ];
        // One table of the collection has lost its header.
        if (operation == "mha" && !text.StartsWith("dtype", StringComparison.Ordinal))
        {
            text = "dtype,kv_dtype,batch_size,kv_len,latency_us,mfu\n" + text;
        }
        var table = CsvTable.Parse(text, path);
        return
        [
            .. table.Rows.SelectMany(row =>
                Points(operation, phase, shape, chip, new Cells(table, row))
            ),
        ];
    }

    private static IEnumerable<KernelPoint> Points(
        string operation,
        string phase,
        int[] shape,
        Accelerator chip,
        Cells c
    )
    {
        KernelPoint Of(KernelWork work, double flops, double rate, double bytes, string column) =>
            new(
                chip.Name,
                work,
                flops / (rate * 1e12),
                bytes / (chip.MemoryBandwidth.Value * 1e9),
                c[column] * _micro
            );
        var wide = chip.Bf16.Value;
        var narrow = chip.Fp8?.Value ?? wide;
        switch (operation)
        {
            case "gemm":
                // FP8 in, BF16 out.
                var (m, k, n) = (c["m"], c["k"], c["n"]);
                yield return Of(
                    KernelWork.Matrix,
                    2 * Math.Max(m, _tile) * k * n,
                    narrow,
                    (m * k) + (k * n) + (2 * m * n),
                    "latency_us"
                );
                break;
            case "grouped_gemm":
                var tokens =
                    c[phase == "prefill" ? "seq_len_per_gpu" : "batch_size_per_gpu"] * c["topk"];
                var experts = Math.Min(c["num_local_experts"], tokens);
                var (h, i) = (c["hidden_size"], c["intermediate_size"]);
                yield return Of(
                    KernelWork.Experts,
                    2 * tokens * h * 2 * i,
                    narrow,
                    (experts * h * 2 * i) + (tokens * h) + (4 * tokens * i),
                    "up_proj_us"
                );
                yield return Of(
                    KernelWork.Experts,
                    2 * tokens * h * i,
                    narrow,
                    (experts * h * i) + (tokens * i) + (2 * tokens * h),
                    "down_proj_us"
                );
                break;
            case "mha" when phase == "prefill":
                var s = c["seq_len"];
                yield return Of(
                    KernelWork.PromptAttention,
                    2.0 * shape[0] * shape[2] * s * s,
                    wide,
                    4.0 * (shape[0] + shape[1]) * shape[2] * s,
                    "latency_us"
                );
                break;
            // A narrow cache is bound by its conversion, whose rate no catalogue holds.
            case "mha" when c.Word("kv_dtype") != "bf16":
                break;
            case "mha":
                var held = c["batch_size"] * c["kv_len"];
                yield return Of(
                    KernelWork.DecodeAttention,
                    4.0 * shape[0] * shape[2] * held,
                    wide,
                    4.0 * shape[1] * shape[2] * held,
                    "latency_us"
                );
                break;
            case "mla" when phase == "prefill":
                var l = c["seq_len"];
                // Keys of 128 + 64, values of 128, causal.
                yield return Of(
                    KernelWork.PromptAttention,
                    shape[0] * (2.0 * shape[1] + shape[2]) * l * l,
                    wide,
                    2.0 * shape[0] * ((4 * shape[1]) + (2 * shape[2])) * l,
                    "latency_us"
                );
                break;
            case "mla":
                var cached = c["batch_size"] * c["kv_len"];
                yield return Of(
                    KernelWork.LatentAttention,
                    2.0 * shape[0] * ((2 * shape[1]) + shape[2]) * cached,
                    wide,
                    2.0 * (shape[1] + shape[2]) * cached,
                    "latency_us"
                );
                break;
            case "dsa" when shape.Length > 3:
                // attn-128-576-2048: heads, latent with its rotary part, tokens chosen.
                var queries = phase == "prefill" ? c["s_q"] : c["batch_size"];
                var seen = phase == "prefill" ? shape[3] : Math.Min(shape[3], c["kv_len"]);
                yield return Of(
                    KernelWork.SparseAttention,
                    2.0 * shape[1] * ((2 * shape[2]) - 64) * seen * queries,
                    wide,
                    1.0 * shape[2] * seen * queries,
                    "latency_us"
                );
                break;
            case "dsa":
                // logits-64-128: index heads, size; FP8; causal over the last s_q of s_kv.
                var asked = phase == "prefill" ? c["s_q"] : c["batchsize"] * c["next_n"];
                var over = c["s_kv"] - (phase == "prefill" ? asked / 2 : 0);
                yield return Of(
                    KernelWork.SparseIndex,
                    2.0 * shape[1] * shape[2] * asked * over,
                    narrow,
                    phase == "prefill" ? shape[2] * c["s_kv"] : shape[2] * asked * over,
                    "latency_us"
                );
                break;
            case "gdn" when phase == "decode":
                // 4-16-128-64-128: convolution, key heads and size, value heads and size; state in FP32.
                yield return Of(
                    KernelWork.LinearState,
                    4.0 * shape[3] * shape[2] * shape[4] * c["batchsize"],
                    wide,
                    2.0 * 4 * shape[3] * shape[2] * shape[4] * c["batchsize"],
                    "gdn_update"
                );
                break;
        }
    }

    private readonly record struct Cells(CsvTable Table, CsvRow Row)
    {
        public string Word(string column) => Table.Cell(Row, column).Trim();

        public double this[string column] =>
            double.TryParse(
                Table.Cell(Row, column),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var value
            ) && double.IsFinite(value)
                ? value
                : throw new InvalidDataException(
                    $"{Table.File}:{Row.Line}: {column}: found '{Table.Cell(Row, column)}'; expected a finite number."
                );
    }
}
