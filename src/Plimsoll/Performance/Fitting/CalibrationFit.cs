namespace Plimsoll.Performance.Fitting;

/// <summary>Fits the two layers of a calibration on measured points.</summary>
public static class CalibrationFit
{
    /// <summary>Fits without stating errors; <see cref="NoveltySplits"/> measures them.</summary>
    /// <param name="points">Points, at least one.</param>
    /// <param name="tier">1 for published points, 3 for a user's own.</param>
    /// <param name="prior">A calibration whose effects the fit starts from and is held to; null for tier 0.</param>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static Calibration Run(
        IReadOnlyList<FitPoint> points,
        int tier = 1,
        Calibration? prior = null
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
        return Calibration.FromEffects(
            physics.ByLevel(),
            offsets.ByLevel(),
            points
                .SelectMany(p =>
                    new[]
                    {
                        CalibrationLevels.SeenFamily(p.Served),
                        CalibrationLevels.SeenMaker(p.Served),
                        CalibrationLevels.SeenChip(p.Served),
                        CalibrationLevels.SeenModel(p.Served),
                        CalibrationLevels.SeenDeployment(p.Served),
                        CalibrationLevels.SeenPoint(p.Point.Row),
                    }
                )
                .Concat(prior?.Seen ?? [])
                .Distinct(StringComparer.Ordinal),
            prior?.Errors ?? [],
            tier
        );
    }

    private static IEnumerable<string> Levels(FitPoint p, bool offsets)
    {
        var levels = CalibrationLevels.Physics(p.Served).Concat(p.LoopLevels);
        return offsets ? levels.Concat(CalibrationLevels.Offsets(p.Served)) : levels;
    }
}
