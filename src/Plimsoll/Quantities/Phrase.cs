namespace Plimsoll.Quantities;

/// <summary>Words to be shown: a key of the resource files with typed arguments, so that the same fact can be told in any language.</summary>
/// <param name="Key">Key in the resource files, such as <c>option.hold.description</c>.</param>
/// <param name="Arguments">Numbers, months, names, or phrases, in the order of the text's places.</param>
public sealed record Phrase(string Key, IReadOnlyList<object> Arguments)
{
    /// <summary>A phrase with its arguments.</summary>
    public static Phrase Of(string key, params object[] arguments) => new(key, arguments);
}
