using System.Reflection;
using System.Text;

namespace Plimsoll.Web.Pages;

/// <summary>What the market's law of rents scored on its past, as the published ledger says it.</summary>
internal static class ReplayScores
{
    private static readonly Lazy<IReadOnlyList<string>> _inShort = new(Read);

    /// <summary>The short version, point by point.</summary>
    public static IReadOnlyList<string> InShort => _inShort.Value;

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
