namespace Plimsoll.Performance.Fitting;

/// <summary>The splits that measure the error of each kind of novelty: what is scored was never fitted.</summary>
public static class NoveltySplits
{
    private const int _folds = 5;

    /// <summary>All kinds that can be measured, in order of novelty.</summary>
    public static IReadOnlyList<Novelty> Kinds { get; } = Enum.GetValues<Novelty>();

    /// <summary>Predicts every point by a fit that had not seen what the kind of novelty says.</summary>
    /// <param name="points">Points.</param>
    /// <param name="predict">How a point is predicted by a calibration; null for its row.</param>
    /// <param name="kind">Known deployments leave points out; new deployments a deployment; new models a model family; new chips a chip; chips without data a chip family.</param>
    public static IReadOnlyList<HeldOut> Run(
        IReadOnlyList<FitPoint> points,
        Novelty kind,
        PointPrediction? predict = null
    ) =>
        kind switch
        {
            Novelty.KnownDeployment => Run(
                points,
                p => $"{p.Point.Row.Id}:{p.Point.Row.Line}",
                _folds,
                predict
            ),
            Novelty.NewDeployment => Run(
                points,
                p =>
                    CalibrationLevels.Deployment(p.Served)
                    + (p.Point.Disaggregated is null ? "" : "|disaggregated"),
                _folds,
                predict
            ),
            Novelty.NewModel => Run(points, p => p.Served.Model.Family, 0, predict),
            Novelty.NewChip => Run(points, p => p.Served.Accelerator.Name, 0, predict),
            Novelty.ChipWithoutData => Run(
                points,
                p => ChipFamily.Of(p.Served.Accelerator),
                0,
                predict
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static IReadOnlyList<HeldOut> Run(
        IReadOnlyList<FitPoint> points,
        Func<FitPoint, string> group,
        int folds,
        PointPrediction? predict
    )
    {
        var versions = CalibrationFit.VersionsOf(points);
        return CrossValidation.Run(
            points,
            group,
            folds,
            training =>
            {
                var calibration = CalibrationFit.Run(training, versions: versions);
                return p => (predict ?? FitPoint.ByRow)(p, calibration);
            }
        );
    }
}
