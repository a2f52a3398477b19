using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>Counts that follow from a model's architecture: weights by part, cache elements and attention work per token.</summary>
/// <remarks>Matrices only; norms, biases and routers are below 0.1 % and left out.</remarks>
public sealed record ModelSizes
{
    // The state of a linear-attention layer is heads x head size x this many columns (gated delta net: key heads of 128).
    private const int _linearStateColumns = 128;

    // A sparse-attention layer first scores every cached token with one small key (DSA: 128 values of one byte and their scale of four).
    private const int _indexKeyBytes = 132;

    // 64 index heads of 128 values (DeepSeek-V3.2 report): one multiplication and one addition each.
    private const double _indexFlops = 2.0 * 64 * 128;

    /// <summary>Layers that cache every token.</summary>
    public required int FullLayers { get; init; }

    /// <summary>Layers that cache a window only.</summary>
    public required int WindowLayers { get; init; }

    /// <summary>Tokens the window layers see; for a sparse model the tokens all layers read at most.</summary>
    public required int Window { get; init; }

    /// <summary>Attention weights of all layers together.</summary>
    public required double AttentionWeights { get; init; }

    /// <summary>Dense feed-forward and shared-expert weights of all layers.</summary>
    public required double DenseWeights { get; init; }

    /// <summary>Routed-expert weights of all layers, all experts.</summary>
    public required double ExpertWeights { get; init; }

    /// <summary>Routed-expert weights one token visits, all layers.</summary>
    public required double ActiveExpertWeights { get; init; }

    /// <summary>Weights of the output projection.</summary>
    public required double OutputWeights { get; init; }

    /// <summary>Weights of the input embedding; 0 when tied to the output.</summary>
    public required double EmbeddingWeights { get; init; }

    /// <summary>Layers with routed experts.</summary>
    public required int MixtureLayers { get; init; }

    /// <summary>Cache elements of one token in one layer (all KV heads).</summary>
    public required double CacheElements { get; init; }

    /// <summary>FLOP of one decoding token against one cached token in one layer.</summary>
    public required double DecodeScoreFlops { get; init; }

    /// <summary>FLOP of one prompt token against one earlier token in one layer.</summary>
    public required double PrefillScoreFlops { get; init; }

    /// <summary>Bytes of recurrent state that one decoding sequence reads and writes a step, all linear layers.</summary>
    public required double StateBytes { get; init; }

    /// <summary>Bytes an indexer holds and reads per cached token and layer before sparse attention; 0 without one.</summary>
    public required double IndexBytes { get; init; }

    /// <summary>FLOP by which one token scores one earlier token before sparse attention, in eight bits; 0 without an indexer.</summary>
    public double IndexFlops => IndexBytes > 0 ? _indexFlops : 0;

    /// <summary>All weights.</summary>
    public double TotalWeights =>
        AttentionWeights + DenseWeights + ExpertWeights + OutputWeights + EmbeddingWeights;

    /// <summary>Weights one token is multiplied with.</summary>
    public double ActiveWeights =>
        AttentionWeights + DenseWeights + ActiveExpertWeights + OutputWeights;

    /// <summary>Counts a model.</summary>
    public static ModelSizes Of(LanguageModel model)
    {
        double hidden = model.Hidden;
        double heads = model.Heads;
        double value = model.ValueHeadSize > 0 ? model.ValueHeadSize : model.HeadSize;
        var latent = model.Attention == AttentionKind.Latent;
        // Catalogues give the MLA key either whole or without its rotary part; the whole is larger than the value head.
        var key =
            latent && model.HeadSize <= value
                ? model.HeadSize + model.RotaryHeadSize
                : (double)model.HeadSize;
        var attention = latent
            ? LatentAttention(model, key, value)
            : (hidden * heads * key)
                + (hidden * model.KvHeads * (key + value))
                + (heads * value * hidden);
        var mixture = model.Experts > 0 ? model.Layers - model.DenseLayers : 0;
        var expert = (double)model.FeedForwardMatrices * hidden * model.ExpertFeedForward;
        var dense =
            (model.Layers - mixture)
            * (double)model.FeedForwardMatrices
            * hidden
            * model.FeedForward;
        var windowed =
            model.SparseTokens > 0 ? model.Layers - model.LinearLayers : model.SlidingLayers;
        return new ModelSizes
        {
            FullLayers = model.Layers - model.LinearLayers - windowed,
            WindowLayers = windowed,
            Window = model.SparseTokens > 0 ? model.SparseTokens : model.SlidingWindow,
            AttentionWeights = model.Layers * attention,
            DenseWeights = dense + (mixture * model.SharedExperts * expert),
            ExpertWeights = mixture * model.Experts * expert,
            ActiveExpertWeights = mixture * model.ActiveExperts * expert,
            OutputWeights = hidden * model.Vocabulary,
            EmbeddingWeights = model.TiedEmbedding ? 0 : hidden * model.Vocabulary,
            MixtureLayers = mixture,
            CacheElements = latent
                ? model.KvLatentRank + model.RotaryHeadSize
                : model.KvHeads * (key + value),
            DecodeScoreFlops = latent
                ? 2 * heads * ((2 * model.KvLatentRank) + model.RotaryHeadSize)
                : 2 * heads * (key + value),
            PrefillScoreFlops = 2 * heads * (key + value),
            StateBytes = 2.0 * 4 * model.LinearLayers * heads * key * _linearStateColumns,
            IndexBytes = model.SparseTokens > 0 ? _indexKeyBytes : 0,
        };
    }

    private static double LatentAttention(LanguageModel model, double key, double value)
    {
        double hidden = model.Hidden;
        double heads = model.Heads;
        var query =
            model.QueryLatentRank > 0
                ? model.QueryLatentRank * (hidden + (heads * key))
                : hidden * heads * key;
        var compress = hidden * (model.KvLatentRank + model.RotaryHeadSize);
        var expand = model.KvLatentRank * heads * (key - model.RotaryHeadSize + value);
        return query + compress + expand + (heads * value * hidden);
    }
}
