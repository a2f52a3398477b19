using Plimsoll.Performance;

namespace Plimsoll.Serving.Validation;

/// <summary>Factors by which a real run departs from the shipped law, fitted to one log and carried to other chips and models.</summary>
/// <remarks>
/// Nelder and Mead 1965 on the logarithms of the factors, drawn to 1 by a ridge (a factor of e^0.5 costs as much as a mean error of the latencies of e^0.5 / 4), so that what the log
/// does not tell stays where the shipped law has it.
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
    ];

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
        double Cost(double[] logs)
        {
            var (first, whole) = ReplayComparison.Times(
                log,
                lawOf(Array.ConvertAll(logs, Math.Exp)),
                config
            );
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
        return Array.ConvertAll(Minimise(Cost, Names.Count), Math.Exp);
    }

    /// <summary>Coefficients under factors.</summary>
    public static LawCoefficients Scaled(in LawCoefficients c, double[] factors) =>
        c with
        {
            HostSeconds = c.HostSeconds * factors[0],
            LayerSeconds = c.LayerSeconds * factors[1],
            ComputeEfficiency = c.ComputeEfficiency * factors[2],
            ScoreEfficiency = c.ScoreEfficiency * factors[2],
            WeightEfficiency = c.WeightEfficiency * factors[3],
            CacheEfficiency = c.CacheEfficiency * factors[4],
            SequenceSeconds = c.SequenceSeconds * factors[5],
            MixtureSeconds = c.MixtureSeconds * factors[6],
            DealtSeconds = c.DealtSeconds * factors[6],
            ExpertEfficiency = c.ExpertEfficiency * factors[7],
        };

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
