using System.Text.RegularExpressions;

namespace Plimsoll.Inputs;

/// <summary>Letters of a rating agency, where a file asks for a class of credit.</summary>
internal static partial class RatingLetters
{
    /// <summary>The class that a rating is of; null for what is no rating.</summary>
    /// <param name="text">As written: <c>AA-</c>, <c>Baa2</c>, <c>bb+</c>.</param>
    /// <returns><c>investment grade</c> down to BBB- and Baa3, <c>rated below</c> from BB+ and Ba1 on.</returns>
    public static string? Class(string text) =>
        Investment().IsMatch(text.Trim()) ? "investment grade"
        : Below().IsMatch(text.Trim()) ? "rated below"
        : null;

    [GeneratedRegex(
        "^(?:AAA|AA[+-]?|A[+-]?|BBB[+-]?|Aaa|Aa[1-3]|A[1-3]|Baa[1-3])$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex Investment();

    [GeneratedRegex(
        "^(?:BB[+-]?|B[+-]?|CCC[+-]?|CC|C|Ba[1-3]|B[1-3]|Caa[1-3]|Ca)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex Below();
}
