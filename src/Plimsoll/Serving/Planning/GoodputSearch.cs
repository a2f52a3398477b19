using MathNet.Numerics.Distributions;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>Finds by simulation the highest rate at which an installation keeps its promise.</summary>
/// <remarks>Each version of the workload is searched alone by bisection on its rate, on its own random numbers; their spread gives the confidence. The rate reported is then bisected on the attainment of all versions together. The result does not depend on the number of threads.</remarks>
public static class GoodputSearch
{
    /// <summary>Requests of one run unless the workload holds fewer.</summary>
    public const int Requests = 20_000;

    /// <summary>Versions of the workload.</summary>
    public const int Versions = 6;
    private const double Tolerance = 0.004;
    private const double Trickle = 0.005;
    private static readonly double[] _curve =
    [
        0.05,
        0.15,
        0.3,
        0.45,
        0.6,
        0.7,
        0.8,
        0.87,
        0.93,
        0.98,
        1.05,
        1.2,
    ];

    /// <summary>Searches an installation.</summary>
    /// <param name="installation">It must promise something.</param>
    /// <param name="requests">Requests of one run.</param>
    /// <param name="versions">Versions of the workload, 2 or more for a confidence.</param>
    /// <param name="progress">Given the share done; null for none.</param>
    /// <exception cref="ArgumentException">Nothing is promised, or the loop is closed.</exception>
    /// <exception cref="InvalidDataException">The workload cannot be read or is too short.</exception>
    public static GoodputResult Find(
        InferenceCase installation,
        int requests = Requests,
        int versions = Versions,
        Action<double>? progress = null
    )
    {
        Refuse(installation);
        var workload = ScalableWorkload.Load(installation.Workload, requests, versions);
        var config = WarmUp(installation.Config, workload.Requests);
        installation = installation with { Config = config };
        var saturation = Saturation(installation, workload, 0);
        var rates = new double[versions];
        var done = 0;
        Parallel.For(
            0,
            versions,
            i =>
            {
                rates[i] = Highest(installation, workload, i, saturation, Tolerance);
                progress?.Invoke(0.8 * Interlocked.Increment(ref done) / versions);
            }
        );
        var curve = new LoadPoint[_curve.Length];
        Parallel.For(
            0,
            curve.Length,
            i => curve[i] = Point(installation, workload, 0, _curve[i] * saturation)
        );
        progress?.Invoke(1);
        var (mean, half) = (rates.Average(), HalfWidth(rates));
        var (rate, attainment) = PooledHighest(installation, workload, rates, saturation);
        return new GoodputResult
        {
            RequestsPerSecond = rate,
            Low = Math.Min(rate, Math.Max(0, mean - half)),
            High = Math.Max(rate, mean + half),
            Versions = rates,
            Tolerance = Tolerance,
            RequestsPerRun = workload.Requests,
            AtGoodput =
                rate > 0
                    ? Point(installation, workload, 0, rate) with
                    {
                        Attainment = attainment,
                    }
                    : null,
            SaturationRequestsPerSecond = saturation,
            KneeRequestsPerSecond = Math.Min(saturation, Knee(curve)),
            Curve = curve,
            Reason =
                rate > 0
                    ? ""
                    : $"even at {Trickle:P1} of saturation only {Point(installation, workload, 0, Trickle * saturation).Attainment:P1} of the requests keep the promise",
        };
    }

    /// <summary>Goodput on one version only, for comparing many installations.</summary>
    internal static double Quick(InferenceCase installation, ScalableWorkload workload)
    {
        installation = installation with
        {
            Config = WarmUp(installation.Config, workload.Requests),
        };
        return Highest(
            installation,
            workload,
            0,
            Saturation(installation, workload, 0),
            tolerance: 0.02
        );
    }

    internal static void Refuse(InferenceCase installation)
    {
        if (installation.Config.ServiceLevel is null)
        {
            throw new ArgumentException(
                "Goodput is the highest rate that keeps a promise, and nothing is promised: add 'promise:' with ttft, tpot or end_to_end."
            );
        }
        if (installation.Config.ClosedLoopConcurrency > 0)
        {
            throw new ArgumentException(
                "Goodput is a rate of arrivals, and a closed loop has none: take 'closed_loop' away."
            );
        }
    }

    private static ServingConfig WarmUp(ServingConfig config, int requests) =>
        config with
        {
            WarmUpRequests =
                config.WarmUpRequests > 0
                    ? Math.Min(config.WarmUpRequests, requests / 2)
                    : requests / 20,
            KeepOutcomes = false,
        };

    /// <summary>Rate at which requests end in the middle half of a run that all requests join at once.</summary>
    private static double Saturation(
        InferenceCase installation,
        ScalableWorkload workload,
        int version
    )
    {
        var all = installation with { Config = installation.Config with { KeepOutcomes = true } };
        var result = all.Run(workload.At(1e7 / workload.RequestsPerSecond, version));
        var ends = result
            .Outcomes.Where(o => o.End == RequestEnd.Completed)
            .Select(o => o.FinishPicoseconds)
            .Order()
            .ToArray();
        if (ends.Length < 8)
        {
            throw new InvalidDataException(
                $"Only {ends.Length} of {result.Requests} requests fit the installation and complete; the others are rejected as too long or lost."
            );
        }
        var (from, to) = (ends.Length / 4, ends.Length * 3 / 4);
        return (to - from) * IntegerStep.PicosecondsPerSecond / Math.Max(1, ends[to] - ends[from]);
    }

    private static double Highest(
        InferenceCase installation,
        ScalableWorkload workload,
        int version,
        double saturation,
        double tolerance
    )
    {
        bool Keeps(double rate) =>
            Run(installation, workload, version, rate).Attainment >= installation.Percentile;
        var (low, high) = (Trickle * saturation, 1.1 * saturation);
        if (!Keeps(low))
        {
            return 0;
        }
        // A promise so loose that a finite run keeps it beyond saturation is kept at saturation.
        if (Keeps(high))
        {
            return saturation;
        }
        while (high > low * (1 + tolerance))
        {
            var middle = high > 1.5 * low ? Math.Sqrt(low * high) : (low + high) / 2;
            (low, high) = Keeps(middle) ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The highest rate searched at which all versions together keep the promise, and their attainment there; 0 when none does.</summary>
    private static (double Rate, double Attainment) PooledHighest(
        InferenceCase installation,
        ScalableWorkload workload,
        double[] rates,
        double saturation
    )
    {
        double Pooled(double rate)
        {
            var parts = new double[rates.Length];
            Parallel.For(
                0,
                parts.Length,
                i => parts[i] = Run(installation, workload, i, rate).Attainment
            );
            return parts.Average();
        }
        var high = rates.Max();
        var low = Math.Max(rates.Min(), Trickle * saturation);
        var kept = Pooled(low);
        while (kept < installation.Percentile)
        {
            if (low <= Trickle * saturation)
            {
                return (0, kept);
            }
            high = low;
            low = Math.Max(0.97 * low, Trickle * saturation);
            kept = Pooled(low);
        }
        while (high > low * (1 + Tolerance))
        {
            var middle = (low + high) / 2;
            var attainment = Pooled(middle);
            if (attainment >= installation.Percentile)
            {
                (low, kept) = (middle, attainment);
            }
            else
            {
                high = middle;
            }
        }
        return (low, kept);
    }

    private static SimulationResult Run(
        InferenceCase installation,
        ScalableWorkload workload,
        int version,
        double rate
    ) =>
        (
            installation with
            {
                Config = installation.Config with
                {
                    Seed = installation.Config.Seed + (ulong)version,
                },
            }
        ).Run(workload.At(rate / workload.RequestsPerSecond, version));

    private static LoadPoint Point(
        InferenceCase installation,
        ScalableWorkload workload,
        int version,
        double rate
    )
    {
        var result = Run(installation, workload, version, rate);
        return new LoadPoint(
            rate,
            result.RequestsPerSecond,
            result.OutputTokensPerSecondPerAccelerator,
            result.Attainment,
            result.TimeToFirstToken,
            result.TimePerOutputToken,
            result.EndToEnd.Mean,
            result.MeanKvOccupancy,
            result.MeanWaiting
        );
    }

    private static double HalfWidth(double[] rates)
    {
        if (rates.Length < 2)
        {
            return 0;
        }
        var mean = rates.Average();
        var variance = rates.Sum(r => (r - mean) * (r - mean)) / (rates.Length - 1);
        return StudentT.InvCDF(0, 1, rates.Length - 1, 0.975) * Math.Sqrt(variance / rates.Length);
    }

    /// <summary>Where rate over mean time is greatest, by a parabola through the best point and its neighbours.</summary>
    private static double Knee(LoadPoint[] curve)
    {
        var power = Array.ConvertAll(
            curve,
            p => p.MeanEndToEndSeconds > 0 ? p.RequestsPerSecond / p.MeanEndToEndSeconds : 0
        );
        var best = Array.IndexOf(power, power.Max());
        if (best == 0 || best == curve.Length - 1)
        {
            return curve[best].RequestsPerSecond;
        }
        double X(int i) => curve[i].RequestsPerSecond;
        var (a, b, c) = (best - 1, best, best + 1);
        var left = (X(b) - X(a)) * (power[b] - power[c]);
        var right = (X(b) - X(c)) * (power[b] - power[a]);
        return left == right
            ? X(b)
            : X(b) - ((((X(b) - X(a)) * left) - ((X(b) - X(c)) * right)) / (2 * (left - right)));
    }
}
