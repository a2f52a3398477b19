using System.Collections.Concurrent;
using Plimsoll.Catalog;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Capacity;

/// <summary>What one replica of a deployment can sell, for any shape of requests and any promise: tabulated by the simulator where it is asked, interpolated between.</summary>
/// <remarks>
/// The table holds, for shapes on a grid, the joint distribution of both latencies at thirteen loads; so a promise costs no new run. Lengths stand on powers
/// of two. The first question costs up to sixteen shapes of fourteen runs of 4,000 requests, later ones near it nothing; with a cache, nothing in later processes either.
/// A shape off the grid, or one with a neighbour that cannot keep the promise, is simulated itself.
/// </remarks>
public sealed class CapacitySurface
{
    /// <summary>Standard deviation of the logarithm of an interpolated goodput against the simulated one, measured on held-out shapes: docs/validation/serving.md.</summary>
    public const double InterpolationLogError = 0.045;

    /// <summary>Standard deviation of the logarithm of a goodput from runs of 4,000 requests, between seeds: docs/validation/serving.md.</summary>
    public const double SamplingLogError = 0.06;
    private readonly IStepLaw _law;
    private readonly ServingConfig _config;
    private readonly double _lawLogError;
    private readonly long _longest;
    private readonly ulong _seed;
    private readonly CapacityCache _cache;
    private readonly string _key;
    private readonly ConcurrentDictionary<RequestShape, ShapeCurve> _curves = new();
    private readonly Lock _saving = new();

    /// <summary>A surface over any law.</summary>
    /// <param name="law">Step law of a replica.</param>
    /// <param name="config">Engine limits and cache block; replicas, workload and promise are not read.</param>
    /// <param name="lawLogError">Standard deviation of the logarithm of the law's times.</param>
    /// <param name="longest">Longest prompt and answer together, the model's window.</param>
    /// <param name="cache">Where curves are kept.</param>
    /// <param name="seed">Seed of the requests.</param>
    /// <exception cref="ArgumentException">The installation is impossible.</exception>
    public CapacitySurface(
        IStepLaw law,
        ServingConfig config,
        double lawLogError = 0,
        long longest = long.MaxValue,
        CapacityCache? cache = null,
        ulong seed = 1
    )
    {
        _law = law;
        _config = new ServingConfig
        {
            MaxSequences = config.MaxSequences,
            TokensPerStep = config.TokensPerStep,
            ChunkedPrefill = config.ChunkedPrefill,
            KvBlockTokens = config.KvBlockTokens,
            KvCapacityTokens = config.KvCapacityTokens,
            SeriesIntervalSeconds = 3600,
        };
        ServingConfigCheck.Refuse(_config, law);
        _lawLogError = lawLogError;
        _longest = longest;
        _seed = seed;
        _cache = cache ?? CapacityCache.None;
        _key = CapacityKey.Of(law, _config, longest, seed);
        foreach (var curve in _cache.Load(_key))
        {
            _curves[curve.Shape] = curve;
        }
    }

    /// <summary>The surface of a deployment under the calibration visible in a view, kept in the default cache.</summary>
    /// <exception cref="ArgumentException">The weights do not fit, or the limits are impossible.</exception>
    public static CapacitySurface Of(
        CatalogView view,
        Deployment deployment,
        CapacityCache? cache = null
    )
    {
        var law = StepLaw.Of(view, deployment);
        var limits = EngineLimits.Of(deployment);
        return new CapacitySurface(
            law,
            new ServingConfig
            {
                MaxSequences = (int)limits.MaxSequences,
                TokensPerStep = (int)Math.Max(limits.MaxSequences, limits.MaxBatchedTokens),
            },
            law.LogError,
            deployment.Model.MaxContext > 0 ? deployment.Model.MaxContext : long.MaxValue,
            cache ?? CapacityCache.Default()
        );
    }

    /// <summary>Content hash of all the figures depend on: law, limits, window, seed and the library itself.</summary>
    public string Key => _key;

    /// <summary>Shapes simulated so far, those from the cache included.</summary>
    public int Curves => _curves.Count;

    /// <summary>What a replica can sell.</summary>
    /// <param name="shape">Mean lengths of 1 token or more, hit share of 0 to below 1, CV greater than 0.</param>
    /// <param name="level">The promise; an end-to-end limit is not supported here.</param>
    /// <param name="percentile">Share of requests that keep it, 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of range, or the promise limits the end-to-end time.</exception>
    public CapacityPoint At(in RequestShape shape, ServiceLevel level, double percentile = 0.99)
    {
        Check(shape, level, percentile);
        var neighbours = CapacityGrid.Neighbours(shape);
        Fill(neighbours.Select(n => n.Shape));
        var loads = neighbours.ConvertAll(n => _curves[n.Shape].Load(level, percentile));
        if (neighbours.Count == 0 || loads.Contains(0))
        {
            return Simulated(shape, level, percentile);
        }
        // Time a request at saturation is nearly straight between the neighbours, and so is the share of saturation that keeps the promise.
        var (seconds, kept, first, token) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < loads.Count; i++)
        {
            var curve = _curves[neighbours[i].Shape];
            var weight = neighbours[i].Weight;
            var load = loads[i];
            seconds += weight / curve.SaturationRate;
            kept += weight * load;
            first += weight * Math.Log(curve.Between(load, t => t.FirstToken(percentile)));
            token += weight * Math.Log(curve.Between(load, t => t.PerOutputToken(percentile)));
        }
        return Point(
            kept / seconds,
            shape.OutputTokens,
            Math.Exp(first),
            Math.Exp(token),
            neighbours.Count > 1
        );
    }

    /// <summary>The same by simulating this very shape: the reference for the interpolation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="At"/>.</exception>
    public CapacityPoint Simulated(
        in RequestShape shape,
        ServiceLevel level,
        double percentile = 0.99
    )
    {
        Check(shape, level, percentile);
        Fill([shape]);
        var curve = _curves[shape];
        if (curve.Loads.Length == 0)
        {
            return Point(0, shape.OutputTokens, double.NaN, double.NaN, false);
        }
        var load = curve.Load(level, percentile);
        return Point(
            load * curve.SaturationRate,
            shape.OutputTokens,
            curve.Between(load, t => t.FirstToken(percentile)),
            curve.Between(load, t => t.PerOutputToken(percentile)),
            false
        );
    }

    private CapacityPoint Point(
        double rate,
        double outputTokens,
        double first,
        double token,
        bool interpolated
    )
    {
        var variance =
            (_lawLogError * _lawLogError)
            + (SamplingLogError * SamplingLogError)
            + (interpolated ? InterpolationLogError * InterpolationLogError : 0);
        return new CapacityPoint(
            rate,
            rate / _law.Accelerators,
            rate * outputTokens / _law.Accelerators,
            first,
            token,
            Math.Sqrt(variance),
            interpolated
        );
    }

    private void Fill(IEnumerable<RequestShape> shapes)
    {
        var missing = shapes.Where(s => !_curves.ContainsKey(s)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }
        Parallel.ForEach(
            missing,
            shape =>
                _curves.TryAdd(shape, ShapeCurve.Simulate(_law, _config, shape, _longest, _seed))
        );
        lock (_saving)
        {
            _cache.Save(
                _key,
                _curves
                    .Values.OrderBy(c => c.Shape.InputTokens)
                    .ThenBy(c => c.Shape.OutputTokens)
                    .ThenBy(c => c.Shape.CacheHitShare)
                    .ThenBy(c => c.Shape.ArrivalCv)
            );
        }
    }

    private static void Check(in RequestShape shape, ServiceLevel level, double percentile)
    {
        if (
            !(shape.InputTokens >= 1 && shape.OutputTokens >= 1)
            || !(shape.CacheHitShare is >= 0 and < 1)
            || !(shape.ArrivalCv > 0)
            || shape.InputTokens + shape.OutputTokens > 1e9
        )
        {
            throw new ArgumentOutOfRangeException(
                nameof(shape),
                $"{shape}: lengths are 1 or more, the hit share 0 to below 1, the CV greater than 0."
            );
        }
        if (
            !(level.TimeToFirstTokenSeconds > 0 && level.TimePerOutputTokenSeconds > 0)
            || !double.IsPositiveInfinity(level.EndToEndSeconds)
            || !(percentile is > 0 and < 1)
        )
        {
            throw new ArgumentOutOfRangeException(
                nameof(level),
                $"{level} for {percentile}: limits are greater than 0, without one on the end-to-end time, for a share between 0 and 1."
            );
        }
    }
}
