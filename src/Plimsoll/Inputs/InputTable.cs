namespace Plimsoll.Inputs;

/// <summary>The inputs of one kind of file, composed from the rows that the layers declare.</summary>
public sealed class InputTable
{
    private readonly Dictionary<string, InputRow> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<InputRow>> _children = new(StringComparer.Ordinal);

    /// <summary>Composes a table.</summary>
    /// <param name="kind">The word after <c>kind:</c> at the top of the file.</param>
    /// <param name="title">What such a file is, in one sentence.</param>
    /// <param name="rows">All rows; a section or list must come before the rows inside it.</param>
    /// <exception cref="ArgumentException">A path is declared twice, or its parent is not declared.</exception>
    public InputTable(string kind, string title, params IEnumerable<InputRow> rows)
    {
        Kind = kind;
        Title = title;
        Add(
            new InputRow("kind", InputType.Choice, "What this file describes.")
            {
                Required = true,
                Choices = [kind],
            }
        );
        Add(
            new InputRow(
                "version",
                InputType.Integer,
                "Version of the form of this file; keys renamed since are read with a warning, and 'plimsoll migrate' rewrites them."
            )
            {
                Default = "1",
                Min = 1,
                Max = 1000,
                Unit = "1",
            }
        );
        foreach (var row in rows)
        {
            Add(row);
        }
        Rows = [.. _byPath.Values];
    }

    /// <summary>The word after <c>kind:</c>.</summary>
    public string Kind { get; }

    /// <summary>What such a file is.</summary>
    public string Title { get; }

    /// <summary>Keys that had another name in earlier versions.</summary>
    public IReadOnlyList<KeyRename> Renames { get; init; } = [];

    /// <summary>The version in which a file of today is written: that of the latest rename, 1 without any.</summary>
    public int Version => Renames.Select(r => r.Since).DefaultIfEmpty(1).Max();

    /// <summary>All rows in declared order.</summary>
    public IReadOnlyList<InputRow> Rows { get; }

    /// <summary>Rows directly inside a section (<c>site</c>), inside list items (<c>fleet[]</c>), or at the top (empty).</summary>
    public IReadOnlyList<InputRow> Children(string parent) =>
        _children.TryGetValue(parent, out var rows) ? rows : [];

    /// <summary>The row of a path with <c>[]</c> for indices.</summary>
    /// <exception cref="KeyNotFoundException">No such row: a fault of the program, not of the file.</exception>
    public InputRow Row(string path) =>
        _byPath.TryGetValue(path, out var row)
            ? row
            : throw new KeyNotFoundException($"No input row '{path}' in kind '{Kind}'.");

    /// <summary>The row of a path with <c>[]</c> for indices, or null.</summary>
    internal InputRow? Find(string path) => _byPath.GetValueOrDefault(path);

    private void Add(InputRow row)
    {
        if (
            row.Parent.Length > 0
            && !_byPath.ContainsKey(
                row.Parent.EndsWith("[]", StringComparison.Ordinal) ? row.Parent[..^2] : row.Parent
            )
        )
        {
            throw new ArgumentException(
                $"Input row '{row.Path}' stands before its section '{row.Parent}'."
            );
        }
        if (!_byPath.TryAdd(row.Path, row))
        {
            throw new ArgumentException($"Input row '{row.Path}' is declared twice.");
        }
        if (!_children.TryGetValue(row.Parent, out var siblings))
        {
            _children[row.Parent] = siblings = [];
        }
        siblings.Add(row);
    }
}
