namespace Plimsoll.Reports.Workbooks;

/// <summary>Assumptions that are one number each: named cells that every formula refers to by name.</summary>
internal sealed class Scalars
{
    private readonly Sheet _sheet;
    private readonly SortedDictionary<string, string> _names;
    private readonly Func<string, (string Grade, string Source)?> _source;
    private readonly IReadOnlyDictionary<string, double>? _changes;

    /// <summary>Begins the sheet of assumptions.</summary>
    /// <param name="sheet">Where they stand.</param>
    /// <param name="names">Names of the book.</param>
    /// <param name="source">Grade and source of an assumption by its name, when known.</param>
    /// <param name="changes">Values in place of the given ones, by name; null for none.</param>
    public Scalars(
        Sheet sheet,
        SortedDictionary<string, string> names,
        Func<string, (string Grade, string Source)?> source,
        IReadOnlyDictionary<string, double>? changes = null
    )
    {
        (_sheet, _names, _source, _changes) = (sheet, names, source, changes);
        sheet.Widths[1] = 58;
        sheet.Widths[2] = 18;
        sheet.Widths[3] = 20;
        sheet.Widths[4] = 8;
        sheet.Widths[5] = 40;
        sheet.Widths[6] = 70;
        string[] columns = ["assumption", "value", "unit", "grade", "source", "meaning"];
        for (var c = 0; c < columns.Length; c++)
        {
            sheet.Put(3, c + 1, columns[c], Look.Columns);
        }
        sheet.Next = 4;
        sheet.Frozen = (4, 2);
        Tables.Put(1, 1, "Assumptions that are tables", Look.Title);
        Tables.Put(2, 1, "Yellow cells may be changed; months count from 0.", Look.Note);
        Tables.Next = 3;
        Tables.Frozen = (3, 2);
    }

    /// <summary>Sheet of the tables.</summary>
    public Sheet Tables { get; } = new("Tables");

    /// <summary>Calendar year of the first month.</summary>
    public Expr StartYear { get; set; }

    /// <summary>Month of the year of the first month.</summary>
    public Expr StartMonth { get; set; }

    /// <summary>Hours of a month in which accelerators can be sold; 0 for those of the calendar.</summary>
    public Expr HoursPerMonth { get; set; }

    /// <summary>Months of the horizon.</summary>
    public Expr MonthCount { get; set; }

    /// <summary>A heading.</summary>
    public void Heading(string text)
    {
        _sheet.Next++;
        _sheet.Put(_sheet.Next++, 1, text, Look.Heading);
    }

    /// <summary>A named assumption.</summary>
    /// <param name="name">Lower case with underscores, so that it can never be a cell.</param>
    /// <param name="label">In words.</param>
    /// <param name="value">Its value.</param>
    /// <param name="unit">Unit.</param>
    /// <param name="meaning">What it does.</param>
    /// <param name="look">How it looks.</param>
    public Expr Add(
        string name,
        string label,
        double value,
        string unit,
        string meaning = "",
        Look look = Look.Input
    )
    {
        value = _changes?.GetValueOrDefault(name, value) ?? value;
        var row = _sheet.Next++;
        _sheet.Put(row, 1, label);
        _sheet.Put(row, 2, value, look);
        _sheet.Put(row, 3, unit, Look.Note);
        if (_source(name) is { } found)
        {
            _sheet.Put(row, 4, found.Grade, found.Grade == "D" ? Look.LowGrade : Look.Text);
            _sheet.Put(row, 5, found.Source, Look.Note);
        }
        else
        {
            _sheet.Put(row, 5, "terms of the study", Look.Note);
        }
        _sheet.Put(row, 6, meaning, Look.Note);
        _names.Add(name, $"{_sheet.Name}!${Sheet.Letters(2)}${row}");
        return new Expr(name, value, 9);
    }

    /// <summary>A named number that the words <c>no limit</c> may stand for: a formula asks <c>ISNUMBER</c> before it counts.</summary>
    /// <param name="name">Its name in the workbook.</param>
    /// <param name="label">What it is.</param>
    /// <param name="value">Value.</param>
    /// <param name="none">Value from which on nothing is limited.</param>
    /// <param name="unit">Unit.</param>
    /// <returns>The number, and whether it limits.</returns>
    public (Expr Number, Expr Limits) Limit(
        string name,
        string label,
        double value,
        double none,
        string unit
    )
    {
        var row = _sheet.Next;
        var number = Add(name, label, value, unit, "Write a number, or: no limit.");
        if (number.Value >= none)
        {
            _sheet.Put(row, 2, "no limit", Look.Input);
        }
        return (number, new Expr($"ISNUMBER({name})", number.Value >= none ? 0 : 1, 9));
    }

    /// <summary>A named switch.</summary>
    public Expr Switch(string name, string label, bool on, string meaning = "") =>
        Add(name, label, on ? 1 : 0, "1 = yes, 0 = no", meaning);

    /// <summary>A table of constants and formulas; each column becomes a range.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="headings">Names of its columns.</param>
    /// <param name="rows">Rows at the least one; missing ones are filled with nothing.</param>
    /// <returns>First row of the table in the sheet.</returns>
    public int Table(string title, IReadOnlyList<string> headings, int rows)
    {
        Tables.Next++;
        Tables.Put(Tables.Next++, 1, title, Look.Heading);
        for (var c = 0; c < headings.Count; c++)
        {
            Tables.Put(Tables.Next, c + 1, headings[c], Look.Columns);
            Tables.Widths[c + 1] = c == 0 ? 34 : 19;
        }
        var first = Tables.Next + 1;
        Tables.Next = first + Math.Max(1, rows);
        return first;
    }
}
