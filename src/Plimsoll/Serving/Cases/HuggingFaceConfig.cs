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
    public static LanguageModel Read(byte[] json, string name) => Published(json, name).Model;

    /// <summary>The same with how the checkpoint is stored.</summary>
    internal static PublishedModel Published(byte[] json, string name)
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

    private static PublishedModel Of(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("no JSON object");
        }
        var config = new ConfigFields(root);
        config.RefuseEncoder();
        var layers = config.Whole("num_hidden_layers", "n_layer", "num_layers", "n_layers");
        var hidden = config.Whole("hidden_size", "n_embd", "d_model", "n_embed");
        var heads = config.Whole("num_attention_heads", "n_head", "n_heads");
        var vocabulary = config.Whole("vocab_size", "padded_vocab_size");
        var latent = ConfigKinds.IsLatent(config.Type)
            ? config.Whole("kv_lora_rank")
            : config.Or(0, "kv_lora_rank");
        var rotary = latent > 0 ? config.Whole("qk_rope_head_dim") : 0;
        var given = latent > 0 ? 0 : config.Or(0, "head_dim");
        var size =
            latent > 0 ? config.Whole("qk_nope_head_dim") + rotary
            : given > 0 ? given
            : hidden / Math.Max(1, heads);
        var experts = config.Or(0, "n_routed_experts", "num_experts", "num_local_experts");
        var wide = config.Or(
            0,
            "intermediate_size_mlp",
            "intermediate_size",
            "n_inner",
            "ffn_dim",
            "ffn_hidden_size"
        );
        if (wide == 0 && !config.Gated)
        {
            // Kinds without a gate are four times as wide where the file is silent.
            wide = (int)Math.Min(int.MaxValue, 4L * hidden);
        }
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
        var value = latent > 0 ? config.Or(size, "v_head_dim") : size;
        var groups = config.Or(
            heads,
            "num_key_value_heads",
            "num_kv_heads",
            "n_head_kv",
            "multi_query_group_num"
        );
        var context = config.Or(
            0,
            "max_position_embeddings",
            "n_positions",
            "max_sequence_length",
            "seq_length"
        );
        var (sliding, linear) = config.LayerKinds(layers);
        if (context > 0 && config.Window >= context)
        {
            // A window that no context exceeds is none.
            sliding = 0;
        }
        var dense = experts > 0 ? config.DenseLayers(layers) : 0;
        RefuseImpossible([
            (
                latent == 0 && given == 0 && hidden % heads != 0,
                $"hidden_size {hidden}, no multiple of num_attention_heads {heads}, and no head_dim"
            ),
            (size < 1, $"hidden_size {hidden} for num_attention_heads {heads}: heads of no size"),
            (value < 1, "v_head_dim 0"),
            (
                latent == 0 && (groups < 1 || groups > heads || heads % groups != 0),
                $"num_key_value_heads {groups}, no divisor of num_attention_heads {heads}"
            ),
            (active > experts, $"num_experts_per_tok {active}, more than the {experts} experts"),
            (dense > layers, $"{dense} layers without experts of num_hidden_layers {layers}"),
            (
                sliding + linear > layers,
                $"layer_types of {sliding + linear} layers with a window or a state of num_hidden_layers {layers}"
            ),
        ]);
        var stored = config.Precision;
        var model = new LanguageModel
        {
            Name = name,
            Family = config.Family,
            Layers = layers,
            Hidden = hidden,
            Heads = heads,
            KvHeads = latent > 0 ? 1 : groups,
            HeadSize = size,
            FeedForward = wide > 0 ? wide : narrow,
            Vocabulary = vocabulary,
            Attention = latent > 0 ? AttentionKind.Latent : AttentionKind.Grouped,
            KvLatentRank = latent,
            QueryLatentRank = latent > 0 ? config.Or(0, "q_lora_rank") : 0,
            RotaryHeadSize = rotary,
            ValueHeadSize = value,
            Experts = experts,
            ActiveExperts = active,
            SharedExperts = experts > 0 ? config.SharedExperts(narrow) : 0,
            ExpertFeedForward = experts > 0 ? narrow : 0,
            DenseLayers = dense,
            FeedForwardMatrices = config.Gated ? 3 : 2,
            SlidingWindow = sliding > 0 ? config.Window : 0,
            SlidingLayers = sliding,
            LinearLayers = linear,
            SparseTokens = config.Or(0, "index_topk"),
            TiedEmbedding = config.Tied,
            WeightPrecision = stored.Published.Length > 0 ? stored.Published : "bf16",
            Fp8Block = stored.Block,
            MaxContext = context,
        };
        return new PublishedModel(model, stored, config.Type);
    }

    /// <summary>Refuses what no model can be, all of it at once.</summary>
    private static void RefuseImpossible(IEnumerable<(bool Broken, string Found)> tests)
    {
        var broken = tests.Where(t => t.Broken).Select(t => t.Found).ToList();
        if (broken.Count > 0)
        {
            throw new InvalidDataException($"a config.json with {string.Join("; ", broken)}");
        }
    }
}
