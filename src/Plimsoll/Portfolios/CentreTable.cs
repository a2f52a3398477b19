using Plimsoll.Inputs;

namespace Plimsoll.Portfolios;

/// <summary>Centres in a table (CSV), one a line, read into the form in which a list holds them; every value keeps its line and column.</summary>
/// <remarks>
/// A column's header is a key below <c>centres[]</c>, unless the file's column map gives another. Keys of a fleet speak of the one fleet of the
/// line, keys of a tenant of its one tenant. An empty cell is silent, but where it asks how full the centre is today, or how it stands:
/// there nothing is assumed, the first is unknown and the second refused. <c>unknown</c> is unknown.
/// </remarks>
public static class CentreTable
{
    /// <summary>A column that is passed over.</summary>
    public const string Ignored = "ignore";

    /// <summary>Short headers that are meant as keys of the fleet, the site, the operator or the debt.</summary>
    private static readonly Dictionary<string, string> _short = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["site"] = "site.name",
        ["place"] = "site.place",
        ["server"] = "fleet.server",
        ["servers"] = "fleet.servers",
        ["online"] = "fleet.online",
        ["capex_per_server"] = "fleet.capex_per_server",
        ["operator"] = "centre.operator",
        ["capability"] = "centre.operator_capability",
        ["racked"] = "today.racked",
        ["let"] = "today.let",
        ["lit"] = "today.lit",
        ["load"] = "today.load",
        ["debt"] = "finance.existing_debt",
        ["tenant"] = "signed.tenant",
        ["spent"] = "construction.spent",
    };

    /// <summary>Reads a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Keys by header, beside the headers that are keys themselves.</param>
    /// <param name="schema">Table of kind portfolio.</param>
    /// <param name="findings">What is wrong with the columns is added here.</param>
    /// <returns>One centre a line, as written, not yet checked.</returns>
    public static IReadOnlyList<InputMapping> Read(
        CsvTable table,
        IReadOnlyDictionary<string, string> columns,
        InputTable schema,
        ICollection<LocatedFinding> findings
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(findings);
        var unknown = new List<LocatedFinding>();
        var keys = table.Header.Select((h, i) => Key(table, h, i, columns, schema, unknown));
        var paths = keys.ToArray();
        if (Array.TrueForAll(paths, p => p is null) && !table.Header.Any(columns.ContainsKey))
        {
            findings.Add(NoTable(table.File));
            return [];
        }
        unknown.ForEach(findings.Add);
        bool IsNumber(string? path) =>
            path is not null
            && schema.Rows.FirstOrDefault(r => r.Path == Declared(path))
                is { Type: InputType.Number or InputType.Integer };
        var numbers = new CsvNumber(table, table.Header.Where((_, c) => IsNumber(paths[c])));
        return
        [
            .. table.Rows.Select(row =>
            {
                var tree = new Branch(row.Line, 1);
                for (var c = 0; c < paths.Length; c++)
                {
                    var text = row.Cells[c].Trim();
                    if (paths[c] is not { } path)
                    {
                        continue;
                    }
                    if (text.Length == 0)
                    {
                        if (path == "state")
                        {
                            findings.Add(Blank(table, row, c));
                        }
                        else if (path == "today.let")
                        {
                            tree.Put(path.Split('.'), "unknown", row.Line, c + 1);
                        }
                        continue;
                    }
                    tree.Put(
                        path.Split('.'),
                        IsNumber(path) ? Number(table, numbers, row, c, findings) : text,
                        row.Line,
                        c + 1
                    );
                }
                return tree.Mapping();
            }),
        ];
    }

    /// <summary>The key below <c>centres[]</c> that a column's header, or the word of a column map, means; null where it means none.</summary>
    /// <param name="word">The header or the word.</param>
    /// <param name="schema">Table of kind portfolio.</param>
    public static string? KeyOf(string word, InputTable schema)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(schema);
        var path = _short.TryGetValue(word.Trim(), out var meant) ? meant : word.Trim();
        return schema.Rows.Any(r =>
            r.Path == Declared(path) && r.Type is not (InputType.Section or InputType.List)
        )
            ? path
            : null;
    }

    /// <summary>A number as files write it, with a point. What has two readings is found, and left as it stands.</summary>
    private static string Number(
        CsvTable table,
        CsvNumber numbers,
        CsvRow row,
        int column,
        ICollection<LocatedFinding> findings
    )
    {
        var text = row.Cells[column].Trim();
        var point = numbers.HasCommas && text.Contains('.', StringComparison.Ordinal);
        if (point)
        {
            findings.Add(
                new LocatedFinding(
                    table.File,
                    row.Line,
                    column + 1,
                    new Finding(
                        new InputPath(InputText.Cut(table.Header[column])),
                        "not-a-number",
                        $"'{InputText.Cut(text)}'",
                        "a number",
                        numbers.Remedy(text)
                    )
                )
            );
        }
        return numbers.HasCommas && !point ? text.Replace(',', '.') : text;
    }

    /// <summary>A file that holds something else: nothing of it is quoted.</summary>
    private static LocatedFinding NoTable(string file) =>
        new(
            file,
            1,
            1,
            new Finding(
                new InputPath("table.file"),
                "no-table",
                "a file without any column of centres",
                "a header whose words are keys of a centre, or stand under 'table.columns'",
                "Name the table of centres, or map its columns."
            )
        );

    private static LocatedFinding Blank(CsvTable table, CsvRow row, int column) =>
        new(
            table.File,
            row.Line,
            column + 1,
            new Finding(
                new InputPath(InputText.Cut(table.Header[column])),
                "blank",
                "an empty cell",
                "standing, building or planned",
                "Say how the centre stands; nothing is assumed for it."
            )
        );

    private static string? Key(
        CsvTable table,
        string header,
        int column,
        IReadOnlyDictionary<string, string> columns,
        InputTable schema,
        List<LocatedFinding> findings
    )
    {
        var said = columns.TryGetValue(header, out var mapped);
        var word = (mapped ?? header).Trim();
        if (word == Ignored || (!said && word.Length == 0))
        {
            return null;
        }
        if (KeyOf(word, schema) is { } path)
        {
            return path;
        }
        var near = NearestName.Of(word, Known(schema));
        findings.Add(
            new LocatedFinding(
                table.File,
                1,
                column + 1,
                new Finding(
                    new InputPath(InputText.Cut(header)),
                    "unknown-column",
                    said
                        ? $"column '{InputText.Cut(header)}' for '{InputText.Cut(word)}'"
                        : $"column '{InputText.Cut(header)}'",
                    "a key of a centre",
                    (near is null ? "" : $"Did you mean '{near}'? ")
                        + $"Name its key under 'table.columns', or write '{Ignored}' there."
                )
            )
        );
        return null;
    }

    private static IEnumerable<string> Known(InputTable schema) =>
        _short.Keys.Concat(
            schema
                .Rows.Where(r =>
                    r.Path.StartsWith($"{PortfolioInputs.Centres}[].", StringComparison.Ordinal)
                    && r.Type is not (InputType.Section or InputType.List)
                )
                .Select(r =>
                    r.Path[(PortfolioInputs.Centres.Length + 3)..]
                        .Replace("[]", "", StringComparison.Ordinal)
                )
        );

    /// <summary>The row that a path of a line means: its fleet and its tenant are lists of one.</summary>
    private static string Declared(string path) =>
        $"{PortfolioInputs.Centres}[]."
        + (
            path.StartsWith("fleet.", StringComparison.Ordinal) ? "fleet[]." + path[6..]
            : path.StartsWith("signed.", StringComparison.Ordinal) ? "signed[]." + path[7..]
            : path
        );

    /// <summary>Keys of a line as they grow into sections.</summary>
    private sealed class Branch(int line, int column)
    {
        private readonly List<(string Key, object Value, int Line, int Column)> _entries = [];

        public void Put(ReadOnlySpan<string> path, string text, int row, int at)
        {
            if (path.Length == 1)
            {
                _entries.Add((path[0], new InputScalar(text, false, row, at), row, at));
                return;
            }
            var key = path[0];
            if (_entries.Find(e => e.Key == key).Value is not Branch branch)
            {
                branch = new Branch(row, at);
                _entries.Add((key, branch, row, at));
            }
            branch.Put(path[1..], text, row, at);
        }

        public InputMapping Mapping() =>
            new(
                [
                    .. _entries.Select(e => new InputEntry(
                        e.Key,
                        e.Value is Branch branch
                            ? e.Key is "fleet" or "signed"
                                ? new InputSequence([branch.Mapping()], e.Line, e.Column)
                                : branch.Mapping()
                            : (InputNode)e.Value,
                        e.Line,
                        e.Column
                    )),
                ],
                line,
                column
            );
    }
}
