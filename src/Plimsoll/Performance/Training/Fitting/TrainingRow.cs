using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Typed cells of one row of a table of training measurements.</summary>
/// <param name="Table">The table.</param>
/// <param name="Row">The row.</param>
internal readonly record struct TrainingRow(CsvTable Table, CsvRow Row)
{
    /// <summary>Words of a cell, without blanks around; empty when the column is missing.</summary>
    public string Text(string column) =>
        Table.HasColumn(column) ? Table.Cell(Row, column).Trim() : "";

    /// <summary>A number.</summary>
    /// <exception cref="InvalidDataException">The column is missing or holds no finite number.</exception>
    public double Number(string column) =>
        NumberOrNull(column)
        ?? throw new InvalidDataException(
            $"{Table.File}:{Row.Line}: {column}: found '{Table.Cell(Row, column)}'; expected a finite number."
        );

    /// <summary>A number, or null when the cell is empty or no number.</summary>
    public double? NumberOrNull(string column) =>
        double.TryParse(
            Text(column),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var value
        ) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>A whole number.</summary>
    public int Whole(string column) => (int)Number(column);

    /// <summary>A whole number, or another where the cell is empty.</summary>
    public int WholeOr(string column, int fallback) => (int)(NumberOrNull(column) ?? fallback);
}
