namespace Plimsoll.Serving.Cases;

/// <summary>What the public transformers library knows of kinds of models beyond their files: which it has, and what it takes where a file is silent.</summary>
/// <remarks>Defaults are those of the library's configuration classes (version 4.57, read November 2026); published files leave such keys out.</remarks>
internal static class ConfigKinds
{
    // Kinds whose files were read for this reader: a name that is not here may mean fields in other words.
    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "apertus",
        "arcee",
        "baichuan",
        "bailing_moe",
        "bloom",
        "chatglm",
        "cohere",
        "cohere2",
        "dbrx",
        "deepseek",
        "deepseek_v2",
        "deepseek_v3",
        "deepseek_v32",
        "dots1",
        "ernie4_5",
        "ernie4_5_moe",
        "exaone",
        "exaone4",
        "falcon",
        "gemma",
        "gemma2",
        "gemma3",
        "gemma3_text",
        "gemma3n",
        "glm",
        "glm4",
        "glm4_moe",
        "glm4v",
        "glm4v_moe",
        "glm_moe_dsa",
        "gpt2",
        "gpt_bigcode",
        "gpt_neox",
        "gpt_oss",
        "gptj",
        "granite",
        "granitemoe",
        "hunyuan_v1_dense",
        "hunyuan_v1_moe",
        "internlm2",
        "internlm3",
        "jais",
        "kimi_k2",
        "kimi_k25",
        "kimi_vl",
        "llama",
        "llama4",
        "llama4_text",
        "minicpm",
        "minicpm3",
        "minimax",
        "minimax_m2",
        "ministral",
        "mistral",
        "mistral3",
        "mixtral",
        "mllama",
        "mpt",
        "nemotron",
        "olmo",
        "olmo2",
        "olmo3",
        "olmoe",
        "opt",
        "orion",
        "phi",
        "phi3",
        "phimoe",
        "pixtral",
        "qwen",
        "qwen2",
        "qwen2_5_vl",
        "qwen2_5_vl_text",
        "qwen2_moe",
        "qwen2_vl",
        "qwen2_vl_text",
        "qwen3",
        "qwen3_5",
        "qwen3_5_moe",
        "qwen3_5_text",
        "qwen3_moe",
        "qwen3_next",
        "qwen3_vl",
        "qwen3_vl_moe",
        "qwen3_vl_moe_text",
        "qwen3_vl_text",
        "seed_oss",
        "smollm3",
        "stablelm",
        "starcoder2",
        "step3",
        "yi",
    };

    private static readonly HashSet<string> _encoders = new(StringComparer.Ordinal)
    {
        "albert",
        "bart",
        "bert",
        "big_bird",
        "camembert",
        "canine",
        "clip",
        "convbert",
        "deberta",
        "deberta-v2",
        "distilbert",
        "electra",
        "ernie",
        "eurobert",
        "flaubert",
        "funnel",
        "layoutlm",
        "longformer",
        "marian",
        "mbart",
        "modernbert",
        "mpnet",
        "mt5",
        "new",
        "nomic_bert",
        "pegasus",
        "rembert",
        "roberta",
        "roformer",
        "siglip",
        "squeezebert",
        "t5",
        "umt5",
        "vit",
        "wav2vec2",
        "whisper",
        "xlm",
        "xlm-roberta",
        "xlm-roberta-xl",
        "xlnet",
    };

    private static readonly string[] _tied =
    [
        "bloom",
        "cohere",
        "cohere2",
        "falcon",
        "gemma",
        "gemma2",
        "gemma3",
        "gemma3_text",
        "gemma3n",
        "gpt2",
        "gpt_bigcode",
        "mpt",
        "opt",
        "smollm3",
        "starcoder2",
    ];

    private static readonly Dictionary<string, Dictionary<string, int>> _silent = new(
        StringComparer.Ordinal
    )
    {
        ["gemma2"] = new() { ["sliding_window_pattern"] = 2 },
        ["gemma3"] = new()
        {
            ["num_attention_heads"] = 8,
            ["num_key_value_heads"] = 4,
            ["head_dim"] = 256,
            ["vocab_size"] = 262_208,
            ["max_position_embeddings"] = 131_072,
            ["sliding_window_pattern"] = 6,
        },
        ["gpt_oss"] = new() { ["sliding_window_pattern"] = 2 },
        ["cohere2"] = new() { ["sliding_window_pattern"] = 4 },
    };

    /// <summary>Whether files of the kind are known to be read rightly.</summary>
    public static bool IsKnown(string type) => _known.Contains(type);

    /// <summary>Kinds known, in order.</summary>
    public static IEnumerable<string> Known => _known.Order(StringComparer.Ordinal);

    /// <summary>Whether the kind reads text and writes none, or needs an encoder beside the writer.</summary>
    public static bool IsEncoder(string type) => _encoders.Contains(type);

    /// <summary>Whether an architecture's name says that it writes no text.</summary>
    public static bool WritesNothing(string architecture) =>
        architecture.EndsWith("ForMaskedLM", StringComparison.Ordinal)
        || architecture.EndsWith("Classification", StringComparison.Ordinal)
        || architecture.EndsWith("ForQuestionAnswering", StringComparison.Ordinal)
        || architecture.EndsWith("ForPreTraining", StringComparison.Ordinal)
        || architecture.EndsWith("RewardModel", StringComparison.Ordinal);

    /// <summary>Whether the kind ties its embeddings where the file does not say.</summary>
    public static bool TiedBySilence(string type) => _tied.Contains(type);

    /// <summary>Whether the kind uses its window only where the file asks for it.</summary>
    public static bool WindowOnlyWhenAsked(string type) =>
        type.StartsWith("qwen2", StringComparison.Ordinal)
        || type.StartsWith("qwen3", StringComparison.Ordinal);

    /// <summary>Whether the kind compresses its cache, so that a file without the rank of the latent is no whole file.</summary>
    public static bool IsLatent(string type) =>
        type
            is "deepseek_v2"
                or "deepseek_v3"
                or "deepseek_v32"
                or "kimi_k2"
                or "glm_moe_dsa"
                or "minicpm3";

    /// <summary>What the library takes for a field that a file of the kind leaves out; null where it takes nothing.</summary>
    public static int? BySilence(string type, string name) =>
        _silent.TryGetValue(type.Replace("_text", "", StringComparison.Ordinal), out var fields)
        && fields.TryGetValue(name, out var value)
            ? value
            : null;
}
