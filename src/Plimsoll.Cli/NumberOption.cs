using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Plimsoll.Cli;

/// <summary>Options that take a number within a range: what is none, or lies outside, is answered in a sentence.</summary>
internal static class NumberOption
{
    /// <summary>A whole number.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What it is, without its range.</param>
    /// <param name="least">Smallest allowed.</param>
    /// <param name="most">Largest allowed.</param>
    /// <param name="standard">Value when the option is absent.</param>
    public static Option<T> Whole<T>(
        string name,
        string description,
        T least,
        T most,
        Func<T> standard
    )
        where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard(),
            CustomParser = result =>
                Read(result, name, "a whole number", NumberStyles.AllowLeadingSign, least, most),
        };

    /// <summary>A whole number that may be absent.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What it is.</param>
    /// <param name="least">Smallest allowed.</param>
    /// <param name="most">Largest allowed.</param>
    public static Option<T?> WholeOrNone<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
                Read(result, name, "a whole number", NumberStyles.AllowLeadingSign, least, most),
        };

    /// <summary>A number.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What it is, without its range.</param>
    /// <param name="least">Smallest allowed.</param>
    /// <param name="most">Largest allowed.</param>
    /// <param name="standard">Value when the option is absent.</param>
    public static Option<double> Real(
        string name,
        string description,
        double least,
        double most,
        double standard
    ) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
                Read(
                    result,
                    name,
                    "a number",
                    NumberStyles.AllowLeadingSign
                        | NumberStyles.AllowDecimalPoint
                        | NumberStyles.AllowExponent,
                    least,
                    most
                ),
        };

    private static T Read<T>(
        ArgumentResult result,
        string name,
        string what,
        NumberStyles style,
        T least,
        T most
    )
        where T : struct, INumber<T>
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (
            T.TryParse(text, style, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }
        result.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: found '{Inputs.InputText.Cut(text)}'; expected {what} from {least} to {most}."
            )
        );
        return default;
    }
}
