using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Quotes;

/// <summary>Quotes of a CSV file with the columns of <see cref="QuoteInputs"/>: date, chip, unit and price are needed, the rest may be left out or blank.</summary>
public static class QuoteTable
{
    private const double Most = 1e12;

    private static readonly string[] _needed = ["date", "chip", "unit", "price"];
    private static readonly string[] _columns =
    [
        .. _needed,
        "low",
        "high",
        "basis",
        "currency",
        "tax",
        "tax_rate",
        "per_server",
        "quantity",
        "tenor",
        "prepaid",
        "side",
        "error",
        "source",
    ];

    /// <summary>Reads a table; everything wrong with it is found at once.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The sound rows, and the findings of the others.</returns>
    public static (IReadOnlyList<OwnQuote> Quotes, IReadOnlyList<LocatedFinding> Findings) Read(
        CsvTable table
    )
    {
        var findings = new List<LocatedFinding>();
        foreach (var column in _needed.Where(c => !table.HasColumn(c)))
        {
            findings.Add(
                Of(
                    table.File,
                    1,
                    column,
                    "missing-column",
                    "no such column",
                    "date, chip, unit and price",
                    $"Add a column '{column}'."
                )
            );
        }
        foreach (var column in table.Header.Where(c => !_columns.Contains(c)))
        {
            var near = NearestName.Of(column, _columns);
            findings.Add(
                Of(
                    table.File,
                    1,
                    column,
                    "unknown-column",
                    InputText.Cut(column),
                    string.Join(", ", _columns),
                    near is null ? "Leave it out." : $"Did you mean '{near}'?"
                )
            );
        }
        if (findings.Count > 0)
        {
            return ([], findings);
        }
        var quotes = new List<OwnQuote>();
        foreach (var row in table.Rows)
        {
            var before = findings.Count;
            var quote = new RowReader(table, row, findings).Read();
            if (findings.Count == before)
            {
                quotes.Add(quote);
            }
        }
        return (quotes, findings);
    }

    private static LocatedFinding Of(
        string file,
        int line,
        string column,
        string rule,
        string found,
        string expected,
        string remedy
    ) => new(file, line, 1, new Finding(new InputPath(column), rule, found, expected, remedy));

    private sealed class RowReader(CsvTable table, CsvRow row, List<LocatedFinding> findings)
    {
        public OwnQuote Read()
        {
            _ = Month.TryParse(Cell("date"), out var date);
            if (Cell("date") is var text && !Month.TryParse(text, out date))
            {
                Report(
                    "date",
                    "not-a-month",
                    text,
                    "a month as yyyy-MM",
                    "Write the month of the quote."
                );
            }
            var price = Number("price", 1e-6, Most) ?? 1;
            var (low, high) = (Number("low", 1e-6, Most), Number("high", 1e-6, Most));
            if ((low is null) != (high is null) || low > price || high < price)
            {
                Report(
                    "low",
                    "range",
                    $"{Cell("low")} to {Cell("high")}",
                    "low <= price <= high, both or neither",
                    "Give the range within which four of five such prices lie."
                );
            }
            return new OwnQuote(
                date,
                Cell("chip"),
                QuoteInputs.Basis(Choice("basis", QuoteInputs.Bases, "contract")),
                Choice("unit", QuoteUnit.All, ""),
                price,
                Cell("currency") is { Length: > 0 } c
                    ? Choice("currency", QuoteInputs.Currencies, c)
                    : null,
                new QuotePlace(table.File, row.Line, 1, "row")
            )
            {
                TaxIncluded = Choice("tax", ["excluded", "included"], "excluded") == "included",
                TaxRate = Number("tax_rate", 0, 0.5),
                PerServer = Number("per_server", 1, 128) ?? 8,
                Quantity = Number("quantity", 1, 1e7),
                Tenor = Number("tenor", 1, 240),
                Prepaid = Number("prepaid", 0, 1) ?? 0,
                Side = QuoteInputs.Side(Choice("side", QuoteInputs.Sides, "signed")),
                Error =
                    Number("error", 0.005, 1)
                    ?? (
                        high > low ? Math.Log(high.Value / low!.Value) / (2 * QuoteError.Z90) : null
                    ),
                Source = Cell("source") is { Length: > 0 } source ? source : table.File,
            };
        }

        private string Cell(string column) =>
            table.HasColumn(column) ? table.Cell(row, column).Trim() : "";

        private double? Number(string column, double min, double max)
        {
            var text = Cell(column);
            if (text.Length == 0)
            {
                if (_needed.Contains(column))
                {
                    Report(
                        column,
                        "blank",
                        "nothing",
                        "a number",
                        "Give the price, or leave the row out."
                    );
                }
                return null;
            }
            if (
                double.TryParse(
                    text,
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var value
                )
                && value >= min
                && value <= max
            )
            {
                return value;
            }
            Report(
                column,
                "not-a-number",
                text,
                string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"),
                "Write a plain number with a point for decimals and no separators."
            );
            return null;
        }

        private string Choice(string column, IReadOnlyList<string> words, string silent)
        {
            var text = Cell(column);
            if (text.Length == 0 && silent.Length > 0)
            {
                return silent;
            }
            if (words.Contains(text, StringComparer.Ordinal))
            {
                return text;
            }
            var near = NearestName.Of(text, words);
            Report(
                column,
                "unknown-word",
                text.Length == 0 ? "nothing" : text,
                string.Join(", ", words),
                near is null ? "Write one of these words." : $"Did you mean '{near}'?"
            );
            return words[0];
        }

        private void Report(
            string column,
            string rule,
            string found,
            string expected,
            string remedy
        ) =>
            findings.Add(
                Of(table.File, row.Line, column, rule, InputText.Cut(found), expected, remedy)
            );
    }
}
