namespace Plimsoll.Inputs;

/// <summary>One node of an input file, whatever its syntax: a scalar, a list or a mapping, with its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public abstract record InputNode(int Line, int Column)
{
    /// <summary>The file in which it stands, where that is another than the one that names it: a table beside a study; null for the file itself.</summary>
    public string? File { get; init; }
}

/// <summary>A single value as written.</summary>
/// <param name="Text">The characters, without quotes.</param>
/// <param name="Quoted">True when it stood in quotes, and so is text whatever it looks like.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record InputScalar(string Text, bool Quoted, int Line, int Column)
    : InputNode(Line, Column)
{
    /// <summary>Text of the file that the value names, once its reader has brought it in; null for every other.</summary>
    public string? Content { get; init; }

    /// <summary>True for an empty value, <c>~</c> or <c>null</c> outside quotes.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>True for the word <c>unknown</c> outside quotes: where a number is asked for, its prior holds.</summary>
    public bool IsUnknown => !Quoted && Text == "unknown";
}

/// <summary>A list of nodes.</summary>
/// <param name="Items">In file order.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record InputSequence(IReadOnlyList<InputNode> Items, int Line, int Column)
    : InputNode(Line, Column);

/// <summary>A key of a mapping with its value.</summary>
/// <param name="Key">The key as written.</param>
/// <param name="Value">Its value.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Column">Column of the key, from 1.</param>
public sealed record InputEntry(string Key, InputNode Value, int Line, int Column);

/// <summary>Keys and values, in file order; a repeated key stands twice and is reported by the check.</summary>
/// <param name="Entries">In file order.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record InputMapping(IReadOnlyList<InputEntry> Entries, int Line, int Column)
    : InputNode(Line, Column)
{
    /// <summary>The first entry of this key, or null.</summary>
    public InputEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }
        return null;
    }
}
