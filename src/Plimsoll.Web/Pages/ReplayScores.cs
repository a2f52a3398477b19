using System.Reflection;
using System.Text;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Pages;

/// <summary>What the market's law of rents scored on its past, as the published ledger says it.</summary>
internal static class ReplayScores
{
    private static readonly Lazy<IReadOnlyList<string>> _inShort = new(Read);

    /// <summary>The short version, point by point.</summary>
    public static IReadOnlyList<string> InShort => _inShort.Value;

    /// <summary>The points in a language; in English where it has no words for the text as it stands.</summary>
    /// <param name="language">The language.</param>
    public static (IReadOnlyList<string> Points, string Language) In(Language language)
    {
        if (language.Code == Language.Pseudo)
        {
            return ([.. InShort.Select(p => $"⟦{p}⟧")], "en");
        }
        if (language.Or("score.of", "") != Of)
        {
            return (InShort, "en");
        }
        var points = Enumerable
            .Range(1, InShort.Count)
            .Select(i => language.Or($"score.{i}", ""))
            .ToList();
        return points.Contains("") ? (InShort, "en") : (points, language.Code);
    }

    /// <summary>What a translation names to say of which text it is one: the first digits of the SHA-256 of the points.</summary>
    public static string Of => StudyDocument.Hash(string.Join('\n', InShort))[..12];

    private static List<string> Read()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("market-replay.md")!,
            Encoding.UTF8
        );
        var points = new List<string>();
        var inside = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                inside = points.Count == 0 && !inside;
                if (points.Count > 0)
                {
                    break;
                }
                continue;
            }
            var text = line.Replace("**", "", StringComparison.Ordinal).Trim();
            if (!inside || text.Length == 0)
            {
                continue;
            }
            if (text.StartsWith("- ", StringComparison.Ordinal))
            {
                points.Add(text[2..]);
            }
            else if (points.Count > 0)
            {
                points[^1] += " " + text;
            }
        }
        return points;
    }
}
