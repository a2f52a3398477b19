namespace Plimsoll.Performance.Training;

/// <summary>What of the forward pass is computed again in the backward pass instead of being kept.</summary>
public enum Recomputation
{
    /// <summary>Nothing: all activations are kept.</summary>
    None,

    /// <summary>What is cheap to compute: with unfused attention its scores (Korthikanti et al. 2022); with fused attention, which keeps none, norms, activation functions and the expansion of latents (DeepSeek-V3 report, section 3.2.3).</summary>
    Selective,

    /// <summary>Whole layers: only their inputs are kept, and a fourth of the work is added.</summary>
    Full,
}
