using Plimsoll.Performance;
using Plimsoll.Serving.Simulation;
using Plimsoll.Workloads;

namespace Plimsoll.Serving;

/// <summary>Simulates an installation by skipping from one change of a batch to the next; equal to <see cref="StepwiseSimulator"/> bit for bit.</summary>
/// <remarks>What is simulated is written down in docs/model/serving.md. One run uses one thread; the result depends on nothing but the arguments.</remarks>
public static class ServingSimulator
{
    /// <summary>Runs a workload to its end.</summary>
    /// <param name="law">Step time of a replica; of those that prefill under disaggregation.</param>
    /// <param name="config">The installation.</param>
    /// <param name="source">The workload, read once.</param>
    /// <param name="decodeLaw">Step time of the decode replicas; null takes the same law.</param>
    /// <exception cref="ArgumentException">The installation is impossible, with all reasons.</exception>
    public static SimulationResult Run(
        IStepLaw law,
        ServingConfig config,
        IRequestSource source,
        IStepLaw? decodeLaw = null
    )
    {
        ServingConfigCheck.Refuse(config, law, decodeLaw ?? law);
        return config.ClosedLoopConcurrency > 0
            ? new ClosedLoopRun(law, decodeLaw ?? law, config, source).ToEnd()
            : new OpenLoopRun(law, decodeLaw ?? law, config, source).ToEnd();
    }
}
