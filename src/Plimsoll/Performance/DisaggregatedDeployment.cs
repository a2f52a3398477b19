namespace Plimsoll.Performance;

/// <summary>Prompts and answers on separate workers, with the cache handed over between them.</summary>
/// <param name="Prefill">One prompt worker.</param>
/// <param name="PrefillWorkers">Prompt workers; 1 or more.</param>
/// <param name="Decode">One answer worker.</param>
/// <param name="DecodeWorkers">Answer workers; 1 or more.</param>
public sealed record DisaggregatedDeployment(
    Deployment Prefill,
    int PrefillWorkers,
    Deployment Decode,
    int DecodeWorkers
)
{
    /// <summary>Accelerators of all workers.</summary>
    public int Accelerators =>
        (Prefill.Accelerators * PrefillWorkers) + (Decode.Accelerators * DecodeWorkers);

    /// <summary>Seconds to hand over the cache of a prompt at the fabric's bandwidth; each accelerator of a worker sends its part.</summary>
    public double TransferSeconds(double inputTokens)
    {
        var plan = MemoryPlan.Of(Prefill);
        var bytes = (plan.KvPerToken.Count * inputTokens) + plan.KvPerSequence.Count;
        return bytes / (Prefill.FabricGigabytesPerSecond * 1e9);
    }
}
