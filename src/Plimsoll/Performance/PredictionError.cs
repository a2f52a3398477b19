namespace Plimsoll.Performance;

/// <summary>An error on a logarithmic scale: measured = predicted x e^x, with x between low and high in 80 of 100 cases.</summary>
/// <param name="LogLow">10th percentile of ln(measured / predicted).</param>
/// <param name="LogHigh">90th percentile of ln(measured / predicted).</param>
public readonly record struct LogInterval(double LogLow, double LogHigh)
{
    // Half the width of a normal distribution's central 80 %.
    private const double _normalEighty = 1.2815515655446004;

    /// <summary>Standard deviation of the normal distribution with the same 80 % width.</summary>
    public double LogSigma => (LogHigh - LogLow) / (2 * _normalEighty);

    /// <summary>The interval with both ends so many times as far away.</summary>
    public LogInterval Widened(double factor) => new(LogLow * factor, LogHigh * factor);

    /// <summary>Lower end for a predicted value.</summary>
    public double Low(double predicted) => predicted * Math.Exp(LogLow);

    /// <summary>Upper end for a predicted value.</summary>
    public double High(double predicted) => predicted * Math.Exp(LogHigh);
}

/// <summary>The stated error of a prediction, by what is new about the deployment.</summary>
/// <param name="Novelty">What is new.</param>
/// <param name="TimePerOutputToken">Error of the time per output token and of step times.</param>
/// <param name="TimeToFirstToken">Error of the time to first token.</param>
/// <param name="Tier">0 datasheet only; 1 fitted on served points; 2 kernel tables; 3 the user's own points.</param>
public sealed record PredictionError(
    Novelty Novelty,
    LogInterval TimePerOutputToken,
    LogInterval TimeToFirstToken,
    int Tier
)
{
    /// <summary>Standard deviation of ln(measured / predicted) of the time per output token.</summary>
    public double LogError => TimePerOutputToken.LogSigma;

    /// <summary>The error of tier 0: a roofline with assumed efficiencies.</summary>
    /// <remarks>Plain rooflines miss by about half end to end and by 12-650 % on time to first token; real runs are slower more often than faster. Grade D.</remarks>
    public static PredictionError Prior { get; } =
        new(Novelty.ChipWithoutData, new(-0.45, 0.70), new(-0.9, 1.6), 0);
}
