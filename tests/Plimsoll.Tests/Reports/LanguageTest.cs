using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Reports;
using Plimsoll.Studies;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>Report, memo and summary of the shipped studies, in Chinese and in a book whose every text stands between brackets.</summary>
public sealed partial class LanguageTest
{
    private static readonly FactCatalog _catalogue = FactCatalog.Shipped();

    public static TheoryData<string> Shipped =>
        [
            .. Directory
                .GetFiles(Path.Combine(TestData.Repository(), "studies"), "*.yaml")
                .Where(f => File.ReadAllText(f).Contains("kind: study", StringComparison.Ordinal))
                .Select(f => Path.GetFileName(f)!)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A reader of Chinese alone meets no English but names, keys, units, chips, and sources as they were published.</summary>
    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_report_and_memo_in_Chinese_hold_no_English_sentence(string study)
    {
        var (result, given) = Run(study);
        foreach (var text in Texts(result, PhraseBook.Chinese))
        {
            var left = Without(text, given);
            Assert.False(
                Sentence().IsMatch(left),
                $"{study}: '{Sentence().Match(left)}' in {text}"
            );
        }
    }

    /// <summary>Every word of report, memo and summary comes from the book, from the file or from the catalogue.</summary>
    [Theory]
    [MemberData(nameof(Shipped))]
    public void No_word_is_written_into_report_memo_or_summary(string study)
    {
        var (result, given) = Run(study);
        var book = PhraseBook.Bracketed;
        var html = StudyReport.Html(result, book);
        // Marks of figures and links stand inside sentences, so that brackets span elements.
        var body = Markup()
            .Replace(
                Style().Replace(html[html.IndexOf("<body", StringComparison.Ordinal)..], ""),
                "\n"
            );
        Bare(study, WebUtility.HtmlDecode(body), given);
        foreach (Match said in Spoken().Matches(html))
        {
            Bare(study, WebUtility.HtmlDecode(said.Groups["text"].Value), given);
        }
        Bare(study, string.Join('\n', MemoTexts(result.MemoIn(book)!)), given);
        Bare(study, string.Join('\n', StudySummary.Lines(result, book)), given);
    }

    [Fact]
    public void A_page_says_its_language()
    {
        var result = SmallStudy.Plain.Result;
        Assert.Contains(
            "<html lang=\"zh\"",
            StudyReport.Html(result, PhraseBook.Chinese),
            StringComparison.Ordinal
        );
        Assert.Contains("<html lang=\"en\"", StudyReport.Html(result), StringComparison.Ordinal);
    }

    /// <summary>The language changes words alone: every exact value stands in both pages at the same place of the result.</summary>
    [Fact]
    public void Figures_are_the_same_in_every_language()
    {
        var result = SmallStudy.Plain.Result;
        Assert.Equal(
            Values(StudyReport.Html(result)),
            Values(StudyReport.Html(result, PhraseBook.Chinese))
        );
        Assert.Equal(
            [
                .. result
                    .MemoIn(PhraseBook.English)!
                    .Blocks.SelectMany(b => b.Rows)
                    .SelectMany(r => r)
                    .Select(c => c.Value),
            ],
            result
                .MemoIn(PhraseBook.Chinese)!
                .Blocks.SelectMany(b => b.Rows)
                .SelectMany(r => r)
                .Select(c => c.Value)
        );
    }

    [Fact]
    public void A_planted_English_sentence_is_found()
    {
        Assert.Matches(Sentence(), Without("债务 was repaid early", []));
        Assert.DoesNotMatch(Sentence(), Without("由Ada Cloud承租", ["Ada Cloud"]));
        Assert.Throws<Xunit.Sdk.FailException>(() => Bare("x", "⟦a ⟦b⟧⟧ planted word", []));
    }

    private static readonly ConcurrentDictionary<
        string,
        Lazy<(StudyResult Result, IReadOnlyList<string> Given)>
    > _runs = new(StringComparer.Ordinal);

    private static (StudyResult Result, IReadOnlyList<string> Given) Run(string study) =>
        _runs.GetOrAdd(study, s => new(() => Fresh(s))).Value;

    private static (StudyResult Result, IReadOnlyList<string> Given) Fresh(string study)
    {
        var text = File.ReadAllText(Path.Combine(TestData.Repository(), "studies", study));
        var values = SmallStudy.Read(text);
        var result = StudyRun
            .Of(
                values,
                _catalogue,
                new StudySettings
                {
                    Draws = 20,
                    Trial = true,
                    Threads = 2,
                }
            )
            .Result;
        return (result, Given(result, text));
    }

    /// <summary>What a file and the catalogue give: names, keys and sources, as they were written; longest first.</summary>
    private static IReadOnlyList<string> Given(StudyResult result, string text)
    {
        var view = _catalogue.AsOf(result.Decided);
        var facts = view
            .Kinds.SelectMany(view.Entries)
            .SelectMany(e => e.Facts.Select(f => f.Text.Source).Append(e.Name));
        var inputs = StudyInputs
            .Table()
            .Rows.SelectMany(r => (string?[])[r.Path, r.Source, r.Key.Replace('_', ' ')])
            .OfType<string>();
        var written = Scalars(YamlInput.Read(text, "study.yaml"));
        return
        [
            .. result
                .Assumptions.SelectMany(a => (string[])[a.Name, a.Place, a.Source, a.Value])
                .Concat(result.Tornado.Select(b => b.Source))
                // In English a number is called by its key.
                .Concat(result.Tornado.Where(b => b.Path.Length > 0).Select(b => b.Input))
                .Concat(result.Options.SelectMany(o => o.Figures.Failure).OfType<string>())
                .Append(result.Name)
                .Append(result.Explanation)
                .Concat(facts)
                .Concat(inputs)
                .Concat(written)
                .SelectMany(t => t.Split("; ").Append(t))
                .Where(t => t.Length > 2)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(t => t.Length),
        ];
    }

    private static IEnumerable<string> Scalars(InputNode node) =>
        node switch
        {
            InputScalar scalar =>
            [
                scalar.Text,
                .. scalar.Text.Length > 0
                    ? (string[])[char.ToUpperInvariant(scalar.Text[0]) + scalar.Text[1..]]
                    : [],
            ],
            InputSequence list => list.Items.SelectMany(Scalars),
            InputMapping map => map.Entries.SelectMany(e => Scalars(e.Value)),
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };

    private static IEnumerable<string> Texts(StudyResult result, PhraseBook book)
    {
        var html = Style().Replace(StudyReport.Html(result, book), "");
        return TextNode()
            .Matches(html)
            .Concat(Spoken().Matches(html))
            .Select(m => WebUtility.HtmlDecode(m.Groups["text"].Value))
            .Concat(MemoTexts(result.MemoIn(book)!))
            .Concat(StudySummary.Lines(result, book))
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> MemoTexts(Plimsoll.Studies.Memos.Memo memo) =>
        memo
            .Blocks.SelectMany(b =>
                b.Sentences.Concat(b.Columns)
                    .Concat(b.Rows.SelectMany(r => r).Select(c => c.Text))
                    .Append(b.Heading)
                    .Append(b.Note)
            )
            .Append(memo.Title)
            .Append(memo.Subtitle);

    private static string Without(string text, IReadOnlyList<string> given) =>
        given.Aggregate(text, (t, g) => t.Replace(g, " · ", StringComparison.Ordinal));

    /// <summary>Fails where a word stands outside brackets that neither file nor catalogue gave.</summary>
    private static void Bare(string study, string text, IReadOnlyList<string> given)
    {
        var outside = new System.Text.StringBuilder();
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '⟦' ? 1 : 0;
            if (depth == 0)
            {
                outside.Append(c);
            }
            depth -= c == '⟧' ? 1 : 0;
        }
        var left = FigureWord()
            .Replace(Without(CatalogRow().Replace(outside.ToString(), " "), given), " ");
        if (Word().Match(left) is { Success: true } found)
        {
            var from = Math.Max(0, found.Index - 60);
            var near = left[from..Math.Min(left.Length, found.Index + 60)];
            Assert.Fail($"{study}: '{found.Value}' in {near.ReplaceLineEndings(" ")}");
        }
    }

    private static IReadOnlyList<(string, string)> Values(string html) =>
        [.. Figure().Matches(html).Select(m => (m.Groups["of"].Value, m.Groups["value"].Value))];

    /// <summary>Two words of Latin letters one after the other.</summary>
    [GeneratedRegex("[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex("[A-Za-z]{3,}", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[a-z_-]+\.csv:\d+", RegexOptions.None, 1000)]
    private static partial Regex CatalogRow();

    /// <summary>Words that figures carry in English: a scale, or odds that are never a false certainty.</summary>
    [GeneratedRegex(
        @"\b(?:billion|million|thousand|under|over|none|all)\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex FigureWord();

    [GeneratedRegex(
        "<style>.*?</style>|<details lang=\"zh\">.*?</details>",
        RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Style();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Markup();

    [GeneratedRegex(">(?<text>[^<>]+)<", RegexOptions.None, 1000)]
    private static partial Regex TextNode();

    [GeneratedRegex("(?:aria-label|data-name)=\"(?<text>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Spoken();

    [GeneratedRegex(
        "<data class=\"figure\" data-of=\"(?<of>[^\"]*)\" value=\"(?<value>[^\"]*)\">",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Figure();
}
