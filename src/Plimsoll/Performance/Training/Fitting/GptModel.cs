using System.Globalization;
using Plimsoll.Catalog;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Models of the plain GPT design, as tables of measurements describe them: by width, depth and heads.</summary>
public static class GptModel
{
    // GPT-2's 50,257 tokens padded to a multiple of 128 times the tensor group, as Megatron does.
    private const int _vocabulary = 51200;

    /// <summary>A plain GPT: heads of hidden / heads, a feed-forward four times as wide, tied embeddings.</summary>
    /// <param name="hidden">Width.</param>
    /// <param name="layers">Depth.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="name">Name; empty for one made of the sizes.</param>
    /// <param name="vocabulary">Vocabulary; 0 for GPT-2's padded one.</param>
    public static LanguageModel Of(
        int hidden,
        int layers,
        int heads,
        string name = "",
        int vocabulary = 0
    ) =>
        new()
        {
            Name = name.Length > 0 ? name : $"GPT {hidden} wide, {layers} deep",
            Family = "gpt",
            Layers = layers,
            Hidden = hidden,
            Heads = heads,
            KvHeads = heads,
            HeadSize = hidden / heads,
            ValueHeadSize = hidden / heads,
            FeedForward = 4 * hidden,
            FeedForwardMatrices = 2,
            Vocabulary = vocabulary > 0 ? vocabulary : _vocabulary,
            TiedEmbedding = true,
        };

    // Width, depth, heads: MPT configurations of llm-foundry; each agrees with the parameter counts of the MFU table to 0.1 %.
    private static readonly Dictionary<string, (int Hidden, int Layers, int Heads)> _mosaic = new(
        StringComparer.Ordinal
    )
    {
        ["125m"] = (768, 12, 12),
        ["350m"] = (1024, 24, 16),
        ["760m"] = (1536, 24, 12),
        ["1b"] = (2048, 24, 16),
        ["3b"] = (2560, 32, 20),
        ["7b"] = (4096, 32, 32),
        ["13b"] = (5120, 40, 40),
        ["30b"] = (7168, 48, 56),
        ["70b"] = (8192, 80, 64),
    };

    private const int _mosaicVocabulary = 50368;

    /// <summary>A model of MosaicML's table by its word, for example <c>7b</c>; null when unknown.</summary>
    public static LanguageModel? Mosaic(string word) =>
        _mosaic.TryGetValue(word, out var s)
            ? Of(s.Hidden, s.Layers, s.Heads, "MPT " + word, _mosaicVocabulary)
            : null;

    // Width, depth, heads of the models of Korthikanti et al. 2022, table 3, and MT-NLG (Smith et al. 2022).
    private static readonly Dictionary<string, (int Hidden, int Layers, int Heads)> _megatron = new(
        StringComparer.Ordinal
    )
    {
        ["Megatron 22B"] = (6144, 48, 64),
        ["Megatron 175B"] = (12288, 96, 96),
        ["Megatron 530B"] = (20480, 105, 128),
        ["Megatron 1T"] = (25600, 128, 160),
        ["MT-NLG 530B"] = (20480, 105, 128),
        ["GPT-3 175B"] = (12288, 96, 96),
        ["BLOOM 176B"] = (14336, 70, 112),
    };

    /// <summary>A published model by its name, or by sizes written as <c>(h=3072 L=30 heads=32)</c>; null when neither is known.</summary>
    public static LanguageModel? Published(string name)
    {
        if (_megatron.TryGetValue(name, out var s))
        {
            return Of(s.Hidden, s.Layers, s.Heads, name);
        }
        return
            Size(name, "h=") is { } hidden
            && Size(name, "L=") is { } layers
            && Size(name, "heads=") is { } heads
            ? Of(hidden, layers, heads, name)
            : null;
    }

    private static int? Size(string text, string key)
    {
        var at = text.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }
        var digits = text[(at + key.Length)..].TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var size) ? size : null;
    }
}
