using Plimsoll.Inputs;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Pages;

/// <summary>What an input is called on a page.</summary>
internal static partial class Label
{
    /// <summary>Its name in the language, else its key in words.</summary>
    public static string Of(Language language, InputRow row) =>
        language.Or("input." + Own(row.Path), Words(language, row.Key));

    /// <summary>The place of an input in a study, where a portfolio has it of a centre or of all.</summary>
    private static string Own(string path) =>
        path.StartsWith("centres[].", StringComparison.Ordinal)
        && path["centres[].".Length..] is var centre
        && StudyDocument.Table.Rows.Any(r => r.Path == centre)
            ? centre
        : path.StartsWith("defaults.", StringComparison.Ordinal) ? path["defaults.".Length..]
        : path;

    /// <summary>The name of an input that a result calls by its key in words ("standing service"): its label where it has one and no other input shares the key.</summary>
    public static string Named(Language language, string name) =>
        StudyDocument
            .Table.Rows.Where(r => r.Key.Replace('_', ' ') == name)
            .Select(r => Of(language, r))
            .Distinct(StringComparer.Ordinal)
            .ToArray()
            is [{ Length: > 0 } label]
            ? label
            : name;

    /// <summary>The name of an input by its place in a file, items by their number; empty where no row stands there.</summary>
    public static string At(Language language, string path) =>
        Row(path) is { } row ? Of(language, row) : "";

    /// <summary>A value of an input: in the language where it is one of a list, else as written.</summary>
    public static string Chosen(Language language, string path, string value) =>
        value.Length > 0 && Row(path) is { Type: InputType.Choice or InputType.Boolean }
            ? Said(language, "choice", value)
            : value;

    private static InputRow? Row(string path)
    {
        var of = Item().Replace(path, "[]");
        return Known(of) ?? (of.LastIndexOf('.') is var dot and > 0 ? Known(of[..dot]) : null);
    }

    private static InputRow? Known(string path) =>
        StudyDocument.Table.Rows.FirstOrDefault(r => r.Path == path);

    [System.Text.RegularExpressions.GeneratedRegex(
        @"\[[0-9]+\]",
        System.Text.RegularExpressions.RegexOptions.None,
        1000
    )]
    private static partial System.Text.RegularExpressions.Regex Item();

    /// <summary>What an input means, in the language.</summary>
    public static string Help(Language language, InputRow row) =>
        language.Or("help." + Own(row.Path), Marked(language, row.Description));

    /// <summary>The language in which <see cref="Help"/> speaks: English where this one has no words for the input.</summary>
    public static string HelpLanguage(Language language, InputRow row) =>
        language.Keys.Contains("help." + Own(row.Path)) ? language.Code : "en";

    /// <summary>A value of a list to choose from, or a unit, in the language; in English it is as the file has it.</summary>
    public static string Said(Language language, string kind, string value) =>
        language.Or($"{kind}.{value}", Marked(language, value));

    private static string Marked(Language language, string words) =>
        language.Code == Language.Pseudo ? $"⟦{words}⟧" : words;

    private static string Words(Language language, string key)
    {
        var words = key.Replace('_', ' ');
        words = char.ToUpperInvariant(words[0]) + words[1..];
        return language.Code == Language.Pseudo ? $"⟦{words}⟧" : words;
    }
}
