namespace Plimsoll.Inputs;

/// <summary>Defaults that depend on the rest of a file, such as those of its country; used where the file is silent, before those of the rows.</summary>
/// <param name="Numbers">Numbers by path from the top of the file.</param>
/// <param name="Words">Words by path from the top of the file.</param>
public sealed record InputFallbacks(
    IReadOnlyDictionary<string, InputNumber> Numbers,
    IReadOnlyDictionary<string, string> Words
)
{
    /// <summary>None.</summary>
    public static InputFallbacks None { get; } =
        new(
            new Dictionary<string, InputNumber>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );

    /// <summary>The number of a path, or null.</summary>
    public InputNumber? Number(string path) => Numbers.GetValueOrDefault(path);

    /// <summary>The word of a path, or null.</summary>
    public string? Word(string path) => Words.GetValueOrDefault(path);
}
