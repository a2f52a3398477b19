using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>What a check found, in the words of any language: a sentence of a check is recognised by the English texts of the phrase book and said anew.</summary>
/// <remarks>
/// Checks stand in layers below the book and say English sentences. What is recognised keeps its English to the letter; what is not stays as it was said.
/// Explanations of keys, which follow many remedies, give way to the key's own name in the language.
/// </remarks>
public static partial class FindingWords
{
    private const string Kind = "finding.";

    /// <summary>Deepest nesting of one text within another.</summary>
    private const int Deepest = 6;

    private static readonly (string Key, int Places, string Plain, Regex Sentence)[] _texts =
    [
        .. PhraseBook
            .English.Keys.Where(k =>
                k.StartsWith(Kind, StringComparison.Ordinal) && k != "finding.sentences"
            )
            .Select(k => (Key: k, Text: PhraseBook.English.Text(k)))
            .OrderByDescending(t => Place().Replace(t.Text, "").Length)
            .ThenBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => (t.Key, Places(t.Text), Place().Replace(t.Text, ""), Pattern(t.Text))),
    ];

    private static readonly FrozenDictionary<string, string> _exact = _texts
        .Where(t => t.Places == 0)
        .DistinctBy(t => t.Plain)
        .ToFrozenDictionary(t => t.Plain, t => t.Key, StringComparer.Ordinal);

    /// <summary>Keys and their explanations, of every kind of file that is read here or below.</summary>
    private static readonly (string Path, string Description)[] _rows =
    [
        .. new[]
        {
            StudyInputs.Table(),
            Market.VoucherDesign.VoucherInputs.Table(),
            Market.MarketFiles.MarketInputs.Table(),
            Finance.FinanceCaseInputs.Table(),
            Serving.Cases.InferenceInputs.Table(),
            Performance.Training.TrainingInputs.Table(),
        }
            .SelectMany(t => t.Rows)
            .Where(r => r.Description.Length > 0)
            .Select(r => (r.Path, r.Description))
            .Distinct(),
    ];

    /// <summary>A line of a check, as it is printed.</summary>
    /// <param name="found">The finding with its place.</param>
    /// <param name="book">The language.</param>
    public static string Line(LocatedFinding found, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(book);
        var f = found.Finding;
        return InputText.OneLine(
            book.Say(
                f.IsWarning ? "check.warning" : "check.error",
                found.File,
                found.Line,
                found.Column,
                Named(f.Path.ToString(), book),
                f.Rule,
                Of(f.Found),
                Of(f.Expected),
                Remedy(f, book)
            )
        );
    }

    /// <summary>A warning as it stands among the limits of a report.</summary>
    public static Phrase Warning(LocatedFinding found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var f = found.Finding;
        return Phrase.Of(
            "report.finding.warning",
            found.Line,
            f.Path.ToString(),
            Of(f.Found),
            Of(f.Expected),
            Of(f.Remedy)
        );
    }

    /// <summary>A sentence of a check in the words of any language; as it was said where it is not recognised.</summary>
    public static Phrase Of(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        if (Known(sentence, 0) is { } whole)
        {
            return whole;
        }
        // What is known of several sentences is told; the others stay.
        var parts = Ends().Split(sentence);
        return parts.Length == 1
            ? Words.Name(sentence)
            : parts
                .Select(p => Known(p, 0) ?? Words.Name(p))
                .Aggregate((before, next) => Phrase.Of("finding.sentences", before, next));
    }

    /// <summary>Whether a sentence is recognised.</summary>
    internal static bool Recognised(string sentence) => Known(sentence, 0) is not null;

    /// <summary>A remedy without the explanation of its key.</summary>
    internal static string WithoutExplanation(Finding finding)
    {
        if (finding.Explanation.Length > 0)
        {
            return finding.Remedy[..^finding.Explanation.Length].TrimEnd();
        }
        var path = Items().Replace(finding.Path.ToString(), "[]");
        foreach (
            var (_, explanation) in _rows.Where(r =>
                path.StartsWith(r.Path, StringComparison.Ordinal)
            )
        )
        {
            if (finding.Remedy.EndsWith(explanation, StringComparison.Ordinal))
            {
                return finding.Remedy[..^explanation.Length].TrimEnd();
            }
        }
        return finding.Remedy;
    }

    /// <summary>What to do about a finding, in a language.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="book">The language.</param>
    public static string Remedy(Finding finding, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(book);
        if (book.Language == PhraseBook.English.Language)
        {
            return finding.Remedy;
        }
        var bare = WithoutExplanation(finding);
        var said = book.Say(Of(bare));
        return
            bare.Length < finding.Remedy.Length
            && InputLabels.Of(book.Language, finding.Path.ToString()) is { } label
            ? said + book.Say("check.item", label)
            : said;
    }

    private static string Named(string path, PhraseBook book) =>
        book.Language != PhraseBook.English.Language
        && InputLabels.Of(book.Language, path) is { } label
            ? book.Say("report.named", label, path)
            : path;

    private static Phrase? Known(string text, int depth)
    {
        if (depth > Deepest)
        {
            return null;
        }
        if (_exact.TryGetValue(text, out var exact))
        {
            return Phrase.Of(exact);
        }
        // Several sentences one after the other: a place never holds the end of one and the next.
        for (var at = text.Length - 2; at > 0; at--)
        {
            if (
                text[at] is '.' or '?'
                && text[at + 1] == ' '
                && Known(text[..(at + 1)], depth + 1) is { } before
                && Known(text[(at + 2)..], depth + 1) is { } after
            )
            {
                return Phrase.Of("finding.sentences", before, after);
            }
        }
        foreach (var (key, places, _, sentence) in _texts)
        {
            if (places > 0 && In(sentence, text) is { Success: true } match)
            {
                return new Phrase(
                    key,
                    [
                        .. Enumerable
                            .Range(0, places)
                            .Select(i =>
                                (object)(
                                    i == 0 && _ofKind.Contains(key)
                                        ? OfKind(match.Groups["p0"].Value)
                                        : Inner(match.Groups[$"p{i}"].Value, depth + 1)
                                )
                            ),
                    ]
                );
            }
        }
        return null;
    }

    /// <summary>The match; null where it takes too long, and the sentence then stays as it is.</summary>
    private static Match? In(Regex sentence, string text)
    {
        try
        {
            return sentence.Match(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Texts whose first place is a kind of the catalogue: 'servers' is no unit there. English keeps the kind as the catalogue has it.</summary>
    private static readonly string[] _ofKind =
    [
        "finding.one-of-the-known-by",
        "finding.the-catalogue-knew-no-then-decide-later",
        "finding.a-name-from-the-catalogue-s",
    ];

    private static Phrase OfKind(string kind) =>
        PhraseBook.English.Keys.Contains("kind." + kind)
            ? Phrase.Of("kind." + kind)
            : Words.Name(kind);

    private static Phrase Inner(string text, int depth) =>
        Known(text, depth)
        ?? (
            PhraseBook.English.Keys.Contains($"place.{text}")
                ? Words.Named("place", text)
                : Words.Measure(text)
        );

    /// <summary>Places of a text.</summary>
    internal static int Places(string text) => Place().Count(text);

    /// <summary>A text as a pattern: its places take anything, except that a sentence ends where it ends.</summary>
    internal static Regex Pattern(string text) =>
        new(
            "^"
                + Place()
                    .Replace(
                        Regex.Escape(text).Replace("\\{", "{", StringComparison.Ordinal),
                        m => $"(?<p{m.Value[1]}>.+?)"
                    )
                + "$",
            RegexOptions.Singleline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.None, 60_000)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<=[.?]) ", RegexOptions.None, 60_000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, 60_000)]
    private static partial Regex Items();
}
