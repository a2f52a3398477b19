using System.Globalization;
using System.Text;
using Plimsoll.Inputs;

namespace Plimsoll.Tests.Input;

/// <summary>Makes files whose every value is valid by its row and stands at an end of it, from a file that is sound.</summary>
/// <remarks>Same base, same number: same file. The ends that stand in the file are recorded.</remarks>
internal sealed class ExtremeFile
{
    private const double Far = 1e9;
    private readonly InputTable _table;
    private readonly Random _random;
    private readonly Dictionary<string, object?> _root;
    private bool _first;

    private ExtremeFile(InputTable table, InputMapping root, int number)
    {
        (_table, _random) = (table, new Random(number));
        _root = (Dictionary<string, object?>)Tree(root)!;
    }

    /// <summary>Rows changed, with the end: <c>horizon low</c>.</summary>
    public List<string> Ends { get; } = [];

    /// <summary>The file.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Changes one to five rows of a sound file.</summary>
    /// <param name="table">Rows of its kind.</param>
    /// <param name="root">The sound file.</param>
    /// <param name="number">Which of the many.</param>
    /// <param name="first">A row that is put at an end whatever the draw.</param>
    /// <param name="high">Which end of it.</param>
    public static ExtremeFile Of(
        InputTable table,
        InputMapping root,
        int number,
        InputRow first,
        bool high
    )
    {
        var file = new ExtremeFile(table, root, number);
        var rows = table
            .Rows.Where(r => r.Path is not ("kind" or "version") && r.Type != InputType.Section)
            .ToList();
        file.Change(first, high);
        // Mostly few changes: with many at once nearly every file contradicts itself and is refused.
        for (var count = file._random.Next(0, 4); count > 0; count--)
        {
            file.Change(rows[file._random.Next(rows.Count)]);
        }
        var text = new StringBuilder();
        Write(text, file._root, 0);
        file.Text = text.ToString();
        return file;
    }

    /// <summary>A file with one number of it set, in the first item of each list; nothing else is changed.</summary>
    /// <param name="table">Rows of its kind.</param>
    /// <param name="root">The file.</param>
    /// <param name="row">The number.</param>
    /// <param name="value">Its value.</param>
    public static string With(InputTable table, InputMapping root, InputRow row, double value)
    {
        var file = new ExtremeFile(table, root, 0) { _first = true };
        file.Group(file._root, row.Path.Split('.')[..^1])![row.Key] = Number(row, value);
        var text = new StringBuilder();
        Write(text, file._root, 0);
        return text.ToString();
    }

    /// <summary>A file with its words changed: every text key of every section and item that stands in it.</summary>
    /// <param name="table">Rows of its kind.</param>
    /// <param name="root">The file.</param>
    /// <param name="change">Row and words as they are, null where the key is absent, to the words put there; null leaves the key as it is.</param>
    public static string WithTexts(
        InputTable table,
        InputMapping root,
        Func<InputRow, string?, string?> change
    )
    {
        var file = new ExtremeFile(table, root, 0);
        file.Texts(file._root, "", change);
        var text = new StringBuilder();
        Write(text, file._root, 0);
        return text.ToString();
    }

    private void Texts(
        Dictionary<string, object?> group,
        string parent,
        Func<InputRow, string?, string?> change
    )
    {
        foreach (var row in _table.Children(parent))
        {
            var value = group.GetValueOrDefault(row.Key);
            switch (value)
            {
                case Dictionary<string, object?> inner when row.Type == InputType.Section:
                    Texts(inner, row.Path, change);
                    break;
                case List<object?> items when row.Type == InputType.List:
                    foreach (var item in items.OfType<Dictionary<string, object?>>())
                    {
                        Texts(item, row.Path + "[]", change);
                    }
                    break;
                case null or string when row.Type == InputType.Text:
                    if (change(row, Plain(value as string)) is { } words)
                    {
                        group[row.Key] = InputSample.Quoted(words);
                    }
                    break;
                default:
                    break;
            }
        }
    }

    private static string? Plain(string? scalar) =>
        scalar is ['"', ..] ? System.Text.Json.JsonSerializer.Deserialize<string>(scalar) : scalar;

    /// <summary>Whether a row has two ends: all but sections and names that must be another's.</summary>
    public static bool HasEnds(InputRow row) =>
        row.Type != InputType.Section
        && !(row.Type == InputType.Text && IsReference(row))
        && (row.Type != InputType.CatalogName || InputSample.View.Names(row.CatalogKind).Count > 0);

    private void Change(InputRow row, bool? high = null)
    {
        var group = Group(_root, row.Path.Split('.')[..^1]);
        if (group is null)
        {
            return;
        }
        var (value, end) =
            row.Type == InputType.List ? Count(row, group, high) : Value(row, group, high);
        if (end.Length == 0)
        {
            return;
        }
        if (value is null)
        {
            group.Remove(row.Key);
        }
        else
        {
            group[row.Key] = value;
        }
        Ends.Add($"{row.Path} {end}");
    }

    /// <summary>The group a key belongs to, of a random item of each list; sections are made, items are not.</summary>
    private Dictionary<string, object?>? Group(Dictionary<string, object?> at, string[] path)
    {
        foreach (var part in path)
        {
            var list = part.EndsWith("[]", StringComparison.Ordinal);
            var key = list ? part[..^2] : part;
            if (list)
            {
                if (at.GetValueOrDefault(key) is not List<object?> { Count: > 0 } items)
                {
                    items = [Item(string.Join('.', path[..(Array.IndexOf(path, part) + 1)]))];
                    at[key] = items;
                }
                if (
                    items[_first ? 0 : _random.Next(items.Count)]
                    is not Dictionary<string, object?> item
                )
                {
                    return null;
                }
                at = item;
                continue;
            }
            if (at.GetValueOrDefault(key) is not Dictionary<string, object?> section)
            {
                section = Item(string.Join('.', path[..(Array.IndexOf(path, part) + 1)]));
                at[key] = section;
            }
            at = section;
        }
        return at;
    }

    /// <summary>A section, or an item of a list, that the base lacks: its required keys, in the middle of what they allow.</summary>
    private Dictionary<string, object?> Item(string list)
    {
        var item = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var row in _table.Children(list).Where(r => r.Required))
        {
            item[row.Key] = Middle(row);
        }
        return item;
    }

    private object? Middle(InputRow row) =>
        row.Type switch
        {
            InputType.Number or InputType.Integer => Number(
                row,
                row.Default is { } given
                    && double.TryParse(given, CultureInfo.InvariantCulture, out var number)
                        ? number
                    : row.Min > 0 && double.IsFinite(row.Max)
                        ? Math.Min(row.Max, Math.Max(row.Min, 10))
                    : Math.Clamp(1, row.Min, row.Max)
            ),
            InputType.Choice => row.Choices[0],
            InputType.CatalogName =>
                $"\"{InputSample.View.Names(row.CatalogKind).FirstOrDefault() ?? "none"}\"",
            InputType.Boolean => "true",
            InputType.Month => "2024-01",
            InputType.NumberList => "[1]",
            InputType.List => new List<object?> { Item(row.Path + "[]") },
            InputType.Section => Item(row.Path),
            InputType.Text => "\"somebody\"",
            _ => throw new ArgumentOutOfRangeException(nameof(row), row.Type, "No such type."),
        };

    private (object? Value, string End) Count(
        InputRow row,
        Dictionary<string, object?> group,
        bool? chosen
    )
    {
        var items = group.GetValueOrDefault(row.Key) as List<object?> ?? [];
        var low = double.IsFinite(row.Min) ? (int)row.Min : 0;
        if (!(chosen ?? _random.Next(2) == 0))
        {
            return low == 0 ? (null, "low") : (Filled(row, items, low).Take(low).ToList(), "low");
        }
        // The high end of a list is a size question, met by the bound of the row; a few more items meet the rest.
        List<object?> more = [.. Filled(row, items, Math.Max(1, low)), .. items.Select(Copy)];
        return (more, "high");
    }

    private List<object?> Filled(InputRow row, List<object?> items, int least) =>
        [
            .. items,
            .. Enumerable
                .Range(0, Math.Max(0, least - items.Count))
                .Select(_ => (object?)Item(row.Path + "[]")),
        ];

    private (object? Value, string End) Value(
        InputRow row,
        Dictionary<string, object?> group,
        bool? chosen
    )
    {
        var high = chosen ?? _random.Next(2) == 1;
        var end = high ? "high" : "low";
        switch (row.Type)
        {
            case InputType.Number or InputType.Integer:
                var low = double.IsFinite(row.Min) ? row.Min : -Far;
                var top = double.IsFinite(row.Max) ? row.Max : Far;
                if (chosen is null && _random.Next(5) == 0)
                {
                    // Not an end: the least step from it, or its middle on a logarithmic scale.
                    var inside =
                        row.Type == InputType.Integer ? Math.Min(low + 1, top)
                        : low > 0 ? Math.Sqrt(low * top)
                        : low + ((top - low) * 1e-6);
                    return (Number(row, inside), "inside");
                }
                return (Number(row, high ? top : low), end);
            case InputType.Choice:
                return (row.Choices[high ? ^1 : _random.Next(row.Choices.Count)], end);
            case InputType.CatalogName:
                var names = InputSample.View.Names(row.CatalogKind).ToList();
                return names.Count == 0
                    ? (null, "")
                    : ($"\"{names[_random.Next(names.Count)]}\"", end);
            case InputType.Boolean:
                return (high ? "true" : "false", end);
            case InputType.Month:
                int[] years = [2000, 2015, 2023, 2024, 2025, 2026, 2030, 2040, 2075];
                var year = high ? years[^_random.Next(1, 5)] : years[_random.Next(5)];
                return ($"{year}-{_random.Next(1, 13):00}", end);
            case InputType.Text:
                return IsReference(row)
                    ? (null, "")
                    : ($"\"{new string('x', high ? Math.Min(row.MaxLength, 2000) : 1)}\"", end);
            case InputType.NumberList:
                var least = double.IsFinite(row.Min) ? Math.Max(1, (int)row.Min) : 1;
                var most = double.IsFinite(row.Max) ? Math.Min(400, (int)row.Max) : least;
                var n = high ? most : least;
                return ($"[{string.Join(", ", Enumerable.Repeat(high ? "1" : "0", n))}]", end);
            default:
                return (null, "");
        }
    }

    /// <summary>A name that must be another's would only be refused.</summary>
    private static bool IsReference(InputRow row) =>
        row.Key
            is "trace"
                or "mixture"
                or "csv"
                or "price_curve"
                or "voucher"
                or "market"
                or "fleet"
                or "currency";

    private static string Number(InputRow row, double value)
    {
        var whole =
            row.Type == InputType.Integer
                ? Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue)
                : value;
        return whole.ToString("R", CultureInfo.InvariantCulture);
    }

    private static object? Tree(InputNode node) =>
        node switch
        {
            InputMapping mapping => mapping.Entries.ToDictionary(
                e => e.Key,
                e => Tree(e.Value),
                StringComparer.Ordinal
            ),
            InputSequence list => list.Items.Select(Tree).ToList(),
            InputScalar { IsNull: true } => null,
            InputScalar { Quoted: false } scalar
                when !scalar.Text.Contains('\n')
                    && !scalar.Text.Contains(": ")
                    && !scalar.Text.Contains(" #") => scalar.Text,
            InputScalar scalar => System.Text.Json.JsonSerializer.Serialize(scalar.Text),
            _ => null,
        };

    private static object? Copy(object? value) =>
        value switch
        {
            Dictionary<string, object?> group => group.ToDictionary(
                e => e.Key,
                e => Copy(e.Value),
                StringComparer.Ordinal
            ),
            List<object?> list => list.Select(Copy).ToList(),
            _ => value,
        };

    private static void Write(
        StringBuilder text,
        Dictionary<string, object?> group,
        int indent,
        string first = ""
    )
    {
        foreach (var (key, value) in group)
        {
            text.Append(first.Length > 0 ? first : new string(' ', indent)).Append(key).Append(':');
            first = "";
            switch (value)
            {
                case Dictionary<string, object?> { Count: > 0 } inner:
                    text.Append('\n');
                    Write(text, inner, indent + 2);
                    break;
                case List<object?> { Count: > 0 } list when list[0] is Dictionary<string, object?>:
                    text.Append('\n');
                    foreach (var item in list.OfType<Dictionary<string, object?>>())
                    {
                        Write(text, item, indent + 4, new string(' ', indent + 2) + "- ");
                    }
                    break;
                case List<object?> list:
                    text.Append(" [").AppendJoin(", ", list).Append("]\n");
                    break;
                case Dictionary<string, object?>:
                    text.Append(" {}\n");
                    break;
                default:
                    text.Append(' ').Append(value ?? "~").Append('\n');
                    break;
            }
        }
    }
}
