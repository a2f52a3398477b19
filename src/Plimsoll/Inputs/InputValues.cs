using System.Globalization;
using Plimsoll.Quantities;

namespace Plimsoll.Inputs;

/// <summary>A number as the study gives it, with its range and where it comes from.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Value">Best estimate in the row's unit.</param>
/// <param name="Low">Low end of the 80 % range; the value itself when exact.</param>
/// <param name="High">High end of the 80 % range; the value itself when exact.</param>
/// <param name="Unit">The row's unit.</param>
/// <param name="Source">The study's own source, or that of the default.</param>
/// <param name="Grade">Its grade; a number of the study without a grade is the user's own and graded D.</param>
/// <param name="FromDefault">True when the file is silent.</param>
public sealed record InputNumber(
    string Path,
    double Value,
    double Low,
    double High,
    string Unit,
    string Source,
    Grade Grade,
    bool FromDefault
);

/// <summary>Typed access to a checked file: the value, else the row's default.</summary>
/// <remarks>Call only after <see cref="InputCheck"/> found nothing; a missing row is then a fault of the program.</remarks>
public sealed class InputValues
{
    private readonly InputTable _table;
    private readonly InputMapping? _node;
    private readonly InputMapping? _root;
    private readonly string _declared;
    private readonly InputPath _path;
    private readonly InputFallbacks _fallbacks;

    /// <summary>Wraps a whole file.</summary>
    public InputValues(InputTable table, InputMapping root)
        : this(table, root, root, "", InputPath.Root, InputFallbacks.None) { }

    private InputValues(
        InputTable table,
        InputMapping? root,
        InputMapping? node,
        string declared,
        InputPath path,
        InputFallbacks fallbacks
    )
    {
        _fallbacks = fallbacks;
        _root = root;
        _table = table;
        _node = node;
        _declared = declared;
        _path = path;
    }

    /// <summary>The whole file; null where it is none.</summary>
    internal InputMapping? Root => _root;

    /// <summary>Where these values stand in the file.</summary>
    public InputPath Path => _path;

    /// <summary>The table of the file.</summary>
    public InputTable Table => _table;

    /// <summary>The same values with other defaults where the file is silent, such as those of the site's country.</summary>
    /// <param name="fallbacks">Defaults by path from the top of the file; they go before those of the rows.</param>
    public InputValues With(InputFallbacks fallbacks) =>
        new(_table, _root, _node, _declared, _path, fallbacks);

    /// <summary>Line and column of a path in the file: of its key, else of the nearest section around it that stands there.</summary>
    /// <param name="path">From the top of the file, whatever part of it these values are.</param>
    public (int Line, int Column) Place(InputPath path) => At(path, out _);

    /// <summary>A finding at the place of its path, in the file or the table in which that stands.</summary>
    /// <param name="finding">With a path from the top of the file.</param>
    /// <param name="file">Name of the file.</param>
    public LocatedFinding Located(Finding finding, string file)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var (line, column) = At(finding.Path, out var other);
        return new LocatedFinding(other ?? file, line, column, finding);
    }

    private (int Line, int Column) At(InputPath path, out string? file)
    {
        InputNode? node = _root;
        file = null;
        var place = (_root?.Line ?? 1, _root?.Column ?? 1);
        foreach (var key in path.Text.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (
                node is InputSequence list
                && key.StartsWith('[')
                && int.TryParse(key[1..^1], CultureInfo.InvariantCulture, out var item)
                && item < list.Items.Count
            )
            {
                node = list.Items[item];
                file = node.File ?? file;
                place = (node.Line, node.Column);
                continue;
            }
            if ((node as InputMapping)?.Find(key) is not { } entry)
            {
                break;
            }
            place = (entry.Line, entry.Column);
            node = entry.Value;
        }
        return place;
    }

    /// <summary>True when the key stands in the file with a value; the word <c>unknown</c> is none where a number is asked for.</summary>
    public bool Has(string path) =>
        Find(path) switch
        {
            null or InputScalar { IsNull: true } => false,
            InputScalar { IsUnknown: true } => _table.Find(Declared(path))
                is not { Type: InputType.Number or InputType.Integer },
            var _ => true,
        };

    /// <summary>True when the key is written and says something else than silence would.</summary>
    public bool Says(string path)
    {
        if (!Has(path))
        {
            return false;
        }
        var row = Row(path);
        return row.Type switch
        {
            InputType.Number or InputType.Integer => row.Default is null
                || Number(path) != double.Parse(row.Default, CultureInfo.InvariantCulture),
            InputType.List or InputType.NumberList => Find(path) is InputSequence list
                && list.Items.Count > 0,
            InputType.Section => true,
            _ => Text(path) != row.Default,
        };
    }

    /// <summary>True when the key stands in the file as the word <c>unknown</c>.</summary>
    public bool IsUnknown(string path) => Find(path) is InputScalar { IsUnknown: true };

    /// <summary>A group of keys; reading from an absent group gives the defaults.</summary>
    public InputValues Section(string path) =>
        new(_table, _root, Find(path) as InputMapping, Declared(path), _path.Key(path), _fallbacks);

    /// <summary>The items of a list, none when absent.</summary>
    public IReadOnlyList<InputValues> Items(string path)
    {
        var list = Find(path) as InputSequence;
        return list is null
            ? []
            :
            [
                .. list.Items.Select(
                    (item, i) =>
                        new InputValues(
                            _table,
                            _root,
                            item as InputMapping,
                            Declared(path) + "[]",
                            _path.Key(path).Item(i),
                            _fallbacks
                        )
                ),
            ];
    }

    /// <summary>A number, or the default.</summary>
    public double Number(string path) => Sourced(path).Value;

    /// <summary>A number, or null when the file is silent and there is no default.</summary>
    public double? NumberOrNull(string path) =>
        Has(path) || Row(path).Default is not null || _fallbacks.Number(At(path)) is not null
            ? Number(path)
            : null;

    /// <summary>A number with its range and source, or the default with its own.</summary>
    public InputNumber Sourced(string path)
    {
        var row = Row(path);
        var at = At(path);
        if (!Has(path) && _fallbacks.Number(at) is { } fallback)
        {
            return fallback;
        }
        if (!Has(path))
        {
            var value = double.Parse(
                Fallback(row),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            );
            if (row.DefaultFollows is { } other && Stated(other) is > 0 and var stated)
            {
                return new InputNumber(
                    at,
                    stated,
                    stated,
                    stated,
                    row.Unit,
                    $"as '{other}' is stated",
                    row.Grade,
                    true
                );
            }
            return new InputNumber(
                at,
                value,
                row.DefaultLow ?? value,
                row.DefaultHigh ?? value,
                row.Unit,
                row.Source,
                row.Grade,
                true
            );
        }
        if (Find(path) is InputMapping range)
        {
            var value = Scalar(range, "value") ?? 0;
            var source = (range.Find("source")?.Value as InputScalar)?.Text ?? "this study";
            var grade = (range.Find("grade")?.Value as InputScalar)?.Text is { } g
                ? InputText.TryWord<Grade>(g, out var word)
                    ? word
                    : Grade.D
                : Grade.D;
            return new InputNumber(
                at,
                value,
                Scalar(range, "low") ?? value,
                Scalar(range, "high") ?? value,
                row.Unit,
                source,
                grade,
                false
            );
        }
        _ = InputText.TryNumber((InputScalar)Find(path)!, out var number);
        return new InputNumber(at, number, number, number, row.Unit, "this study", Grade.D, false);
    }

    /// <summary>A number as the file states it at a path from its top; null where it does not.</summary>
    private double? Stated(string path)
    {
        InputNode? node = _root;
        foreach (var key in path.Split('.'))
        {
            node = (node as InputMapping)?.Find(key)?.Value;
        }
        return node switch
        {
            InputScalar scalar when InputText.TryNumber(scalar, out var number) => number,
            InputMapping range => Scalar(range, "value"),
            _ => null,
        };
    }

    /// <summary>A whole number, or the default.</summary>
    public int Integer(string path) => (int)Number(path);

    /// <summary>Words, a choice or a catalogue name, or the default.</summary>
    public string Text(string path) =>
        Has(path)
            ? ((InputScalar)Find(path)!).Text
            : _fallbacks.Word(At(path)) ?? Fallback(Row(path));

    /// <summary>Words, or null when the file is silent and there is no default.</summary>
    public string? TextOrNull(string path) =>
        Has(path) || Row(path).Default is not null || _fallbacks.Word(At(path)) is not null
            ? Text(path)
            : null;

    /// <summary>Text of the file that a key names, or null when the file is silent or nothing was brought in.</summary>
    public string? ContentOrNull(string path) => (Find(path) as InputScalar)?.Content;

    /// <summary>A month, or the default.</summary>
    public Month Month(string path) => Quantities.Month.Parse(Text(path));

    /// <summary>A month, or null when the file is silent and there is no default.</summary>
    public Month? MonthOrNull(string path) =>
        TextOrNull(path) is { } text ? Quantities.Month.Parse(text) : null;

    /// <summary>true or false, or the default.</summary>
    public bool Flag(string path) => Text(path) == "true";

    /// <summary>A list of numbers, or the default (numbers parted by blanks or commas), or empty.</summary>
    public double[] Numbers(string path)
    {
        if (Find(path) is InputSequence list)
        {
            return
            [
                .. list.Items.Select(item =>
                    InputText.TryNumber((InputScalar)item, out var n) ? n : 0
                ),
            ];
        }
        var words = (Row(path).Default ?? "").Split(
            [' ', ','],
            StringSplitOptions.RemoveEmptyEntries
        );
        return [.. words.Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }

    private static double? Scalar(InputMapping range, string key) =>
        range.Find(key)?.Value is InputScalar scalar && InputText.TryNumber(scalar, out var number)
            ? number
            : null;

    private static string Fallback(InputRow row) =>
        row.Default ?? throw new KeyNotFoundException($"'{row.Path}' has no value and no default.");

    private string At(string path) => _path.Key(path).Text;

    private string Declared(string path) => _declared.Length == 0 ? path : $"{_declared}.{path}";

    private InputRow Row(string path) => _table.Row(Declared(path));

    private InputNode? Find(string path)
    {
        InputNode? node = _node;
        foreach (var key in path.Split('.'))
        {
            node = (node as InputMapping)?.Find(key)?.Value;
        }
        return node;
    }
}
