namespace Plimsoll.Serving.Capacity;

/// <summary>What a deployment can sell under a promise.</summary>
/// <param name="RequestsPerSecond">Highest rate of one replica at which the promise is kept; 0 when it cannot be kept even at a trickle.</param>
/// <param name="RequestsPerSecondPerAccelerator">The same, by accelerator.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">Answer tokens a second and accelerator at that rate.</param>
/// <param name="TimeToFirstTokenSeconds">Time to first token that the promised share of requests stays below, at that rate; at a trickle when the rate is 0.</param>
/// <param name="TimePerOutputTokenSeconds">(End-to-end - first token) / (tokens - 1) that the promised share stays below, at that rate.</param>
/// <param name="LogError">Standard deviation of the logarithm of the rate: the step law's error, the interpolation's and that of the finite runs together.</param>
/// <param name="Interpolated">False when this very shape was simulated, because it stands on the grid or a neighbour on it cannot keep the promise.</param>
public readonly record struct CapacityPoint(
    double RequestsPerSecond,
    double RequestsPerSecondPerAccelerator,
    double OutputTokensPerSecondPerAccelerator,
    double TimeToFirstTokenSeconds,
    double TimePerOutputTokenSeconds,
    double LogError,
    bool Interpolated
);
