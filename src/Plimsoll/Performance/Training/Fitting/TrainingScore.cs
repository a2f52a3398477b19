namespace Plimsoll.Performance.Training.Fitting;

/// <summary>A training point, how its prediction was made, and how far it lies from the measurement.</summary>
/// <param name="Point">The point.</param>
/// <param name="LeftOut">What the predicting fit left out; empty when it is the calibration itself.</param>
/// <param name="Novelty">What is new about the run to the predicting fit.</param>
/// <param name="LogErrors">ln(measured / predicted) under each assumption about what measured runs computed twice.</param>
public sealed record TrainingScore(
    TrainingPoint Point,
    string LeftOut,
    Novelty Novelty,
    IReadOnlyDictionary<Recomputation, double> LogErrors
)
{
    /// <summary>ln(measured / predicted) of the stated prediction, that of <see cref="TrainingCalibration.Stated"/>.</summary>
    public double LogError =>
        LogErrors.TryGetValue(TrainingCalibration.Stated, out var error)
            ? error
            : LogErrors.Values.First();
}

/// <summary>Errors of the iteration time over a group of runs, as fractions of the measured time.</summary>
/// <param name="By">What the group shares.</param>
/// <param name="Name">Its value.</param>
/// <param name="Count">Runs.</param>
/// <param name="Mean">Mean of |predicted / measured - 1|.</param>
/// <param name="Median">Median of the same.</param>
/// <param name="P90">90th percentile of the same.</param>
/// <param name="Bias">Median of predicted / measured - 1: above 0 when predictions are too slow.</param>
/// <param name="Coverage80">Part of the measured times inside the stated 80 % interval; not a number where none is stated.</param>
public sealed record TrainingErrors(
    string By,
    string Name,
    int Count,
    double Mean,
    double Median,
    double P90,
    double Bias,
    double Coverage80
)
{
    /// <summary>Summarises errors.</summary>
    /// <param name="by">What the group shares.</param>
    /// <param name="name">Its value.</param>
    /// <param name="logErrors">ln(measured / predicted), at least one.</param>
    /// <param name="coverage">Part inside the stated interval.</param>
    public static TrainingErrors Of(
        string by,
        string name,
        IReadOnlyList<double> logErrors,
        double coverage
    )
    {
        double[] absolute = [.. logErrors.Select(e => Math.Abs(Math.Exp(-e) - 1))];
        return new TrainingErrors(
            by,
            name,
            logErrors.Count,
            absolute.Average(),
            Performance.Fitting.TimeErrors.Quantile(absolute, 0.5),
            Performance.Fitting.TimeErrors.Quantile(absolute, 0.9),
            Performance.Fitting.TimeErrors.Quantile(logErrors.Select(e => Math.Exp(-e) - 1), 0.5),
            coverage
        );
    }
}
