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
        ["precision"] = 0.12,
        ["family+precision"] = 0.12,
        ["chip"] = 0.09,
        ["model"] = 0.15,
        ["engine+model"] = 0.15,
        ["engine+model+chip"] = 0.12,
        ["version"] = 0.18,
        ["version+model"] = 0.24,
        ["split"] = 0.2,
        ["engine+split"] = 0.2,
        ["lengths"] = 0.3,
        ["engine+lengths"] = 0.3,
    };

    internal static readonly double[] Scale =
    [
        1,
        1,
        1,
        0.7,
        0.7,
        0.5,
        0.7,
        0.7,
        1,
        0.7,
        0.7,
        1.5,
        2,
        2,
        0.2,
        1,
        1.5,
        0.7,
        0.7,
        0,
        1,
        1,
    ];

    /// <summary>The spread of a coefficient's effect at a level; 0 when the level has no effect on it.</summary>
    public static double Of(string level, int coefficient)
    {
        var kind = level.IndexOf(':') is var colon and >= 0 ? level[..colon] : level;
        if (kind.EndsWith("lengths", StringComparison.Ordinal) && coefficient is < 10 or > 13)
        {
            return 0;
        }
        return Kinds[kind] * (kind == "all" ? 1 : Scale[coefficient]);
    }
}
