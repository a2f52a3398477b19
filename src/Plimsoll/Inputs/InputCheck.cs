using Plimsoll.Quantities;

namespace Plimsoll.Inputs;

/// <summary>Checks a file against its table and reports everything wrong at once.</summary>
/// <param name="table">The rows.</param>
/// <param name="catalogNames">Names of the entries of a catalogue kind, for rows that name one.</param>
/// <param name="file">Name of the file for the messages.</param>
/// <remarks>At most <see cref="MaxFindings"/> findings are given; a file with more is beyond repair line by line.</remarks>
public sealed class InputCheck(
    InputTable table,
    Func<string, IReadOnlyCollection<string>> catalogNames,
    string file
)
{
    /// <summary>Entries of a catalogue kind that a text which names none may have meant, beside those spelt alike; none by default.</summary>
    public Func<string, string, IReadOnlyList<string>> Meant { get; init; } = (_, _) => [];

    /// <summary>Most findings reported for one file.</summary>
    public const int MaxFindings = 200;

    /// <summary>First year that a month may lie in.</summary>
    public const int FirstYear = 2000;

    /// <summary>Last year that a month may lie in.</summary>
    public const int LastYear = 2075;

    private static readonly string[] _rangeKeys = ["value", "low", "high", "source", "grade"];
    private readonly List<LocatedFinding> _findings = [];

    /// <summary>All findings for a file, in file order; empty when it is sound.</summary>
    public IReadOnlyList<LocatedFinding> Run(InputNode root)
    {
        using var culture = InvariantCulture.Begin();
        _findings.Clear();
        _root = root as InputMapping;
        _own.Clear();
        foreach (var row in table.Rows.Where(r => r.Declares.Length > 0))
        {
            _own.TryAdd(row.Declares, []);
            _own[row.Declares].AddRange(Declared(row));
        }
        foreach (var (node, path, rule, found) in InputWords.Unfit(root).Take(MaxFindings))
        {
            Report(
                node,
                path,
                rule,
                found,
                $"words of at most {InputText.Plain(InputWords.MaxLength)} characters, without control characters",
                "Write it anew."
            );
        }
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
                // Another file's content is never quoted, and what has no key may be anything.
                root is InputSequence
                    ? "a list"
                    : "text without keys",
                "keys with values",
                $"Begin the file with 'kind: {table.Kind}'."
            );
        }
        if (root is InputMapping whole && FileVersion.Newer(whole, table, file) is { } newer)
        {
            _findings.Add(newer);
        }
        var ordered = _findings
            .OrderBy(f => f.Line)
            .ThenBy(f => f.Column)
            .Select(Explained)
            .ToList();
        if (ordered.Count > MaxFindings)
        {
            var last = ordered[MaxFindings];
            ordered.RemoveRange(MaxFindings, ordered.Count - MaxFindings);
            ordered.Add(
                last with
                {
                    Finding = new Finding(
                        InputPath.Root,
                        "too-many",
                        $"more than {MaxFindings} findings",
                        "a file of this kind",
                        "Mend those above first, or begin anew with 'plimsoll study new'."
                    ),
                }
            );
        }
        return ordered;
    }

    /// <summary>A finding that says which part of its remedy explains the key: in other languages the key's name stands for it.</summary>
    private LocatedFinding Explained(LocatedFinding found) =>
        table.Find(InputLabels.Declared(found.Finding.Path.Text))
            is { Description: { Length: > 0 } meaning }
        && found.Finding.Remedy.EndsWith(meaning, StringComparison.Ordinal)
            ? found with
            {
                Finding = found.Finding with { Explanation = meaning },
            }
            : found;

    private void CheckMapping(InputMapping mapping, string parent, InputPath path)
    {
        var rows = table.Children(parent);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var meant = new Dictionary<string, InputEntry>(StringComparer.Ordinal);
        InputEntry? before = null;
        foreach (var entry in mapping.Entries)
        {
            if (_findings.Count > MaxFindings)
            {
                return;
            }
            if (CheckComma(before, entry, rows, path))
            {
                continue;
            }
            before = entry;
            var at = path.Key(InputText.Cut(entry.Key));
            if (!seen.TryAdd(entry.Key, entry.Line))
            {
                ReportAt(
                    entry.Line,
                    entry.Column,
                    at,
                    "duplicate-key",
                    $"'{InputText.Cut(entry.Key)}' again",
                    "each key once",
                    $"It stands on line {seen[entry.Key]} too; take one of the two away."
                );
                continue;
            }
            var row = rows.FirstOrDefault(r =>
                string.Equals(r.Key, entry.Key, StringComparison.Ordinal)
            );
            if (row is null)
            {
                CheckUnknown(entry, rows, at, meant);
                continue;
            }
            CheckValue(entry.Value, row, at);
        }
        foreach (var row in rows.Where(r => r.Required && !seen.ContainsKey(r.Key)))
        {
            var mistyped = meant.TryGetValue(row.Key, out var typed)
                ? $"nothing (line {typed.Line} has '{InputText.Cut(typed.Key)}')"
                : "nothing";
            Report(
                mapping,
                path.Key(row.Key),
                "missing-key",
                mistyped,
                InputText.Expectation(row),
                $"Add '{row.Key}:'. {row.Description}"
            );
        }
    }

    /// <summary>In braces the comma of 9,8 parts a number into a value and a key of digits: said as the number it was; false where there is none.</summary>
    private bool CheckComma(
        InputEntry? before,
        InputEntry entry,
        IReadOnlyList<InputRow> rows,
        InputPath path
    )
    {
        if (
            before is not { Value: InputScalar { Quoted: false } number }
            || entry is not { Value: InputScalar { IsNull: true } }
            || entry.Key.Length == 0
            || !entry.Key.All(char.IsAsciiDigit)
            || rows.FirstOrDefault(r => r.Key == before.Key)
                is not { Type: InputType.Number or InputType.Integer } row
            || !InputText.TryNumber(number, out _)
        )
        {
            return false;
        }
        var whole = new InputScalar(
            $"{number.Text},{entry.Key}",
            false,
            number.Line,
            number.Column
        );
        ReportAt(
            number.Line,
            number.Column,
            path.Key(InputText.Cut(before.Key)),
            "wrong-type",
            InputText.Show(whole),
            InputText.Expectation(row),
            InputText.NumberRemedy(whole, row)
        );
        return true;
    }

    private void CheckUnknown(
        InputEntry entry,
        IReadOnlyList<InputRow> rows,
        InputPath at,
        Dictionary<string, InputEntry> meant
    )
    {
        var near =
            NearestName.Of(entry.Key, rows.Select(r => r.Key))
            ?? rows.FirstOrDefault(r =>
                r.Path == InputLabels.Named(entry.Key, rows.Select(x => x.Path))
            )?.Key;
        // In braces a full-width colon or comma makes one key of what was meant for several.
        var wide = entry.Key.IndexOfAny(['：', '，']);
        if (wide > 0 && rows.FirstOrDefault(r => r.Key == entry.Key[..wide].Trim()) is { } before)
        {
            meant.TryAdd(before.Key, entry);
            ReportAt(
                entry.Line,
                entry.Column,
                at,
                "full-width",
                $"'{InputText.Cut(entry.Key)}'",
                "half-width signs: 'key: value', a blank after the colon",
                "Write ':' and a blank for '：', ',' for '，'; switch the keyboard to half-width signs for the file."
            );
            return;
        }
        if (near is not null)
        {
            meant.TryAdd(near, entry);
        }
        ReportAt(
            entry.Line,
            entry.Column,
            at,
            "unknown-key",
            $"'{InputText.Cut(entry.Key)}'",
            "a known key",
            near is not null ? $"Did you mean '{near}'?"
                : Elsewhere(entry.Key) is { } place ? $"The key '{entry.Key}' belongs at '{place}'."
                : $"Keys here are: {string.Join(", ", rows.Select(r => r.Key))}."
        );
    }

    /// <summary>Where else in the table a key of this name stands, when that is one place.</summary>
    private string? Elsewhere(string key)
    {
        var places = table
            .Rows.Where(r => string.Equals(r.Key, key, StringComparison.Ordinal))
            .Take(2)
            .ToList();
        return places is [var place] ? place.Path : null;
    }

    private void CheckValue(InputNode node, InputRow row, InputPath path)
    {
        if (node is InputScalar { IsNull: true })
        {
            Report(
                node,
                path,
                "empty",
                "no value",
                InputText.Expectation(row),
                row.Required ? $"Write a value after '{row.Key}:'. {row.Description}"
                    // Taken away it would be nothing: that is said, and never advised.
                    : row.Type is InputType.Number or InputType.Integer && Silent(row) == "0"
                        ? $"Write a value after '{row.Key}:', 0 only if there is none. {row.Description}"
                    : $"Write a value after '{row.Key}:', or take the key away{WithoutIt(row)}. {row.Description}"
            );
            return;
        }
        switch (row.Type)
        {
            case InputType.Section when node is InputMapping section:
                CheckMapping(section, row.Path, path);
                return;
            case InputType.List when node is InputSequence list:
                CheckList(list, row, path);
                return;
            case InputType.NumberList when node is InputSequence list:
                CheckNumberList(list, row, path);
                return;
            case InputType.Number when node is InputMapping range:
                CheckRange(range, row, path);
                return;
            case InputType.Section or InputType.List or InputType.NumberList:
                Mismatch(node, row, path);
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

    /// <summary>What holds when an optional key is absent.</summary>
    private string WithoutIt(InputRow row) =>
        Silent(row) is { } value ? $"; without it {value} holds" : "";

    /// <summary>What holds in this file when a key is absent; null for nothing.</summary>
    private string? Silent(InputRow row) =>
        row.DefaultWhere is var (key, word, value)
        && (_root?.Find(key)?.Value as InputScalar)?.Text is { } said
        && (said == word || InputLabels.Choice(said, key, [word]) is not null)
            ? value
            : row.Default;

    private InputMapping? _root;

    /// <summary>Names of entries that the file itself makes, by kind.</summary>
    private readonly Dictionary<string, List<string>> _own = new(StringComparer.Ordinal);

    /// <summary>The words that stand at a row of a list at the top of the file.</summary>
    private IEnumerable<string> Declared(InputRow row) =>
        (
            _root?.Find(row.Parent.Replace("[]", "", StringComparison.Ordinal))?.Value
            as InputSequence
        )
            ?.Items.OfType<InputMapping>()
            .Select(item => (item.Find(row.Key)?.Value as InputScalar)?.Text)
            .OfType<string>()
        ?? [];

    /// <summary>Names of a kind: the catalogue's, and those that the file itself makes.</summary>
    private IReadOnlyCollection<string> Names(string kind) =>
        _own.TryGetValue(kind, out var own) && own.Count > 0
            ? [.. catalogNames(kind), .. own]
            : catalogNames(kind);

    /// <summary>A name of the file's own must be new: who reads it elsewhere would take it for the catalogue's, or for its twin.</summary>
    private void CheckDeclared(InputScalar scalar, InputRow row, InputPath path)
    {
        var known = catalogNames(row.Declares).Contains(scalar.Text)
            ? [scalar.Text]
            : Meant(row.Declares, scalar.Text);
        if (known.Count > 0)
        {
            Report(
                scalar,
                path,
                "name-taken",
                InputText.Show(scalar),
                $"a name that the catalogue's {row.Declares} do not have",
                $"The catalogue knows {string.Join(", ", known)}: name that one where it is meant, or give yours another name."
            );
        }
        else if (_own[row.Declares].Count(n => n == scalar.Text) > 1)
        {
            Report(
                scalar,
                path,
                "name-taken",
                InputText.Show(scalar),
                "each name once",
                "Give each a name of its own."
            );
        }
    }

    private void CheckList(InputSequence list, InputRow row, InputPath path)
    {
        CheckCount(list, row, path);
        for (var i = 0; i < list.Items.Count && _findings.Count <= MaxFindings; i++)
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
                    InputText.Show(list.Items[i]),
                    "keys with values",
                    $"Write '- {table.Children(row.Path + "[]")[0].Key}: ...' and its other keys below. {row.Description}"
                );
            }
        }
    }

    private void CheckNumberList(InputSequence list, InputRow row, InputPath path)
    {
        CheckCount(list, row, path);
        for (var i = 0; i < list.Items.Count && _findings.Count <= MaxFindings; i++)
        {
            if (list.Items[i] is not InputScalar scalar || !InputText.TryNumber(scalar, out _))
            {
                Report(
                    list.Items[i],
                    path.Item(i),
                    "wrong-type",
                    InputText.Show(list.Items[i]),
                    "a number",
                    InputText.NumberRemedy(list.Items[i], row)
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
                InputText.Expectation(row),
                row.Description
            );
        }
    }

    private void CheckRange(InputMapping range, InputRow row, InputPath path)
    {
        if (row.OneValue)
        {
            Report(
                range,
                path,
                "range-not-taken",
                "a number with its range",
                "one number",
                "Write the best estimate alone: a range would change nothing here."
            );
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in range.Entries)
        {
            var known = _rangeKeys.Contains(entry.Key, StringComparer.Ordinal);
            if (known && seen.Add(entry.Key))
            {
                continue;
            }
            if (_findings.Count > MaxFindings)
            {
                return;
            }
            var near = NearestName.Of(entry.Key, _rangeKeys);
            ReportAt(
                entry.Line,
                entry.Column,
                path.Key(InputText.Cut(entry.Key)),
                known ? "duplicate-key" : "unknown-key",
                $"'{InputText.Cut(entry.Key)}'{(known ? " again" : "")}",
                "value, low, high, source or grade, each once",
                near is null || known
                    ? "A number with its range has these keys only."
                    : $"Did you mean '{near}'?"
            );
        }
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var key in _rangeKeys.Take(3))
        {
            var entry = range.Find(key);
            if (entry?.Value is InputScalar scalar && InputText.TryNumber(scalar, out var number))
            {
                numbers[key] = number;
                CheckScalar(scalar, row, path.Key(key));
            }
            else if (entry is not null || key == "value")
            {
                Report(
                    entry?.Value ?? range,
                    path.Key(key),
                    entry is null ? "missing-key" : "wrong-type",
                    entry is null ? "nothing" : InputText.Show(entry.Value),
                    "a number",
                    entry is null
                        ? $"Add 'value:'. {row.Description}"
                        : InputText.NumberRemedy(entry.Value, row)
                );
            }
        }
        CheckRangeWords(range, path);
        if (
            numbers.TryGetValue("value", out var value)
            && (
                value < numbers.GetValueOrDefault("low", value)
                || value > numbers.GetValueOrDefault("high", value)
            )
        )
        {
            Report(
                range.Find("value")!.Value,
                path,
                "range-misses-value",
                $"{value:0.######} outside {numbers.GetValueOrDefault("low", value):0.######} to {numbers.GetValueOrDefault("high", value):0.######}",
                "low <= value <= high",
                "Put the value inside its range, or widen the range."
            );
        }
    }

    private void CheckRangeWords(InputMapping range, InputPath path)
    {
        if (
            range.Find("grade")?.Value is { } grade
            && (grade is not InputScalar g || !InputText.TryWord<Grade>(g.Text, out _))
        )
        {
            Report(
                grade,
                path.Key("grade"),
                "not-a-choice",
                InputText.Show(grade),
                "A, B, C or D",
                "A filing or official, B named outlet, C trade press, D own prior."
            );
        }
        if (
            range.Find("source")?.Value is { } source
            && source is not InputScalar { IsNull: false }
        )
        {
            Report(
                source,
                path.Key("source"),
                "wrong-type",
                InputText.Show(source),
                "words",
                "Say where the number comes from; quote words that hold ': '."
            );
        }
    }

    private void CheckScalar(InputScalar scalar, InputRow row, InputPath path)
    {
        if (scalar.IsUnknown && row.Type is (InputType.Number or InputType.Integer))
        {
            CheckUnknownValue(scalar, row, path);
            return;
        }
        var sound = row.Type switch
        {
            InputType.Number => InputText.TryNumber(scalar, out _),
            InputType.Integer => InputText.TryNumber(scalar, out var whole)
                && Math.Floor(whole) == whole
                && Math.Abs(whole) <= int.MaxValue
                // 12.000 is twelve to one writer and twelve thousand to another.
                && NumberReading.WithoutPoints(scalar.Text.Trim()) is null,
            InputType.Month => Month.TryParse(scalar.Text, out _),
            InputType.Text => scalar.Text.Trim().Length > 0,
            InputType.Boolean => scalar is { Quoted: false, Text: "true" or "false" },
            InputType.Choice => row.Choices.Contains(scalar.Text, StringComparer.Ordinal),
            InputType.CatalogName => Names(row.CatalogKind).Contains(scalar.Text),
            _ => true,
        };
        if (!sound)
        {
            Mismatch(scalar, row, path);
        }
        else if (row.Type == InputType.Text && scalar.Text.Length > row.MaxLength)
        {
            Report(
                scalar,
                path,
                "too-long",
                $"{scalar.Text.Length} characters",
                $"at most {InputText.Plain(row.MaxLength)} characters",
                "Shorten it."
            );
        }
        else if (row.Declares.Length > 0)
        {
            CheckDeclared(scalar, row, path);
        }
        else if (
            row.Type == InputType.Month
            && Month.Parse(scalar.Text).Year is < FirstYear or > LastYear
        )
        {
            Report(
                scalar,
                path,
                "out-of-range",
                InputText.Show(scalar),
                $"a month from {FirstYear}-01 to {LastYear}-12",
                $"Nothing is known and nothing can be run outside these years. {row.Description}"
            );
        }
        else if (
            row.Type is InputType.Number or InputType.Integer
            && InputText.TryNumber(scalar, out var number)
            && (number < row.Min || number > row.Max)
        )
        {
            Report(
                scalar,
                path,
                "out-of-range",
                InputText.Show(scalar),
                InputText.Expectation(row),
                LikelySlip.OutOfRange(number, row) + row.Description
            );
        }
    }

    private void CheckUnknownValue(InputScalar scalar, InputRow row, InputPath path)
    {
        if (!row.MayBeUnknown)
        {
            Report(
                scalar,
                path,
                "no-prior",
                "'unknown'",
                InputText.Expectation(row),
                (
                    row.OneValue
                        ? "Nothing is known here that could stand for it; write your best estimate. "
                        : "Nothing is known here that could stand for it; write your best estimate with its range (value, low, high). "
                ) + row.Description
            );
        }
    }

    private void Mismatch(InputNode node, InputRow row, InputPath path) =>
        Report(
            node,
            path,
            row.Type is InputType.Choice or InputType.CatalogName ? "not-a-choice" : "wrong-type",
            InputText.Show(node),
            InputText.Expectation(row),
            row.Type == InputType.CatalogName
            && Meant(row.CatalogKind, (node as InputScalar)?.Text ?? "") is { Count: > 0 } meant
                ? InputText.OneOf(meant)
                : InputText.Remedy(
                    node,
                    row,
                    table,
                    row.Type == InputType.CatalogName ? Names(row.CatalogKind) : row.Choices
                )
        );

    private void Report(
        InputNode node,
        InputPath path,
        string rule,
        string found,
        string expected,
        string remedy
    ) =>
        _findings.Add(
            new LocatedFinding(
                node.File ?? file,
                node.Line,
                node.Column,
                new Finding(path, rule, found, expected, remedy)
            )
        );

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
}
