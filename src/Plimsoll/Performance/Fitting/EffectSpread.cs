namespace Plimsoll.Performance.Fitting;

/// <summary>How far an effect may lie from its wider level: the ridge that bounds it.</summary>
/// <remarks>Standard deviations of a normal prior on the logarithm, by kind of level and coefficient. Grade D; chosen once by cross-validation over all groups, the same for all.</remarks>
public static class EffectSpread
{
    internal static readonly Dictionary<string, double> Kinds = new(StringComparer.Ordinal)
    {
        ["all"] = 1.0,
        ["engine"] = 0.4,
        ["family"] = 0.4,
        ["engine+family"] = 0.25,
        ["precision"] = 0.2,
        ["family+precision"] = 0.2,
        ["chip"] = 0.15,
        ["model"] = 0.25,
        ["engine+model"] = 0.25,
        ["engine+model+chip"] = 0.2,
        ["version"] = 0.15,
        ["version+model"] = 0.2,
        ["lengths"] = 0.5,
        ["engine+lengths"] = 0.5,
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
