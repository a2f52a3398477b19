using System.Reflection;
using System.Text;

namespace Plimsoll.Web.Documents;

/// <summary>The studies inside the program.</summary>
internal static class ShippedStudies
{
    private const string Prefix = "studies/";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^".yaml".Length])
            .Where(n => StudyDocument.Of(Text(n)!).Scalar("kind") == "study")
            .Order(StringComparer.Ordinal),
    ];

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
}
