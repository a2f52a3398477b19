using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Studies;
using Plimsoll.Tests.Input;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>
/// Every figure that eight rich studies publish, one or more of each question, is what it was: a change of a figure is made on purpose.
/// Data/studies/published-figures.txt holds them to six digits, long parts of the document as their number and a digest.
/// </summary>
/// <remarks>
/// What is right is worked by hand elsewhere; this says that nothing else moved. Words are left out but for the numbers in them.
/// With PLIMSOLL_FIGURES_TO=FOLDER nothing is compared: the lines are written there (kept-N.txt, to be put together), and every figure behind a digest.
/// </remarks>
public sealed partial class PublishedFiguresTest
{
    private const string Kept = "studies/published-figures.txt";
    private const int Draws = 40;
    private const int Plain = 24;

    public static TheoryData<int> Studies => [.. Enumerable.Range(0, RichStudies.All.Count)];

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_figures_of_a_study_are_those_written_down(int study)
    {
        var parts = Parts(study);
        if (Environment.GetEnvironmentVariable("PLIMSOLL_FIGURES_TO") is { Length: > 0 } folder)
        {
            File.WriteAllLines(
                Path.Combine(folder, $"{study}.txt"),
                parts.Select(p => $"{p.Name}: {string.Join(' ', p.Figures)}")
            );
            File.WriteAllLines(
                Path.Combine(folder, $"kept-{study}.txt"),
                parts.Select(p => Line(study, p))
            );
            return;
        }
        var kept = TestData
            .Text(Kept)
            .ReplaceLineEndings("\n")
            .Split('\n')
            .Where(l => l.StartsWith($"{study}/", StringComparison.Ordinal));
        Assert.Equal(kept, parts.Select(p => Line(study, p)));
    }

    private static string Line(int study, (string Name, List<string> Figures) part) =>
        part.Figures.Count <= Plain
            ? $"{study}/{part.Name}: {string.Join(' ', part.Figures)}".TrimEnd()
            : $"{study}/{part.Name}: {part.Figures.Count} {Digest(part.Figures)}";

    private static string Digest(List<string> figures) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', figures)))
        )[..16];

    private static List<(string Name, List<string> Figures)> Parts(int study)
    {
        var result = StudyRun
            .Of(
                SmallStudy.Read(RichStudies.All[study]),
                TestMarket.Catalogue,
                new StudySettings { Draws = Draws, Threads = 2 }
            )
            .Result;
        var parts = new List<(string, List<string>)>();
        foreach (var (name, node) in ResultDocument.Of(result))
        {
            var figures = new List<string>();
            Collect(node, figures);
            parts.Add((name, figures));
        }
        return parts;
    }

    private static void Collect(JsonNode? node, List<string> into)
    {
        switch (node)
        {
            case null:
                into.Add("-");
                break;
            case JsonObject group:
                foreach (var (_, value) in group)
                {
                    Collect(value, into);
                }
                break;
            case JsonArray list:
                foreach (var value in list)
                {
                    Collect(value, into);
                }
                break;
            default:
                into.AddRange(Figures(node));
                break;
        }
    }

    private static IEnumerable<string> Figures(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.Number =>
            [
                Six(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)),
            ],
            JsonValueKind.String => Numerals()
                .Matches(value.GetValue<string>())
                .Select(m => m.Value),
            JsonValueKind.True => ["yes"],
            _ => ["no"],
        };

    /// <summary>Six digits; what differs from nothing by rounding alone is nothing.</summary>
    private static string Six(double value) =>
        (Math.Abs(value) < 1e-7 ? 0 : value).ToString("G6", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d[\d,.]*", RegexOptions.None, 1000)]
    private static partial Regex Numerals();
}
