using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Performance;

/// <summary>What fills the memory of one accelerator of a replica, and how many tokens of KV cache the replica can hold.</summary>
/// <param name="Usable">Memory the engine may use, on one accelerator.</param>
/// <param name="Weights">Weights on one accelerator.</param>
/// <param name="Activations">Work space of the largest step and the runtime's own, on one accelerator.</param>
/// <param name="KvPerToken">Cache of one token on the accelerator that holds it.</param>
/// <param name="KvPerSequence">Cache of one sequence that does not grow with its length (sliding windows, recurrent state).</param>
/// <param name="KvCapacityTokens">Tokens of the layers that cache all that fit on the whole replica, of which windows and states take their part; 0 when the weights do not fit.</param>
/// <param name="Shortfall">What is missing on one accelerator to hold the weights, the activations and one block of cache; 0 when they fit.</param>
public sealed record MemoryPlan(
    Bytes Usable,
    Bytes Weights,
    Bytes Activations,
    Bytes KvPerToken,
    Bytes KvPerSequence,
    long KvCapacityTokens,
    Bytes Shortfall
)
{
    // A plan that cannot hold this many tokens serves nobody.
    private const int _leastTokens = 256;

    // What a replica without any cache that grows may hold: more than any simulation asks, and few enough blocks to count.
    private const double MostTokens = 1e9;

    /// <summary>True when weights, activations and a first block of cache fit.</summary>
    public bool Fits => Shortfall.Count <= 0;

    /// <summary>What a sequence holds of <see cref="KvCapacityTokens"/> beside its tokens.</summary>
    public SequenceCache Sequence { get; private init; }

    /// <summary>Plans a deployment.</summary>
    /// <remarks>Experts are shared out over all accelerators of a stage; attention and dense layers over the TP group, once per attention rank.</remarks>
    public static MemoryPlan Of(Deployment deployment)
    {
        var d = deployment;
        var sizes = ModelSizes.Of(d.Model);
        var format = WeightFormat.Of(d);
        double tp = d.TensorParallel;
        double pp = d.PipelineParallel;
        double stage = tp * d.AttentionDataParallel;
        var weights =
            (
                (sizes.AttentionWeights * format.Attention.Bytes / tp)
                + (DenseBytes(d.Model, format) * sizes.DenseWeights / tp)
                + (sizes.ExpertWeights * format.FeedForward.Bytes / stage)
            ) / pp
            + (2 * (sizes.OutputWeights + sizes.EmbeddingWeights) / tp);
        var activations = EngineMemory.Overhead(d);
        var cache = CacheShare(d) * sizes.CacheElements * d.KvElementBytes / pp;
        // Where every layer has a window the cache of a sequence grows as far as the window: tokens are counted as if it grew on.
        var reserves = sizes.Window > 0 && d.Model.SparseTokens == 0 && sizes.FullLayers > 0;
        var growing = reserves ? sizes.FullLayers : sizes.FullLayers + sizes.WindowLayers;
        // The keys by which a sparse layer chooses its tokens are held beside the cache, on every accelerator.
        var perToken = (cache * growing) + (sizes.IndexBytes * sizes.WindowLayers / pp);
        var perSequence =
            (reserves ? cache * sizes.WindowLayers * sizes.Window : 0)
            + (sizes.StateBytes / 2 / tp / pp);
        var usable = d.Accelerator.MemoryBytes * d.MemoryUtilisation;
        var free = usable - weights - activations;
        // Windows and states are counted for each sequence that is admitted, in tokens of the layers that cache all.
        var token = perToken > 0 ? perToken : Math.Max(1, free) / MostTokens;
        var tokens = perToken > 0 ? Math.Max(0, free) / perToken : MostTokens;
        var least = (perToken * _leastTokens) + perSequence;
        return new MemoryPlan(
            new(usable),
            new(weights),
            new(activations),
            new(perToken),
            new(perSequence),
            free < least ? 0 : (long)Math.Min(tokens, MostTokens) * d.AttentionDataParallel,
            new(Math.Max(0, least - free))
        )
        {
            Sequence = new(
                reserves ? sizes.Window : 0,
                reserves ? (double)sizes.WindowLayers / sizes.FullLayers : 0,
                sizes.StateBytes / 2 / tp / pp / token
            ),
        };
    }

    /// <summary>Bytes of a dense feed-forward weight: that of the experts in a dense model, that of attention beside four-bit experts.</summary>
    internal static double DenseBytes(LanguageModel model, in WeightFormat format) =>
        model.Experts > 0 ? format.Attention.Bytes : format.FeedForward.Bytes;

    /// <summary>Part of a token's cache that one accelerator of its rank holds: KV heads are dealt out, a latent or a lone head is copied.</summary>
    public static double CacheShare(Deployment d) =>
        d.Model.Attention == AttentionKind.Latent
            ? 1
            : Math.Max(1.0 / d.TensorParallel, 1.0 / d.Model.KvHeads);
}
