namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Fits the training calibration and measures its errors by what is new about a run.</summary>
public static class TrainingCalibrationFit
{
    // Chips of a family never measured come from other makers with other software; a split between two families of one maker understates that.
    private const double _otherMaker = 1.5;

    /// <summary>Fits under each assumption, and with each layout fold, size, table and family left out.</summary>
    /// <param name="points">All points under each assumption about what was computed twice.</param>
    public static (TrainingCalibration Calibration, TrainingFolds Folds) Run(
        IReadOnlyDictionary<Recomputation, IReadOnlyList<TrainingPoint>> points
    )
    {
        var effects = points.ToDictionary(p => p.Key, p => TrainingFit.Run(p.Value));
        var folds = TrainingFolds.Fit(points);
        var seen = points
            .Values.SelectMany(p => p)
            .SelectMany(p =>
                new[]
                {
                    TrainingLevels.Family(p.Run),
                    TrainingLevels.Software(p.Run),
                    TrainingLevels.Size(p.Run),
                }
            )
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var plain = TrainingCalibration.FromEffects(
            effects,
            seen,
            new Dictionary<Novelty, LogInterval>()
        );
        LogInterval Interval(Func<TrainingPoint, string> leftOut, double widening) =>
            Of(TrainingValidation.Score(points, plain, folds, leftOut, true), widening);
        var errors = new Dictionary<Novelty, LogInterval>
        {
            [Novelty.NewDeployment] = Interval(TrainingFolds.LayoutOf, 1),
            [Novelty.NewModel] = Interval(TrainingFolds.SizeOf, 1),
            [Novelty.NewChip] = Interval(TrainingFolds.SoftwareOf, 1),
            [Novelty.ChipWithoutData] = Interval(TrainingFolds.FamilyOf, _otherMaker),
        };
        return (TrainingCalibration.FromEffects(effects, seen, errors), folds);
    }

    // The central 80 % of the errors, each table weighing alike.
    private static LogInterval Of(IReadOnlyList<TrainingScore> scores, double widening)
    {
        var tables = scores
            .GroupBy(s => s.Point.Table, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (double)g.Count(), StringComparer.Ordinal);
        var ordered = scores
            .Select(s => (Error: s.LogError, Weight: 1 / tables[s.Point.Table]))
            .OrderBy(e => e.Error)
            .ToList();
        var total = ordered.Sum(e => e.Weight);
        return new LogInterval(widening * Quantile(0.1), widening * Quantile(0.9));

        double Quantile(double share)
        {
            double sum = 0;
            foreach (var (error, weight) in ordered)
            {
                sum += weight;
                if (sum >= share * total)
                {
                    return error;
                }
            }
            return ordered[^1].Error;
        }
    }
}
