namespace Plimsoll.Serving.Offload;

/// <summary>A store of KV beside the accelerators: host memory, local disks, a remote pool.</summary>
/// <remarks>
/// What a prompt holds is written to every tier when its first token is made, at no cost to the steps; the least recently written goes first when room is short.
/// A prompt that finds more there than in the accelerators' cache has it sent before it joins the queue, by the first tier of the list that holds it; the loads of one replica from one tier
/// follow each other on its link. A load costs its transfer and no prefill.
/// </remarks>
/// <param name="Name">For results.</param>
/// <param name="CapacityTokens">KV tokens that it holds: beside each replica, or in all when shared; 0 or more, 0 for none.</param>
/// <param name="TokensPerSecond">KV tokens a second over the link of one replica; greater than 0.</param>
/// <param name="LatencySeconds">Fixed time of one load; 0 or more.</param>
/// <param name="Shared">Whether all replicas share it; one that is not is lost with its replica.</param>
/// <param name="HitShare">Share of every prompt that it holds, 0 to 1, in place of what the prompts share by their pieces; null to simulate that.</param>
public sealed record KvTier(
    string Name,
    long CapacityTokens,
    double TokensPerSecond,
    double LatencySeconds = 0,
    bool Shared = false,
    double? HitShare = null
)
{
    /// <summary>Whether what it holds is simulated.</summary>
    internal bool HoldsContent => CapacityTokens > 0 && HitShare is null;
}
