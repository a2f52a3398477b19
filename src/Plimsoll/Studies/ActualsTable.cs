using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Months as they were from a table (CSV) beside the study: one row a month, columns named as the keys of <c>actuals</c>.</summary>
public static class ActualsTable
{
    /// <summary>The key that names the table.</summary>
    public const string Key = "actuals_file";

    private const string List = "actuals";

    private static readonly string[] _columns =
    [
        .. ActualMonths
            .Rows.Where(r => r.Path.StartsWith($"{List}[].", StringComparison.Ordinal))
            .Select(r => r.Path[(List.Length + 3)..]),
    ];

    private static readonly string[] _numbers =
    [
        .. ActualMonths
            .Rows.Where(r =>
                r.Path.StartsWith($"{List}[].", StringComparison.Ordinal)
                && r.Type is InputType.Number or InputType.Integer
            )
            .Select(r => r.Path[(List.Length + 3)..]),
    ];

    /// <summary>Its input row.</summary>
    public static InputRow Row { get; } =
        new(
            Key,
            InputType.Text,
            "Table (CSV) of these months in place of the list, seen from the study's folder: one row a month, columns named as the list's keys; an empty cell is silent."
        );

    /// <summary>The study with the rows of its table in the place of the key that names it; as it is without one.</summary>
    /// <param name="root">The file as written.</param>
    /// <param name="file">Its name for the messages.</param>
    /// <param name="folder">The folder below which it may read.</param>
    /// <exception cref="InputException">The table is missing, or no table of months; every cell is checked later as if it stood in the list.</exception>
    public static InputMapping Read(InputMapping root, string file, StudyFolder folder)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        if (root.Find(Key) is not { Value: InputScalar { IsNull: false } name } entry)
        {
            return root;
        }
        Exception Refused(string rule, string found, string expected, string remedy) =>
            new InputException([
                new LocatedFinding(
                    file,
                    entry.Line,
                    entry.Column,
                    new Finding(new InputPath(Key), rule, found, expected, remedy)
                ),
            ]);
        if (root.Find(List) is not null)
        {
            throw Refused(
                "contradiction",
                "a table of months beside a list of them",
                "one of the two",
                $"Take '{List}' or '{Key}' out."
            );
        }
        CsvTable table;
        try
        {
            table = CsvTable.Parse(folder.Read(name.Text, FileBounds.Table).Text(), name.Text);
        }
        catch (FileRefusedException e)
        {
            throw new InputException([
                new LocatedFinding(file, entry.Line, entry.Column, e.At(new InputPath(Key))),
            ]);
        }
        catch (InvalidDataException e)
        {
            throw Refused("no-table", e.Message, "a table with a header", "Mend the table.");
        }
        if (!table.Header.Any(h => _columns.Contains(h.Trim())))
        {
            // Of a file that holds something else nothing is quoted.
            throw Refused(
                "no-table",
                $"a file without any column of months",
                $"a header of {string.Join(", ", _columns)}",
                "Name the table of the centre's months."
            );
        }
        if (table.Header.FirstOrDefault(h => !_columns.Contains(h.Trim())) is { } other)
        {
            throw Refused(
                "unknown-column",
                $"'{InputText.Cut(other)}' in {InputText.Cut(name.Text)}",
                string.Join(", ", _columns),
                NearestName.Of(other, _columns) is { } near
                    ? $"Did you mean '{near}'?"
                    : "Take the column out."
            );
        }
        Numbers(table);
        return new InputMapping(
            [
                .. root.Entries.Where(e => e.Key != Key),
                new InputEntry(List, Months(table, entry), entry.Line, entry.Column),
            ],
            root.Line,
            root.Column
        );
    }

    /// <summary>In a table of another country's style a number that has two readings is refused at its own line.</summary>
    private static void Numbers(CsvTable table)
    {
        if (table.Separator == ',')
        {
            return;
        }
        string[] columns = [.. table.Header.Where(h => _numbers.Contains(h.Trim()))];
        var style = new CsvNumber(table, columns);
        var found = table
            .Rows.SelectMany(
                (row, i) =>
                    columns
                        .Where(c =>
                            table.Cell(row, c).Trim().Length > 0 && !style.TryRead(row, c, out _)
                        )
                        .Select(c => new LocatedFinding(
                            table.File,
                            row.Line,
                            1,
                            new Finding(
                                new InputPath(List).Item(i).Key(c.Trim()),
                                "not-a-number",
                                $"'{InputText.Cut(table.Cell(row, c))}'",
                                "a number",
                                style.Remedy(table.Cell(row, c))
                            )
                        ))
            )
            .Take(InputCheck.MaxFindings)
            .ToList();
        if (found.Count > 0)
        {
            throw new InputException(found);
        }
    }

    /// <summary>The rows as a list; a table parted by semicolons writes decimals with commas.</summary>
    private static InputSequence Months(CsvTable table, InputEntry at) =>
        new(
            [
                .. table.Rows.Select(row => new InputMapping(
                    [
                        .. table
                            .Header.Zip(row.Cells)
                            .Where(c => c.Second.Trim().Length > 0)
                            .Select(c => new InputEntry(
                                c.First.Trim(),
                                new InputScalar(
                                    table.Separator == ','
                                        ? c.Second.Trim()
                                        : c.Second.Trim().Replace(',', '.'),
                                    false,
                                    row.Line,
                                    1
                                )
                                {
                                    File = table.File,
                                },
                                row.Line,
                                1
                            )),
                    ],
                    row.Line,
                    1
                )
                {
                    File = table.File,
                }),
            ],
            at.Line,
            at.Column
        );
}
