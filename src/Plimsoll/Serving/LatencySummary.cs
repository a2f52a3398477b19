namespace Plimsoll.Serving;

/// <summary>A distribution of a latency, in seconds.</summary>
/// <param name="Count">Observations.</param>
/// <param name="Mean">Exact mean; 0 when there are none.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90 % point.</param>
/// <param name="P95">95 % point.</param>
/// <param name="P99">99 % point.</param>
/// <param name="Max">Largest.</param>
/// <remarks>Percentiles come from a log-linear histogram; their relative error is at most <see cref="QuantileError"/>.</remarks>
public sealed record LatencySummary(
    long Count,
    double Mean,
    double P50,
    double P90,
    double P95,
    double P99,
    double Max
)
{
    /// <summary>Largest relative error of a percentile: half a bin of 1/128 octave.</summary>
    public const double QuantileError = 1.0 / 256;
}
