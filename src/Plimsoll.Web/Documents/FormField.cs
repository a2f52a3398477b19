using Plimsoll.Inputs;

namespace Plimsoll.Web.Documents;

/// <summary>One input of the form: its row, where it stands, and what the text says there.</summary>
/// <param name="Row">The row of the table.</param>
/// <param name="Path">Where it stands, items by their index.</param>
/// <param name="Node">What stands there; null when the text is silent.</param>
public sealed record FormField(InputRow Row, string Path, InputNode? Node)
{
    /// <summary>The value as written; empty when silent.</summary>
    public string Value => (Node as InputScalar)?.Text ?? Numbers(Node) ?? Part("value");

    /// <summary>Low end of its range as written; empty for none.</summary>
    public string Low => Part("low");

    /// <summary>High end of its range as written; empty for none.</summary>
    public string High => Part("high");

    /// <summary>Source as written; empty for none.</summary>
    public string Source => Part("source");

    /// <summary>Grade as written; empty for none.</summary>
    public string Grade => Part("grade");

    /// <summary>True when the number is written with a range, source or grade.</summary>
    public bool Ranged => Node is InputMapping;

    /// <summary>True when a range means something here.</summary>
    public bool MayRange => Row.Type == InputType.Number && !Row.OneValue;

    private string Part(string key) =>
        ((Node as InputMapping)?.Find(key)?.Value as InputScalar)?.Text ?? "";

    /// <summary>The fields directly inside a section or an item, in declared order.</summary>
    /// <param name="table">Rows of the file.</param>
    /// <param name="parent">Path of rows: empty, <c>site</c>, <c>fleet[]</c>.</param>
    /// <param name="path">The same with indices.</param>
    /// <param name="node">What stands there.</param>
    public static IReadOnlyList<FormField> Inside(
        InputTable table,
        string parent,
        string path,
        InputMapping? node
    ) =>
        [
            .. table
                .Children(parent)
                .Select(row => new FormField(
                    row,
                    path.Length == 0 ? row.Key : $"{path}.{row.Key}",
                    node?.Find(row.Key)?.Value
                )),
        ];

    /// <summary>A list of plain values as one field has it; null for what is none.</summary>
    private static string? Numbers(InputNode? node) =>
        node is InputSequence { Items.Count: > 0 } list && list.Items.All(i => i is InputScalar)
            ? string.Join(", ", list.Items.Select(i => ((InputScalar)i).Text))
            : null;

    /// <summary>What changes the shape of the form rather than a value in it: sections and items that are there.</summary>
    public static string Shape(InputNode? node) =>
        node switch
        {
            InputMapping m => "{"
                + string.Join(
                    ',',
                    m.Entries.Where(e => e.Value is not InputScalar)
                        .Select(e => e.Key + Shape(e.Value))
                )
                + "}",
            InputSequence s => "[" + string.Join(',', s.Items.Select(Shape)) + "]",
            _ => "",
        };

    /// <summary>Every value of a text by the name of its field.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Values(InputNode? node, string path)
    {
        switch (node)
        {
            case InputMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    var at = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
                    foreach (var inner in Values(entry.Value, at))
                    {
                        yield return inner;
                    }
                }
                break;
            case InputSequence list when Numbers(list) is { } numbers:
                yield return new KeyValuePair<string, string>(path, numbers);
                break;
            case InputSequence list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    foreach (var inner in Values(list.Items[i], $"{path}[{i}]"))
                    {
                        yield return inner;
                    }
                }
                break;
            case InputScalar scalar:
                yield return new KeyValuePair<string, string>(path, scalar.Text);
                break;
        }
    }
}
