using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Cli.Study;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Reports;
using Plimsoll.Studies;

namespace Plimsoll.Tests.Studies.Pinned;

/// <summary>All that a study publishes as one text: screen, report without its drawings, the document with figures of six digits, the finance case.</summary>
internal static partial class PinText
{
    private const string Digits = "G6";

    /// <summary>Lines told of a pin that fails.</summary>
    private const int Told = 12;

    private const int Columns = 100;

    /// <summary>The text.</summary>
    public static string Of(StudyAnswer answer, PhraseBook book)
    {
        var text = new StringBuilder();
        Part(text, "screen", ResultScreen.Text(answer.Result, "out", book, Columns));
        // Rows of the catalogue are left out: one more of them changes no answer.
        var own = answer.Result with
        {
            Assumptions = [.. answer.Result.Assumptions.Where(a => a.Dated.Length == 0)],
        };
        Part(text, "report", Report(StudyReport.Html(own, book)));
        var document = ResultDocument.Of(own);
        // What the report prints word by word needs no second place.
        document.Remove("memo");
        document.Remove("assumptions");
        var lines = new StringBuilder();
        Lines(lines, document, "");
        Part(text, "result.json", lines.ToString());
        if (answer.Median.Model.Terms.CapitalCosts.Count > 0)
        {
            Part(
                text,
                "finance-case.yaml",
                Rounded(
                    FinanceCaseWriter.Yaml(
                        answer.Result.Name,
                        "",
                        "finance-case.csv",
                        answer.Median.Model,
                        answer.Median.Case.Outlook.Physical
                    )
                )
            );
        }
        return text.ToString();
    }

    /// <summary>The first lines that differ, with their numbers; empty for none.</summary>
    public static string Differing(string was, string now)
    {
        var (before, after) = (
            was.ReplaceLineEndings("\n").Split('\n'),
            now.ReplaceLineEndings("\n").Split('\n')
        );
        string At(string[] lines, int i) => i < lines.Length ? lines[i] : "";
        return string.Join(
            '\n',
            Enumerable
                .Range(0, Math.Max(before.Length, after.Length))
                .Where(i => At(before, i) != At(after, i))
                .Take(Told)
                .Select(i => $"{i + 1}: -{At(before, i)}\n   +{At(after, i)}")
        );
    }

    private static void Part(StringBuilder text, string name, string part) =>
        text.Append(CultureInfo.InvariantCulture, $"==== {name}\n")
            .Append(Ends().Replace(part.ReplaceLineEndings("\n").TrimEnd('\n'), "\n"))
            .Append('\n');

    /// <summary>The words of a page, a line a block and cells parted by bars.</summary>
    private static string Report(string html)
    {
        var words = Drawings().Replace(html, "");
        words = Space().Replace(words, " ");
        words = CellEnds().Replace(words, " | ");
        words = BlockEnds().Replace(words, "\n");
        words = WebUtility.HtmlDecode(Tags().Replace(words, ""));
        return string.Join(
            '\n',
            words
                .Split('\n')
                .Select(l => Space().Replace(l, " ").Trim(' ', '|'))
                .Where(l => l.Length > 0)
        );
    }

    /// <summary>A document a line a value; lists of numbers stay on one.</summary>
    private static void Lines(StringBuilder text, JsonNode? node, string place)
    {
        switch (node)
        {
            case JsonObject group:
                foreach (var (key, value) in group)
                {
                    Lines(text, value, place.Length > 0 ? $"{place}.{key}" : key);
                }
                break;
            case JsonArray list when list.Any(i => i is JsonObject or JsonArray):
                for (var i = 0; i < list.Count; i++)
                {
                    Lines(text, list[i], $"{place}[{i}]");
                }
                break;
            case JsonArray list:
                Line(text, place, string.Join(' ', list.Select(Shown)));
                break;
            default:
                Line(text, place, Shown(node));
                break;
        }
    }

    private static void Line(StringBuilder text, string place, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{place}: {value}\n");

    private static string Shown(JsonNode? value) =>
        value is null ? "-"
        : value is JsonValue v && v.TryGetValue<double>(out var number) ? Six(number)
        : value.ToString();

    private static string Six(double number) =>
        number.ToString(Digits, CultureInfo.InvariantCulture);

    /// <summary>The text with each long number cut to its digits.</summary>
    private static string Rounded(string text) =>
        Number().Replace(text, m => Six(double.Parse(m.ValueSpan, CultureInfo.InvariantCulture)));

    [GeneratedRegex(
        @"\b\d+\.\d{4,}(E[-+]?\d+)?",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Number();

    [GeneratedRegex(
        "(?s)<style.*?</style>|<svg.*?</svg>|<title.*?</title>",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Drawings();

    [GeneratedRegex("</t[dh]>|</dt>", RegexOptions.NonBacktracking)]
    private static partial Regex CellEnds();

    [GeneratedRegex(
        "</(p|li|tr|h[1-6]|caption|summary|figcaption|div|dd)>",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BlockEnds();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();

    [GeneratedRegex(@"[ \t]+\n", RegexOptions.NonBacktracking)]
    private static partial Regex Ends();
}
