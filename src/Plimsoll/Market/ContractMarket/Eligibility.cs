namespace Plimsoll.Market.ContractMarket;

/// <summary>How much of a centre can be let at all: network, software, support and the operator's skill decide.</summary>
/// <remarks>
/// Logit-normal: with this spread most centres are either nearly wholly fit or hardly at all, as in life, and the two humps of fill
/// come from here and from lumpy contracts. Its mean is the member's eligible share.
/// </remarks>
internal static class Eligibility
{
    /// <summary>Standard deviation of the log odds; own prior.</summary>
    private const double Spread = 2;

    /// <summary>Share of that variance that goes with the operator's skill; own prior.</summary>
    private const double SkillShare = 0.5;

    private const double CapabilityMean = 0.45;
    private const double CapabilityDeviation = 0.2;

    /// <summary>Log odds at the middle such that the mean share is as given (logistic-normal approximation of MacKay 1992, within 0.01).</summary>
    public static double Location(double mean)
    {
        var m = Math.Clamp(mean, 1e-3, 1 - 1e-3);
        return Math.Log(m / (1 - m)) * Math.Sqrt(1 + (Math.PI * Spread * Spread / 8));
    }

    /// <summary>Share of a centre that can be let.</summary>
    /// <param name="location">From <see cref="Location"/>.</param>
    /// <param name="skill">Standard normal score of its operator.</param>
    /// <param name="luck">Standard normal score of the rest.</param>
    /// <remarks>Linear in the log odds: what else moves them is added to the location.</remarks>
    public static double Share(double location, double skill, double luck) =>
        1
        / (
            1
            + Math.Exp(
                -location
                    - (
                        Spread
                        * ((Math.Sqrt(SkillShare) * skill) + (Math.Sqrt(1 - SkillShare) * luck))
                    )
            )
        );

    /// <summary>Capability of an operator, 0 to 1, from its score.</summary>
    public static double Capability(double skill) =>
        Math.Clamp(CapabilityMean + (CapabilityDeviation * skill), 0, 1);

    /// <summary>Capability whose log odds stand some way above the middle operator's.</summary>
    public static double CapabilityAt(double logOdds) =>
        Capability(logOdds / (Spread * Math.Sqrt(SkillShare)));

    /// <summary>Score of an operator from its capability.</summary>
    public static double Skill(double capability) =>
        (capability - CapabilityMean) / CapabilityDeviation;
}

/// <summary>Standard normal scores from a key.</summary>
internal static class KeyedNormal
{
    private static readonly double[] _scores =
    [
        .. Enumerable
            .Range(0, 4096)
            .Select(i => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / 4096)),
    ];

    /// <summary>The score of a key and a counter.</summary>
    public static double At(ulong key, int counter) =>
        _scores[(int)(KeyedDraws.At(key, counter) * _scores.Length)];
}
