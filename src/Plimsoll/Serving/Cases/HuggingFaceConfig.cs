using System.Text.Json;
using Plimsoll.Catalog;

namespace Plimsoll.Serving.Cases;

/// <summary>Reads the config.json with which a model is published as the architecture that memory and step time need.</summary>
/// <remarks>Names of fields are those of the public transformers library; a part for text inside a model of several kinds is read alone, without its vision tower.</remarks>
public static class HuggingFaceConfig
{
    /// <summary>Largest file read, bytes.</summary>
    internal const int MostBytes = 4 << 20;

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="json">The file.</param>
    /// <param name="name">Name of the model in results.</param>
    /// <exception cref="InvalidDataException">It is no JSON, or a needed field is missing; the message says what was found: which fields, by which names they are looked for.</exception>
    public static LanguageModel Read(byte[] json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement, name);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"no JSON that can be read ({e.Message})", e);
        }
    }

    private static LanguageModel Of(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("no JSON object");
        }
        var config = new ConfigFields(root);
        var layers = config.Whole("num_hidden_layers", "n_layer", "num_layers");
        var hidden = config.Whole("hidden_size", "n_embd", "d_model");
        var heads = config.Whole("num_attention_heads", "n_head");
        var vocabulary = config.Whole("vocab_size");
        var latent = config.Or(0, "kv_lora_rank");
        var rotary = latent > 0 ? config.Whole("qk_rope_head_dim") : 0;
        var size =
            latent > 0
                ? config.Whole("qk_nope_head_dim") + rotary
                : config.Or(hidden / Math.Max(1, heads), "head_dim");
        var experts = config.Or(0, "n_routed_experts", "num_experts", "num_local_experts");
        var wide = config.Or(0, "intermediate_size_mlp", "intermediate_size", "n_inner", "ffn_dim");
        var narrow = config.Or(
            config.Or(wide, "intermediate_size"),
            "moe_intermediate_size",
            "expert_ffn_hidden_size"
        );
        if (wide == 0 && (experts == 0 || narrow == 0))
        {
            config.Miss("intermediate_size");
        }
        var active = experts > 0 ? config.Whole("num_experts_per_tok", "moe_topk", "top_k") : 0;
        config.RefuseMissing();
        var (sliding, linear) = config.LayerKinds(layers);
        return new LanguageModel
        {
            Name = name,
            Family = config.Family,
            Layers = layers,
            Hidden = hidden,
            Heads = heads,
            KvHeads = latent > 0 ? 1 : config.Or(heads, "num_key_value_heads", "num_kv_heads"),
            HeadSize = size,
            FeedForward = wide > 0 ? wide : narrow,
            Vocabulary = vocabulary,
            Attention = latent > 0 ? AttentionKind.Latent : AttentionKind.Grouped,
            KvLatentRank = latent,
            QueryLatentRank = latent > 0 ? config.Or(0, "q_lora_rank") : 0,
            RotaryHeadSize = rotary,
            ValueHeadSize = latent > 0 ? config.Or(size, "v_head_dim") : size,
            Experts = experts,
            ActiveExperts = active,
            SharedExperts = experts > 0 ? config.SharedExperts(narrow) : 0,
            ExpertFeedForward = experts > 0 ? narrow : 0,
            DenseLayers = experts > 0 ? config.DenseLayers(layers) : 0,
            FeedForwardMatrices = config.Gated ? 3 : 2,
            SlidingWindow = sliding > 0 ? config.Window : 0,
            SlidingLayers = sliding,
            LinearLayers = linear,
            SparseTokens = config.Or(0, "index_topk"),
            TiedEmbedding = config.Flag("tie_word_embeddings"),
            WeightPrecision = config.Precision,
            MaxContext = config.Or(0, "max_position_embeddings", "n_positions", "seq_length"),
        };
    }
}
