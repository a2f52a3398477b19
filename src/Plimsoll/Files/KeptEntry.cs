namespace Plimsoll.Files;

/// <summary>What a store holds under a name.</summary>
/// <param name="Content">The content; null when there is none that can be believed.</param>
/// <param name="Doubtful">True when an entry is there but was cut, altered, renamed or written by another version or user.</param>
public sealed record KeptEntry(ReadOnlyMemory<byte>? Content, bool Doubtful)
{
    /// <summary>No entry.</summary>
    public static KeptEntry Absent { get; } = new(null, false);

    /// <summary>An entry that is not believed.</summary>
    public static KeptEntry Unbelievable { get; } = new(null, true);
}
