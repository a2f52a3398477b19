namespace Plimsoll.Reports.Workbooks;

/// <summary>A workbook in the making: sheets in order, names, and a list of checks.</summary>
/// <param name="names">Named ranges: name, then the reference.</param>
internal sealed class Book(SortedDictionary<string, string> names)
{
    /// <summary>Sheets in the order of their tabs.</summary>
    public List<Sheet> Sheets { get; } = [];

    /// <summary>Named ranges: name, then the reference.</summary>
    public SortedDictionary<string, string> Names => names;

    /// <summary>Check cells with what they check; each is 0 when right.</summary>
    public List<(string What, Expr Cell)> Checks { get; } = [];

    /// <summary>The numbers that may be changed.</summary>
    public required Scalars Scalars { get; init; }

    /// <summary>The time line.</summary>
    public Months Time { get; set; } = null!;

    /// <summary>Months.</summary>
    public int Count { get; init; }

    /// <summary>A new sheet.</summary>
    public Sheet Add(string name, string title, string note)
    {
        var sheet = new Sheet(name);
        sheet.Put(1, 1, title, Look.Title);
        sheet.Put(2, 1, note, Look.Note);
        sheet.Next = 4;
        Sheets.Add(sheet);
        return sheet;
    }

    /// <summary>A new sheet with months in columns.</summary>
    public Sheet Monthly(string name, string title, string note)
    {
        var sheet = Add(name, title, note);
        sheet.Monthly = true;
        sheet.Put(3, 1, "month", Look.Columns);
        sheet.Put(3, 2, "unit", Look.Columns);
        sheet.Put(3, 3, "total", Look.Columns);
        sheet.Widths[1] = 46;
        sheet.Widths[2] = 12;
        sheet.Widths[3] = 17;
        sheet.Frozen = (5, Sheet.FirstMonthColumn);
        sheet.Next = 6;
        return sheet;
    }

    /// <summary>Repeats month, number and year at the top of every monthly sheet.</summary>
    public void Head()
    {
        foreach (var sheet in Sheets.Where(s => s.Monthly))
        {
            sheet.Put(4, 1, "number", Look.Columns);
            for (var m = 0; m < Count; m++)
            {
                var column = Sheet.FirstMonthColumn + m;
                sheet.Widths[column] = 15;
                sheet.Put(3, column, Time.Date[m], Look.Date);
                sheet.Put(4, column, Time.Number[m], Look.Whole);
            }
        }
    }

    /// <summary>A heading in a monthly sheet.</summary>
    public static void Heading(Sheet sheet, string text)
    {
        sheet.Next++;
        sheet.Put(sheet.Next++, 1, text, Look.Heading);
    }

    /// <summary>A new row over the months.</summary>
    public Line Line(Sheet sheet, string name, string unit, Look look = Look.Money)
    {
        var row = sheet.Next++;
        sheet.Put(row, 1, name, look == Look.MoneySum ? Look.Heading : Look.Text);
        sheet.Put(row, 2, unit, Look.Note);
        return new Line(sheet, row, Count, look);
    }

    /// <summary>Gives a cell or range a name.</summary>
    public void Name(string name, string reference) => Names.Add(name, reference);
}
