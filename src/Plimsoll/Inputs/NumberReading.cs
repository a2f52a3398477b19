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

    /// <summary>Words for a currency behind an amount, with what must hold for them; nothing is converted.</summary>
    private static readonly (string Word, string If)[] _currencies =
    [
        ("人民币元", Yuan),
        ("元人民币", Yuan),
        ("人民币", Yuan),
        ("美元", "the study counts in dollars"),
        ("元", Yuan),
        ("yuan", Yuan),
        ("rmb", Yuan),
        ("cny", Yuan),
        ("usd", "the study counts in dollars"),
        ("dollars", "the study counts in dollars"),
        ("dollar", "the study counts in dollars"),
        ("欧元", Euros),
        ("euros", Euros),
        ("euro", Euros),
        ("eur", Euros),
    ];

    private const string Yuan = "the study counts in yuan";
    private const string Euros = "the study counts in euros";

    /// <summary>What must hold for a currency's sign before an amount; nothing is converted.</summary>
    private static string HeldBy(string mark) =>
        mark switch
        {
            "$" => "the study counts in dollars",
            "¥" or "￥" => Yuan,
            "€" => Euros,
            "£" => "the study counts in pounds",
            _ => "",
        };

    /// <summary>What a price is counted by, where the words leave no doubt of the key's own.</summary>
    private static readonly string[] _counted =
    [
        "/kwh",
        "/千瓦时",
        "/度",
        "每度",
        "/卡时",
        "/gpu-h",
        "/gpuh",
        "/gpu-hour",
    ];

    /// <summary>Units of a key in the words of another language.</summary>
    private static readonly (string Word, string Unit, double Factor)[] _chinese =
    [
        ("个月", "months", 1),
        ("月", "months", 1),
        ("年", "months", 12),
        ("台", "servers", 1),
        ("毫秒", "ms", 1),
        ("秒", "ms", 1000),
        ("千瓦", "kW", 1),
        ("兆瓦", "kW", 1000),
        ("词元", "tokens", 1),
    ];

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
        if (
            text.Length > 80
            || Shape().Match(InputText.HalfWidth(text).Trim()) is not { Success: true } match
        )
        {
            return [];
        }
        var scale = Scale(match.Groups["rest"].Value.Trim().TrimEnd('.'), unit);
        var power = match.Groups["power"].Value;
        if (HeldBy(match.Groups["mark"].Value) is { Length: > 0 } held)
        {
            scale = scale.Select(s =>
                (
                    s.Factor,
                    s.If.Length == 0 ? held
                    : s.If.Contains(held, StringComparison.Ordinal) ? s.If
                    : $"{held} and {s.If}"
                )
            );
        }
        return
        [
            .. scale.SelectMany(s =>
                Digits(match.Groups["digits"].Value)
                    .Select(d => Scaled(match.Groups["sign"].Value + d.Text + power, s, d.If))
                    .OfType<NumberReading>()
            ),
        ];
    }

    /// <summary>A count whose point may part thousands, as in <c>1.080</c>; null where it cannot.</summary>
    /// <param name="text">As written.</param>
    public static double? WithoutPoints(string text) =>
        Thousands().IsMatch(text)
            ? double.Parse(
                text.Replace(".", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture
            )
            : null;

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Thousands();

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
            // Nobody parts thousands behind four digits or a zero; behind up to three the file's author decides, however many follow.
            var parts = lastComma is >= 1 and <= 3 && grouped[0] != '0';
            yield return (Decimal(lastComma), parts ? "the comma marks decimals" : "");
            if (parts)
            {
                yield return (whole, "the comma parts thousands");
            }
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
        if (unit == "1" && Money(word) is var (amount, held))
        {
            foreach (var (factor, why) in Scale(amount, unit))
            {
                yield return (factor, why.Length > 0 ? $"{held} and {why}" : held);
            }
        }
        else if (word.Length == 0 || Same(word, unit))
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
            foreach (var (other, into, factor) in _conversions.Concat(_chinese))
            {
                if (into == unit && (word == other || word == other + "s"))
                {
                    yield return (factor, "");
                    break;
                }
            }
        }
    }

    /// <summary>An amount's words without its currency and what it is counted by, with what must hold; null where no currency is named.</summary>
    private static (string Words, string If)? Money(string word)
    {
        var bare = word;
        foreach (var by in _counted)
        {
            if (bare.EndsWith(by, StringComparison.Ordinal))
            {
                bare = bare[..^by.Length].TrimEnd();
                break;
            }
        }
        foreach (var (currency, held) in _currencies)
        {
            if (bare.EndsWith(currency, StringComparison.Ordinal))
            {
                return (bare[..^currency.Length].TrimEnd(), held);
            }
        }
        return null;
    }

    /// <summary>True when the word names the key's own unit.</summary>
    private static bool Same(string word, string unit) =>
        unit.Length > 1
        && string.Equals(word.TrimEnd('s'), unit.TrimEnd('s'), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^(?:(?<mark>[$¥￥€£])\s*)?(?<sign>[+-]?)(?:(?<mark>[$¥￥€£])\s*)?(?<digits>(?=[^\d]?\d)[\d.,'’_\u0020\u00A0\u2009\u202F]*\d)(?<power>[eE][+-]?\d{1,3})?(?<rest>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Shape();

    [GeneratedRegex(@"['’_\u0020\u00A0\u2009\u202F]", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"^\d{1,3}(?:['’_\u0020\u00A0\u2009\u202F]\d{3})+(?:[.,]\d+)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Groups();
}
