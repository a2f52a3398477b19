using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using Plimsoll.Decisions;

namespace Plimsoll.Web.Words;

/// <summary>The texts of the pages in one language: a file of lines <c>key = text with {0}</c>; one more file is one more language.</summary>
/// <remarks>What the answers themselves say comes from the phrases of the library, in the same language where it is spoken there.</remarks>
internal sealed class Language
{
    /// <summary>Every text between brackets: what shows without them was written into a page.</summary>
    public const string Pseudo = "qps";

    private const string Prefix = "words/";
    private static readonly FrozenDictionary<string, Language> _all = Read();
    private readonly FrozenDictionary<string, string> _texts;

    private Language(string code, FrozenDictionary<string, string> texts)
    {
        (Code, _texts) = (code, texts);
        Phrases =
            code == Pseudo ? PhraseBook.Bracketed
            : PhraseBook.Languages.Contains(code) ? PhraseBook.Of(code)
            : PhraseBook.English;
    }

    /// <summary>ISO code.</summary>
    public string Code { get; }

    /// <summary>The name of the language in itself.</summary>
    public string Name => this["language.name"];

    /// <summary>The library's phrases in this language, else in English.</summary>
    public PhraseBook Phrases { get; }

    /// <summary>Keys with a text.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>Codes of all languages that a reader may choose.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [.. _all.Keys.Where(c => c != Pseudo).Order(StringComparer.Ordinal)];

    /// <summary>A language by its code; English when there is none.</summary>
    public static Language Of(string? code) =>
        code is not null && _all.TryGetValue(code, out var found) ? found : _all["en"];

    /// <summary>True when the language is spoken.</summary>
    public static bool Spoken(string? code) => code is not null && _all.ContainsKey(code);

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">Neither this language nor English has it.</exception>
    public string this[string key] =>
        _texts.TryGetValue(key, out var text) ? text : _all["en"]._texts[key];

    /// <summary>A text with its arguments.</summary>
    public string Say(string key, params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, this[key], arguments);

    /// <summary>A text, or another where there is none.</summary>
    public string Or(string key, string otherwise) => _texts.GetValueOrDefault(key, otherwise);

    private static FrozenDictionary<string, Language> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var texts = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }
            // en.txt, inputs.zh.txt: the last part is the language.
            var code = name[Prefix.Length..^4].Split('.')[^1];
            if (!texts.TryGetValue(code, out var of))
            {
                texts[code] = of = new Dictionary<string, string>(StringComparer.Ordinal);
            }
            using var reader = new StreamReader(
                assembly.GetManifestResourceStream(name)!,
                Encoding.UTF8
            );
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                {
                    var at = line.IndexOf(" = ", StringComparison.Ordinal);
                    of.Add(line[..at], line[(at + 3)..]);
                }
            }
        }
        texts[Pseudo] = texts["en"]
            .ToDictionary(t => t.Key, t => $"⟦{t.Value}⟧", StringComparer.Ordinal);
        return texts.ToFrozenDictionary(
            t => t.Key,
            t => new Language(t.Key, t.Value.ToFrozenDictionary(StringComparer.Ordinal)),
            StringComparer.Ordinal
        );
    }
}
