using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>A member of the ensemble: a rent law, the link, and a vector of parameters that the targets do not rule out.</summary>
/// <param name="Law">Rent law.</param>
/// <param name="WorldLink">Whether the top tier is drawn to the world's rent.</param>
/// <param name="Values">By <see cref="Parameter"/>.</param>
public sealed record Member(RentLaw Law, bool WorldLink, double[] Values);

/// <summary>Population Markov chain Monte Carlo over the mean field (differential evolution, ter Braak 2006).</summary>
public sealed class PopulationFit(
    MarketGivens givens,
    IReadOnlyList<Prior> priors,
    IReadOnlyList<Target> targets,
    ulong seed
)
{
    /// <summary>Chains run together; at least twice the parameters is advised.</summary>
    public int Chains { get; init; } = 64;

    /// <summary>Steps of every chain that are thrown away.</summary>
    public int BurnIn { get; init; } = 400;

    /// <summary>Share of chain states kept are taken at the end of each such span of steps.</summary>
    public int Thin { get; init; } = 150;

    /// <summary>Fits one law with or without the link.</summary>
    /// <param name="law">Rent law.</param>
    /// <param name="worldLink">Whether the link is on.</param>
    /// <param name="members">Members wanted.</param>
    /// <param name="scenario">Stresses switched on while fitting; normally none.</param>
    public IReadOnlyList<Member> Run(
        RentLaw law,
        bool worldLink,
        int members,
        MarketScenario scenario
    )
    {
        var field = new MeanField(givens, scenario);
        var n = Prior.Count;
        var stream = RandomStream.Keyed(
            seed,
            ((int)law * 2) + (worldLink ? 1 : 0),
            EntityId.Of("population"),
            Purpose.Fitting
        );
        var z = new double[Chains][];
        var score = new double[Chains];
        for (var c = 0; c < Chains; c++)
        {
            z[c] = new double[n];
            for (var i = 0; i < n; i++)
            {
                z[c][i] = NormalQuantile(stream.NextOpenUniform());
            }
            score[c] = LogPosterior(field, law, worldLink, z[c]);
        }
        var kept = new List<Member>();
        var trial = new double[n];
        var step = 2.38 / Math.Sqrt(2.0 * n);
        for (var t = 0; kept.Count < members; t++)
        {
            for (var c = 0; c < Chains; c++)
            {
                var a = Other(ref stream, c, -1);
                var b = Other(ref stream, c, a);
                var jump = t % 10 == 9 ? 1 : step;
                for (var i = 0; i < n; i++)
                {
                    trial[i] =
                        z[c][i]
                        + (jump * (z[a][i] - z[b][i]))
                        + (1e-2 * (stream.NextUniform() - 0.5));
                }
                var trialScore = LogPosterior(field, law, worldLink, trial);
                if (Math.Log(stream.NextOpenUniform()) < trialScore - score[c])
                {
                    trial.CopyTo(z[c], 0);
                    score[c] = trialScore;
                }
            }
            if (t >= BurnIn && (t - BurnIn) % Thin == 0)
            {
                foreach (var state in z.Take(members - kept.Count))
                {
                    kept.Add(new Member(law, worldLink, ToValues(state)));
                }
            }
        }
        return kept;
    }

    /// <summary>Parameters of a point in standard normal space.</summary>
    private double[] ToValues(double[] z)
    {
        var values = new double[z.Length];
        for (var i = 0; i < z.Length; i++)
        {
            values[i] = priors[i]
                .Distribution.Quantile(Math.Clamp(NormalProbability(z[i]), 1e-9, 1 - 1e-9));
        }
        return values;
    }

    private double LogPosterior(MeanField field, RentLaw law, bool worldLink, double[] z)
    {
        double log = 0;
        foreach (var x in z)
        {
            log -= 0.5 * x * x;
        }
        var path = field.Run(law, worldLink, ToValues(z), givens.KnownMonths, 0);
        foreach (var target in targets)
        {
            var miss = target.Implausibility(path);
            log -= 0.5 * miss * miss;
        }
        return double.IsNaN(log) ? double.NegativeInfinity : log;
    }

    private int Other(ref RandomStream stream, int not, int norThis)
    {
        int pick;
        do
        {
            pick = stream.NextInteger(Chains);
        } while (pick == not || pick == norThis);
        return pick;
    }

    private static double NormalQuantile(double p) =>
        MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);

    private static double NormalProbability(double z) =>
        MathNet.Numerics.Distributions.Normal.CDF(0, 1, z);
}
