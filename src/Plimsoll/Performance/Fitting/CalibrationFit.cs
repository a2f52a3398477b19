namespace Plimsoll.Performance.Fitting;

/// <summary>Fits the two layers of a calibration on measured points.</summary>
public static class CalibrationFit
{
    /// <summary>Fits without stating errors; <see cref="NoveltySplits"/> measures them.</summary>
    /// <param name="points">Points, at least one.</param>
    /// <param name="tier">1 for published points, 3 for a user's own.</param>
    /// <param name="prior">A calibration whose effects the fit starts from and is held to; null for tier 0.</param>
    /// <param name="versions">Versions known beside those of the points: names, not measurements, so that a fit with parts left out knows them too.</param>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static Calibration Run(
        IReadOnlyList<FitPoint> points,
        int tier = 1,
        Calibration? prior = null,
        IReadOnlyDictionary<string, DateOnly>? versions = null
    )
    {
        if (points.Count == 0)
        {
            throw new ArgumentException("There is no usable point to fit on.", nameof(points));
        }
        var families = points
            .GroupBy(p => p.Served.Model.Family, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (double)g.Count(), StringComparer.Ordinal);
        // Physics serves models never seen, so no single family may own it: weight falls with the root of its points.
        double Balanced(FitPoint p) =>
            Math.Sqrt(points.Count / (double)families.Count / families[p.Served.Model.Family]);
        var physics = new EffectFit(points, p => Levels(p, false), Balanced, prior?.Physics);
        physics.Run();
        var offsets = new EffectFit(points, p => Levels(p, true), _ => 1, prior?.Offsets);
        offsets.Run();
        return new Calibration(tier, prior?.Errors)
        {
            Physics = physics.ByLevel(),
            Offsets = offsets.ByLevel(),
            Seen = Seen(points, prior),
            Versions = Together(prior?.Versions, Together(VersionsOf(points), versions)),
            Widths = prior?.Widths ?? new Dictionary<string, (double, double)>(),
        };
    }

    /// <summary>Versions of the points, with the day of the first measurement of each.</summary>
    /// <remarks>A version whose measurements bear no day is known from the last day of all on: not earlier than it was.</remarks>
    public static IReadOnlyDictionary<string, DateOnly> VersionsOf(IReadOnlyList<FitPoint> points)
    {
        var last = points.Max(p => p.Point.Row.Measured) ?? DateOnly.MaxValue;
        return points
            .Where(p => p.Served.EngineVersion.Length > 0)
            .GroupBy(
                p => $"{p.Served.Engine.Word()}|{p.Served.EngineVersion}",
                StringComparer.Ordinal
            )
            .ToDictionary(
                g => g.Key,
                g => g.Min(p => p.Point.Row.Measured) ?? last,
                StringComparer.Ordinal
            );
    }

    // Where both know a version, the earlier day holds.
    private static Dictionary<string, DateOnly> Together(
        IReadOnlyDictionary<string, DateOnly>? one,
        IReadOnlyDictionary<string, DateOnly>? other
    )
    {
        var result = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (
            var (version, day) in (one ?? new Dictionary<string, DateOnly>()).Concat(
                other ?? new Dictionary<string, DateOnly>()
            )
        )
        {
            result[version] =
                result.TryGetValue(version, out var known) && known < day ? known : day;
        }
        return result;
    }

    private static Dictionary<string, SeenLoad> Seen(
        IReadOnlyList<FitPoint> points,
        Calibration? prior
    )
    {
        var seen = new Dictionary<string, SeenLoad>(StringComparer.Ordinal);
        foreach (var (key, load) in prior?.Seen ?? new Dictionary<string, SeenLoad>())
        {
            seen[key] = load;
        }
        foreach (var p in points)
        {
            var load = new SeenLoad(
                p.Point.Load.Concurrency / (p.Point.Disaggregated?.DecodeWorkers ?? 1),
                p.Point.Load.InputTokens + p.Point.Load.OutputTokens
            );
            foreach (
                var key in new[]
                {
                    CalibrationLevels.All,
                    CalibrationLevels.SeenFamily(p.Served),
                    CalibrationLevels.SeenMaker(p.Served),
                    CalibrationLevels.SeenChip(p.Served),
                    CalibrationLevels.SeenModel(p.Served),
                    CalibrationLevels.SeenModelFamily(p.Served),
                    CalibrationLevels.SeenDeployment(p.Served),
                }
            )
            {
                seen[key] = load.Or(seen.GetValueOrDefault(key));
            }
            seen[CalibrationLevels.SeenPoint(p.Point.Row)] = default;
        }
        return seen;
    }

    private static IEnumerable<string> Levels(FitPoint p, bool offsets)
    {
        var levels = CalibrationLevels.Physics(p.Served).Concat(p.LoopLevels);
        return offsets ? levels.Concat(CalibrationLevels.Offsets(p.Served)) : levels;
    }
}
