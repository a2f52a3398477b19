using Plimsoll.Inputs;

namespace Plimsoll.Catalog;

/// <summary>A fitted artefact as plain rows, each with the date of the last datum it was fitted on (column <c>data_to</c>).</summary>
/// <param name="Name">Name of the artefact, the name of its file.</param>
/// <param name="Table">The rows; their columns belong to the layer that fits them.</param>
/// <param name="DataTo">Per row, the last day of data used; same length as the rows.</param>
public sealed record DerivedTable(string Name, CsvTable Table, IReadOnlyList<DateOnly> DataTo)
{
    /// <summary>Reads an artefact.</summary>
    /// <exception cref="InvalidDataException">Column <c>data_to</c> is missing or holds no date.</exception>
    public static DerivedTable Read(string name, string text, string file)
    {
        var table = CsvTable.Parse(text, file);
        var dates = table.Rows.Select(row =>
            CatalogReader.ReadDate(table.Cell(row, "data_to"), $"{file}:{row.Line}", "data_to")
        );
        return new DerivedTable(name, table, [.. dates]);
    }
}
