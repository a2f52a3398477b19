using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>How a served model's weights are stored and at what rate they are multiplied.</summary>
/// <param name="AttentionBytes">Bytes of one attention weight.</param>
/// <param name="FeedForwardBytes">Bytes of one feed-forward or expert weight, scales included.</param>
/// <param name="AttentionFlops">Peak rate at which attention projections multiply, FLOP/s of one accelerator.</param>
/// <param name="FeedForwardFlops">Peak rate at which feed-forward layers multiply, FLOP/s of one accelerator.</param>
/// <param name="ScoreFlops">Peak rate of attention scores, FLOP/s: BF16 on every engine considered.</param>
public readonly record struct WeightFormat(
    double AttentionBytes,
    double FeedForwardBytes,
    double AttentionFlops,
    double FeedForwardFlops,
    double ScoreFlops
)
{
    /// <summary>Precisions a deployment may be served in.</summary>
    public static IReadOnlyList<string> Precisions { get; } = ["bf16", "fp8", "fp4", "int4"];

    // A four-bit weight with one eight-bit scale per 16 weights (NVFP4) or 32 (MXFP4); INT4 with a 16-bit scale per 32.
    private const double _nvfp4Bytes = 4.5 / 8;
    private const double _mxfp4Bytes = 4.25 / 8;
    private const double _int4Bytes = 4.5 / 8;

    /// <summary>The format of a model served in a precision on a chip.</summary>
    /// <param name="model">A mixture of experts keeps its attention in BF16 when the experts have four bits, as the published checkpoints do; a dense model has four bits throughout.</param>
    /// <param name="chip">Where it lacks the precision, weights are widened on the fly and multiplied at the next wider rate it has.</param>
    /// <param name="precision">One of <see cref="Precisions"/>.</param>
    /// <exception cref="ArgumentException">The precision is none of <see cref="Precisions"/>.</exception>
    public static WeightFormat Of(LanguageModel model, Accelerator chip, string precision)
    {
        var bf16 = chip.Bf16.Value * 1e12;
        var fp8 = (chip.Fp8?.Value * 1e12) ?? bf16;
        var fp4 = (chip.Fp4?.Value * 1e12) ?? bf16;
        var mixture = model.Experts > 0;
        // gpt-oss is published with MXFP4 experts; no engine widens them in memory.
        if (model.WeightPrecision == "mxfp4")
        {
            return new(2, _mxfp4Bytes, bf16, fp4, bf16);
        }
        return precision switch
        {
            "bf16" => new(2, 2, bf16, bf16, bf16),
            "fp8" => new(1, 1, fp8, fp8, bf16),
            "fp4" when mixture => new(2, _nvfp4Bytes, bf16, fp4, bf16),
            "fp4" => new(_nvfp4Bytes, _nvfp4Bytes, fp4, fp4, bf16),
            "int4" when mixture => new(2, _int4Bytes, bf16, bf16, bf16),
            "int4" => new(_int4Bytes, _int4Bytes, bf16, bf16, bf16),
            _ => throw new ArgumentException(
                $"Precision '{precision}' is unknown; expected one of {string.Join(", ", Precisions)}.",
                nameof(precision)
            ),
        };
    }
}
