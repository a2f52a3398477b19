namespace Plimsoll.Performance.Training;

/// <summary>What the ranks of a data-parallel group share out instead of each holding it (Rajbhandari et al. 2020).</summary>
public enum StateSharding
{
    /// <summary>Nothing: each rank holds weights, gradients and optimiser.</summary>
    None,

    /// <summary>The optimiser's states (ZeRO 1, the distributed optimiser).</summary>
    Optimizer,

    /// <summary>The optimiser's states and gradients (ZeRO 2).</summary>
    Gradients,

    /// <summary>Weights, gradients and optimiser (ZeRO 3, fully sharded); weights are gathered layer by layer, in each pass.</summary>
    Full,
}
