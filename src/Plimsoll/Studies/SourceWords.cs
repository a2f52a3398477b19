using System.Text.RegularExpressions;
using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>A source in the words of any language: what this program says of it is said anew; citations stay as they were published.</summary>
public static class SourceWords
{
    private const string Kind = "sourced.";

    private static readonly (string Key, int Places, Regex Sentence)[] _added =
    [
        .. PhraseBook
            .English.Keys.Where(k => k.StartsWith(Kind, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(k => (k, Text: PhraseBook.English.Text(k)))
            .Select(t => (t.k, FindingWords.Places(t.Text), FindingWords.Pattern(t.Text))),
    ];

    /// <summary>A source as printed.</summary>
    /// <param name="source">As it stands beside the number, in English.</param>
    /// <param name="book">The language.</param>
    public static string Of(string source, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(book);
        if (book.Name("source", source) is var known && known != source)
        {
            return known;
        }
        var at = source.EndsWith(')') ? source.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        if (at > 0 && source.Contains(".csv:", StringComparison.Ordinal))
        {
            return Of(source[..at], book) + source[at..];
        }
        foreach (var (key, places, sentence) in _added)
        {
            if (sentence.Match(source) is { Success: true } match)
            {
                return book.Say(
                    new Phrase(
                        key,
                        [
                            .. Enumerable
                                .Range(0, places)
                                .Select(i => Of(match.Groups[$"p{i}"].Value, book)),
                        ]
                    )
                );
            }
        }
        var parts = source.Split("; ");
        var said = parts.Select(p => parts.Length > 1 ? Of(p, book) : p).ToList();
        return said.SequenceEqual(parts, StringComparer.Ordinal) ? source : book.Join(said);
    }
}
