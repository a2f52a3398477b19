using Plimsoll.Inputs;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Pages;

/// <summary>What an input is called on a page.</summary>
internal static class Label
{
    /// <summary>Its name in the language, else its key in words.</summary>
    public static string Of(Language language, InputRow row) =>
        language.Or("input." + row.Path, Words(language, row.Key));

    private static string Words(Language language, string key)
    {
        var words = key.Replace('_', ' ');
        words = char.ToUpperInvariant(words[0]) + words[1..];
        return language.Code == Language.Pseudo ? $"⟦{words}⟧" : words;
    }
}
