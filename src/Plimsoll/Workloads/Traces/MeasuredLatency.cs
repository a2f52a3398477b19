namespace Plimsoll.Workloads.Traces;

/// <summary>What a benchmark measured on the requests of its file.</summary>
/// <param name="Engine">The engine as the file names it; empty when it does not.</param>
/// <param name="Model">The model as the file names it; empty when it does not.</param>
/// <param name="Requests">Requests completed.</param>
/// <param name="MeanTimeToFirstTokenSeconds">Mean over them; NaN when the file holds no times.</param>
/// <param name="MedianTimeToFirstTokenSeconds">Median over them.</param>
/// <param name="MeanTimePerOutputTokenSeconds">Mean over requests of two or more tokens of the mean gap between their tokens.</param>
/// <param name="MedianTimePerOutputTokenSeconds">Median of the same.</param>
/// <param name="MaxConcurrency">Clients at once; 0 when not limited or not told.</param>
/// <param name="RequestRate">Requests a second that were sent; infinity for all at once.</param>
public sealed record MeasuredLatency(
    string Engine,
    string Model,
    long Requests,
    double MeanTimeToFirstTokenSeconds,
    double MedianTimeToFirstTokenSeconds,
    double MeanTimePerOutputTokenSeconds,
    double MedianTimePerOutputTokenSeconds,
    int MaxConcurrency,
    double RequestRate
);
