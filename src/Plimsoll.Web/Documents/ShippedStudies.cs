using System.Reflection;
using System.Text;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Documents;

/// <summary>The studies and portfolios inside the program.</summary>
internal static class ShippedStudies
{
    private const string Prefix = "studies/";

    // Read and checked once: what ships does not change while the program runs.
    private static readonly Lazy<IReadOnlyDictionary<string, StudyDocument>> _documents = new(() =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^".yaml".Length])
            .ToDictionary(n => n, n => StudyDocument.Of(Text(n)!), StringComparer.Ordinal)
    );

    /// <summary>Names of the studies.</summary>
    public static IReadOnlyList<string> Names { get; } = Of("study");

    /// <summary>Names of the portfolios.</summary>
    public static IReadOnlyList<string> Portfolios { get; } = Of("portfolio");

    /// <summary>One as it ships, checked.</summary>
    public static StudyDocument Document(string name) => _documents.Value[name];

    /// <summary>The text of one; null when there is none of this name.</summary>
    public static string? Text(string name)
    {
        using var stream = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream($"{Prefix}{name}.yaml");
        if (stream is null)
        {
            return null;
        }
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The text of one with name and explanation in a language, where it is told in it: a copy is its reader's. Null when there is none of this name.</summary>
    /// <param name="name">Its name among those that ship.</param>
    /// <param name="language">The reader's.</param>
    public static string? In(string name, Language language)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        foreach (
            var (key, phrase) in new[]
            {
                ("name", "shipped." + name),
                ("explanation", $"shipped.{name}.what"),
            }
        )
        {
            text = language.Keys.Contains(phrase)
                ? YamlEdit.Set(text, key, language[phrase], words: true)
                : text;
        }
        return text;
    }

    private static IReadOnlyList<string> Of(string kind) =>
        [
            .. _documents
                .Value.Where(d => d.Value.Scalar("kind") == kind)
                .Select(d => d.Key)
                .Order(StringComparer.Ordinal),
        ];
}
