namespace Plimsoll.Performance.Fitting;

/// <summary>A point, what is new about it, and how far its prediction lies from it.</summary>
/// <param name="Point">The point.</param>
/// <param name="Error">The error stated with the prediction.</param>
/// <param name="LogPerTokenError">ln(measured / predicted) of the time per output token.</param>
/// <param name="LogFirstTokenError">ln(measured / predicted) of the time to first token.</param>
/// <param name="OutOfFold">True when the prediction comes from a fit that left the point's deployment out.</param>
/// <param name="InSample">True when the prediction comes from a calibration that was fitted on this very point: its error flatters.</param>
public sealed record ScoredPoint(
    FitPoint Point,
    PredictionError Error,
    double LogPerTokenError,
    double LogFirstTokenError,
    bool OutOfFold,
    bool InSample
)
{
    /// <summary>True when the measured time per output token lies in the stated interval.</summary>
    public bool PerTokenInside { get; init; } = Error.TimePerOutputToken.Holds(LogPerTokenError);

    /// <summary>True when the measured time to first token lies in the stated interval.</summary>
    public bool FirstTokenInside { get; init; } = Error.TimeToFirstToken.Holds(LogFirstTokenError);
}
