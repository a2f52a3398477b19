using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>Checks the KV tokens that a file gives a replica against its memory.</summary>
internal static class CapacityCheck
{
    /// <summary>What is wrong; none when the tokens fit.</summary>
    public static IEnumerable<Finding> Of(StepLaw law, ServingConfig config, Deployment deployment)
    {
        var tokens = config.KvCapacityTokens ?? law.KvCapacityTokens;
        var most = MostKvTokens(deployment);
        if (config.KvCapacityTokens > most)
        {
            yield return new Finding(
                new InputPath("limits.kv_tokens"),
                "memory",
                $"{config.KvCapacityTokens:N0} tokens",
                $"at most {most:N0}, what the memory of a replica holds beside the weights",
                "Use more accelerators or a narrower precision."
            );
        }
        if (tokens < config.KvBlockTokens)
        {
            yield return new Finding(
                new InputPath("limits.kv_block_tokens"),
                "memory",
                $"{tokens:N0} KV tokens on a replica",
                $"at least one block of {config.KvBlockTokens}",
                "Use more accelerators or a narrower precision."
            );
        }
    }

    /// <summary>KV tokens that fill all memory beside the weights: more than any engine reserves.</summary>
    private static long MostKvTokens(Deployment deployment)
    {
        var plan = MemoryPlan.Of(deployment);
        var free = deployment.Accelerator.MemoryBytes - plan.Weights.Count;
        return plan.KvPerToken.Count > 0
            ? (long)(free / plan.KvPerToken.Count * deployment.AttentionDataParallel)
            : long.MaxValue;
    }
}
