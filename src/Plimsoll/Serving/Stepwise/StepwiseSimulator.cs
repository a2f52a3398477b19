using Plimsoll.Performance;
using Plimsoll.Serving.Stepwise;
using Plimsoll.Workloads;

namespace Plimsoll.Serving;

/// <summary>Simulates an installation plainly, one step at a time and sequence by sequence: slow, and the reference for <see cref="ServingSimulator"/>.</summary>
public static class StepwiseSimulator
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
        return new StepwiseRun(law, decodeLaw ?? law, config, source).ToEnd();
    }

    internal static void Rebase(Sequence sequence, long shift)
    {
        sequence.Arrival -= shift;
        sequence.Ready -= shift;
        sequence.LastToken -= shift;
        if (sequence.HasFirstToken)
        {
            sequence.FirstToken -= shift;
        }
    }
}
