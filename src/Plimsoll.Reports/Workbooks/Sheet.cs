using System.Globalization;

namespace Plimsoll.Reports.Workbooks;

/// <summary>How a cell looks; the index is its style in the style sheet.</summary>
internal enum Look
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>Title of a sheet.</summary>
    Title,

    /// <summary>Heading of a block.</summary>
    Heading,

    /// <summary>Small grey text.</summary>
    Note,

    /// <summary>Money, thousands apart, negatives in brackets.</summary>
    Money,

    /// <summary>Money that sums up others.</summary>
    MoneySum,

    /// <summary>A number with decimals as needed.</summary>
    Number,

    /// <summary>A share in percent.</summary>
    Percent,

    /// <summary>A cover or multiple.</summary>
    Times,

    /// <summary>A month.</summary>
    Date,

    /// <summary>A whole number without separators.</summary>
    Whole,

    /// <summary>A price with decimals.</summary>
    Price,

    /// <summary>An assumption: a number that may be changed.</summary>
    Input,

    /// <summary>An assumption in percent.</summary>
    InputPercent,

    /// <summary>An assumption that is money.</summary>
    InputMoney,

    /// <summary>A check: 0 is right.</summary>
    Check,

    /// <summary>Text that wraps.</summary>
    Wrapped,

    /// <summary>Heading of columns.</summary>
    Columns,

    /// <summary>An input of low grade.</summary>
    LowGrade,
}

/// <summary>A cell: text, constant or formula.</summary>
/// <param name="Formula">Formula without its equals sign; null for a constant.</param>
/// <param name="Text">Text of a text cell; null for numbers.</param>
/// <param name="Value">Value of a number or of a formula; NaN for an empty text.</param>
/// <param name="Look">How it looks.</param>
internal readonly record struct Cell(string? Formula, string? Text, double Value, Look Look);

/// <summary>A sheet with its cells.</summary>
/// <param name="name">Letters only, so that no quoting is needed.</param>
internal sealed class Sheet(string name)
{
    /// <summary>Columns before the first month: name, unit, total, and twelve empty ones that stand for the time before.</summary>
    public const int FirstMonthColumn = 16;

    private readonly SortedDictionary<(int Row, int Column), Cell> _cells = [];

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Cells by row and column, from 1.</summary>
    public IReadOnlyDictionary<(int Row, int Column), Cell> Cells => _cells;

    /// <summary>Widths by column, from 1.</summary>
    public Dictionary<int, double> Widths { get; } = [];

    /// <summary>First row and column that scroll; 1 for none.</summary>
    public (int Row, int Column) Frozen { get; set; } = (1, 1);

    /// <summary>True when it holds months in columns: the twelve columns before the first are hidden.</summary>
    public bool Monthly { get; set; }

    /// <summary>Next free row.</summary>
    public int Next { get; set; } = 1;

    /// <summary>Last row and column in use.</summary>
    public (int Row, int Column) Extent =>
        _cells.Count == 0 ? (1, 1) : (_cells.Keys.Max(k => k.Row), _cells.Keys.Max(k => k.Column));

    /// <summary>Writes text.</summary>
    public void Put(int row, int column, string text, Look look = Look.Text) =>
        _cells[(row, column)] = new Cell(null, text, double.NaN, look);

    /// <summary>Writes a constant.</summary>
    public Expr Put(int row, int column, double value, Look look)
    {
        _cells[(row, column)] = new Cell(null, null, value, look);
        return Ref(row, column, value);
    }

    /// <summary>Writes a formula.</summary>
    public Expr Put(int row, int column, Expr formula, Look look)
    {
        var text = formula.Text.Replace(name + "!", "", StringComparison.Ordinal);
        _cells[(row, column)] = new Cell(text, null, formula.Value, look);
        return Ref(row, column, formula.Value);
    }

    /// <summary>Writes a formula whose result is text.</summary>
    public void PutText(int row, int column, string formula, string result, Look look) =>
        _cells[(row, column)] = new Cell(
            formula.Replace(name + "!", "", StringComparison.Ordinal),
            result,
            double.NaN,
            look
        );

    /// <summary>A reference to a cell, fixed in place.</summary>
    public Expr Ref(int row, int column, double value) =>
        new($"{name}!${Letters(column)}${row}", value, 9);

    /// <summary>A reference that moves along with months.</summary>
    public Expr Along(int row, int column, double value) =>
        new($"{name}!{Letters(column)}{row}", value, 9);

    /// <summary>Name of a column.</summary>
    public static string Letters(int column)
    {
        var text = "";
        for (var c = column; c > 0; c = (c - 1) / 26)
        {
            text = (char)('A' + ((c - 1) % 26)) + text;
        }
        return text;
    }

    /// <summary>Name of a cell in the sheet.</summary>
    public static string Place(int row, int column) =>
        Letters(column) + row.ToString(CultureInfo.InvariantCulture);
}
