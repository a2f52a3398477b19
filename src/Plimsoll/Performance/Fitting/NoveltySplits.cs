namespace Plimsoll.Performance.Fitting;

/// <summary>The splits that measure the error of each kind of novelty: what is scored was never fitted.</summary>
public static class NoveltySplits
{
    private const int _folds = 5;

    /// <summary>All kinds that can be measured, in order of novelty.</summary>
    public static IReadOnlyList<Novelty> Kinds { get; } = Enum.GetValues<Novelty>();

    /// <summary>Predicts every point by a fit that had not seen what the kind of novelty says.</summary>
    /// <param name="points">Points.</param>
    /// <param name="kind">Known deployments leave points out; new deployments a deployment; new models a model family; new chips a chip; chips without data a chip family.</param>
    public static IReadOnlyList<HeldOut> Run(IReadOnlyList<FitPoint> points, Novelty kind) =>
        kind switch
        {
            Novelty.KnownDeployment => Run(
                points,
                p => $"{p.Point.Row.Id}:{p.Point.Row.Line}",
                _folds
            ),
            Novelty.NewDeployment => Run(
                points,
                p =>
                    CalibrationLevels.Deployment(p.Served)
                    + (p.Point.Disaggregated is null ? "" : "|disaggregated"),
                _folds
            ),
            Novelty.NewModel => Run(points, p => p.Served.Model.Family, 0),
            Novelty.NewChip => Run(points, p => p.Served.Accelerator.Name, 0),
            _ => Run(points, p => ChipFamily.Of(p.Served.Accelerator), 0),
        };

    private static IReadOnlyList<HeldOut> Run(
        IReadOnlyList<FitPoint> points,
        Func<FitPoint, string> group,
        int folds
    ) =>
        CrossValidation.Run(
            points,
            group,
            folds,
            training =>
            {
                var calibration = CalibrationFit.Run(training);
                return p => p.Coefficients(calibration);
            }
        );
}
