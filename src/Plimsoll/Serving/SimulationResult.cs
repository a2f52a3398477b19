namespace Plimsoll.Serving;

/// <summary>What a simulated installation did.</summary>
public sealed record SimulationResult
{
    /// <summary>Seconds from the first arrival to the last end.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests read.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that got all their tokens.</summary>
    public required long Completed { get; init; }

    /// <summary>Requests refused because they can never fit the KV cache.</summary>
    public required long RejectedTooLongForKvCache { get; init; }

    /// <summary>Requests refused because they exceed the model's context window.</summary>
    public required long RejectedTooLongForContext { get; init; }

    /// <summary>Requests refused because their prompt exceeds a step and may not be cut.</summary>
    public required long RejectedTooLongForStep { get; init; }

    /// <summary>Requests lost to a failing replica.</summary>
    public required long Failed { get; init; }

    /// <summary>Times a sequence was put back to the queue for lack of KV blocks.</summary>
    public required long Preemptions { get; init; }

    /// <summary>Where the tokens went.</summary>
    public required TokenAccount Tokens { get; init; }

    /// <summary>Time to first token of completed requests.</summary>
    public required LatencySummary TimeToFirstToken { get; init; }

    /// <summary>(End-to-end - first token) / (tokens - 1), requests of two or more tokens.</summary>
    public required LatencySummary TimePerOutputToken { get; init; }

    /// <summary>End-to-end / tokens: the other definition in use.</summary>
    public required LatencySummary EndToEndPerToken { get; init; }

    /// <summary>Gaps between successive tokens, one observation each.</summary>
    public required LatencySummary InterToken { get; init; }

    /// <summary>Arrival to last token.</summary>
    public required LatencySummary EndToEnd { get; init; }

    /// <summary>Accelerators of all replicas; of the most replicas under autoscaling.</summary>
    public required int Accelerators { get; init; }

    /// <summary>Completed requests a second.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Generated tokens a second.</summary>
    public required double OutputTokensPerSecond { get; init; }

    /// <summary>Generated tokens a second and accelerator; under autoscaling by the accelerators paid for on average.</summary>
    public required double OutputTokensPerSecondPerAccelerator { get; init; }

    /// <summary>Share of replica time in which a step ran, 0 to 1; under autoscaling of the time paid for.</summary>
    public required double BusyShare { get; init; }

    /// <summary>The same for the decode replicas; 0 without disaggregation.</summary>
    public required double DecodeBusyShare { get; init; }

    /// <summary>Time average of the share of KV blocks held by sequences in a batch, 0 to 1, over all replicas.</summary>
    public required double MeanKvOccupancy { get; init; }

    /// <summary>Highest share of KV blocks held on any replica, 0 to 1.</summary>
    public required double PeakKvOccupancy { get; init; }

    /// <summary>Time average of sequences in a batch, over all replicas together.</summary>
    public required double MeanRunning { get; init; }

    /// <summary>Time average of requests that wait, over all replicas together.</summary>
    public required double MeanWaiting { get; init; }

    /// <summary>Relative gap between the time average of requests inside and rate times mean time inside (Little's law), taken from separate sums; 0 but for rounding.</summary>
    public required double LittleGap { get; init; }

    /// <summary>Requests that kept the service level; 0 when none was set. Rejected and failed requests break it.</summary>
    public required long WithinServiceLevel { get; init; }

    /// <summary>Share of all measured requests that kept the service level, 0 to 1; 0 when none was set.</summary>
    public required double Attainment { get; init; }

    /// <summary>Energy in kilowatt-hours; null without power.</summary>
    public required double? EnergyKilowattHours { get; init; }

    /// <summary>Generated tokens a kilowatt-hour; null without power.</summary>
    public required double? OutputTokensPerKilowattHour { get; init; }

    /// <summary>Steps run on all replicas.</summary>
    public required long Steps { get; init; }

    /// <summary>Occupancy and queue over time.</summary>
    public required ServingSeries Series { get; init; }

    /// <summary>One entry a client, by its number.</summary>
    public required ClientResult[] Clients { get; init; }

    /// <summary>What each tier of KV did, in the order of the installation; empty without tiers.</summary>
    public IReadOnlyList<Offload.TierResult> Tiers { get; init; } = [];

    /// <summary>What the autoscaler did; null for a fixed fleet.</summary>
    public Scaling.ScalingResult? Scaling { get; init; }

    /// <summary>Fingerprint of every request's first token, finish, end, cache hit, preemptions and replica: 32 hexadecimal digits. Two runs with the same fingerprint served every request alike.</summary>
    public required string Digest { get; init; }

    /// <summary>Every request in order of arrival, when asked for; else empty.</summary>
    public required RequestOutcome[] Outcomes { get; init; }
}

/// <summary>Where the tokens went: Input = Prefilled + CacheHits + Rejected + Lost.</summary>
/// <param name="Input">Prompt tokens of all requests.</param>
/// <param name="Prefilled">Prompt tokens computed for the first time.</param>
/// <param name="CacheHits">Prompt tokens first taken from the prefix cache, a tier of KV or an outside store.</param>
/// <param name="Rejected">Prompt tokens of rejected requests.</param>
/// <param name="Lost">Prompt tokens of failed requests that were neither computed nor taken from the cache.</param>
/// <param name="Recomputed">Tokens computed again after a preemption; apart from the balance.</param>
/// <param name="Output">Tokens generated.</param>
public sealed record TokenAccount(
    long Input,
    long Prefilled,
    long CacheHits,
    long Rejected,
    long Lost,
    long Recomputed,
    long Output
);

/// <summary>State over time, one entry an interval, all replicas together.</summary>
/// <param name="IntervalSeconds">Length of an interval.</param>
/// <param name="KvOccupancy">Mean share of KV blocks held, 0 to 1; under autoscaling of those of the most replicas.</param>
/// <param name="Running">Mean sequences in a batch.</param>
/// <param name="Waiting">Mean requests waiting.</param>
public sealed record ServingSeries(
    double IntervalSeconds,
    double[] KvOccupancy,
    double[] Running,
    double[] Waiting
);

/// <summary>What one client got.</summary>
/// <param name="Requests">Requests read.</param>
/// <param name="Completed">Requests completed.</param>
/// <param name="InputTokens">Prompt tokens of all its requests.</param>
/// <param name="OutputTokens">Tokens of its completed requests.</param>
/// <param name="MeanTimeToFirstTokenSeconds">Mean over completed requests; 0 when none.</param>
/// <param name="MeanEndToEndSeconds">Mean over completed requests; 0 when none.</param>
/// <param name="WithinServiceLevel">Requests that kept the service level.</param>
/// <param name="Measured">Requests after the warm-up: those that could keep it.</param>
public readonly record struct ClientResult(
    long Requests,
    long Completed,
    long InputTokens,
    long OutputTokens,
    double MeanTimeToFirstTokenSeconds,
    double MeanEndToEndSeconds,
    long WithinServiceLevel,
    long Measured
);
