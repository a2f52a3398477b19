using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Hindcast;

/// <summary>A target against what the members of an ensemble say of it.</summary>
/// <param name="Target">The target.</param>
/// <param name="P10">10 % point of the members.</param>
/// <param name="P50">Middle.</param>
/// <param name="P90">90 % point.</param>
/// <param name="Width">P90 over P10: how tightly the fit holds it.</param>
/// <param name="MedianMiss">Signed distance of the middle from the value, standard deviations of range and discrepancy.</param>
/// <param name="Plausible">Share of members with an implausibility below 3, 0 to 1.</param>
public sealed record TargetFit(
    Target Target,
    double P10,
    double P50,
    double P90,
    double Width,
    double MedianMiss,
    double Plausible
)
{
    /// <summary>Distance beyond which a member is implausible (Pukelsheim 1994: 95 % of any one-humped error lies within three deviations).</summary>
    public const double Implausible = 3;

    /// <summary>All targets, over weighted members, each run several times through the contract engine.</summary>
    /// <param name="twin">The contract engine.</param>
    /// <param name="givens">Dated facts of the vintage.</param>
    /// <param name="targets">Targets, at least one.</param>
    /// <param name="priors">Priors of the market.</param>
    /// <param name="members">Members.</param>
    /// <param name="runs">Contract runs of each member, at least 1.</param>
    public static IReadOnlyList<TargetFit> Of(
        ContractTwin twin,
        MarketGivens givens,
        IReadOnlyList<Target> targets,
        IReadOnlyList<Prior> priors,
        IReadOnlyList<Member> members,
        int runs
    )
    {
        var months = Math.Max(givens.KnownMonths, targets.Max(t => t.LastMonth) + 1);
        var backdrop = MarketBackdrop.Known(givens, months, priors);
        var said = targets.Select(_ => new double[members.Count * runs]).ToArray();
        Parallel.For(
            0,
            members.Count * runs,
            i =>
            {
                var path = twin.Run(members[i / runs], backdrop, Seed, i % runs);
                for (var t = 0; t < targets.Count; t++)
                {
                    said[t][i] = targets[t].Of(path);
                }
            }
        );
        var weights = Enumerable
            .Range(0, members.Count * runs)
            .Select(i => members[i / runs].Weight)
            .ToArray();
        return [.. targets.Select((t, i) => Summary(t, said[i], weights))];
    }

    /// <summary>Seed of the runs shown: not that of the fit, so that no lucky history is shown twice.</summary>
    private const ulong Seed = 7919;

    private static TargetFit Summary(Target target, double[] said, double[] weights)
    {
        var fan = WeightedSample.Of(said, weights);
        var plausible = 0.0;
        for (var i = 0; i < said.Length; i++)
        {
            plausible += Math.Abs(target.MissOf(said[i])) < Implausible ? weights[i] : 0;
        }
        var middle = fan.Quantile(0.5);
        return new TargetFit(
            target,
            fan.Quantile(0.1),
            middle,
            fan.Quantile(0.9),
            fan.Quantile(0.9) / fan.Quantile(0.1),
            target.MissOf(middle),
            plausible / weights.Sum()
        );
    }
}
