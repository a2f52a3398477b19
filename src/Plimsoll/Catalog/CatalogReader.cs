using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>Reads catalogue files and refuses any row that lacks unit, range, dates, source or grade.</summary>
/// <remarks>Columns: name, attribute, value, low, high, unit, valid_from, published, grade, source, evidence, note. Empty low and high mean exact.</remarks>
public static class CatalogReader
{
    /// <summary>The columns every catalogue file has.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "name",
        "attribute",
        "value",
        "low",
        "high",
        "unit",
        "valid_from",
        "published",
        "grade",
        "source",
        "evidence",
        "note",
    ];

    /// <summary>Reads one file.</summary>
    /// <param name="kind">Kind of its entries.</param>
    /// <param name="text">Its content.</param>
    /// <param name="file">Its name for messages.</param>
    /// <exception cref="InvalidDataException">A row breaks a rule; the message names file, line, found, expected.</exception>
    public static IReadOnlyList<CatalogFact> Read(string kind, string text, string file)
    {
        var table = CsvTable.Parse(text, file);
        foreach (var column in Columns.Where(c => !table.HasColumn(c)))
        {
            throw new InvalidDataException(
                $"{file}: column '{column}' is missing; a catalogue file has {string.Join(", ", Columns)}."
            );
        }
        return [.. table.Rows.Select(row => ReadRow(kind, table, row))];
    }

    private static CatalogFact ReadRow(string kind, CsvTable table, CsvRow row)
    {
        var place = $"{table.File}:{row.Line}";
        string Cell(string column) => table.Cell(row, column);
        var unit = Cell("unit");
        Demand(
            Units.Known.ContainsKey(unit),
            place,
            "unit",
            unit,
            "one of " + string.Join(", ", Units.Known.Keys.Order(StringComparer.Ordinal))
        );
        Demand(Cell("name").Length > 0, place, "name", "nothing", "the entry's name");
        Demand(Cell("attribute").Length > 0, place, "attribute", "nothing", "the attribute's name");
        Demand(
            Cell("source").Length > 0,
            place,
            "source",
            "nothing",
            "title and address of the source"
        );
        Demand(
            InputText.TryWord<Grade>(Cell("grade"), out var grade),
            place,
            "grade",
            Cell("grade"),
            "A, B, C or D"
        );
        Demand(
            InputText.TryWord<Evidence>(
                Cell("evidence"),
                out var evidence,
                StringComparison.OrdinalIgnoreCase
            ),
            place,
            "evidence",
            Cell("evidence"),
            "seen, derived, memory or assumed"
        );
        var validFrom = ReadDate(Cell("valid_from"), place, "valid_from");
        var published = ReadDate(Cell("published"), place, "published");
        Sourced<string> text = new(
            Cell("value"),
            Cell("low"),
            Cell("high"),
            unit,
            validFrom,
            published,
            Cell("source"),
            grade,
            evidence,
            Cell("note")
        );
        Demand(text.Value.Length > 0, place, "value", "nothing", "a value");
        if (unit is "text" or "date")
        {
            Demand(
                unit == "text"
                    || DateOnly.TryParseExact(
                        text.Value,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out _
                    ),
                place,
                "value",
                text.Value,
                "a day as yyyy-MM-dd"
            );
            return new CatalogFact(
                kind,
                Cell("name"),
                Cell("attribute"),
                text,
                null,
                table.File,
                row.Line
            );
        }
        var value = ReadNumber(text.Value, place, "value");
        var low = text.Low.Length == 0 ? value : ReadNumber(text.Low, place, "low");
        var high = text.High.Length == 0 ? value : ReadNumber(text.High, place, "high");
        Demand(
            low <= value && value <= high,
            place,
            "value",
            $"{value} outside {low} to {high}",
            "low <= value <= high"
        );
        Sourced<double> number = new(
            value,
            low,
            high,
            unit,
            validFrom,
            published,
            text.Source,
            grade,
            evidence,
            text.Note
        );
        return new CatalogFact(
            kind,
            Cell("name"),
            Cell("attribute"),
            text,
            number,
            table.File,
            row.Line
        );
    }

    private static double ReadNumber(string text, string place, string column)
    {
        var sound =
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number);
        Demand(sound, place, column, text, "a finite number");
        return number;
    }

    /// <summary>Reads yyyy, yyyy-MM or yyyy-MM-dd; a coarse date of publication counts from its last day, so that nothing is known early.</summary>
    internal static DateOnly ReadDate(string text, string place, string column)
    {
        var late = column != "valid_from";
        if (
            text.Length == 4
            && int.TryParse(text, CultureInfo.InvariantCulture, out var year)
            && year is > 1900 and < 2200
        )
        {
            return late ? new DateOnly(year, 12, 31) : new DateOnly(year, 1, 1);
        }
        if (Month.TryParse(text, out var month))
        {
            return late ? month.LastDay : month.FirstDay;
        }
        Demand(
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            ),
            place,
            column,
            text,
            "a date as yyyy, yyyy-MM or yyyy-MM-dd"
        );
        return day;
    }

    private static void Demand(
        bool holds,
        string place,
        string column,
        string found,
        string expected
    )
    {
        if (!holds)
        {
            throw new InvalidDataException(
                $"{place}: {column}: found {found}; expected {expected}."
            );
        }
    }
}
