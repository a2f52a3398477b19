using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Inputs;

/// <summary>One number that a text may mean, with what would have to hold for it.</summary>
/// <param name="Value">The number, finite.</param>
/// <param name="If">What must hold, after "if": <c>the comma marks decimals</c>; empty when nothing else can be meant.</param>
/// <remarks>
/// People write 2,20 and 1.234,50 and 5.4 million. A text that can be read in two ways is never turned into one number: both are said,
/// and the writer decides.
/// </remarks>
public sealed partial record NumberReading(double Value, string If)
{
    private const double DaysPerMonth = 365.25 / 12;

    /// <summary>Words that multiply, the same whatever is counted.</summary>
    private static readonly Dictionary<string, double> _multiples = new(StringComparer.Ordinal)
    {
        ["thousand"] = 1e3,
        ["k"] = 1e3,
        ["million"] = 1e6,
        ["mn"] = 1e6,
        ["mio"] = 1e6,
        ["billion"] = 1e9,
        ["bn"] = 1e9,
        ["wan"] = 1e4,
        ["万"] = 1e4,
        ["亿"] = 1e8,
        ["yi"] = 1e8,
    };

    /// <summary>Units other than the key's own that are a fixed multiple of it: word, unit of the key, factor.</summary>
    private static readonly (string Word, string Unit, double Factor)[] _conversions =
    [
        ("year", "months", 12),
        ("yr", "months", 12),
        ("quarter", "months", 3),
        ("day", "months", 1 / DaysPerMonth),
        ("s", "ms", 1000),
        ("second", "ms", 1000),
        ("minute", "ms", 60_000),
        ("ms", "s", 0.001),
        ("minute", "s", 60),
        ("mw", "kW", 1000),
        ("gw", "kW", 1e6),
        ("kw", "W", 1000),
        ("kw", "MW", 0.001),
    ];

    /// <summary>Every number that the text may mean in a unit, each once; none when it holds no number, or words that are not understood.</summary>
    /// <param name="text">As written, for example <c>2,20</c>, <c>1'000</c>, <c>5.4 million</c>, <c>70 %</c>.</param>
    /// <param name="unit">The unit of the key, one of <see cref="Quantities.Units"/>.</param>
    public static IReadOnlyList<NumberReading> Of(string text, string unit)
    {
        if (text.Length > 80 || Shape().Match(Narrow(text).Trim()) is not { Success: true } match)
        {
            return [];
        }
        var scale = Scale(match.Groups["rest"].Value.Trim().TrimEnd('.'), unit);
        var power = match.Groups["power"].Value;
        return
        [
            .. scale.SelectMany(s =>
                Digits(match.Groups["digits"].Value)
                    .Select(d => Scaled(match.Groups["sign"].Value + d.Text + power, s, d.If))
                    .OfType<NumberReading>()
            ),
        ];
    }

    /// <summary>The digits, commas, points and signs of a Chinese or Japanese keyboard as those of any other.</summary>
    private static string Narrow(string text) =>
        text.Any(c => c is >= '\uFF01' and <= '\uFF5E')
            ? string.Concat(
                text.Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c)
            )
            : text;

    /// <summary>A number as it is written in a file: no separators, every digit it has.</summary>
    public static string Written(double number) =>
        number.ToString(
            Math.Abs(number) is (>= 1e15 or < 1e-6) and > 0 ? "R" : "0.###############",
            CultureInfo.InvariantCulture
        );

    private static NumberReading? Scaled(string text, (double Factor, string If) scale, string why)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain))
        {
            return null;
        }
        // A product in decimal where it fits: 5.1 million is 5100000, not 5099999.999999999.
        var number =
            scale.Factor is >= 1e-3 and <= 1e9
            && plain is > -1e15 and < 1e15
            && decimal.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var exact
            )
                ? (double)(exact * (decimal)scale.Factor)
                : plain * scale.Factor;
        if (!double.IsFinite(number))
        {
            return null;
        }
        var both = why.Length > 0 && scale.If.Length > 0 ? $"{why} and {scale.If}" : why + scale.If;
        return new NumberReading(number, both);
    }

    /// <summary>The readings of digits with separators, as the platform reads them.</summary>
    private static IEnumerable<(string Text, string If)> Digits(string digits)
    {
        var grouped = Spaces().Replace(digits, "");
        if (grouped != digits && !Groups().IsMatch(digits))
        {
            yield break;
        }
        int commas = grouped.Count(c => c == ','),
            dots = grouped.Count(c => c == '.');
        var whole = grouped
            .Replace(",", "", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal);
        var (lastComma, lastDot) = (grouped.LastIndexOf(','), grouped.LastIndexOf('.'));
        string Decimal(int at) => $"{Only(grouped[..at])}.{Only(grouped[(at + 1)..])}";
        if (commas == 0 && dots <= 1)
        {
            yield return (grouped, "");
        }
        else if (commas == 1 && dots == 0)
        {
            yield return (Decimal(lastComma), "the comma marks decimals");
            yield return (whole, "the comma parts thousands");
        }
        else if (commas == 0 || dots == 0)
        {
            yield return (whole, "");
        }
        else if (lastComma > lastDot && commas == 1)
        {
            yield return (Decimal(lastComma), "the comma marks decimals");
            if (dots == 1)
            {
                yield return (Decimal(lastDot), "the point marks decimals");
            }
        }
        else if (lastDot > lastComma && dots == 1)
        {
            yield return (Decimal(lastDot), "");
        }
    }

    private static string Only(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    /// <summary>What the words behind the digits multiply by; none when they are not understood.</summary>
    private static IEnumerable<(double Factor, string If)> Scale(string words, string unit)
    {
        var word = words.ToLowerInvariant();
        if (word.Length == 0 || Same(word, unit))
        {
            yield return (1, "");
        }
        else if (word == "%")
        {
            if (unit.StartsWith("fraction", StringComparison.Ordinal))
            {
                yield return (0.01, "");
            }
            else
            {
                yield return (1, "the key is in per cent");
                yield return (0.01, "the key is a share");
            }
        }
        else if (word is "bp" or "bps" or "basis points")
        {
            yield return (0.0001, "");
        }
        else if (word == "m")
        {
            if (Same("month", unit))
            {
                yield return (1, "");
            }
            else
            {
                yield return (1e6, "m stands for million");
            }
        }
        else if (_multiples.TryGetValue(word, out var multiple))
        {
            yield return (multiple, "");
        }
        else
        {
            foreach (var (other, into, factor) in _conversions)
            {
                if (into == unit && (word == other || word == other + "s"))
                {
                    yield return (factor, "");
                    break;
                }
            }
        }
    }

    /// <summary>True when the word names the key's own unit.</summary>
    private static bool Same(string word, string unit) =>
        unit.Length > 1
        && string.Equals(word.TrimEnd('s'), unit.TrimEnd('s'), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^(?:[$¥￥€£]\s*)?(?<sign>[+-]?)(?:[$¥￥€£]\s*)?(?<digits>(?=[^\d]?\d)[\d.,'’_\u0020\u00A0\u2009\u202F]*\d)(?<power>[eE][+-]?\d{1,3})?(?<rest>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();

    [GeneratedRegex(@"['’_\u0020\u00A0\u2009\u202F]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"^\d{1,3}(?:['’_\u0020\u00A0\u2009\u202F]\d{3})+(?:[.,]\d+)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Groups();
}
