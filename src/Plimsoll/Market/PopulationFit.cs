using MathNet.Numerics.Distributions;
using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>A fitted population of one rent law with or without the world link.</summary>
/// <param name="Law">Rent law.</param>
/// <param name="WorldLink">Whether the link is on.</param>
/// <param name="Members">Equal-weight draws of the posterior.</param>
/// <param name="LogEvidence">Log of the marginal likelihood: how well the law with its priors foretells the targets.</param>
/// <param name="Acceptance">Share of moves taken at the last temperature.</param>
/// <param name="Runs">Mean-field runs spent.</param>
public sealed record Population(
    RentLaw Law,
    bool WorldLink,
    IReadOnlyList<Member> Members,
    double LogEvidence,
    double Acceptance,
    int Runs
);

/// <summary>Population Monte Carlo over the mean field: particles led from the prior to the posterior by a rising weight of the targets.</summary>
/// <remarks>
/// Sequential Monte Carlo sampler with adaptive tempering (Del Moral, Doucet and Jasra 2006); moves alternate between the preconditioned
/// Crank-Nicolson step (Cotter et al. 2013), which leaves the prior as it is however many parameters no target informs, and the
/// difference step of ter Braak 2006 within two half-populations, which follows the ridges that targets leave. Streams are keyed by
/// particle and sweep: the same result on any number of threads.
/// </remarks>
public sealed class PopulationFit(
    MarketGivens givens,
    IReadOnlyList<Prior> priors,
    IReadOnlyList<Target> targets,
    ulong seed
)
{
    private static readonly int _fitted = (int)Prior.FirstFuture;

    /// <summary>Particles; even, at least 16.</summary>
    public int Particles { get; init; } = 600;

    /// <summary>Sweeps of moves at each temperature.</summary>
    public int Sweeps { get; init; } = 8;

    /// <summary>Sweeps at the end, with the targets at full weight.</summary>
    public int LastSweeps { get; init; } = 60;

    /// <summary>Threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>What is assumed beside the parameters: mechanisms switched off for the switch table.</summary>
    public MarketScenario Scenario { get; init; } = new();

    /// <summary>Called with the temperature reached, 0 to 1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Fits one law with or without the link.</summary>
    /// <param name="law">Rent law.</param>
    /// <param name="worldLink">Whether the link is on.</param>
    public Population Run(RentLaw law, bool worldLink)
    {
        var model = new TargetModel(givens, priors, targets, Scenario, law, worldLink);
        var particles = new Particle[Particles];
        InParallel(model, (path, i) => particles[i] = First(model, path, law, worldLink, i));
        double temperature = 0,
            evidence = 0,
            reach = 0.4,
            accepted = 0;
        var sweep = 0;
        while (temperature < 1)
        {
            var next = NextTemperature(particles, temperature);
            evidence += LogMeanWeight(particles, next - temperature);
            particles = Resampled(particles, next - temperature, sweep);
            temperature = next;
            Progress?.Invoke(temperature);
            var sweeps = temperature < 1 ? Sweeps : LastSweeps;
            for (var s = 0; s < sweeps; s++, sweep++)
            {
                accepted = Sweep(model, particles, temperature, reach, sweep, law, worldLink);
                // About a quarter of the moves taken is near the best for either step.
                reach = Math.Clamp(reach * Math.Exp(0.5 * (accepted - 0.25)), 0.02, 0.95);
            }
        }
        return new Population(
            law,
            worldLink,
            [.. particles.Select(x => new Member(law, worldLink, model.ToValues(x.Z)))],
            evidence,
            accepted,
            Particles * (sweep + 1)
        );
    }

    private sealed record Particle(double[] Z, double LogLikelihood);

    private Particle First(TargetModel model, MarketPath path, RentLaw law, bool link, int i)
    {
        var stream = Stream(law, link, i, -1);
        var z = new double[_fitted];
        for (var j = 0; j < _fitted; j++)
        {
            z[j] = Normal.InvCDF(0, 1, stream.NextOpenUniform());
        }
        return new Particle(z, model.LogLikelihood(z, path));
    }

    private double Sweep(
        TargetModel model,
        Particle[] particles,
        double temperature,
        double reach,
        int sweep,
        RentLaw law,
        bool link
    )
    {
        var half = Particles / 2;
        var taken = 0;
        for (var side = 0; side < 2; side++)
        {
            var (mine, others) = (side * half, (1 - side) * half);
            InParallel(
                model,
                (path, i) =>
                {
                    if (i < mine || i >= mine + half)
                    {
                        return;
                    }
                    var stream = Stream(law, link, i, sweep);
                    var trial = Move(particles, i, others, half, reach, ref stream, out var prior);
                    var log = model.LogLikelihood(trial, path);
                    var gain = (temperature * (log - particles[i].LogLikelihood)) + prior;
                    if (Math.Log(stream.NextOpenUniform()) < gain)
                    {
                        particles[i] = new Particle(trial, log);
                        Interlocked.Increment(ref taken);
                    }
                }
            );
        }
        return taken / (double)Particles;
    }

    /// <summary>A trial point; the ratio of priors is 1 by construction for the first kind of step.</summary>
    private static double[] Move(
        Particle[] particles,
        int i,
        int others,
        int half,
        double reach,
        ref RandomStream stream,
        out double logPriorRatio
    )
    {
        var z = particles[i].Z;
        var trial = new double[_fitted];
        logPriorRatio = 0;
        if (stream.NextUniform() < 0.6)
        {
            var keep = Math.Sqrt(1 - (reach * reach));
            for (var j = 0; j < _fitted; j++)
            {
                trial[j] = (keep * z[j]) + (reach * Normal.InvCDF(0, 1, stream.NextOpenUniform()));
            }
            return trial;
        }
        var a = particles[others + stream.NextInteger(half)].Z;
        var b = particles[others + stream.NextInteger(half)].Z;
        var jump = reach * 1.2 / Math.Sqrt(2);
        for (var j = 0; j < _fitted; j++)
        {
            trial[j] = z[j] + (jump * (a[j] - b[j])) + (1e-4 * (stream.NextUniform() - 0.5));
            logPriorRatio += 0.5 * ((z[j] * z[j]) - (trial[j] * trial[j]));
        }
        return trial;
    }

    /// <summary>The next weight of the targets: as far as half of the particles still count.</summary>
    private static double NextTemperature(Particle[] particles, double now)
    {
        if (Effective(particles, 1 - now) >= 0.5 * particles.Length)
        {
            return 1;
        }
        double low = 0,
            high = 1 - now;
        for (var i = 0; i < 50; i++)
        {
            var middle = 0.5 * (low + high);
            if (Effective(particles, middle) >= 0.5 * particles.Length)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return Math.Min(1, now + Math.Max(low, 1e-6));
    }

    private static double Effective(Particle[] particles, double step)
    {
        var weights = Weights(particles, step);
        var sum = weights.Sum();
        return sum * sum / weights.Sum(w => w * w);
    }

    private static double[] Weights(Particle[] particles, double step)
    {
        var best = particles.Max(x => x.LogLikelihood);
        return [.. particles.Select(x => Math.Exp(step * (x.LogLikelihood - best)))];
    }

    private static double LogMeanWeight(Particle[] particles, double step) =>
        (step * particles.Max(x => x.LogLikelihood)) + Math.Log(Weights(particles, step).Average());

    /// <summary>Systematic resampling: each particle as often as its weight says, to within one.</summary>
    private Particle[] Resampled(Particle[] particles, double step, int sweep)
    {
        var weights = Weights(particles, step);
        var stream = RandomStream.Keyed(seed, sweep, EntityId.Of("resampling"), Purpose.Fitting);
        var spacing = weights.Sum() / particles.Length;
        var at = spacing * stream.NextUniform();
        var kept = new Particle[particles.Length];
        double sum = 0;
        for (int i = 0, k = 0; i < particles.Length; i++)
        {
            sum += weights[i];
            for (; k < kept.Length && (at < sum || i == particles.Length - 1); k++)
            {
                kept[k] = particles[i];
                at += spacing;
            }
        }
        return kept;
    }

    private void InParallel(TargetModel model, Action<MarketPath, int> work) =>
        Parallel.For(
            0,
            Particles,
            new ParallelOptions { MaxDegreeOfParallelism = Threads },
            model.NewPath,
            (i, _, path) =>
            {
                work(path, i);
                return path;
            },
            _ => { }
        );

    private RandomStream Stream(RentLaw law, bool link, int particle, int sweep) =>
        RandomStream.Keyed(
            seed,
            sweep + 1,
            new EntityId((ulong)(((particle * 3) + (int)law) * 2) + (link ? 1UL : 0UL)),
            Purpose.Fitting
        );
}
