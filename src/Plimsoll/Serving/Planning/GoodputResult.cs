namespace Plimsoll.Serving.Planning;

/// <summary>The installation at one rate.</summary>
/// <param name="RequestsPerSecond">Rate offered.</param>
/// <param name="CompletedPerSecond">Requests completed a second, from first arrival to last end.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">Answer tokens.</param>
/// <param name="Attainment">Share of the requests within the promise; 0 without one.</param>
/// <param name="TimeToFirstToken">Distribution.</param>
/// <param name="TimePerOutputToken">Distribution.</param>
/// <param name="MeanEndToEndSeconds">Mean time from arrival to last token.</param>
/// <param name="KvOccupancy">Mean share of KV blocks held.</param>
/// <param name="Waiting">Mean requests waiting.</param>
public sealed record LoadPoint(
    double RequestsPerSecond,
    double CompletedPerSecond,
    double OutputTokensPerSecondPerAccelerator,
    double Attainment,
    LatencySummary TimeToFirstToken,
    LatencySummary TimePerOutputToken,
    double MeanEndToEndSeconds,
    double KvOccupancy,
    double Waiting
);

/// <summary>The highest rate that keeps a promise, with its confidence, and how the installation behaves around it.</summary>
public sealed record GoodputResult
{
    /// <summary>Highest rate at which all versions of the workload together keep the promise; 0 when the promise cannot be kept.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Low end of the 95 % confidence interval of the mean of the versions' own goodputs (Student's t), widened to hold the rate above; the step law's error is apart.</summary>
    public required double Low { get; init; }

    /// <summary>High end of the same.</summary>
    public required double High { get; init; }

    /// <summary>Goodput of each version.</summary>
    public required double[] Versions { get; init; }

    /// <summary>Relative width to which each was searched.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Requests of one run.</summary>
    public required int RequestsPerRun { get; init; }

    /// <summary>The installation at the goodput: attainment over all versions, the rest of the first; null when it is 0.</summary>
    public required LoadPoint? AtGoodput { get; init; }

    /// <summary>Rate at which requests end when the queue is never empty.</summary>
    public required double SaturationRequestsPerSecond { get; init; }

    /// <summary>The knee: the rate at which rate over mean end-to-end time is greatest (Kleinrock 1979), between the points of the curve and at most saturation.</summary>
    public required double KneeRequestsPerSecond { get; init; }

    /// <summary>The installation from a trickle to beyond saturation.</summary>
    public required IReadOnlyList<LoadPoint> Curve { get; init; }

    /// <summary>Why the goodput is 0; empty when it is not.</summary>
    public required string Reason { get; init; }
}
