using System.Globalization;
using Plimsoll.Quantities;

namespace Plimsoll.Inputs;

/// <summary>Checks a file against its table and reports everything wrong at once.</summary>
/// <param name="table">The rows.</param>
/// <param name="catalogNames">Names of the entries of a catalogue kind, for rows that name one.</param>
/// <param name="file">Name of the file for the messages.</param>
public sealed class InputCheck(
    InputTable table,
    Func<string, IReadOnlyCollection<string>> catalogNames,
    string file
)
{
    private static readonly string[] _rangeKeys = ["value", "low", "high", "source", "grade"];
    private readonly List<LocatedFinding> _findings = [];

    /// <summary>All findings for a file, in file order; empty when it is sound.</summary>
    public IReadOnlyList<LocatedFinding> Run(InputNode root)
    {
        _findings.Clear();
        if (root is InputMapping mapping)
        {
            CheckMapping(mapping, "", InputPath.Root);
        }
        else
        {
            Report(
                root,
                InputPath.Root,
                "not-a-mapping",
                Show(root),
                "keys with values",
                $"Begin the file with 'kind: {table.Kind}'."
            );
        }
        return [.. _findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];
    }

    private void CheckMapping(InputMapping mapping, string parent, InputPath path)
    {
        var rows = table.Children(parent);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            var at = path.Key(Cut(entry.Key));
            if (!seen.Add(entry.Key))
            {
                ReportAt(
                    entry.Line,
                    entry.Column,
                    at,
                    "duplicate-key",
                    $"'{Cut(entry.Key)}' again",
                    "each key once",
                    "Take one of the two away."
                );
                continue;
            }
            var row = rows.FirstOrDefault(r =>
                string.Equals(r.Key, entry.Key, StringComparison.Ordinal)
            );
            if (row is null)
            {
                var near = NearestName.Of(entry.Key, rows.Select(r => r.Key));
                var remedy = near is null
                    ? $"Keys here are: {string.Join(", ", rows.Select(r => r.Key))}."
                    : $"Did you mean '{near}'?";
                ReportAt(
                    entry.Line,
                    entry.Column,
                    at,
                    "unknown-key",
                    $"'{Cut(entry.Key)}'",
                    "a known key",
                    remedy
                );
                continue;
            }
            CheckValue(entry.Value, row, at);
        }
        foreach (var row in rows.Where(r => r.Required && mapping.Find(r.Key) is null))
        {
            Report(
                mapping,
                path.Key(row.Key),
                "missing-key",
                "nothing",
                Expectation(row),
                $"Add '{row.Key}:'. {row.Description}"
            );
        }
    }

    private void CheckValue(InputNode node, InputRow row, InputPath path)
    {
        if (node is InputScalar { IsNull: true })
        {
            if (row.Required)
            {
                Report(
                    node,
                    path,
                    "empty",
                    "no value",
                    Expectation(row),
                    $"Write a value after '{row.Key}:'. {row.Description}"
                );
            }
            return;
        }
        switch (row.Type)
        {
            case InputType.Section:
                if (node is InputMapping section)
                {
                    CheckMapping(section, row.Path, path);
                    return;
                }
                Mismatch(node, row, path);
                return;
            case InputType.List:
                CheckList(node, row, path);
                return;
            case InputType.NumberList:
                CheckNumberList(node, row, path);
                return;
            case InputType.Number when node is InputMapping range:
                CheckRange(range, row, path);
                return;
            default:
                if (node is InputScalar scalar)
                {
                    CheckScalar(scalar, row, path);
                    return;
                }
                Mismatch(node, row, path);
                return;
        }
    }

    private void CheckList(InputNode node, InputRow row, InputPath path)
    {
        if (node is not InputSequence list)
        {
            Mismatch(node, row, path);
            return;
        }
        CheckCount(list, row, path);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is InputMapping item)
            {
                CheckMapping(item, row.Path + "[]", path.Item(i));
            }
            else
            {
                Report(
                    list.Items[i],
                    path.Item(i),
                    "wrong-type",
                    Show(list.Items[i]),
                    "keys with values",
                    $"Write '- key: value'. {row.Description}"
                );
            }
        }
    }

    private void CheckNumberList(InputNode node, InputRow row, InputPath path)
    {
        if (node is not InputSequence list)
        {
            Mismatch(node, row, path);
            return;
        }
        CheckCount(list, row with { }, path);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is not InputScalar scalar || !TryNumber(scalar, out _))
            {
                Report(
                    list.Items[i],
                    path.Item(i),
                    "wrong-type",
                    Show(list.Items[i]),
                    "a number",
                    row.Description
                );
            }
        }
    }

    private void CheckCount(InputSequence list, InputRow row, InputPath path)
    {
        if (list.Items.Count < row.Min || list.Items.Count > row.Max)
        {
            Report(
                list,
                path,
                "wrong-count",
                $"{list.Items.Count} items",
                Expectation(row),
                row.Description
            );
        }
    }

    private void CheckRange(InputMapping range, InputRow row, InputPath path)
    {
        foreach (
            var entry in range.Entries.Where(e =>
                !_rangeKeys.Contains(e.Key, StringComparer.Ordinal)
            )
        )
        {
            ReportAt(
                entry.Line,
                entry.Column,
                path.Key(Cut(entry.Key)),
                "unknown-key",
                $"'{Cut(entry.Key)}'",
                "value, low, high, source or grade",
                "A number with its range has these keys only."
            );
        }
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var key in _rangeKeys.Take(3))
        {
            var entry = range.Find(key);
            if (entry?.Value is InputScalar scalar && TryNumber(scalar, out var number))
            {
                numbers[key] = number;
                CheckScalar(scalar, row, path.Key(key));
            }
            else if (entry is not null || key == "value")
            {
                Report(
                    entry?.Value ?? range,
                    path.Key(key),
                    "wrong-type",
                    entry is null ? "nothing" : Show(entry.Value),
                    "a number",
                    row.Description
                );
            }
        }
        if (
            range.Find("grade")?.Value is { } grade
            && (grade is not InputScalar g || !TryWord<Grade>(g.Text, out _))
        )
        {
            Report(
                grade,
                path.Key("grade"),
                "not-a-choice",
                Show(grade),
                "A, B, C or D",
                "A filing, B named outlet, C trade press, D own prior."
            );
        }
        if (
            numbers.TryGetValue("value", out var value)
            && (
                value < numbers.GetValueOrDefault("low", value)
                || value > numbers.GetValueOrDefault("high", value)
            )
        )
        {
            Report(
                range,
                path,
                "range-misses-value",
                $"{value}",
                "low <= value <= high",
                "Put the value inside its range."
            );
        }
    }

    private void CheckScalar(InputScalar scalar, InputRow row, InputPath path)
    {
        var sound = row.Type switch
        {
            InputType.Number => TryNumber(scalar, out _),
            InputType.Integer => TryNumber(scalar, out var whole)
                && Math.Floor(whole) == whole
                && Math.Abs(whole) <= int.MaxValue,
            InputType.Month => Month.TryParse(scalar.Text, out _),
            InputType.Boolean => scalar.Text is "true" or "false",
            InputType.Choice => row.Choices.Contains(scalar.Text, StringComparer.Ordinal),
            InputType.CatalogName => catalogNames(row.CatalogKind).Contains(scalar.Text),
            _ => true,
        };
        if (!sound)
        {
            Mismatch(scalar, row, path);
        }
        else if (
            row.Type is InputType.Number or InputType.Integer
            && TryNumber(scalar, out var number)
            && (number < row.Min || number > row.Max)
        )
        {
            Report(
                scalar,
                path,
                "out-of-range",
                Show(scalar),
                Expectation(row),
                $"{row.Description}"
            );
        }
    }

    private void Mismatch(InputNode node, InputRow row, InputPath path)
    {
        var candidates = row.Type switch
        {
            InputType.Choice => row.Choices,
            InputType.CatalogName => catalogNames(row.CatalogKind),
            _ => [],
        };
        var near = node is InputScalar s ? NearestName.Of(s.Text, candidates) : null;
        var remedy = near is null ? row.Description : $"Did you mean '{near}'?";
        if (near is null && row.Type == InputType.CatalogName)
        {
            remedy = $"Run 'plimsoll catalog list {row.CatalogKind}' for the names.";
        }
        Report(
            node,
            path,
            row.Type is InputType.Choice or InputType.CatalogName ? "not-a-choice" : "wrong-type",
            Show(node),
            Expectation(row),
            remedy
        );
    }

    /// <summary>What a row accepts, in words.</summary>
    public static string Expectation(InputRow row)
    {
        var range = (double.IsFinite(row.Min), double.IsFinite(row.Max)) switch
        {
            (true, true) => $" from {row.Min:0.######} to {row.Max:0.######}",
            (true, false) => $" of at least {row.Min:0.######}",
            (false, true) => $" of at most {row.Max:0.######}",
            _ => "",
        };
        var unit = row.Unit is "" or "1" or "text" ? "" : $" in {row.Unit}";
        return row.Type switch
        {
            InputType.Number => $"a number{range}{unit}",
            InputType.Integer => $"a whole number{range}{unit}",
            InputType.Text => "words",
            InputType.Choice => $"one of {string.Join(", ", row.Choices)}",
            InputType.Month => "a month as yyyy-MM",
            InputType.Boolean => "true or false",
            InputType.CatalogName => $"a name from the catalogue's {row.CatalogKind}",
            InputType.NumberList =>
                $"a list of numbers{(range.Length > 0 ? ", count" + range : "")}{unit}",
            InputType.Section => "a group of keys",
            _ => $"a list of items{(range.Length > 0 ? ", count" + range : "")}",
        };
    }

    /// <summary>Reads a member of an enumeration by its name; numbers and combinations, which the platform's reader takes, are refused.</summary>
    internal static bool TryWord<T>(
        string text,
        out T value,
        StringComparison comparison = StringComparison.Ordinal
    )
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(candidate.ToString(), text, comparison))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }

    internal static bool TryNumber(InputScalar scalar, out double number)
    {
        number = 0;
        return !scalar.Quoted
            && double.TryParse(
                scalar.Text.Replace("_", "", StringComparison.Ordinal),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out number
            )
            && double.IsFinite(number);
    }

    private void Report(
        InputNode node,
        InputPath path,
        string rule,
        string found,
        string expected,
        string remedy
    ) => ReportAt(node.Line, node.Column, path, rule, found, expected, remedy);

    private void ReportAt(
        int line,
        int column,
        InputPath path,
        string rule,
        string found,
        string expected,
        string remedy
    ) =>
        _findings.Add(
            new LocatedFinding(file, line, column, new Finding(path, rule, found, expected, remedy))
        );

    private static string Show(InputNode node) =>
        node switch
        {
            InputScalar s => $"'{Cut(s.Text)}'",
            InputSequence l => $"a list of {l.Items.Count}",
            InputMapping m =>
                $"keys {Cut(string.Join(", ", m.Entries.Take(4).Select(e => e.Key)))}",
            _ => "?",
        };

    private static string Cut(string text)
    {
        var line = new string([.. text.Take(60).Select(c => char.IsControl(c) ? '?' : c)]);
        return text.Length > 60 ? line + "..." : line;
    }
}
