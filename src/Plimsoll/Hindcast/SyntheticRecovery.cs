using MathNet.Numerics.Distributions;
using Plimsoll.Market;
using Plimsoll.Sampling;

namespace Plimsoll.Hindcast;

/// <summary>How often the 80 % intervals of one parameter held the hidden value.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Trials">Refits.</param>
/// <param name="Held">Refits whose interval held it.</param>
/// <param name="Width">Mean width of the intervals over that of the prior, both in the prior's own scale: 1 where the data say nothing.</param>
public sealed record RecoveredParameter(Parameter Parameter, int Trials, int Held, double Width);

/// <summary>Simulates markets with known parameters, hides them, refits, and counts.</summary>
/// <remarks>
/// Simulation-based check of a Bayesian fit (Cook, Gelman and Rubin 2006). The hidden values come from the prior and the targets from the
/// declared error, so an exact fit holds 80 % in the long run: fewer means false certainty, more means waste.
/// </remarks>
/// <param name="givens">Dated facts.</param>
/// <param name="priors">Priors.</param>
/// <param name="targets">Targets whose places in time and errors the synthetic ones take.</param>
/// <param name="seed">Seed.</param>
public sealed class SyntheticRecovery(
    MarketGivens givens,
    IReadOnlyList<Prior> priors,
    IReadOnlyList<Target> targets,
    ulong seed
)
{
    /// <summary>Markets simulated and refitted.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>Particles of each refit.</summary>
    public int Particles { get; init; } = 240;

    /// <summary>Sweeps at each temperature.</summary>
    public int Sweeps { get; init; } = 6;

    /// <summary>Sweeps at the end.</summary>
    public int LastSweeps { get; init; } = 40;

    /// <summary>Called after each trial with its number.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>Runs all trials: laws in turn, the link on in every other one.</summary>
    public IReadOnlyList<RecoveredParameter> Run()
    {
        var held = new int[(int)Prior.FirstFuture];
        var width = new double[held.Length];
        for (var trial = 0; trial < Trials; trial++)
        {
            var law = (RentLaw)(trial % 3);
            var link = trial % 2 == 0;
            var truth = Hidden(trial);
            var fit = new PopulationFit(
                givens,
                priors,
                Simulated(truth, law, link, trial),
                seed + 1000 + (ulong)trial
            )
            {
                Particles = Particles,
                Sweeps = Sweeps,
                LastSweeps = LastSweeps,
            };
            Count(fit.Run(law, link).Members, truth, held, width);
            Progress?.Invoke(trial + 1);
        }
        return
        [
            .. held.Select(
                (h, i) => new RecoveredParameter((Parameter)i, Trials, h, width[i] / Trials)
            ),
        ];
    }

    private double[] Hidden(int trial)
    {
        var stream = RandomStream.Keyed(seed, trial, EntityId.Of("hidden"), Purpose.Inputs);
        var values = new double[Prior.Count];
        foreach (var prior in priors)
        {
            var chance = stream.NextOpenUniform();
            values[(int)prior.Parameter] =
                prior.Parameter < Prior.FirstFuture ? prior.Quantile(chance) : prior.Median;
        }
        return values;
    }

    private List<Target> Simulated(double[] truth, RentLaw law, bool link, int trial)
    {
        var stream = RandomStream.Keyed(seed, trial, EntityId.Of("observed"), Purpose.ModelError);
        var backdrop = MarketBackdrop.Known(givens, givens.KnownMonths, priors);
        var path = new MarketPath(givens.KnownMonths);
        new MeanField(givens.Tiers, new MarketScenario()).Run(law, link, truth, backdrop, path);
        return
        [
            .. targets.Select(t =>
            {
                // The likelihood is two half-normals of the miss: so is the error.
                var (below, above) = (t.Error(-1), t.Error(1));
                var side = stream.NextUniform() * (below + above) < below ? -below : above;
                var size = Math.Abs(Normal.InvCDF(0, 1, stream.NextOpenUniform()));
                var value = t.Of(path) * Math.Exp(-side * size);
                return t with
                {
                    Value = value,
                    Low = value * t.Low / t.Value,
                    High = value * t.High / t.Value,
                };
            }),
        ];
    }

    private void Count(IReadOnlyList<Member> members, double[] truth, int[] held, double[] width)
    {
        for (var i = 0; i < held.Length; i++)
        {
            var values = members.Select(m => m.Values[i]).Order().ToArray();
            var low = values[(int)(0.1 * (values.Length - 1))];
            var high = values[(int)Math.Ceiling(0.9 * (values.Length - 1))];
            held[i] += truth[i] >= low && truth[i] <= high ? 1 : 0;
            var prior = priors.First(p => p.Parameter == (Parameter)i);
            width[i] += prior.Scaled(high, low) / prior.Scaled(prior.High, prior.Low);
        }
    }
}
