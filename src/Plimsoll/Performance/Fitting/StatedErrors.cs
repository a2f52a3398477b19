namespace Plimsoll.Performance.Fitting;

/// <summary>Measures the errors that a calibration states, by kind of novelty.</summary>
public static class StatedErrors
{
    // Chips of a family never measured come from other makers with other software; the split between two families of one maker understates that.
    private const double _otherMaker = 1.5;

    /// <summary>The calibration with its errors measured on the points it was fitted on, each kind by what was left out.</summary>
    /// <param name="fitted">A calibration.</param>
    /// <param name="points">The points it was fitted on.</param>
    /// <param name="tier">1 for published points: every kind is measured. 3 for the user's own: only kinds that they can tell, the rest kept.</param>
    public static Calibration Measure(Calibration fitted, IReadOnlyList<FitPoint> points, int tier)
    {
        var errors = fitted.Errors.ToDictionary(e => e.Novelty);
        if (points.Count >= Validation.LeastForRefit)
        {
            foreach (var kind in NoveltySplits.Kinds)
            {
                var held = NoveltySplits.Run(points, kind);
                if (held.Select(h => h.Group).Distinct(StringComparer.Ordinal).Count() > 1)
                {
                    var error = ErrorInterval.Of(kind, held, tier);
                    errors[kind] = kind == Novelty.ChipWithoutData ? Widened(error) : error;
                }
            }
        }
        return Calibration.FromEffects(
            fitted.Physics,
            fitted.Offsets,
            fitted.Seen,
            errors.Values,
            tier
        );
    }

    private static PredictionError Widened(PredictionError e) =>
        e with
        {
            TimePerOutputToken = Widened(e.TimePerOutputToken),
            TimeToFirstToken = Widened(e.TimeToFirstToken),
        };

    private static LogInterval Widened(LogInterval i) =>
        new(i.LogLow * _otherMaker, i.LogHigh * _otherMaker);
}
