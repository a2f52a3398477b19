using Plimsoll.Serving.Scaling;

namespace Plimsoll.Serving;

/// <summary>Order in which waiting requests enter the batch.</summary>
public enum AdmissionPolicy
{
    /// <summary>First come, first served; the last admitted is preempted first.</summary>
    FirstCome,

    /// <summary>Lowest <see cref="Workloads.Request.Priority"/> first, then first come; the highest number is preempted first.</summary>
    Priority,
}

/// <summary>How prompts reuse KV blocks that earlier prompts left behind.</summary>
public enum PrefixCacheMode
{
    /// <summary>Nothing is reused.</summary>
    None,

    /// <summary>Least recently used, held as one entry per shared run that splits where prompts diverge. The same results as <see cref="Blocks"/>, faster.</summary>
    Segments,

    /// <summary>Least recently used, one look-up and one entry per KV block.</summary>
    Blocks,
}

/// <summary>How a request finds its replica.</summary>
public enum RoutingPolicy
{
    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>The replica with the fewest requests inside; the first of equals.</summary>
    LeastLoaded,

    /// <summary>The less loaded of two drawn at random.</summary>
    PowerOfTwo,

    /// <summary>The replica that last had this prefix unless it is overloaded, else the less loaded of two drawn at random.</summary>
    PrefixAware,
}

/// <summary>Prefill and decode on separate replicas, with the KV cache sent between them.</summary>
/// <param name="DecodeReplicas">Replicas that decode; <see cref="ServingConfig.Replicas"/> then counts those that prefill. 1 or more.</param>
/// <param name="TransferLatencySeconds">Fixed time of one transfer; 0 or more.</param>
/// <param name="TransferTokensPerSecond">KV tokens a second that one transfer moves: bandwidth over KV bytes a token. Greater than 0; infinity for free.</param>
public sealed record Disaggregation(
    int DecodeReplicas,
    double TransferLatencySeconds = 0,
    double TransferTokensPerSecond = double.PositiveInfinity
);

/// <summary>Failures of the engines.</summary>
/// <param name="MeanSecondsBetween">Mean time from a (re)start to the next failure of one replica; exponential. Greater than 0.</param>
/// <param name="RestartSeconds">Time from failure to service; 0 or more.</param>
public sealed record EngineFailures(double MeanSecondsBetween, double RestartSeconds);

/// <summary>The promise to the user that a request keeps or breaks; infinity leaves a part out.</summary>
/// <param name="TimeToFirstTokenSeconds">Longest time to the first token.</param>
/// <param name="TimePerOutputTokenSeconds">Longest (end-to-end - first token) / (tokens - 1).</param>
/// <param name="EndToEndSeconds">Longest time to the last token.</param>
public sealed record ServiceLevel(
    double TimeToFirstTokenSeconds = double.PositiveInfinity,
    double TimePerOutputTokenSeconds = double.PositiveInfinity,
    double EndToEndSeconds = double.PositiveInfinity
);

/// <summary>Electric power of one replica, all its accelerators and its share of the server.</summary>
/// <param name="IdleWatts">While no step runs.</param>
/// <param name="BusyWatts">While steps run.</param>
public sealed record ReplicaPower(double IdleWatts, double BusyWatts);

/// <summary>A serving installation: engines with their limits, the router before them, and what can go wrong.</summary>
public sealed record ServingConfig
{
    /// <summary>Most sequences in the batch of one replica; 1 or more. vLLM: max_num_seqs.</summary>
    public int MaxSequences { get; init; } = 256;

    /// <summary>Most tokens of one step, decoding and prefill together; at least <see cref="MaxSequences"/>. vLLM: max_num_batched_tokens.</summary>
    public int TokensPerStep { get; init; } = 2048;

    /// <summary>Whether a prompt may be computed over several steps. Without it a prompt longer than <see cref="TokensPerStep"/> is rejected.</summary>
    public bool ChunkedPrefill { get; init; } = true;

    /// <summary>Tokens of a KV block; a power of two from 1 to 1024.</summary>
    public int KvBlockTokens { get; init; } = 16;

    /// <summary>Most tokens of prompt and answer together, the model's context window; 0 for no limit. vLLM: max_model_len.</summary>
    public int ContextTokens { get; init; }

    /// <summary>KV tokens of one replica in place of the law's own; null takes the law's.</summary>
    public long? KvCapacityTokens { get; init; }

    /// <summary>Order of admission.</summary>
    public AdmissionPolicy Admission { get; init; }

    /// <summary>Prefix cache.</summary>
    public PrefixCacheMode PrefixCache { get; init; }

    /// <summary>Replicas, 1 or more; those that prefill when <see cref="Disaggregation"/> is set.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Router, also before the decode replicas.</summary>
    public RoutingPolicy Routing { get; init; }

    /// <summary>Separate prefill and decode; null for both on every replica.</summary>
    public Disaggregation? Disaggregation { get; init; }

    /// <summary>Tiers of KV beside the accelerators, asked in this order; empty for none. Those of replicas that prefill under <see cref="Disaggregation"/>.</summary>
    public IReadOnlyList<Offload.KvTier> Offload { get; init; } = [];

    /// <summary>Replicas that come and go with the load, beginning with <see cref="Replicas"/>; null keeps those. Not beside <see cref="Disaggregation"/> or a closed loop.</summary>
    public Autoscaling? Autoscaling { get; init; }

    /// <summary>Failures; null for none.</summary>
    public EngineFailures? Failures { get; init; }

    /// <summary>Closed loop: requests kept in the system at once. 0 is an open loop, in which arrival times are those of the source; otherwise a request arrives when one before it ends, and the source's times are ignored.</summary>
    public int ClosedLoopConcurrency { get; init; }

    /// <summary>The promise against which requests are counted; null counts none.</summary>
    public ServiceLevel? ServiceLevel { get; init; }

    /// <summary>Power; null leaves energy out.</summary>
    public ReplicaPower? Power { get; init; }

    /// <summary>Requests at the head that are simulated but left out of the latency figures.</summary>
    public long WarmUpRequests { get; init; }

    /// <summary>Keeps every request's times in <see cref="SimulationResult.Outcomes"/>; memory then grows with the requests.</summary>
    public bool KeepOutcomes { get; init; }

    /// <summary>Seconds of one interval of the series over time; greater than 0.</summary>
    public double SeriesIntervalSeconds { get; init; } = 60;

    /// <summary>Seed of the random choices (router, failures).</summary>
    public ulong Seed { get; init; }
}
