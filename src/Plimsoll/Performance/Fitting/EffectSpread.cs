namespace Plimsoll.Performance.Fitting;

/// <summary>How far an effect may lie from its wider level: the ridge that bounds it.</summary>
/// <remarks>Standard deviations of a normal prior on the logarithm, by kind of level and coefficient. Grade D; chosen once by cross-validation over all groups, the same for all.</remarks>
public static class EffectSpread
{
    internal static readonly Dictionary<string, double> Kinds = new(StringComparer.Ordinal)
    {
        ["all"] = 0.5,
        ["engine"] = 0.12,
        ["family"] = 0.12,
        ["engine+family"] = 0.15,
        ["chip"] = 0.09,
        ["model"] = 0.2,
        ["engine+model"] = 0.18,
        ["engine+model+chip"] = 0.12,
        ["version"] = 0.12,
        ["version+model"] = 0.24,
        ["split"] = 0.2,
        ["engine+split"] = 0.2,
        ["lengths"] = 0.3,
        ["engine+lengths"] = 0.3,
    };

    // In the order of LawCoefficients.Names; parts between 0 and 1 on the scale of their odds.
    internal static readonly double[] Scale =
    [
        1, // host_seconds
        1, // layer_seconds
        1, // collective_seconds
        1.2, // compute_efficiency
        1.2, // score_efficiency
        1.5, // weight_efficiency
        1.5, // cache_efficiency
        1.2, // link_efficiency
        1, // sequence_seconds
        0.7, // activation_vectors
        0.7, // prompt_interference
        1.5, // request_seconds
        2, // burst_share
        2, // wait_steps
        1.2, // expert_exponent
        1, // mixture_seconds
        1.5, // dealt_seconds
        0.7, // expert_imbalance
        1.5, // expert_efficiency
        1.5, // expert_rows
        1, // expert_width_half
        0, // width_exponent
        1, // latent_seconds
        1, // linear_seconds
        1, // sparse_seconds
        2, // eight_bit_gain
        2, // four_bit_gain
        1.5, // narrow_read
        1.5, // narrow_cache
    ];

    // What is assumed of a part of a peak is known no better than of a time: as far on the scale of the odds as this many times on that of logarithms.
    private const double _wide = 3;

    /// <summary>The spread of a coefficient's effect at a level; 0 when the level has no effect on it.</summary>
    public static double Of(string level, int coefficient)
    {
        var kind = level.IndexOf(':') is var colon and >= 0 ? level[..colon] : level;
        if (kind.EndsWith("lengths", StringComparison.Ordinal) && coefficient is < 10 or > 13)
        {
            return 0;
        }
        return Kinds[kind]
            * (
                kind != "all" ? Scale[coefficient]
                : LawCoefficients.Parts.Contains(LawCoefficients.Names[coefficient]) ? _wide
                : 1
            );
    }
}
