using Plimsoll.Performance;

namespace Plimsoll.Serving.Planning;

/// <summary>Asks what one accelerator sells when a model is served on it in the best way.</summary>
public sealed record ServedQuestion
{
    /// <summary>Model, chip, engine with its version, precisions and memory use; its parallelism and limits are not read.</summary>
    public required Deployment Pattern { get; init; }

    /// <summary>Accelerators of a server.</summary>
    public required int PerServer { get; init; }

    /// <summary>Accelerators of one replica at most; more than a server's lets experts be dealt out over several.</summary>
    public required int MostAccelerators { get; init; }

    /// <summary>Mean lengths, share of the prompt found in a store, burstiness.</summary>
    public required RequestShape Shape { get; init; }

    /// <summary>The promise, without one on the end-to-end time.</summary>
    public required ServiceLevel Level { get; init; }

    /// <summary>Share of the requests that must keep it, above 0, below 1.</summary>
    public required double Percentile { get; init; }
}

/// <summary>What an accelerator sells.</summary>
/// <param name="Layout">The best layout.</param>
/// <param name="RequestsPerSecondPerAccelerator">Goodput over all accelerators, those that compute prompts included.</param>
/// <param name="OutputTokensPerSecondPerAccelerator">The same in answer tokens.</param>
/// <param name="OutputTokensPerSecondPerDecodeAccelerator">Answer tokens over the accelerators that make them; the same where one kind does both.</param>
/// <param name="LogError">Standard deviation of the logarithm: step law, finite runs.</param>
/// <param name="ComputedShare">Share of the accelerators' time that computes prompts.</param>
/// <param name="StoredShare">Share that reads prompts a store handed over.</param>
public sealed record ServedAnswer(
    ServingLayout Layout,
    double RequestsPerSecondPerAccelerator,
    double OutputTokensPerSecondPerAccelerator,
    double OutputTokensPerSecondPerDecodeAccelerator,
    double LogError,
    double ComputedShare,
    double StoredShare
)
{
    /// <summary>GPU-seconds of a million tokens of a kind.</summary>
    /// <param name="share">Of the accelerators' time for the kind, 0 to 1.</param>
    /// <param name="tokensARequest">Tokens of the kind in a request.</param>
    /// <returns>0 when a request has none.</returns>
    public double GpuSecondsPerMillion(double share, double tokensARequest) =>
        tokensARequest > 0 ? share / RequestsPerSecondPerAccelerator / tokensARequest * 1e6 : 0;
}
