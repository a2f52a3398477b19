using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Cli;

/// <summary>Options that several commands share, spelled the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() =>
        new("--json")
        {
            Description = "Print one JSON document on standard output and nothing else.",
        };

    /// <summary><c>--language</c>: English unless said.</summary>
    public static Option<string> Language(string about)
    {
        var option = new Option<string>("--language")
        {
            Description = about,
            DefaultValueFactory = _ => PhraseBook.English.Language,
        };
        option.AcceptOnlyFromAmong([.. PhraseBook.Languages]);
        return option;
    }

    /// <summary><c>--as-of</c>: a month or a day; the last day of a month is meant.</summary>
    public static Option<DateOnly?> AsOf() =>
        new("--as-of")
        {
            Description =
                "Show only what was published by this month (yyyy-MM) or day (yyyy-MM-dd). Default: everything.",
            CustomParser = ParseDay,
        };

    /// <summary>The day asked for, or the last there is.</summary>
    public static DateOnly Day(this ParseResult result, Option<DateOnly?> asOf) =>
        result.GetValue(asOf) ?? DateOnly.MaxValue;

    private static DateOnly? ParseDay(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Month.TryParse(text, out var month))
        {
            return month.LastDay;
        }
        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            return day;
        }
        result.AddError(
            $"--as-of: found '{text}'; expected a month as yyyy-MM or a day as yyyy-MM-dd, for example 2024-03."
        );
        return null;
    }
}
