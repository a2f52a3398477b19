using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Inputs;

/// <summary>Reads what is written in a scalar, and words what is expected and how to mend what is not.</summary>
public static partial class InputText
{
    private const int Longest = 60;

    /// <summary>What a row accepts, in words.</summary>
    public static string Expectation(InputRow row)
    {
        var range = (double.IsFinite(row.Min), double.IsFinite(row.Max)) switch
        {
            (true, true) => $" from {Plain(row.Min)} to {Plain(row.Max)}",
            (true, false) => $" of at least {Plain(row.Min)}",
            (false, true) => $" of at most {Plain(row.Max)}",
            _ => "",
        };
        var unit = row.Unit is "" or "1" or "text" ? "" : $" in {row.Unit}";
        var count = range.Length > 0 ? $", count{range}" : "";
        return row.Type switch
        {
            InputType.Number => $"a number{range}{unit}",
            InputType.Integer => $"a whole number{range}{unit}",
            InputType.Text => "words",
            InputType.Choice => row.Choices.Count == 1
                ? $"'{row.Choices[0]}'"
                : $"one of {string.Join(", ", row.Choices)}",
            InputType.Month => "a month as yyyy-MM",
            InputType.Boolean => "true or false",
            InputType.CatalogName => $"a name from the catalogue's {row.CatalogKind}",
            InputType.NumberList => $"a list of numbers{count}{unit}",
            InputType.Section => "a group of keys",
            _ => $"a list of items{count}",
        };
    }

    /// <summary>A number as people write it: thousands apart, no more digits than it has.</summary>
    internal static string Plain(double number) =>
        Math.Abs(number) >= 1e15 ? number.ToString("0.###e+0", CultureInfo.InvariantCulture)
        // What six digits would show as nothing is above nothing.
        : number != 0 && Math.Abs(number) < 1e-6
            ? number.ToString("0.############", CultureInfo.InvariantCulture)
        : number.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>What to do about a node that a row does not accept.</summary>
    internal static string Remedy(
        InputNode node,
        InputRow row,
        InputTable table,
        IReadOnlyCollection<string> candidates
    )
    {
        var text = (node as InputScalar)?.Text ?? "";
        return row.Type switch
        {
            InputType.Number or InputType.Integer or InputType.NumberList => NumberRemedy(
                node,
                row
            ),
            InputType.Month => MonthRemedy(text) + row.Description,
            InputType.Boolean => BooleanRemedy(text, node) + row.Description,
            InputType.Section =>
                $"Write its keys below it, indented: {string.Join(", ", table.Children(row.Path).Take(4).Select(r => r.Key + ":"))}. {row.Description}",
            InputType.List =>
                $"Write its items below it: '- {table.Children(row.Path + "[]")[0].Key}: ...'. {row.Description}",
            InputType.Choice or InputType.CatalogName => NearRemedy(text, row, candidates),
            _ => row.Description,
        };
    }

    /// <summary>What to do about something that is no number.</summary>
    internal static string NumberRemedy(InputNode node, InputRow row)
    {
        if (node is not InputScalar scalar)
        {
            return node is InputSequence && row.Type != InputType.NumberList
                ? $"Write one number, or 'value:' with 'low:' and 'high:'. {row.Description}"
                : row.Description;
        }
        var text = scalar.Text.Trim();
        var bare = new InputScalar(text, false, scalar.Line, scalar.Column);
        if (TryNumber(bare, out var number))
        {
            var whole =
                row.Type == InputType.Integer ? "Write a whole number" : "Write the number alone";
            return scalar.Quoted ? $"Take the quotes away: {text}."
                : row.Type == InputType.Integer
                && NumberReading.WithoutPoints(text) is { } grouped
                && Allowed(grouped, row)
                    ? Allowed(number, row)
                            ? $"Write {NumberReading.Written(number)} if the point marks decimals, or {NumberReading.Written(grouped)} if the point parts thousands. {row.Description}"
                        : $"Write {NumberReading.Written(grouped)} if the point parts thousands. {row.Description}"
                : row.Type == InputType.Integer && Allowed(number, row)
                    ? $"Write {NumberReading.Written(number)} for {Cut(text)}. {row.Description}"
                : $"{whole}; {Plain(number)} is not one. {row.Description}";
        }
        if (row.Unit == "months" && Calendar().IsMatch(text))
        {
            return $"Write how many months, not a month of the calendar. {row.Description}";
        }
        var readings = NumberReading
            .Of(text, row.Unit)
            .DistinctBy(r => r.Value)
            .Where(r => Allowed(r.Value, row))
            .ToList();
        return readings.Count switch
        {
            0 when OtherUnit(text, row) is { Length: > 0 } other => $"{other}{row.Description}",
            0 => Bare(text, row),
            1 when readings[0].If.Length > 0 =>
                $"Write {NumberReading.Written(readings[0].Value)} if {readings[0].If}. {Converted(readings)}{row.Description}",
            1 =>
                $"Write {NumberReading.Written(readings[0].Value)} for {Cut(text)}. {row.Description}",
            _ =>
                $"Write {string.Join(", or ", readings.Select(r => $"{NumberReading.Written(r.Value)} if {r.If}"))}. {Converted(readings)}{row.Description}",
        };
    }

    /// <summary>What a number in another spelling would be in another unit, where it is too large or too small for this one; empty when nothing fits.</summary>
    private static string OtherUnit(string text, InputRow row) =>
        string.Concat(
            NumberReading
                .Of(text, row.Unit)
                .Select(r => LikelySlip.OutOfRange(r.Value, row))
                .Distinct()
                .Take(1)
        );

    [GeneratedRegex(
        @"^(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])$",
        RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex Calendar();

    /// <summary>An amount that names its currency is another one in a file of another.</summary>
    private static string Converted(IReadOnlyList<NumberReading> readings) =>
        readings.Any(r => r.If.Contains("counts in", StringComparison.Ordinal))
            ? "If it counts in another currency, convert the amount at the day's rate first. "
            : "";

    /// <summary>Whether a number may stand there: what may not is never proposed.</summary>
    private static bool Allowed(double value, InputRow row) =>
        row.Type == InputType.NumberList
        || (
            value >= row.Min
            && value <= row.Max
            && (row.Type != InputType.Integer || Math.Floor(value) == value)
        );

    /// <summary>What is written for a number that nobody knows.</summary>
    private static readonly HashSet<string> _unknown = new(StringComparer.Ordinal)
    {
        "未知",
        "不知",
        "不知道",
        "不详",
        "不明",
        "未定",
        "待定",
        "n/a",
        "na",
        "?",
        "？",
        "tbd",
        "not known",
        "unbekannt",
        "inconnu",
    };

    /// <summary>Nothing is proposed for words that are not understood: a number without them may be another one.</summary>
    private static string Bare(string text, InputRow row) =>
        row.MayBeUnknown && _unknown.Contains(text.ToLowerInvariant())
            ? $"Write unknown: its prior then holds. {row.Description}"
        : text.Any(char.IsAsciiDigit)
            ? $"Write digits alone{(row.Unit is "" or "1" ? "" : $", counted in {row.Unit}")}; a point marks decimals. {row.Description}"
        : row.Description;

    /// <summary>Reads a finite number outside quotes; <c>1_000</c> and <c>1e3</c> are allowed.</summary>
    internal static bool TryNumber(InputScalar scalar, out double number)
    {
        number = 0;
        return !scalar.Quoted
            && double.TryParse(
                scalar.Text.Replace("_", "", StringComparison.Ordinal),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out number
            )
            && double.IsFinite(number);
    }

    /// <summary>Reads a member of an enumeration by its name; numbers and combinations, which the platform's reader takes, are refused.</summary>
    internal static bool TryWord<T>(
        string text,
        out T value,
        StringComparison comparison = StringComparison.Ordinal
    )
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(candidate.ToString(), text, comparison))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>What stands in a node, cut to a readable length.</summary>
    internal static string Show(InputNode node) =>
        node switch
        {
            InputScalar { IsNull: true } => "no value",
            InputScalar s => $"'{Cut(s.Text)}'",
            InputSequence { Items.Count: 0 } => "an empty list",
            InputSequence l => $"a list of {l.Items.Count}",
            InputMapping { Entries.Count: 0 } => "an empty group",
            InputMapping m =>
                $"keys {Cut(string.Join(", ", m.Entries.Take(4).Select(e => e.Key)))}",
            _ => "something else",
        };

    /// <summary>A text cut to a readable length, control characters shown as <c>?</c>.</summary>
    public static string Cut(string text) =>
        text.Length > Longest ? OneLine(text[..Longest]) + "..." : OneLine(text);

    /// <summary>A text with its control characters and broken halves of characters shown as <c>?</c>.</summary>
    public static string OneLine(string text) =>
        text.Any(c => Unfit(c) || char.IsSurrogate(c))
            ? new string([.. text.Select((c, i) => IsUnfit(text, i) ? '?' : c)])
            : text;

    /// <summary>Whether the character at a place commands a terminal, hides or turns text, or is half a character.</summary>
    internal static bool IsUnfit(string text, int i) => Unfit(text[i]) || !Whole(text, i);

    // Beside the control characters: line and paragraph separators, marks that turn the order of text, and what is no character.
    private static bool Unfit(char c) =>
        char.IsControl(c)
        || c
            is '\u2028'
                or '\u2029'
                or (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069')
                or '\uFFFE'
                or '\uFFFF';

    private static bool Whole(string text, int i) =>
        !char.IsSurrogate(text[i])
        || (
            char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        )
        || (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]));

    private static string MonthRemedy(string text)
    {
        var parts = HalfWidth(text).Trim().TrimEnd('月').Split('-', '/', '.', '年');
        if (parts.Length is not (2 or 3))
        {
            return Example;
        }
        var numbers = parts
            .Select(p => int.TryParse(p, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .ToArray();
        if (numbers[0] is > 1900 and < 2200)
        {
            return numbers[1] is >= 1 and <= 12
                ? $"Write {numbers[0]:0000}-{numbers[1]:00}. "
                : Example;
        }
        // The year last: a month before it, or day and month in either order.
        var year = numbers[^1];
        List<int> months = [.. numbers[..^1].Reverse().Where(n => n is >= 1 and <= 12).Distinct()];
        return year is not (> 1900 and < 2200) || months.Count == 0 ? Example
            : months.Count == 1 ? $"Write {year:0000}-{months[0]:00}. "
            : $"Write {year:0000}-{months[0]:00} if the day comes first, or {year:0000}-{months[1]:00} if the month comes first. ";
    }

    private const string Example = "Write for example 2024-03. ";

    private static string BooleanRemedy(string text, InputNode node) =>
        text.ToLowerInvariant() switch
        {
            "yes" or "on" or "y" or "1" => "Write true. ",
            "no" or "off" or "n" or "0" => "Write false. ",
            "true" or "false" when node is InputScalar { Quoted: true } =>
                $"Take the quotes away: {text.ToLowerInvariant()}. ",
            "true" or "false" => $"Write {text.ToLowerInvariant()}. ",
            _ => "",
        };

    private static string NearRemedy(
        string text,
        InputRow row,
        IReadOnlyCollection<string> candidates
    )
    {
        var near =
            InputLabels.Choice(text, row.Path, row.Choices) is { } named ? [named]
            : RatingLetters.Class(text) is { } credit && row.Choices.Contains(credit) ? [credit]
            : NearestName.Several(text, candidates, 3);
        return near.Count switch
        {
            > 0 => OneOf(near),
            _ when row is { CatalogKind: "sites", Key: "name" } =>
                $"Run 'plimsoll catalog list sites' for the names. Or write the place itself: 'place', 'latitude', 'longitude' and 'country' instead of 'name'.",
            _ when row.Type == InputType.CatalogName =>
                $"Run 'plimsoll catalog list {row.CatalogKind}' for the names.",
            _ => row.Description,
        };
    }

    /// <summary>A text in which full-width letters, digits and signs, as a Chinese keyboard gives them, are the usual ones.</summary>
    /// <param name="text">As written.</param>
    public static string HalfWidth(string text) =>
        string.Create(
            text.Length,
            text,
            (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = source[i] switch
                    {
                        '\u3000' => ' ',
                        >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                        var c => c,
                    };
                }
            }
        );

    /// <summary>Asks whether one of some names was meant, the likeliest first.</summary>
    /// <param name="names">At least one.</param>
    internal static string OneOf(IReadOnlyList<string> names) =>
        names.Count == 1
            ? $"Did you mean '{names[0]}'?"
            : $"Did you mean '{names[0]}'? Near too: {string.Join(", ", names.Skip(1))}.";

    private static bool Unquoted(string text, out double number) =>
        TryNumber(new InputScalar(text, false, 1, 1), out number);
}
