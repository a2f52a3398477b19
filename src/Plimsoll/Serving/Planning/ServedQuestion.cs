using Plimsoll.Performance;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>Asks what one accelerator of a fleet sells when a model is served on it in the best way.</summary>
public sealed record ServedQuestion
{
    /// <summary>Model, chip, engine with its version, precisions and memory use; its parallelism and limits are not read.</summary>
    public required Deployment Pattern { get; init; }

    /// <summary>Accelerators of a server.</summary>
    public required int PerServer { get; init; }

    /// <summary>Accelerators of the fleet, of which only whole replicas serve.</summary>
    public required int Accelerators { get; init; }

    /// <summary>Accelerators of one replica at most; more than a server's lets experts be dealt out over several.</summary>
    public required int MostAccelerators { get; init; }

    /// <summary>Tensor parallelism of a replica; 0 leaves the layout open.</summary>
    public int TensorParallel { get; init; }

    /// <summary>Servers of a replica, cut between them by layers; 0 leaves the layout open.</summary>
    public int ReplicaServers { get; init; }

    /// <summary>Mean lengths, share of the prompt found in a store, burstiness of what the whole fleet is asked.</summary>
    public required RequestShape Shape { get; init; }

    /// <summary>The promise.</summary>
    public required ServiceLevel Level { get; init; }

    /// <summary>Share of the requests that must keep it, above 0, below 1.</summary>
    public required double Percentile { get; init; }
}

/// <summary>What an accelerator sells.</summary>
/// <param name="Installation">The fleet in the best layout, with its workload and promise: what <c>inference goodput</c> can be run on.</param>
/// <param name="Layout">The best layout.</param>
/// <param name="RequestsPerSecondPerAccelerator">Goodput of the fleet over all its accelerators, those that compute prompts or are left over included.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">The same in answer tokens.</param>
/// <param name="HalfWidth">Half of the 95 % interval of the finite runs over the goodput.</param>
/// <param name="LogError">Standard deviation of the logarithm: step law, finite runs.</param>
/// <param name="ComputedShare">Share of the accelerators' time that computes prompts.</param>
/// <param name="StoredShare">Share that reads prompts a store handed over.</param>
/// <param name="MostOutputTokensPerSecondPerAccelerator">What no software can exceed in this layout: the fluid limit on a machine that loses nothing of its peaks and bandwidths, without limits of a step; at least the goodput.</param>
public sealed record ServedAnswer(
    InferenceCase Installation,
    ServingLayout Layout,
    double RequestsPerSecondPerAccelerator,
    double OutputTokensPerSecondPerAccelerator,
    double HalfWidth,
    double LogError,
    double ComputedShare,
    double StoredShare,
    double MostOutputTokensPerSecondPerAccelerator
)
{
    /// <summary>GPU-seconds of a million tokens of a kind.</summary>
    /// <param name="share">Of the accelerators' time for the kind, 0 to 1.</param>
    /// <param name="tokensARequest">Tokens of the kind in a request.</param>
    /// <returns>0 when a request has none.</returns>
    public double GpuSecondsPerMillion(double share, double tokensARequest) =>
        tokensARequest > 0 ? share / RequestsPerSecondPerAccelerator / tokensARequest * 1e6 : 0;
}
