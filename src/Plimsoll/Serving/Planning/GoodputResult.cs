namespace Plimsoll.Serving.Planning;

/// <summary>The installation at one rate.</summary>
/// <param name="RequestsPerSecond">Rate offered.</param>
/// <param name="CompletedPerSecond">Requests completed a second while the measured ones arrived.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">Answer tokens of those completed.</param>
/// <param name="Attainment">Share of the requests within the promise; 0 without one.</param>
/// <param name="TimeToFirstToken">Distribution.</param>
/// <param name="TimePerOutputToken">Distribution.</param>
/// <param name="MeanEndToEndSeconds">Mean time from arrival to last token.</param>
/// <param name="KvOccupancy">Mean share of KV blocks held.</param>
/// <param name="Waiting">Mean requests waiting.</param>
/// <param name="Running">Mean sequences in a batch, over all replicas together.</param>
/// <param name="BusyShare">Share of the time of the replicas that take prompts in which a step ran.</param>
public sealed record LoadPoint(
    double RequestsPerSecond,
    double CompletedPerSecond,
    double OutputTokensPerSecondPerAccelerator,
    double Attainment,
    LatencySummary TimeToFirstToken,
    LatencySummary TimePerOutputToken,
    double MeanEndToEndSeconds,
    double KvOccupancy,
    double Waiting,
    double Running,
    double BusyShare
)
{
    /// <summary>Share of the requests that are refused because they are longer than a cache, or a step, takes.</summary>
    public double RefusedShare { get; init; }
}

/// <summary>The highest rate that keeps a promise, with its confidence, and how the installation behaves around it.</summary>
public sealed record GoodputResult
{
    /// <summary>Highest rate at which all versions of the workload together keep the promise; 0 when the promise cannot be kept.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Low end of the 95 % confidence interval: of the mean of the versions' own goodputs (Student's t) with the search's tolerance, widened to hold the rate above; the step law's error is apart.</summary>
    public required double Low { get; init; }

    /// <summary>High end of the same.</summary>
    public required double High { get; init; }

    /// <summary>Goodput of each version.</summary>
    public required double[] Versions { get; init; }

    /// <summary>Relative width to which each was searched.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Requests of one run.</summary>
    public required int RequestsPerRun { get; init; }

    /// <summary>Replicas that were simulated; when fewer than there are, what was found is scaled to all.</summary>
    public required int ReplicasSimulated { get; init; }

    /// <summary>Whether the runs were long enough for warm-up, measuring and end by the rule of the steady state; a short trace is not.</summary>
    public required bool Steady { get; init; }

    /// <summary>Whether the interval is as narrow as was asked for.</summary>
    public required bool AsNarrowAsAsked { get; init; }

    /// <summary>The whole day, when the workload has a profile; the other figures are then of its busiest hour. Null without one.</summary>
    public DayResult? Day { get; init; }

    /// <summary>The installation at the goodput: attainment over all versions, the rest of the first; null when it is 0.</summary>
    public required LoadPoint? AtGoodput { get; init; }

    /// <summary>Rate at which requests end when the queue is never empty.</summary>
    public required double SaturationRequestsPerSecond { get; init; }

    /// <summary>The knee: the rate at which rate over mean end-to-end time is greatest (Kleinrock 1979), between the points of the curve and at most saturation.</summary>
    public required double KneeRequestsPerSecond { get; init; }

    /// <summary>The installation from a trickle to beyond saturation; empty when not asked for.</summary>
    public required IReadOnlyList<LoadPoint> Curve { get; init; }

    /// <summary>Why the goodput is 0; empty when it is not.</summary>
    public required string Reason { get; init; }

    /// <summary>Requests served by all runs of the search together, 0 or more: what it took, whatever the machine.</summary>
    public long RequestsServed { get; init; }
}

/// <summary>A workload with a profile over the day, at its own clock.</summary>
/// <param name="MeanRequestsPerSecond">Highest mean rate over the day at which all requests of the day together keep the promise.</param>
/// <param name="PeakRequestsPerSecond">Rate of the busiest hour of that day.</param>
/// <param name="Attainment">Share of that day's requests that kept the promise.</param>
/// <param name="MeanAtPeakGoodput">Mean rate over the day at which the busiest hour runs at its own goodput: every hour keeps the promise.</param>
/// <param name="PeakOverMean">Rate of the busiest hour over the mean.</param>
/// <param name="PeakHour">The busiest hour, 0 to 23.</param>
/// <param name="SecondsAnHour">Length at which hours were simulated: 3,600, or shorter where a day holds too many requests; never below ten times the longest stay.</param>
/// <param name="ReplicasSimulated">Replicas that were simulated.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">Answer tokens, mean over the day.</param>
public sealed record DayResult(
    double MeanRequestsPerSecond,
    double PeakRequestsPerSecond,
    double Attainment,
    double MeanAtPeakGoodput,
    double PeakOverMean,
    int PeakHour,
    double SecondsAnHour,
    int ReplicasSimulated,
    double OutputTokensPerSecondPerAccelerator
)
{
    /// <summary>Requests served by all runs over the day together, 0 or more.</summary>
    public long RequestsServed { get; init; }
}
