using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Inputs;

/// <summary>What the keys of a study are called: a file a language, one a line, <c>input.site.tariff = name</c>.</summary>
public static partial class InputLabels
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> _all =
        Read();

    /// <summary>The name of a key.</summary>
    /// <param name="language">ISO code of the language.</param>
    /// <param name="path">The key; items of lists by place or by name.</param>
    /// <returns>Null where the language has none.</returns>
    public static string? Of(string language, string path) =>
        _all.TryGetValue(language, out var labels) ? Label(labels, Declared(path)) : null;

    /// <summary>A key as its table declares it: items of lists by no place.</summary>
    internal static string Declared(string path) => Items().Replace(path, "[]");

    /// <summary>Files that hold a study's keys below others of their own: the name is the study's where they give none.</summary>
    private static readonly string[] _around = ["centres[].", "defaults."];

    private static string? Label(FrozenDictionary<string, string> labels, string path) =>
        labels.GetValueOrDefault("input." + path)
        ?? _around
            .Where(a => path.StartsWith(a, StringComparison.Ordinal))
            .Select(a => labels.GetValueOrDefault("input." + path[a.Length..]))
            .FirstOrDefault();

    /// <summary>The keys of a level whose name in any language a text is.</summary>
    /// <param name="text">As written.</param>
    /// <param name="paths">Paths of the keys that may stand there.</param>
    internal static string? Named(string text, IEnumerable<string> paths)
    {
        var word = text.Trim();
        return paths.FirstOrDefault(p =>
            _all.Values.Any(l =>
                string.Equals(Label(l, p), word, StringComparison.OrdinalIgnoreCase)
            )
        );
    }

    /// <summary>The choice of a key whose word in any language a text is; null for none.</summary>
    /// <param name="text">As written.</param>
    /// <param name="path">The key.</param>
    /// <param name="choices">Its choices.</param>
    internal static string? Choice(string text, string path, IEnumerable<string> choices)
    {
        var word = text.Trim();
        return choices.FirstOrDefault(c =>
            _all.Values.Any(l =>
                l.TryGetValue($"choice.{path}.{c}", out var words)
                && words.Split(", ").Contains(word, StringComparer.OrdinalIgnoreCase)
            )
        );
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Read()
    {
        const string Prefix = "labels/inputs.";
        var assembly = typeof(InputLabels).Assembly;
        var all = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal);
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        )
        {
            var labels = new Dictionary<string, string>(StringComparer.Ordinal);
            using var reader = new StreamReader(
                assembly.GetManifestResourceStream(name)!,
                Encoding.UTF8
            );
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                {
                    var at = line.IndexOf(" = ", StringComparison.Ordinal);
                    labels[line[..at]] = line[(at + 3)..];
                }
            }
            all[name[Prefix.Length..^4]] = labels.ToFrozenDictionary(StringComparer.Ordinal);
        }
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, 60_000)]
    private static partial Regex Items();
}
