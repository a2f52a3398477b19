using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Plimsoll.Inputs;
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

    /// <summary><c>--as-of</c>: a month or a day; the last day of a month is meant.</summary>
    public static Option<DateOnly> AsOf() =>
        new("--as-of")
        {
            Description =
                "Show only what was published by this month (yyyy-MM) or day (yyyy-MM-dd). Default: everything.",
            CustomParser = ParseDay,
            DefaultValueFactory = _ => new DateOnly(9999, 12, 31),
        };

    /// <summary>A number within bounds; anything else is said with what was expected.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What it means; the bounds are added.</param>
    /// <param name="low">Smallest allowed.</param>
    /// <param name="high">Largest allowed.</param>
    /// <param name="fallback">Without the option; null for none.</param>
    public static Option<T> Number<T>(
        string name,
        string description,
        T low,
        T high,
        T? fallback = null
    )
        where T : struct, INumber<T>
    {
        string Shown(T number) => number.ToString("#,0.######", CultureInfo.InvariantCulture);
        var bounds = $"{Shown(low)} to {Shown(high)}";
        var whole = T.IsInteger(low) && T.Zero == T.One / (T.One + T.One) ? "whole " : "";
        var option = new Option<T>(name)
        {
            Description = $"{description} From {bounds}.",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (
                    T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n)
                    && n >= low
                    && n <= high
                )
                {
                    return n;
                }
                result.AddError(
                    $"{name}: found '{InputText.Cut(text)}'; expected a {whole}number from {bounds}."
                );
                return low;
            },
        };
        if (fallback is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }
        return option;
    }

    private static DateOnly ParseDay(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Month.TryParse(text, out var month))
        {
            return month.LastDay;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
        {
            return day;
        }
        result.AddError(
            $"--as-of: found '{text}'; expected a month as yyyy-MM or a day as yyyy-MM-dd, for example 2024-03."
        );
        return default;
    }
}
