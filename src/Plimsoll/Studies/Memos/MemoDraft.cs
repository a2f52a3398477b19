using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>What a committee reads, in the words of any language.</summary>
/// <param name="Title">Name of the study.</param>
/// <param name="Subtitle">What is asked, when and in which currency.</param>
/// <param name="Blocks">In the order in which they are read.</param>
public sealed record MemoDraft(Phrase Title, Phrase Subtitle, IReadOnlyList<MemoDraftBlock> Blocks)
{
    /// <summary>The memo in a language.</summary>
    public Memo In(PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return new Memo(book.Say(Title), book.Say(Subtitle), [.. Blocks.Select(b => b.In(book))]);
    }
}

/// <summary>One heading with what stands under it.</summary>
/// <param name="Heading">Its heading.</param>
public sealed record MemoDraftBlock(Phrase Heading)
{
    /// <summary>Sentences, one a paragraph.</summary>
    public IReadOnlyList<Phrase> Sentences { get; init; } = [];

    /// <summary>Names of the columns; empty for lines of a name and a figure.</summary>
    public IReadOnlyList<Phrase> Columns { get; init; } = [];

    /// <summary>Rows of cells, as many as columns; name and figure where there are none.</summary>
    public IReadOnlyList<IReadOnlyList<MemoDraftCell>> Rows { get; init; } = [];

    /// <summary>What the rows rest on, below them; null for nothing.</summary>
    public Phrase? Note { get; init; }

    /// <summary>The block without those of some columns in which no row says anything; the note names them, so that none is missed.</summary>
    /// <param name="columns">Columns, from 0, that may go.</param>
    internal MemoDraftBlock Narrowed(params int[] columns)
    {
        int[] silent = [.. columns.Where(c => Rows.All(r => !Says(r[c])))];
        if (silent.Length == 0 || Rows.Count == 0)
        {
            return this;
        }
        IReadOnlyList<T> Kept<T>(IReadOnlyList<T> all) =>
            [.. all.Where((_, c) => !silent.Contains(c))];
        var names = silent
            .Select(c => Columns[c])
            .Aggregate((before, next) => Phrase.Of("list", before, next));
        return this with
        {
            Columns = Kept(Columns),
            Rows = [.. Rows.Select(Kept)],
            Note = Note is { } note
                ? Phrase.Of("memo.columns.silent.note", names, note)
                : Phrase.Of("memo.columns.silent", names),
        };
    }

    /// <summary>True where a cell says more than "none" or nothing.</summary>
    private static bool Says(MemoDraftCell cell) =>
        cell.Figure
            ? cell.Value != 0
            : cell.Text.Key is not ("memo.none" or "memo.nothing")
                && cell.Text is not { Key: "name", Arguments: [""] };

    /// <summary>The block in a language.</summary>
    public MemoBlock In(PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return new MemoBlock(book.Say(Heading))
        {
            Sentences = [.. Sentences.Select(book.Say)],
            Columns = [.. Columns.Select(book.Say)],
            Rows =
            [
                .. Rows.Select(row =>
                    (IReadOnlyList<MemoCell>)
                        [.. row.Select(c => new MemoCell(book.Say(c.Text), c.Value, c.Figure))]
                ),
            ],
            Note = Note is { } note ? book.Say(note) : "",
        };
    }
}

/// <summary>A cell: words, or a figure with its exact value.</summary>
/// <param name="Text">As printed, with its unit.</param>
/// <param name="Value">Exact value of a figure; NaN for words, and for a figure that does not exist.</param>
/// <param name="Figure">True for a figure, which is set to the right.</param>
public readonly record struct MemoDraftCell(Phrase Text, double Value, bool Figure)
{
    /// <summary>Words.</summary>
    public static implicit operator MemoDraftCell(Phrase text) => new(text, double.NaN, false);

    /// <summary>Words.</summary>
    public static MemoDraftCell FromPhrase(Phrase text) => text;
}
