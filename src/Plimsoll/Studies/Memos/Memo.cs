namespace Plimsoll.Studies.Memos;

/// <summary>What a committee reads: two pages of sentences and tables, the same in every form in which they are written.</summary>
/// <param name="Title">Name of the study.</param>
/// <param name="Subtitle">What is asked, when and in which currency.</param>
/// <param name="Blocks">In the order in which they are read.</param>
public sealed record Memo(string Title, string Subtitle, IReadOnlyList<MemoBlock> Blocks);

/// <summary>One heading of the memo with what stands under it.</summary>
/// <param name="Heading">Its heading.</param>
public sealed record MemoBlock(string Heading)
{
    /// <summary>Sentences, one a paragraph.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>Names of the columns; empty for lines of a name and a figure.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows of cells, as many as columns; name and figure where there are none.</summary>
    public IReadOnlyList<IReadOnlyList<MemoCell>> Rows { get; init; } = [];

    /// <summary>What the rows rest on, below them; empty for nothing.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A cell: words, or a figure with its exact value.</summary>
/// <param name="Text">As printed, with its unit.</param>
/// <param name="Value">Exact value of a figure; NaN for words, and for a figure that does not exist.</param>
/// <param name="Figure">True for a figure, which is set to the right.</param>
public readonly record struct MemoCell(string Text, double Value, bool Figure)
{
    /// <summary>Words.</summary>
    public static implicit operator MemoCell(string text) => new(text, double.NaN, false);

    /// <summary>Words.</summary>
    public static MemoCell FromString(string text) => text;
}
