using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>Says phrases in a language: texts stand in a resource file, one a line, <c>key = text with {0:amount} in place of arguments</c>.</summary>
/// <remarks>
/// Formats of an argument: <c>share</c> in percent, <c>odds</c> never a false certainty, <c>amount</c> to two digits, <c>stated</c> as it was written, <c>price</c> and <c>money</c> to three, <c>count</c> whole with thousands apart, <c>whole</c> without, <c>two</c> to two digits, <c>cover</c> to hundredths,
/// <c>rate</c> the hundredfold to hundredths, <c>percent</c> the same with no more places than needed and the sign, <c>tenth</c> to one place, <c>tenths</c> always with it, <c>table</c> in the thousands (ten thousands) of a table, <c>sentence</c> with a capital;
/// none for words, months and phrases, which are said in the same language.
/// </remarks>
public sealed class PhraseBook
{
    private readonly FrozenDictionary<string, string> _texts;

    private PhraseBook(string language)
    {
        Language = language;
        _texts = Read(language);
    }

    private PhraseBook(PhraseBook english)
    {
        Language = "en";
        _texts = english
            ._texts.ToDictionary(t => t.Key, t => $"⟦{t.Value}⟧", StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Languages that can be spoken, by their ISO code.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "zh"];

    /// <summary>English.</summary>
    public static PhraseBook English { get; } = new("en");

    /// <summary>Simplified Chinese.</summary>
    public static PhraseBook Chinese { get; } = new("zh");

    /// <summary>English with every text between brackets: what shows without them comes from no book.</summary>
    public static PhraseBook Bracketed { get; } = new(English);

    /// <summary>ISO code of the language.</summary>
    public string Language { get; }

    /// <summary>Keys that have a text.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>The book of a language.</summary>
    /// <exception cref="KeyNotFoundException">The language is not spoken.</exception>
    public static PhraseBook Of(string language) =>
        language switch
        {
            "en" => English,
            "zh" => Chinese,
            _ => throw new KeyNotFoundException(
                $"No language '{language}'; there are {string.Join(", ", Languages)}."
            ),
        };

    /// <summary>The text of a key, with its places.</summary>
    internal string Text(string key) => _texts[key];

    /// <summary>A phrase in words.</summary>
    /// <exception cref="KeyNotFoundException">It has no text in this language.</exception>
    public string Say(Phrase phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        if (!_texts.TryGetValue(phrase.Key, out var text))
        {
            throw new KeyNotFoundException($"'{phrase.Key}' has no text in '{Language}'.");
        }
        var said = new StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                said.Append(text, at, text.Length - at);
                break;
            }
            said.Append(text, at, open - at);
            var close = text.IndexOf('}', open);
            var place = text[(open + 1)..close].Split(':');
            said.Append(
                Put(
                    phrase.Arguments[int.Parse(place[0], CultureInfo.InvariantCulture)],
                    place.Length > 1 ? place[1] : ""
                )
            );
            at = close + 1;
        }
        return said.ToString();
    }

    /// <summary>A text with its arguments.</summary>
    /// <param name="key">Key of the text.</param>
    /// <param name="arguments">In the order of its places.</param>
    /// <exception cref="KeyNotFoundException">It has no text in this language.</exception>
    public string Say(string key, params object[] arguments) => Say(new Phrase(key, arguments));

    /// <summary>A name that stands in a result in English, in this language; itself where the book has none.</summary>
    /// <param name="kind">Kind of name, the beginning of its key: line, fan, stress, floor, measure.</param>
    /// <param name="name">The name as it stands in the result.</param>
    public string Name(string kind, string name) =>
        _texts.TryGetValue($"{kind}.{name}", out var text) ? text : name;

    /// <summary>Sentences or names one after the other, with the semicolon of the language.</summary>
    public string Join(IEnumerable<string> items) => Joined(items, "list.semicolon");

    /// <summary>Names one after the other, with the comma of the language.</summary>
    public string Row(IEnumerable<string> items) => Joined(items, "list");

    private string Joined(IEnumerable<string> items, string key)
    {
        var said = "";
        foreach (var item in items)
        {
            said = said.Length == 0 ? item : Say(key, said, item);
        }
        return said;
    }

    private string Put(object argument, string format) =>
        (argument, format) switch
        {
            (double.NaN, _) => _texts["figure.none"],
            (Phrase phrase, "sentence") => Capital(Say(phrase)),
            (Phrase phrase, _) => Say(phrase),
            (string words, "sentence") => Capital(words),
            (double value, "share") => Share(value),
            (double value, "odds") => Odds(value),
            (double value, "cover") => value.ToString("0.00", CultureInfo.InvariantCulture),
            (double value, "two") => Words.Round(value, 2),
            (double value, "whole") => value.ToString("0", CultureInfo.InvariantCulture),
            (double value, "amount") => Amount(value),
            (double value, "money") => Money(value),
            (double value, "price") => Words.Round3(value),
            (double value, "count") => value.ToString("#,0", CultureInfo.InvariantCulture),
            (double value, "rate") => (Math.Round(100 * value, 4) + 0.0).ToString(
                "0.00",
                CultureInfo.InvariantCulture
            ),
            (double value, "percent") => (100 * value).ToString(
                "0.##",
                CultureInfo.InvariantCulture
            ) + (IsChinese ? "%" : " %"),
            (double value, "number") => (Math.Round(value, 4) + 0.0).ToString(
                "#,0",
                CultureInfo.InvariantCulture
            ),
            (double value, "fine") => value.ToString("0.0#", CultureInfo.InvariantCulture),
            (double value, "stated") => value.ToString("#,0.##", CultureInfo.InvariantCulture),
            (double value, "tenth") => value.ToString("0.#", CultureInfo.InvariantCulture),
            (double value, "tenths") => (Math.Round(value, 4) + 0.0).ToString(
                "0.0",
                CultureInfo.InvariantCulture
            ),
            (double value, "hundredths") => (Math.Round(value, 4) + 0.0).ToString(
                "0.00",
                CultureInfo.InvariantCulture
            ),
            (double value, "table") => (
                Math.Round(value / (IsChinese ? 1e4 : 1e3), 4) + 0.0
            ).ToString("#,0", CultureInfo.InvariantCulture),
            (int value, "count") => value.ToString("#,0", CultureInfo.InvariantCulture),
            (int value, _) => value.ToString(CultureInfo.InvariantCulture),
            (ulong value, _) => value.ToString(CultureInfo.InvariantCulture),
            (Month month, _) => IsChinese
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{month.Year}年{month.MonthOfYear}月"
                )
                : month.ToString(),
            (DateOnly day, _) => day.ToString(
                IsChinese ? "yyyy'年'M'月'd'日'" : "yyyy-MM-dd",
                CultureInfo.InvariantCulture
            ),
            (string words, _) => words,
            _ => throw new ArgumentException(
                $"A phrase cannot say {argument} as '{format}'.",
                nameof(argument)
            ),
        };

    private static string Capital(string words) =>
        words.Length > 0 ? char.ToUpperInvariant(words[0]) + words[1..] : words;

    private bool IsChinese => Language == "zh";

    /// <summary>A share in percent; without the space before the sign where the language sets none.</summary>
    public string Share(double value) =>
        double.IsNaN(value) ? _texts["figure.none"]
        : !IsChinese ? Words.Percent(value)
        : value is > 0 and < 0.001 ? "不到0.1%"
        : Words.Round(value * 100, 2) + "%";

    /// <summary>A chance, never a false certainty.</summary>
    public string Odds(double value) =>
        double.IsNaN(value) ? _texts["figure.none"]
        : !IsChinese ? Words.Odds(value)
        : value <= 0 ? "0%（模拟中未见）"
        : value < 0.01 ? "不到1%"
        : value >= 1 ? "100%（全部模拟）"
        : value > 0.99 ? "超过99%"
        : string.Create(CultureInfo.InvariantCulture, $"{value * 100:0}%");

    /// <summary>An amount to two significant digits in the words of the language: thousands and millions, or ten thousands and hundred millions.</summary>
    public string Amount(double value) => Scaled(value, 2);

    /// <summary>A sum that is asked, lent or paid: the same to three significant digits.</summary>
    public string Money(double value) => Scaled(value, 3);

    private string Scaled(double value, int digits)
    {
        if (double.IsNaN(value))
        {
            return _texts["figure.none"];
        }
        if (!IsChinese)
        {
            return digits == 2 ? Words.Amount(value) : Words.Money(value);
        }
        var (scale, word) = Words.Significant(Math.Abs(value), digits) switch
        {
            >= 1e8 => (1e8, "亿"),
            >= 1e4 => (1e4, "万"),
            _ => (1.0, ""),
        };
        return Words.Round(value / scale, digits) + word;
    }

    /// <summary>A unit that stands in a result in English, in this language.</summary>
    public string Unit(string unit) => Say(Words.Measure(unit));

    private static FrozenDictionary<string, string> Read(string language)
    {
        var assembly = typeof(PhraseBook).Assembly;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        // One file for what all say, and one a product: audit.en.txt.
        var names = assembly
            .GetManifestResourceNames()
            .Where(n =>
                n.StartsWith("Plimsoll.Decisions.Phrases.", StringComparison.Ordinal)
                && n.EndsWith($".{language}.txt", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }
                var at = line.IndexOf(" = ", StringComparison.Ordinal);
                texts.Add(line[..at], line[(at + 3)..]);
            }
        }
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
