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

    /// <summary>The least interval that holds both.</summary>
    public LogInterval Or(LogInterval other) =>
        new(Math.Min(LogLow, other.LogLow), Math.Max(LogHigh, other.LogHigh));

    /// <summary>The interval with its slow end so many times as slow.</summary>
    public LogInterval Slower(double factor) => this with { LogHigh = LogHigh + Math.Log(factor) };

    /// <summary>True when an error lies in the interval.</summary>
    public bool Holds(double logError) => logError >= LogLow && logError <= LogHigh;

    /// <summary>How often the interval's end an error lies away: at most 1 within it. The low end must be below 0 and the high end above.</summary>
    internal double Ends(double logError) => logError / (logError < 0 ? LogLow : LogHigh);

    /// <summary>The interval with another, independent error added, each side by the root of squares.</summary>
    /// <param name="logSigma">Standard deviation of the other error; 0 or more.</param>
    public LogInterval With(double logSigma)
    {
        var other = _normalEighty * logSigma;
        double Side(double end) => Math.CopySign(Math.Sqrt((end * end) + (other * other)), end);
        return new(Side(Math.Min(LogLow, -1e-9)), Side(Math.Max(LogHigh, 1e-9)));
    }

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
    /// <summary>How far the measurements reached that this error rests on.</summary>
    public SeenLoad Seen { get; init; }

    /// <summary>True when the load goes beyond what was measured.</summary>
    public bool Extrapolates { get; init; }

    /// <summary>The error at a load: wider beyond what was measured, and then no longer that of a known deployment.</summary>
    /// <param name="clients">Clients of one replica, or sequences that run on it at once.</param>
    /// <param name="tokens">Tokens of a request, prompt and answer together.</param>
    public PredictionError At(double clients, double tokens)
    {
        var distance = Seen.Distance(clients, tokens);
        return distance <= 0
            ? this
            : this with
            {
                Novelty = Novelty == Novelty.KnownDeployment ? Novelty.NewDeployment : Novelty,
                TimePerOutputToken = TimePerOutputToken.Widened(SeenLoad.Widening(distance)),
                TimeToFirstToken = TimeToFirstToken.Widened(SeenLoad.Widening(distance)),
                Extrapolates = true,
            };
    }

    /// <summary>The error with a low end that no time per output token can go below.</summary>
    /// <param name="predicted">Predicted seconds.</param>
    /// <param name="least">Least seconds that the hardware allows.</param>
    public PredictionError NotBelow(double predicted, double least) =>
        this with
        {
            TimePerOutputToken = TimePerOutputToken with
            {
                LogLow = Math.Max(
                    TimePerOutputToken.LogLow,
                    Math.Min(0, Math.Log(least / predicted))
                ),
            },
        };

    /// <summary>The error with the spread of another, independent cause added to both times.</summary>
    public PredictionError With(double logSigma) =>
        this with
        {
            TimePerOutputToken = TimePerOutputToken.With(logSigma),
            TimeToFirstToken = TimeToFirstToken.With(logSigma),
        };

    /// <summary>Standard deviation of ln(measured / predicted) of the time per output token.</summary>
    public double LogError => TimePerOutputToken.LogSigma;

    /// <summary>The error of tier 0: a roofline with assumed efficiencies.</summary>
    /// <remarks>Plain rooflines miss by about half end to end and by 12-650 % on time to first token; real runs are slower more often than faster. Grade D.</remarks>
    public static PredictionError Prior { get; } =
        new(Novelty.ChipWithoutData, new(-0.45, 0.70), new(-0.9, 1.6), 0);
}
