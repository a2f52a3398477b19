using Plimsoll.Market.ContractMarket;
using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>Members of one law and link after the second stage of the fit.</summary>
/// <param name="Members">Kept members with their weights.</param>
/// <param name="EffectiveShare">Effective sample over members weighed, 0 to 1: small where the mean field misleads.</param>
/// <param name="LumpyShift">Median log of the contract engine's last rent of the H tier over the mean field's.</param>
/// <param name="SeedDeviation">Median over members of the standard deviation of that rent's log between seeds.</param>
public sealed record Reweighted(
    IReadOnlyList<Member> Members,
    double EffectiveShare,
    double LumpyShift,
    double SeedDeviation
);

/// <summary>The second stage of the fit: members found by the mean field are weighed anew by contract runs.</summary>
/// <remarks>
/// Lumps and chance shift rents: a fit on means alone is biased by about one target error. A member's weight is the mean likelihood of its
/// contract runs over its likelihood in the mean field: importance sampling with an unbiased estimate of the likelihood (Beaumont 2003),
/// truncated at the root of the sample (Ionides 2008) so that no lucky seed carries the ensemble.
/// </remarks>
/// <param name="twin">The contract engine.</param>
/// <param name="givens">Dated facts of the vintage.</param>
/// <param name="priors">Priors of the market.</param>
/// <param name="targets">Targets of the vintage.</param>
/// <param name="seed">Seed.</param>
public sealed class ContractReweighting(
    ContractTwin twin,
    MarketGivens givens,
    IReadOnlyList<Prior> priors,
    IReadOnlyList<Target> targets,
    ulong seed
)
{
    /// <summary>Contract runs of each member; at least 4.</summary>
    public int Seeds { get; init; } = 4;

    /// <summary>Members kept.</summary>
    public int Kept { get; init; } = 100;

    /// <summary>Threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Weighs a population and keeps some of it in proportion to weight.</summary>
    public Reweighted Run(Population population)
    {
        var members = population.Members;
        var months = targets.Max(t => t.LastMonth) + 1;
        var backdrop = MarketBackdrop.Known(givens, months, priors);
        var log = new double[members.Count];
        var shift = new double[members.Count];
        var deviation = new double[members.Count];
        var field = new MeanField(givens.Tiers, new MarketScenario());
        Parallel.For(
            0,
            members.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Threads },
            () => new MarketPath(months),
            (i, _, path) =>
            {
                var member = members[i];
                field.Run(member.Law, member.WorldLink, member.Values, backdrop, path);
                var mean = LogLikelihood(path);
                var rent = Math.Log(path.Quote[0][months - 1]);
                var likelihoods = new double[Seeds];
                var rents = new double[Seeds];
                for (var s = 0; s < Seeds; s++)
                {
                    var run = twin.Run(member, backdrop, seed, s);
                    likelihoods[s] = LogLikelihood(run);
                    rents[s] = Math.Log(run.Quote[0][months - 1]);
                }
                var best = likelihoods.Max();
                log[i] = double.IsFinite(best)
                    ? best + Math.Log(likelihoods.Average(l => Math.Exp(l - best))) - mean
                    : double.NegativeInfinity;
                shift[i] = rents.Average() - rent;
                deviation[i] = Math.Sqrt(
                    rents.Sum(r => Math.Pow(r - rents.Average(), 2)) / (Seeds - 1)
                );
                return path;
            },
            _ => { }
        );
        var weights = Truncated(log);
        var sum = weights.Sum();
        return new Reweighted(
            Resampled(members, weights),
            sum * sum / weights.Sum(w => w * w) / members.Count,
            Median(shift),
            Median(deviation)
        );
    }

    private double LogLikelihood(MarketPath path)
    {
        double log = 0;
        foreach (var target in targets)
        {
            var miss = target.Miss(path);
            log -= 0.5 * miss * miss;
        }
        return double.IsNaN(log) ? double.NegativeInfinity : log;
    }

    private static double[] Truncated(double[] log)
    {
        var best = log.Max();
        if (!double.IsFinite(best))
        {
            throw new InvalidDataException(
                "No contract run of any member meets the targets at all; the mean field and the contract engine do not describe one market."
            );
        }
        var weights = log.Select(l => Math.Exp(l - best)).ToArray();
        var most = weights.Average() * Math.Sqrt(weights.Length);
        return [.. weights.Select(w => Math.Min(w, most))];
    }

    /// <summary>Systematic resampling; a member drawn several times is kept once with that weight.</summary>
    private List<Member> Resampled(IReadOnlyList<Member> members, double[] weights)
    {
        var stream = RandomStream.Keyed(seed, 0, EntityId.Of("reweighting"), Purpose.Fitting);
        var spacing = weights.Sum() / Kept;
        var at = spacing * stream.NextUniform();
        var kept = new List<Member>();
        double sum = 0;
        for (var i = 0; i < members.Count; i++)
        {
            sum += weights[i];
            var times = 0;
            for (; at < sum; at += spacing)
            {
                times++;
            }
            if (times > 0)
            {
                kept.Add(members[i] with { Weight = times });
            }
        }
        return kept;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length > 0 ? sorted[sorted.Length / 2] : double.NaN;
    }
}
