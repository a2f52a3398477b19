using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <content>Every sentence that a check of a study, a portfolio, an audit or of vouchers can say, as it stands in the program.</content>
public sealed partial class FindingWordsTest
{
    /// <summary>Folders whose checks speak of a study, its contracts, its debt, its quotes, of a portfolio, an audit, or of vouchers.</summary>
    private static readonly string[] _spoken =
    [
        "src/Plimsoll/Studies",
        "src/Plimsoll/Inputs",
        "src/Plimsoll/Contracts",
        "src/Plimsoll/Finance",
        "src/Plimsoll/Market/Quotes",
        "src/Plimsoll/Market/Curves",
        "src/Plimsoll/Market/VoucherDesign",
        "src/Plimsoll/Market/MarketFiles",
        "src/Plimsoll/Sites",
        "src/Plimsoll/Portfolios",
        "src/Plimsoll/Audits",
        "src/Plimsoll.Cli/Portfolio",
        "src/Plimsoll.Web/Documents",
        "src/Plimsoll.Yaml",
    ];

    /// <summary>What is said by other means: of finance cases, and of figures that are no findings.</summary>
    private static readonly string[] _elsewhere =
    [
        "FinanceCase",
        "Figures",
        "BreakEven",
        "TimeValue",
        "PeriodValue",
        "Returns",
        "StudyRun",
        "Question",
    ];

    /// <summary>A sentence that no text of the book recognises would stay English in a Chinese check.</summary>
    [Fact]
    public void Every_sentence_a_check_can_say_has_a_text()
    {
        var root = TestData.Repository();
        var said = _spoken
            .SelectMany(f =>
                Directory.GetFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories)
            )
            .Where(f =>
                !_elsewhere.Any(e => Path.GetFileName(f).Contains(e, StringComparison.Ordinal))
            )
            .SelectMany(f => Sentences(File.ReadAllText(f)))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(said.Count > 300, $"{said.Count} sentences");
        var unknown = said.Where(s => !FindingWords.Recognised(s)).ToList();
        Assert.True(unknown.Count == 0, string.Join("\n", unknown));
    }

    /// <summary>Literals of three words or more in calls that report a finding; what is put together of several is left to the checks run above.</summary>
    private static IEnumerable<string> Sentences(string source)
    {
        foreach (Match call in Call().Matches(source))
        {
            var arguments = Balanced(source, call.Index + call.Length - 1);
            foreach (Match literal in Literal().Matches(arguments))
            {
                var text = literal
                    .Groups["text"]
                    .Value.Replace("\\\"", "\"", StringComparison.Ordinal);
                if (
                    literal.Groups["joined"].Success
                    || literal.Groups["joins"].Success
                    || text.Split(' ').Length < 3
                )
                {
                    continue;
                }
                // What explains a key follows many remedies, and gives way to the key's name.
                text = literal.Groups["put"].Success ? Filled(text).TrimEnd() : text;
                text = (
                    text.EndsWith(". word", StringComparison.Ordinal) ? text[..^5] : text
                ).Trim();
                if (text.Replace("word", "", StringComparison.Ordinal).Any(char.IsLetter))
                {
                    yield return text;
                }
            }
        }
    }

    private static string Balanced(string source, int from)
    {
        var depth = 0;
        for (var i = from; i < source.Length; i++)
        {
            if (source[i] == '"')
            {
                for (i++; source[i] != '"'; i++)
                {
                    i += source[i] == '\\' ? 1 : 0;
                }
            }
            depth +=
                source[i] is '(' ? 1
                : source[i] is ')' ? -1
                : 0;
            if (depth == 0)
            {
                return source[from..i];
            }
        }
        return "";
    }

    /// <summary>A text with a word in each of its places.</summary>
    private static string Filled(string text)
    {
        var filled = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var twice = i + 1 < text.Length && text[i + 1] == text[i];
            if (depth == 0 && text[i] is '{' or '}' && twice)
            {
                filled.Append(text[i++]);
                continue;
            }
            if (text[i] == '{')
            {
                depth++;
                filled.Append(depth == 1 ? "word" : "");
            }
            else if (text[i] == '}')
            {
                depth--;
            }
            else if (depth == 0)
            {
                filled.Append(text[i]);
            }
        }
        return filled.ToString();
    }

    [GeneratedRegex(
        @"\b(?:found\.Refuse|found\.Warn|new Finding|Refuse|Refused|Warn|(?<!ontext\.)Report|ReportAt|Fault)\(",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"(?<joined>\+\s*)?(?<put>\$)?""(?<text>(?:[^""\\{]|\\.|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)""(?<joins>(?=\s*\+))?",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Literal();
}
