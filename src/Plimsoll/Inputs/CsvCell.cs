using System.Globalization;

namespace Plimsoll.Inputs;

/// <summary>Words as a cell of comma-separated text (RFC 4180), harmless in a spreadsheet.</summary>
public static class CsvCell
{
    /// <summary>The cell: quoted where it holds a comma, a quote or a line end; one that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    /// <param name="text">Words; a number stays a number.</param>
    public static string Of(string text)
    {
        var safe = IsFormula(text) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n\t") >= 0
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    // Blanks before the sign do not stop a spreadsheet.
    private static bool IsFormula(string text) =>
        text.TrimStart()
            is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..]
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
