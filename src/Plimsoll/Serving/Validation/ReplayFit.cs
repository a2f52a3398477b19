using Plimsoll.Performance;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Validation;

/// <summary>Factors by which a real run departs from the shipped law, fitted to one log and carried to other chips and models.</summary>
/// <remarks>
/// Nelder and Mead 1965 on the logarithms of the factors, drawn to 1 by a ridge (a factor of e^0.5 costs as much as a mean error of the latencies of e^0.5 / 4), so that what the log
/// does not tell stays where the shipped law has it. A factor that moves no step of the installation (the link of one accelerator, the experts of a dense model) is left at 1.
/// </remarks>
public static class ReplayFit
{
    private const double Spread = 0.5;
    private const double RidgeWeight = 0.06;
    private const int Evaluations = 900;

    /// <summary>The coefficients that a fit moves.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "host seconds",
        "layer seconds",
        "compute efficiency",
        "weight bandwidth efficiency",
        "cache bandwidth efficiency",
        "seconds per sequence",
        "mixture seconds",
        "expert efficiency",
        "link efficiency",
        "collective seconds",
    ];

    /// <summary>Steps in which every factor that moves anything shows: decoding alone, with prompts, and prompts alone.</summary>
    private static readonly BatchShape[] _steps =
    [
        new(1, 1000, 0, 0),
        new(64, 64_000, 0, 0),
        new(64, 64_000, 2000, 2e6),
        new(0, 0, 8000, 8e7),
    ];

    /// <summary>No part of a peak or bandwidth that is reached comes nearer to the whole.</summary>
    private const double MostEfficient = 0.995;

    /// <summary>Fits the factors.</summary>
    /// <param name="log">The run.</param>
    /// <param name="lawOf">The law of the run's installation under given factors.</param>
    /// <param name="config">Its limits.</param>
    /// <param name="part">Requests whose measured times are looked at; of the others only the arrivals and lengths enter. All when null.</param>
    /// <returns>One factor a name.</returns>
    public static double[] Fit(
        ServingLog log,
        Func<double[], IStepLaw> lawOf,
        ServingConfig config,
        Range? part = null
    )
    {
        var seen = part ?? Range.All;
        var known = log.Slice(seen);
        var measured = ReplayComparison.PerToken(known, known.FirstToken, known.EndToEnd);
        int[] moving = [.. Enumerable.Range(0, Names.Count).Where(i => Moves(lawOf, i))];
        double[] All(double[] logs)
        {
            var factors = new double[Names.Count];
            Array.Fill(factors, 1);
            foreach (var (at, i) in moving.Index())
            {
                factors[i] = Math.Exp(logs[at]);
            }
            return factors;
        }
        double Cost(double[] logs)
        {
            var (first, whole) = ReplayComparison.Times(log, lawOf(All(logs)), config);
            (first, whole) = (first[seen], whole[seen]);
            var error =
                ReplayComparison.Distance(known.FirstToken, first)
                + ReplayComparison.Distance(
                    measured,
                    ReplayComparison.PerToken(known, first, whole)
                )
                + ReplayComparison.Distance(known.EndToEnd, whole);
            return error + (RidgeWeight * logs.Sum(l => l * l / (Spread * Spread)));
        }
        return All(Minimise(Cost, moving.Length));
    }

    /// <summary>Whether a factor moves any step.</summary>
    private static bool Moves(Func<double[], IStepLaw> lawOf, int factor)
    {
        var factors = new double[Names.Count];
        Array.Fill(factors, 1);
        var before = lawOf(factors);
        // Up and down: an efficiency near its bound moves one way only.
        return new[] { 1.3, 1 / 1.3 }.Any(changed =>
        {
            factors[factor] = changed;
            var after = lawOf(factors);
            return _steps.Any(step => before.Segment(step) != after.Segment(step));
        });
    }

    /// <summary>Coefficients under factors; a part of a peak or a bandwidth stays below the whole.</summary>
    /// <param name="c">The coefficients.</param>
    /// <param name="factors">One factor a name, more than 0.</param>
    public static LawCoefficients Scaled(in LawCoefficients c, double[] factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        // What is nearer to the whole already is left there.
        double Part(double efficiency, double factor) =>
            Math.Min(efficiency * factor, Math.Max(MostEfficient, efficiency));
        return c with
        {
            HostSeconds = c.HostSeconds * factors[0],
            LayerSeconds = c.LayerSeconds * factors[1],
            ComputeEfficiency = Part(c.ComputeEfficiency, factors[2]),
            ScoreEfficiency = Part(c.ScoreEfficiency, factors[2]),
            WeightEfficiency = Part(c.WeightEfficiency, factors[3]),
            CacheEfficiency = Part(c.CacheEfficiency, factors[4]),
            SequenceSeconds = c.SequenceSeconds * factors[5],
            MixtureSeconds = c.MixtureSeconds * factors[6],
            DealtSeconds = c.DealtSeconds * factors[6],
            ExpertEfficiency = Part(c.ExpertEfficiency, factors[7]),
            LinkEfficiency = Part(c.LinkEfficiency, factors[8]),
            CollectiveSeconds = c.CollectiveSeconds * factors[9],
        };
    }

    /// <summary>The calibration of an installation with the factors of a run in it: what its law is from then on, for whatever that engine serves on that chip; the rest stays as it was.</summary>
    /// <param name="installation">The installation of the run.</param>
    /// <param name="factors">One factor a name.</param>
    /// <param name="log">The run.</param>
    /// <returns>A calibration of tier 3, to be written with <see cref="CalibrationFile"/>.</returns>
    public static Calibration Profile(InferenceCase installation, double[] factors, ServingLog log)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(log);
        return installation.Calibration.WithRun(
            installation.Deployment with
            {
                EngineVersion = installation.EngineVersion,
            },
            Scaled(installation.Law.Coefficients, factors),
            new SeenLoad(
                (double)log.MostInside() / installation.Config.Replicas,
                log.Input.Zip(log.Output, (input, output) => input + output).Max()
            )
        );
    }

    private static double[] Minimise(Func<double[], double> cost, int size)
    {
        var points = new List<(double[] At, double Cost)>();
        for (var i = 0; i <= size; i++)
        {
            var at = new double[size];
            if (i > 0)
            {
                at[i - 1] = 0.3;
            }
            points.Add((at, cost(at)));
        }
        var left = Evaluations;
        while (left > 0)
        {
            points.Sort((a, b) => a.Cost.CompareTo(b.Cost));
            var worst = points[^1];
            var centre = new double[size];
            foreach (var point in points.SkipLast(1))
            {
                for (var i = 0; i < size; i++)
                {
                    centre[i] += point.At[i] / size;
                }
            }
            (double[], double) Try(double step)
            {
                var at = new double[size];
                for (var i = 0; i < size; i++)
                {
                    at[i] = centre[i] + (step * (worst.At[i] - centre[i]));
                }
                left--;
                return (at, cost(at));
            }
            var reflected = Try(-1);
            if (reflected.Item2 < points[0].Cost)
            {
                var further = Try(-2);
                points[^1] = further.Item2 < reflected.Item2 ? further : reflected;
            }
            else if (reflected.Item2 < points[^2].Cost)
            {
                points[^1] = reflected;
            }
            else
            {
                var inside = Try(reflected.Item2 < worst.Cost ? -0.5 : 0.5);
                if (inside.Item2 < Math.Min(worst.Cost, reflected.Item2))
                {
                    points[^1] = inside;
                    continue;
                }
                var best = points[0].At;
                for (var k = 1; k < points.Count; k++)
                {
                    var at = points[k].At.Zip(best, (p, b) => (p + b) / 2).ToArray();
                    points[k] = (at, cost(at));
                    left--;
                }
            }
        }
        return points.MinBy(p => p.Cost).At;
    }
}
