using System.Globalization;

namespace Plimsoll.Inputs;

/// <summary>Reads the numbers of a table, in the one style in which the whole table is written.</summary>
/// <remarks>
/// A table parted by commas has points for decimals. One parted by semicolons or tabs has commas for decimals if any cell of its columns of numbers
/// has one; a cell with a point is then refused, since it may part thousands or decimals. Never misread: what has two readings is no number.
/// </remarks>
public sealed class CsvNumber
{
    private readonly CsvTable _table;
    private readonly bool _commas;

    /// <summary>Finds the style of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns of numbers; those that are absent are passed over.</param>
    public CsvNumber(CsvTable table, params IEnumerable<string> columns)
    {
        _table = table;
        _commas =
            table.Separator != ','
            && columns
                .Where(table.HasColumn)
                .Any(c =>
                    table.Rows.Any(r => table.Cell(r, c).Contains(',', StringComparison.Ordinal))
                );
    }

    /// <summary>True when commas mark decimals in this table; a point then has two readings.</summary>
    public bool HasCommas => _commas;

    /// <summary>Reads a cell.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="number">The number, finite; 0 when it is none.</param>
    /// <returns>False when the cell is empty, is no number, or has two readings.</returns>
    public bool TryRead(CsvRow row, string column, out double number)
    {
        var text = _table.Cell(row, column).Trim();
        number = 0;
        if (_commas && text.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }
        return double.TryParse(
                _commas ? text.Replace(',', '.') : text,
                NumberStyles.AllowLeadingSign
                    | NumberStyles.AllowDecimalPoint
                    | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out number
            ) && double.IsFinite(number);
    }

    /// <summary>What to do about a cell that is no number: every reading, and how this table writes decimals.</summary>
    /// <param name="text">What stands in the cell.</param>
    public string Remedy(string text)
    {
        var mark = _commas ? "comma" : "point";
        var readings = NumberReading.Of(text, "").DistinctBy(r => r.Value).ToList();
        return text.Trim().Length == 0
                ? "Write a number; the cell is empty and nothing is assumed for it."
            : readings.Count == 0 ? $"Write digits alone; a {mark} marks decimals in this table."
            : $"It may mean {string.Join(" or ", readings.Select(r => NumberReading.Written(r.Value)))}; write digits alone, a {mark} marks decimals in this table.";
    }
}
