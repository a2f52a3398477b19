namespace Plimsoll.Performance.Fitting;

/// <summary>Measures the errors that a calibration states, by kind of novelty.</summary>
public static class StatedErrors
{
    /// <summary>The calibration with its errors measured on the points it was fitted on, each kind by what was left out.</summary>
    /// <param name="fitted">A calibration.</param>
    /// <param name="points">The points it was fitted on.</param>
    /// <param name="tier">1 for published points: every kind is measured. 3 for the user's own: only kinds that they can tell, the rest kept.</param>
    public static Calibration Measure(Calibration fitted, IReadOnlyList<FitPoint> points, int tier)
    {
        var errors = fitted.Errors.ToDictionary(e => e.Novelty);
        var widths = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
        foreach (var (key, width) in fitted.Widths)
        {
            widths[key] = width;
        }
        if (points.Count >= Validation.LeastForRefit)
        {
            foreach (var kind in NoveltySplits.Kinds)
            {
                var held = NoveltySplits.Run(points, kind);
                if (held.Select(h => h.Group).Distinct(StringComparer.Ordinal).Count() > 1)
                {
                    errors[kind] = ErrorInterval.Of(kind, held, tier);
                    foreach (var (key, width) in GroupWidthFit.Run(kind, held, errors[kind]))
                    {
                        widths[key] = width;
                    }
                }
            }
        }
        return new Calibration(tier, errors.Values)
        {
            Physics = fitted.Physics,
            Offsets = fitted.Offsets,
            Seen = fitted.Seen,
            Versions = fitted.Versions,
            Widths = widths,
        };
    }
}
