namespace Plimsoll.Performance.Training;

/// <summary>How fast a run trains, with its stated error.</summary>
/// <param name="Run">The run.</param>
/// <param name="Time">Seconds of one iteration and what they are spent on.</param>
/// <param name="OtherAssumptionSeconds">Seconds of one iteration if the measured runs behind the calibration had kept their activations instead of recomputing them.</param>
/// <param name="Memory">What fills the memory.</param>
/// <param name="Novelty">What is new about the run.</param>
/// <param name="Error">ln(measured / predicted) of the iteration time, central 80 %.</param>
public sealed record TrainingEstimate(
    TrainingRun Run,
    IterationTime Time,
    double OtherAssumptionSeconds,
    TrainingMemory Memory,
    Novelty Novelty,
    LogInterval Error
)
{
    private const double _secondsPerDay = 86400;

    /// <summary>Predicts a run.</summary>
    /// <param name="calibration">Coefficients and their error.</param>
    /// <param name="run">Checked with <see cref="TrainingCheck"/>.</param>
    public static TrainingEstimate Of(TrainingCalibration calibration, TrainingRun run)
    {
        var terms = IterationTerms.Of(run);
        var novelty = calibration.NoveltyOf(run);
        var stated = calibration.CoefficientsOf(run, TrainingCalibration.Stated);
        var other = calibration.CoefficientsOf(run, Recomputation.None);
        return new TrainingEstimate(
            run,
            IterationLaw.Of(terms, stated),
            IterationLaw.Of(terms, other).Seconds,
            TrainingMemory.Of(run),
            novelty,
            calibration.ErrorOf(novelty)
        );
    }

    /// <summary>Tokens a second, all accelerators together.</summary>
    public double TokensPerSecond => Run.Job.TokensPerIteration / Time.Seconds;

    /// <summary>Tokens a second and accelerator.</summary>
    public double TokensPerSecondPerAccelerator => TokensPerSecond / Run.Fleet.Accelerators;

    /// <summary>Part of the dense BF16 peak that the model's own FLOP take (MFU), as in <see cref="TrainingJob.ModelFlops"/>; FP8 runs are held against BF16 too, so that they compare.</summary>
    public double ModelFlopsUtilisation =>
        Run.Job.ModelFlops
        / Time.Seconds
        / Run.Fleet.Accelerators
        / (Run.Fleet.Accelerator.Bf16.Value * 1e12);

    /// <summary>The same with what is computed twice counted as work (HFU).</summary>
    public double HardwareFlopsUtilisation =>
        ModelFlopsUtilisation
        * (
            Run.Layout.Recomputation == Recomputation.Full
                ? (3 + Run.Job.TrainableShare) / (2 + Run.Job.TrainableShare)
                : 1
        );

    /// <summary>Days to train on so many tokens without a stop.</summary>
    /// <remarks>Failures, restarts and checks are not in it: 10 % and more on thousands of accelerators (Llama 3 report, 2024).</remarks>
    public double Days(double tokens) => tokens / TokensPerSecond / _secondsPerDay;

    /// <summary>Accelerator-hours to train on so many tokens without a stop.</summary>
    public double AcceleratorHours(double tokens) => Days(tokens) * 24 * Run.Fleet.Accelerators;
}
