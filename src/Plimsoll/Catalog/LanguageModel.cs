namespace Plimsoll.Catalog;

/// <summary>How a model attends to its context.</summary>
public enum AttentionKind
{
    /// <summary>Multi-head or grouped-query attention: one K and one V vector per KV head and layer are cached.</summary>
    Grouped,

    /// <summary>Multi-head latent attention: one compressed vector and one rotary key per layer are cached.</summary>
    Latent,
}

/// <summary>A language model's architecture, all that memory and step time need.</summary>
public sealed record LanguageModel
{
    /// <summary>Kind of catalogue entry.</summary>
    public const string Kind = "models";

    /// <summary>Its name in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>Name under which the model may have been measured: for one read from its own file that of the catalogue's with the same architecture, else its own.</summary>
    public string MeasuredName
    {
        get => field ?? Name;
        init;
    }

    /// <summary>Family whose members share kernels and habits: <c>llama</c>, <c>qwen3</c>, <c>deepseek-v3</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Hidden { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key-value heads; equal to the heads for plain multi-head attention; 1 for latent attention.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Size of a query/key head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width of the dense feed-forward layers.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>How it attends.</summary>
    public AttentionKind Attention { get; init; }

    /// <summary>Rank of the cached latent (MLA), else 0.</summary>
    public int KvLatentRank { get; init; }

    /// <summary>Rank of the query's low-rank projection (MLA), else 0.</summary>
    public int QueryLatentRank { get; init; }

    /// <summary>Size of the rotary part of an MLA key, else 0.</summary>
    public int RotaryHeadSize { get; init; }

    /// <summary>Size of a value head; equal to the head size outside MLA.</summary>
    public int ValueHeadSize { get; init; }

    /// <summary>Routed experts a mixture layer holds; 0 for a dense model.</summary>
    public int Experts { get; init; }

    /// <summary>Routed experts a token visits.</summary>
    public int ActiveExperts { get; init; }

    /// <summary>Experts that every token visits.</summary>
    public int SharedExperts { get; init; }

    /// <summary>Width of one expert.</summary>
    public int ExpertFeedForward { get; init; }

    /// <summary>Leading layers with a dense feed-forward instead of experts.</summary>
    public int DenseLayers { get; init; }

    /// <summary>Matrices of a feed-forward block: 3 with a gate (SwiGLU), 2 without.</summary>
    public int FeedForwardMatrices { get; init; } = 3;

    /// <summary>Tokens a sliding-window layer sees; 0 when every layer sees all.</summary>
    public int SlidingWindow { get; init; }

    /// <summary>Layers with a sliding window.</summary>
    public int SlidingLayers { get; init; }

    /// <summary>Layers with linear attention or another fixed-size state, which cache no tokens.</summary>
    public int LinearLayers { get; init; }

    /// <summary>Tokens a sparse-attention layer reads at most (DSA); 0 when it reads all.</summary>
    public int SparseTokens { get; init; }

    /// <summary>True when input and output embedding share weights.</summary>
    public bool TiedEmbedding { get; init; }

    /// <summary>Precision in which weights are published: bf16, fp8, mxfp4, int4.</summary>
    public string WeightPrecision { get; init; } = "bf16";

    /// <summary>Side of the blocks whose weights share a scale in the published FP8 checkpoint; 0 without blocks.</summary>
    public int Fp8Block { get; init; }

    /// <summary>Longest context, tokens; 0 when not stated.</summary>
    public int MaxContext { get; init; }

    /// <summary>Total parameters as published, in 10^9; 0 when not stated. For checks, never for the law.</summary>
    public double PublishedParametersBillions { get; init; }

    /// <summary>Parameters used per token as published, in 10^9; 0 when not stated. For checks, never for the law.</summary>
    public double PublishedActiveBillions { get; init; }

    /// <summary>Reads a model from the catalogue.</summary>
    /// <exception cref="KeyNotFoundException">Not known on the day of the view, or a needed attribute is missing.</exception>
    public static LanguageModel Of(CatalogView view, string name)
    {
        var entry = view.Entry(Kind, name);
        int Whole(string attribute) => (int)entry.Number(attribute).Value;
        int Or(string attribute, int fallback) =>
            (int)(entry.NumberOrNull(attribute)?.Value ?? fallback);
        return new LanguageModel
        {
            Name = name,
            Family = entry.Text("family"),
            Layers = Whole("layers"),
            Hidden = Whole("hidden"),
            Heads = Whole("heads"),
            KvHeads = Whole("kv_heads"),
            HeadSize = Whole("head_size"),
            FeedForward = Whole("feed_forward"),
            Vocabulary = Whole("vocabulary"),
            Attention =
                entry.Text("attention") == "latent" ? AttentionKind.Latent : AttentionKind.Grouped,
            KvLatentRank = Or("kv_latent_rank", 0),
            QueryLatentRank = Or("query_latent_rank", 0),
            RotaryHeadSize = Or("rotary_head_size", 0),
            ValueHeadSize = Or("value_head_size", Whole("head_size")),
            Experts = Or("experts", 0),
            ActiveExperts = Or("active_experts", 0),
            SharedExperts = Or("shared_experts", 0),
            ExpertFeedForward = Or("expert_feed_forward", 0),
            DenseLayers = Or("dense_layers", 0),
            FeedForwardMatrices = Or("feed_forward_matrices", 3),
            SlidingWindow = Or("sliding_window", 0),
            SlidingLayers = Or("sliding_layers", 0),
            LinearLayers = Or("linear_layers", 0),
            SparseTokens = Or("sparse_tokens", 0),
            TiedEmbedding = Or("tied_embedding", 0) == 1,
            WeightPrecision = entry.Text("weight_precision"),
            Fp8Block = Or("fp8_block", 0),
            MaxContext = Or("max_context", 0),
            PublishedParametersBillions = entry.NumberOrNull("parameters")?.Value ?? 0,
            PublishedActiveBillions = entry.NumberOrNull("active_parameters")?.Value ?? 0,
        };
    }
}
