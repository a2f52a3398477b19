using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Inputs;

/// <summary>Reads the numbers of a table, in the one style in which the whole table is written.</summary>
/// <remarks>
/// A table parted by commas has points for decimals. One parted by semicolons or tabs has commas for decimals if more cells of its columns of numbers
/// hold a comma than a point; a cell with the other mark is then refused, since it may part thousands or decimals. Where a table parted by semicolons
/// holds points alone and each stands before three digits, they may do either, and its cells are refused. Never misread: what has two readings is no number.
/// </remarks>
public sealed partial class CsvNumber
{
    private readonly CsvTable _table;
    private readonly bool _commas;

    /// <summary>Points that may part thousands or mark decimals.</summary>
    private readonly bool _eitherWay;

    /// <summary>Finds the style of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns of numbers; those that are absent are passed over.</param>
    public CsvNumber(CsvTable table, params IEnumerable<string> columns)
    {
        _table = table;
        if (table.Separator == ',')
        {
            return;
        }
        var marked = columns
            .Where(table.HasColumn)
            .SelectMany(c => table.Rows.Select(r => table.Cell(r, c).Trim()))
            .Where(cell => cell.AsSpan().ContainsAny(',', '.'))
            .ToList();
        var commas = marked.Count(c => c.Contains(',', StringComparison.Ordinal));
        // Points that could all part thousands mark no decimals beside a comma.
        _commas =
            commas > 0
            && (
                2 * commas >= marked.Count
                || marked.TrueForAll(c =>
                    c.Contains(',', StringComparison.Ordinal) || Thousands().IsMatch(c)
                )
            );
        _eitherWay =
            table.Separator == ';'
            && !_commas
            && marked.Count > 0
            && marked.TrueForAll(c => Thousands().IsMatch(c));
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
        if ((_commas || _eitherWay) && text.Contains('.', StringComparison.Ordinal))
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
        var mark = _commas || _eitherWay ? "comma" : "point";
        var readings = Readings(text.Trim());
        return text.Trim().Length == 0
                ? "Write a number; the cell is empty and nothing is assumed for it."
            : readings.Count == 0 ? $"Write digits alone; a {mark} marks decimals in this table."
            : $"It may mean {string.Join(" or ", readings.Select(NumberReading.Written))}; write digits alone, a {mark} marks decimals in this table.";
    }

    /// <summary>What a cell may mean: where points part thousands, or may, the number without them too.</summary>
    private List<double> Readings(string text)
    {
        var whole = text.Replace(".", "", StringComparison.Ordinal);
        if (Thousands().IsMatch(text) && (_commas || _eitherWay))
        {
            var number = double.Parse(whole, CultureInfo.InvariantCulture);
            return _eitherWay && double.TryParse(text, CultureInfo.InvariantCulture, out var plain)
                ? [plain, number]
                : [number];
        }
        return [.. NumberReading.Of(text, "").Select(r => r.Value).Distinct()];
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(\.[0-9]{3})+$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Thousands();
}
