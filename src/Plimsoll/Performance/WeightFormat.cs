using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>How one part of a model is stored and multiplied.</summary>
/// <param name="Bytes">Bytes of one weight, scales included; above 0, at most 2.</param>
/// <param name="MultiplyBits">Width in which the chip multiplies it: 16, 8 or 4. Wider than stored where the chip has no such unit and weights are widened on the fly.</param>
public readonly record struct PartFormat(double Bytes, int MultiplyBits);

/// <summary>How a served model's weights are stored and at what rates they are multiplied.</summary>
/// <param name="Attention">Attention projections; in a mixture of experts the dense layers and shared experts too.</param>
/// <param name="FeedForward">Feed-forward layers of a dense model, routed experts of a mixture.</param>
/// <param name="WideFlops">Peak BF16 rate of one accelerator, FLOP/s: also that of attention scores on every engine considered.</param>
/// <param name="EightBitGain">What eight bits add to the BF16 peak, as a part of it; 0 or more.</param>
/// <param name="FourBitGain">What four bits add to the eight-bit peak, as a part of that; 0 or more.</param>
public readonly record struct WeightFormat(
    PartFormat Attention,
    PartFormat FeedForward,
    double WideFlops,
    double EightBitGain,
    double FourBitGain
)
{
    /// <summary>Precisions a deployment may be served in.</summary>
    public static IReadOnlyList<string> Precisions { get; } =
    ["bf16", "fp8", "int8", "fp4", "int4"];

    /// <summary>Precisions in which attention may be served beside narrower experts.</summary>
    public static IReadOnlyList<string> AttentionPrecisions { get; } =
    ["bf16", "fp8", "int8", "fp4"];

    // A four-bit weight with one eight-bit scale per 16 weights (NVFP4) or 32 (MXFP4); INT4 with a 16-bit scale per 32.
    private const double _nvfp4Bytes = 4.5 / 8;
    private const double _mxfp4Bytes = 4.25 / 8;
    private const double _int4Bytes = 4.5 / 8;

    /// <summary>The format of a deployment.</summary>
    /// <remarks>
    /// A dense model has one precision throughout. A mixture in four bits keeps its attention wider, as published checkpoints do: in eight bits where the chip
    /// multiplies FP8, in BF16 elsewhere and beside INT4, unless <see cref="Deployment.AttentionPrecision"/> says otherwise.
    /// </remarks>
    /// <exception cref="ArgumentException">A precision is none of <see cref="Precisions"/>.</exception>
    public static WeightFormat Of(Deployment d)
    {
        var chip = d.Accelerator;
        var mixture = d.Model.Experts > 0;
        PartFormat Part(string precision) => PartOf(chip, precision, d.WeightsOnly);
        var feedForward =
            d.Model.WeightPrecision == "mxfp4"
                // Published with MXFP4 experts; no engine widens them in memory.
                ? new PartFormat(_mxfp4Bytes, chip.Fp4 is null ? 16 : 4)
                : Part(d.Precision);
        var attention =
            d.AttentionPrecision.Length > 0 ? Part(d.AttentionPrecision)
            : d.Model.WeightPrecision == "mxfp4" ? Part("bf16")
            : !mixture ? feedForward
            : d.Precision == "fp4" ? Part(chip.Fp8 is null ? "bf16" : "fp8")
            : d.Precision == "int4" ? Part("bf16")
            : feedForward;
        var integer = d.Precision == "int8";
        var wide = chip.Bf16.Value;
        var eight = Math.Max(
            wide,
            (integer ? chip.Int8 ?? chip.Fp8 : chip.Fp8 ?? chip.Int8)?.Value ?? wide
        );
        var four = Math.Max(eight, chip.Fp4?.Value ?? eight);
        return new(attention, feedForward, wide * 1e12, (eight / wide) - 1, (four / eight) - 1);
    }

    /// <summary>True when the chip multiplies in the precision, rather than widening the weights on the fly.</summary>
    public static bool Multiplies(Accelerator chip, string precision) =>
        precision switch
        {
            "bf16" => true,
            "fp8" => chip.Fp8 is not null,
            "int8" => (chip.Int8 ?? chip.Fp8) is not null,
            "fp4" => chip.Fp4 is not null,
            "int4" => false,
            _ => throw Unknown(precision),
        };

    private static PartFormat PartOf(Accelerator chip, string precision, bool widened) =>
        precision switch
        {
            "bf16" => new(2, 16),
            "fp8" or "int8" => new(1, !widened && Multiplies(chip, precision) ? 8 : 16),
            "fp4" => new(_nvfp4Bytes, !widened && Multiplies(chip, precision) ? 4 : 16),
            "int4" => new(_int4Bytes, 16),
            _ => throw Unknown(precision),
        };

    private static ArgumentException Unknown(string precision) =>
        new(
            $"Precision '{precision}' is unknown; expected one of {string.Join(", ", Precisions)}.",
            nameof(precision)
        );
}
