using Plimsoll.Serving.Offload;
using Plimsoll.Serving.Scaling;

namespace Plimsoll.Serving.Recording;

/// <summary>What the replicas of a run add up to, handed to the result at its end.</summary>
internal struct ReplicaTotals
{
    public long Prefilled;
    public long CacheHits;
    public long Recomputed;
    public long Lost;
    public long Output;
    public long Preemptions;
    public long Steps;

    /// <summary>Picoseconds of steps, replicas that prefill or do both.</summary>
    public Int128 Busy;

    /// <summary>Picoseconds of steps, decode replicas.</summary>
    public Int128 DecodeBusy;

    /// <summary>Request-picoseconds in KV transfers.</summary>
    public Int128 Transfers;

    /// <summary>Request-picoseconds between arrival and readiness.</summary>
    public Int128 Overheads;

    /// <summary>Highest share of blocks held on one replica.</summary>
    public double PeakKv;

    /// <summary>Blocks of all replicas.</summary>
    public double Blocks;

    /// <summary>Picoseconds of replicas paid for under autoscaling; null when all are all the time.</summary>
    public Int128? Paid;

    /// <summary>What the tiers of KV did.</summary>
    public IReadOnlyList<TierResult>? Tiers;

    /// <summary>What the autoscaler did; null without one.</summary>
    public ScalingResult? Scaling;

    public int Accelerators;
    public int Replicas;
    public int DecodeReplicas;
}
