namespace Plimsoll.Reports.Html.Sections;

/// <summary>Beginnings of sentences.</summary>
internal static class Sentence
{
    /// <summary>The same text with a capital first letter.</summary>
    public static string Begin(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A name written as one word with capitals inside, as separate small words.</summary>
    public static string Apart(string name) =>
        string.Concat(
            name.Select(
                (c, i) =>
                    char.IsAsciiLetterUpper(c) && !name.Contains(' ', StringComparison.Ordinal)
                        ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c)
                        : $"{c}"
            )
        );
}
