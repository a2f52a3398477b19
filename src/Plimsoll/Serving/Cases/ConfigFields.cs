using System.Text.Json;

namespace Plimsoll.Serving.Cases;

/// <summary>The fields of one config.json, and which of those needed it lacks.</summary>
internal sealed class ConfigFields
{
    private static readonly string[] _ungated =
    [
        "gpt2",
        "gpt_bigcode",
        "gpt_neox",
        "mpt",
        "nemotron",
        "gptj",
        "opt",
        "bloom",
        "falcon",
        "phi",
        "starcoder2",
    ];
    private readonly JsonElement _root;
    private readonly JsonElement _text;
    private readonly List<string> _missing = [];

    public ConfigFields(JsonElement root)
    {
        _root = root;
        _text = root;
        foreach (var part in (string[])["text_config", "language_config", "llm_config"])
        {
            if (root.TryGetProperty(part, out var inner) && inner.ValueKind == JsonValueKind.Object)
            {
                _text = inner;
            }
        }
    }

    /// <summary>Kind of model, in the catalogue's words where it has one.</summary>
    public string Family =>
        (Text("model_type") ?? "unknown").Replace("_text", "", StringComparison.Ordinal) switch
        {
            "deepseek_v3" or "deepseek_v32" => "deepseek-v3",
            "qwen3_moe" or "qwen3_vl_moe" => "qwen3-moe",
            "qwen3_vl" => "qwen3",
            "gpt_oss" => "gpt-oss",
            "kimi_k2" => "kimi-k2",
            "glm4_moe" => "glm-4",
            "gemma3" => "gemma-3",
            var other => other.Replace('_', '-'),
        };

    /// <summary>Whether the feed-forward has a gate.</summary>
    public bool Gated => !_ungated.Contains(Text("model_type") ?? "", StringComparer.Ordinal);

    /// <summary>Tokens of the window, of whatever kind it is.</summary>
    public int Window => Or(0, "sliding_window", "attention_chunk_size");

    /// <summary>The kind of model in the file's own word; empty when it has none.</summary>
    public string Type => Text("model_type") ?? "";

    /// <summary>How the weights are stored.</summary>
    public ConfigPrecision Precision =>
        Find("quantization_config", out var quantised) || Find("compression_config", out quantised)
            ? ConfigPrecision.Of(quantised)
            : ConfigPrecision.Whole;

    /// <summary>Whether input and output embedding are one; where the file is silent, what the library takes for its kind.</summary>
    public bool Tied =>
        Find("tie_word_embeddings", out var tied)
        && tied.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? tied.ValueKind == JsonValueKind.True
            : ConfigKinds.TiedBySilence(Type);

    /// <summary>A whole number that must be there, under the first of some names.</summary>
    public int Whole(params ReadOnlySpan<string> names)
    {
        var found = Or(0, names);
        if (found <= 0)
        {
            _missing.Add(string.Join(" or ", names.ToArray()));
        }
        return found;
    }

    /// <summary>Largest number read: no model has more of anything, and sums of two stay whole numbers.</summary>
    private const int Most = 1_000_000_000;

    /// <summary>A whole number, or what holds when it is absent or null: what the library takes for the kind of model, else the fallback.</summary>
    public int Or(int fallback, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Find(name, out var value))
            {
                continue;
            }
            if (value.ValueKind == JsonValueKind.String)
            {
                throw new InvalidDataException(
                    $"{name} {value.GetRawText()}, words where a number is expected"
                );
            }
            if (value.ValueKind == JsonValueKind.Number)
            {
                return value.TryGetInt32(out var whole) && whole is >= 0 and <= Most
                    ? whole
                    : throw new InvalidDataException(
                        $"{name} {value.GetRawText()}, no whole number of 0 or more"
                            + (
                                value.TryGetDouble(out var big) && big > Most
                                    ? $", at most {Most}"
                                    : ""
                            )
                    );
            }
        }
        foreach (var name in names)
        {
            if (ConfigKinds.BySilence(Type, name) is { } usual)
            {
                return usual;
            }
        }
        return fallback;
    }

    /// <summary>Refuses what writes no answers: an encoder, a classifier, a model of pictures or sound.</summary>
    public void RefuseEncoder()
    {
        if (ConfigKinds.IsEncoder(Type))
        {
            throw new InvalidDataException(
                $"an encoder (model_type {Type}), which writes no answers"
            );
        }
        if (
            _root.TryGetProperty("architectures", out var list)
            && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() > 0
            && list.EnumerateArray().First() is { ValueKind: JsonValueKind.String } first
            && ConfigKinds.WritesNothing(first.GetString()!)
        )
        {
            throw new InvalidDataException(
                $"a model that writes no answers (architectures {first.GetString()})"
            );
        }
    }

    /// <summary>Notes a field that is missing.</summary>
    public void Miss(string name) => _missing.Add(name);

    /// <summary>Refuses a file that lacks what is needed.</summary>
    public void RefuseMissing()
    {
        if (_missing.Count > 0)
        {
            throw new InvalidDataException($"a config.json without {string.Join(", ", _missing)}");
        }
    }

    /// <summary>Experts that every token visits, in widths of one routed expert.</summary>
    public int SharedExperts(int expertWidth)
    {
        var stated = Or(0, "n_shared_experts", "num_shared_experts");
        var width = Or(0, "shared_expert_intermediate_size");
        return stated > 0 ? stated
            : width > 0 ? Math.Max(1, (int)Math.Round((double)width / Math.Max(1, expertWidth)))
            : Text("model_type") is "llama4" or "llama4_text" ? 1
            : 0;
    }

    /// <summary>Layers with a dense feed-forward.</summary>
    public int DenseLayers(int layers)
    {
        if (
            Find("mlp_only_layers", out var list)
            && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() > 0
        )
        {
            return list.GetArrayLength();
        }
        if (
            Find("moe_layers", out var mixtures)
            && mixtures.ValueKind == JsonValueKind.Array
            && mixtures.GetArrayLength() > 0
        )
        {
            return layers - mixtures.GetArrayLength();
        }
        var step = Math.Max(1, Or(1, "interleave_moe_layer_step", "decoder_sparse_step"));
        var leading = Or(0, "first_k_dense_replace");
        return step > 1 ? layers - (layers / step) : leading;
    }

    /// <summary>Layers with a window, and layers without a cache that grows.</summary>
    public (int Sliding, int Linear) LayerKinds(int layers)
    {
        if (
            Find("layer_types", out var types)
            && types.ValueKind == JsonValueKind.Array
            && types.GetArrayLength() > 0
        )
        {
            var words = types.EnumerateArray().Select(t => t.GetString() ?? "").ToList();
            RefuseKinds(words, layers);
            return (
                words.Count(w =>
                    w.StartsWith("sliding", StringComparison.Ordinal)
                    || w.StartsWith("chunked", StringComparison.Ordinal)
                ),
                words.Count(w => w.StartsWith("linear", StringComparison.Ordinal))
            );
        }
        RefuseStates();
        if (
            Find("attn_type_list", out var kinds)
            && kinds.ValueKind == JsonValueKind.Array
            && kinds.GetArrayLength() > 0
        )
        {
            // 1 marks a layer that caches all, 0 one of linear attention.
            return kinds.GetArrayLength() == layers
                ? (0, kinds.EnumerateArray().Count(k => k.GetInt32() == 0))
                : throw new InvalidDataException(
                    $"attn_type_list of {kinds.GetArrayLength()} layers and num_hidden_layers {layers}"
                );
        }
        var every = Or(0, "full_attention_interval");
        if (every > 1)
        {
            return (0, layers - (layers / every));
        }
        if (Or(0, "attention_chunk_size") > 0)
        {
            // 1 marks a layer with rotary positions, which attends within chunks; a file that lists none means every fourth without.
            return
                Find("no_rope_layers", out var rope)
                && rope.ValueKind == JsonValueKind.Array
                && rope.GetArrayLength() > 0
                ? (rope.EnumerateArray().Count(r => r.GetInt32() == 1), 0)
                : (layers - (layers / Math.Max(1, Or(4, "no_rope_layer_interval"))), 0);
        }
        var pattern = Or(0, "sliding_window_pattern");
        if (pattern > 1 && Window > 0)
        {
            return (layers - (layers / pattern), 0);
        }
        var used = Find("use_sliding_window", out var use)
            ? use.ValueKind == JsonValueKind.True
            : !ConfigKinds.WindowOnlyWhenAsked(Type);
        if (Window == 0 || !used)
        {
            return (0, 0);
        }
        // The first layers see all where the file counts them.
        return (layers - Math.Min(layers, Or(0, "max_window_layers")), 0);
    }

    /// <summary>Refuses a list of layers that is not theirs, or names a kind whose cache and work are not known.</summary>
    private static void RefuseKinds(List<string> words, int layers)
    {
        var unknown = words
            .Distinct(StringComparer.Ordinal)
            .Where(w =>
                w is not ("full_attention" or "attention" or "full" or "sliding_attention")
                && w is not ("sliding" or "chunked_attention" or "linear_attention")
            )
            .ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidDataException(
                $"layer_types {string.Join(", ", unknown.Select(w => $"'{w}'"))}, a kind of layer that is not read: expected full_attention, sliding_attention, chunked_attention or linear_attention"
            );
        }
        if (words.Count != layers)
        {
            throw new InvalidDataException(
                $"layer_types of {words.Count} layers and num_hidden_layers {layers}"
            );
        }
    }

    /// <summary>Refuses a model with state-space layers: which of its layers they are, what they hold and what they compute is said in fields that are not read.</summary>
    private void RefuseStates()
    {
        var states = _text
            .EnumerateObject()
            .Where(p => p.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            .Select(p => p.Name)
            .FirstOrDefault(name =>
                name.StartsWith("mamba_", StringComparison.Ordinal)
                || name.StartsWith("ssm_", StringComparison.Ordinal)
                || name.StartsWith("rwkv", StringComparison.Ordinal)
                || _stateFields.Contains(name, StringComparer.Ordinal)
            );
        if (states is not null)
        {
            throw new InvalidDataException(
                $"a model with state-space layers ({states}), which are not read"
            );
        }
    }

    private static readonly string[] _stateFields =
    [
        "hybrid_override_pattern",
        "hybrid_layer_ids",
        "layers_block_type",
        "attn_layer_period",
        "attn_layer_offset",
        "attn_layer_indices",
        "block_types",
        "conv_L_cache",
        "linear_attn_config",
        "state_size",
        "time_step_rank",
    ];

    private string? Text(string name) =>
        Find(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A field of the part for text, or of the whole.</summary>
    private bool Find(string name, out JsonElement value) =>
        _text.TryGetProperty(name, out value) || _root.TryGetProperty(name, out value);
}
