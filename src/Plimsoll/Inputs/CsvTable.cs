using System.Text;

namespace Plimsoll.Inputs;

/// <summary>One row of a table of text, with its line in the file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Cells">One per column of the header.</param>
public sealed record CsvRow(int Line, string[] Cells);

/// <summary>A table of comma-separated text with a header (RFC 4180), keeping line numbers for error texts.</summary>
/// <remarks>
/// A line that begins with <c>#</c> outside quotes is a comment. Where the header is parted by semicolons or tabs and holds no comma, so are the
/// rows: the form in which spreadsheets of half the world write, with commas for decimals (<see cref="CsvNumber"/>).
/// </remarks>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private CsvTable(string file, char separator, string[] header, List<CsvRow> rows)
    {
        File = file;
        Separator = separator;
        Header = header;
        Rows = rows;
        for (var i = 0; i < header.Length; i++)
        {
            _columns[header[i]] = i;
        }
    }

    /// <summary>Name of the file, for messages.</summary>
    public string File { get; }

    /// <summary>What parts the cells: a comma, a semicolon or a tab.</summary>
    public char Separator { get; }

    /// <summary>Column names.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>All rows in file order.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>True when the column is there.</summary>
    public bool HasColumn(string column) => _columns.ContainsKey(column);

    /// <summary>The cell of a row in a column.</summary>
    /// <exception cref="InvalidDataException">The column is missing.</exception>
    public string Cell(CsvRow row, string column) =>
        _columns.TryGetValue(column, out var i)
            ? row.Cells[i]
            : throw new InvalidDataException(
                $"{File}: column '{column}' is missing{(NearestName.Of(column, Header) is { } near ? $"; did the header mean it by '{InputText.Cut(near)}'?" : ".")}"
            );

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">A row has another number of cells than the header, or a quote is left open.</exception>
    public static CsvTable Parse(string text, string file)
    {
        var table = ParseUneven(text, file);
        foreach (var row in table.Rows)
        {
            if (row.Cells.Length != table.Header.Count)
            {
                throw TableFault.At(
                    file,
                    row.Line,
                    $"{row.Cells.Length} cells where the header has {table.Header.Count}; quote cells that hold {(table.Separator == ';' ? "semicolons" : "commas")}."
                );
            }
        }
        return table;
    }

    /// <summary>Reads a table whose rows may have another number of cells than the header; who reads them must count.</summary>
    /// <exception cref="InvalidDataException">There is no header, or a quote is left open.</exception>
    public static CsvTable ParseUneven(string text, string file)
    {
        RefuseControls(text, file);
        var separator = SeparatorOf(text);
        var records = Records(text, file, separator);
        if (records.Count > 0 && IsSeparatorLine(records[0]))
        {
            records.RemoveAt(0);
        }
        if (records.Count == 0)
        {
            throw new InvalidDataException($"{file}: the file is empty; it needs a header line.");
        }
        var header = records[0].Cells;
        if (header is [var only] && only.Contains('|', StringComparison.Ordinal))
        {
            throw TableFault.At(
                file,
                records[0].Line,
                $"the columns are parted by '|'; part them by commas, semicolons or tabs."
            );
        }
        if (
            header
                .Where(h => h.Trim().Length > 0)
                .GroupBy(h => h, StringComparer.Ordinal)
                .FirstOrDefault(g => g.Count() > 1) is
            { } twice
        )
        {
            throw TableFault.At(
                file,
                records[0].Line,
                $"the column '{InputText.Cut(twice.Key)}' stands twice in the header; keep the one that is meant."
            );
        }
        return new CsvTable(file, separator, header, records[1..]);
    }

    private static void RefuseControls(string text, string file)
    {
        var line = 1;
        foreach (var c in text)
        {
            if (c == '\n')
            {
                line++;
            }
            else if (char.IsControl(c) && c is not ('\r' or '\t'))
            {
                throw TableFault.At(
                    file,
                    line,
                    $"the control character U+{(int)c:X4}; save the table as UTF-8 text without it."
                );
            }
        }
    }

    /// <summary>The same table with only the rows whose index (from 0) passes.</summary>
    public CsvTable Where(Func<int, bool> keep) =>
        new(File, Separator, [.. Header], [.. Rows.Where((_, i) => keep(i))]);

    /// <summary>The separator of the header line: a comma unless the line has none and has semicolons or tabs.</summary>
    private static char SeparatorOf(string text)
    {
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            // A spreadsheet's own first line.
            if (line.StartsWith("sep=", StringComparison.Ordinal) && line.Length == 5)
            {
                return line[4];
            }
            return line.Contains(',') ? ','
                : line.Contains(';') ? ';'
                : line.Contains('\t') ? '\t'
                : ',';
        }
        return ',';
    }

    /// <summary>True for the line in which a spreadsheet says what parts the cells.</summary>
    private static bool IsSeparatorLine(CsvRow row) =>
        row.Line == 1 && row.Cells is ["sep=", ""] or ["sep=;" or "sep=," or "sep=\t"];

    private static List<CsvRow> Records(string text, string file, char separator)
    {
        var records = new List<CsvRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var line = 1;
        var i = text.StartsWith('\uFEFF') ? 1 : 0;
        while (i < text.Length)
        {
            var start = line;
            if (text[i] == '#')
            {
                var end = text.IndexOf('\n', i);
                i = end < 0 ? text.Length : end + 1;
                line++;
                continue;
            }
            cells.Clear();
            var open = true;
            while (open)
            {
                i = ReadCell(text, i, cell, file, separator, ref line);
                cells.Add(cell.ToString());
                if (i < text.Length && text[i] == separator)
                {
                    i++;
                    continue;
                }
                i += i < text.Length && text[i] == '\r' ? 1 : 0;
                i += i < text.Length && text[i] == '\n' ? 1 : 0;
                line++;
                open = false;
            }
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                records.Add(new CsvRow(start, [.. cells]));
            }
        }
        return records;
    }

    private static int ReadCell(
        string text,
        int i,
        StringBuilder cell,
        string file,
        char separator,
        ref int line
    )
    {
        cell.Clear();
        if (i >= text.Length || text[i] != '"')
        {
            while (i < text.Length && text[i] is not ('\n' or '\r') && text[i] != separator)
            {
                cell.Append(text[i++]);
            }
            return i;
        }
        var opened = line;
        for (i++; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                if (i + 1 >= text.Length || text[i + 1] != '"')
                {
                    return i + 1;
                }
                i++;
            }
            line += text[i] == '\n' ? 1 : 0;
            cell.Append(text[i]);
        }
        throw TableFault.At(file, opened, "a quote is opened and not closed.");
    }
}
