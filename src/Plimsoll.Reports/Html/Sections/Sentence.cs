namespace Plimsoll.Reports.Html.Sections;

/// <summary>Beginnings of sentences.</summary>
internal static class Sentence
{
    /// <summary>The same text with a capital first letter.</summary>
    public static string Begin(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
