using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Market;

namespace Plimsoll.Hindcast;

/// <summary>What came to pass.</summary>
/// <param name="Quarter">When.</param>
/// <param name="Quantity">Name of the quantity.</param>
/// <param name="Value">Best estimate.</param>
/// <param name="Low">Lower end of its 80 % range.</param>
/// <param name="High">Upper end of its 80 % range.</param>
public sealed record Outcome(
    Quarter Quarter,
    string Quantity,
    double Value,
    double Low,
    double High
)
{
    /// <summary>Standard deviation of the log of the observation.</summary>
    public double LogError => Math.Max(0.02, Math.Log(High / Low) / 2.563);

    /// <summary>Reads outcomes from a table with the columns quarter, observable, value, low, high.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or a row does not hold numbers above 0, a quarter and a quantity that is forecast.</exception>
    public static IReadOnlyList<Outcome> Read(string text, string file)
    {
        var table = CsvTable.Parse(text, file);
        foreach (var column in new[] { "quarter", "observable", "value" })
        {
            if (!table.HasColumn(column))
            {
                throw new InvalidDataException(
                    $"{file}: no column '{column}'; expected quarter, observable, value, low, high."
                );
            }
        }
        return [.. table.Rows.Select(row => Of(table, row))];
    }

    /// <summary>The targets that a later view adds to an earlier one: what a vintage can be scored on.</summary>
    /// <param name="later">Targets of the later view.</param>
    /// <param name="givens">Dated facts of the earlier view.</param>
    public static IReadOnlyList<Outcome> Of(IReadOnlyList<Target> later, MarketGivens givens) =>
        [
            .. later
                .Where(t =>
                    t.LastMonth >= givens.KnownMonths
                    && t.Months <= 3
                    && t.Observable != Observable.RentChangeA
                )
                .Select(t => new Outcome(
                    Quarter.Of(givens.Start + t.LastMonth),
                    ForecastQuantity.All.First(q => q.Observable == t.Observable).Name,
                    t.Value,
                    t.Low,
                    t.High
                )),
        ];

    private static Outcome Of(CsvTable table, CsvRow row)
    {
        string Cell(string column) => table.HasColumn(column) ? table.Cell(row, column) : "";
        double Number(string column, double fallback)
        {
            var text = Cell(column);
            return text.Length == 0 ? fallback
                : double.TryParse(text, CultureInfo.InvariantCulture, out var x) && x > 0 ? x
                : throw new InvalidDataException(
                    $"{table.File}:{row.Line}: {column}: found '{text}'; expected a number above 0."
                );
        }
        var quantity = Cell("observable");
        if (ForecastQuantity.All.All(q => q.Name != quantity))
        {
            throw new InvalidDataException(
                $"{table.File}:{row.Line}: observable: found '{quantity}'; expected one of {string.Join(", ", ForecastQuantity.All.Select(q => q.Name))}."
            );
        }
        Quarter quarter;
        try
        {
            quarter = Quarter.Parse(Cell("quarter"));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{table.File}:{row.Line}: quarter: {e.Message}", e);
        }
        var value = Number("value", double.NaN);
        var outcome = new Outcome(
            quarter,
            quantity,
            value,
            Number("low", value),
            Number("high", value)
        );
        return outcome.Low <= value && value <= outcome.High
            ? outcome
            : throw new InvalidDataException(
                $"{table.File}:{row.Line}: value: found {Cell("value")}; expected a number between low and high."
            );
    }
}
