using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>One quoted price of a curve that a user imports.</summary>
/// <param name="Month">Month from which it holds.</param>
/// <param name="Basis">spot, contract or list.</param>
/// <param name="TenorMonths">Months of contract it is for; 0 for spot.</param>
/// <param name="PerGpuHour">Money for one accelerator-hour, more than 0.</param>
public sealed record CurvePoint(Month Month, string Basis, int TenorMonths, double PerGpuHour);

/// <summary>A price curve of the H tier by month, for market-consistent runs: rents follow it, and the gap to the model's own path is reported.</summary>
/// <remarks>
/// CSV with the columns date (yyyy-MM), basis (spot, contract, list), tenor (months) and price (money per accelerator-hour). Contract
/// points of the tenor nearest to the one asked for are used; where a month has none, spot or list points are not mixed in: bases differ.
/// Between dates the log is interpolated; after the last date it stays.
/// </remarks>
/// <param name="Points">By month.</param>
public sealed record PriceCurve(IReadOnlyList<CurvePoint> Points)
{
    private const double HoursPerServerMonth = 8 * 730;

    /// <summary>Dearer than this an accelerator-hour is a month's or a server's price, in any money.</summary>
    public const double MostPerHour = 500;

    /// <summary>Cheaper than this an accelerator-hour is a slip, in any money.</summary>
    public const double LeastPerHour = 0.001;

    private static readonly string[] _bases = ["contract", "spot", "list"];

    /// <summary>Reads a curve.</summary>
    /// <param name="text">Content of the CSV file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">A column is missing or a row cannot be read: file, line, found, expected.</exception>
    public static PriceCurve Parse(string text, string file)
    {
        var table = CsvTable.Parse(text, file);
        var numbers = new CsvNumber(table, "price");
        var points = new List<CurvePoint>();
        foreach (var row in table.Rows)
        {
            var date = table.Cell(row, "date");
            var basis = table.Cell(row, "basis");
            var tenor = table.Cell(row, "tenor");
            var price = table.Cell(row, "price");
            InvalidDataException Wrong(string column, string found, string expected) =>
                new($"{file}:{row.Line}: {column}: found '{found}'; expected {expected}.");
            if (!Month.TryParse(date, out var month))
            {
                throw Wrong("date", date, "a month as yyyy-MM");
            }
            if (!_bases.Contains(basis, StringComparer.Ordinal))
            {
                throw Wrong("basis", basis, "spot, contract or list");
            }
            if (
                !int.TryParse(
                    tenor,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var months
                )
                || months > 120
            )
            {
                throw Wrong("tenor", tenor, "whole months from 0 to 120");
            }
            if (!numbers.TryRead(row, "price", out var money) || !(money > 0 && money < 1e6))
            {
                throw Wrong(
                    "price",
                    price,
                    $"a plain number (1234.5 or 1.2e3), money per accelerator-hour, more than 0 and less than 1,000,000. {numbers.Remedy(price)}"
                );
            }
            if (money is < LeastPerHour or > MostPerHour)
            {
                throw Wrong(
                    "price",
                    price,
                    $"money for one accelerator-hour, from {LeastPerHour} to {MostPerHour}. Is it the price of a month, or of a server? Divide by 730 hours, or by the accelerators of a server"
                );
            }
            var point = new CurvePoint(month, basis, months, money);
            if (points.Any(p => p with { PerGpuHour = money } == point))
            {
                throw Wrong("date", date, "one price a month, basis and tenor; take one away");
            }
            points.Add(point);
        }
        return points.Count > 0
            ? new PriceCurve([.. points.OrderBy(p => p.Month).ThenBy(p => p.TenorMonths)])
            : throw new InvalidDataException($"{file}: the curve has no row.");
    }

    /// <summary>The basis that the curve is read on: contract where there is any contract point, else spot, else list.</summary>
    public string Basis => _bases.First(b => Points.Any(p => p.Basis == b));

    /// <summary>Log of the rent of the H tier by month, money a server-month; NaN before the first date.</summary>
    /// <param name="start">First month of the market.</param>
    /// <param name="months">Months.</param>
    /// <param name="tenor">Tenor in months to which the curve's points are compared.</param>
    public double[] LogRents(Month start, int months, double tenor)
    {
        var basis = Basis;
        var dated = Points
            .Where(p => p.Basis == basis)
            .GroupBy(p => p.Month - start)
            .OrderBy(g => g.Key)
            .Select(g =>
                (
                    At: g.Key,
                    Log: Math.Log(
                        g.MinBy(p => Math.Abs(p.TenorMonths - tenor))!.PerGpuHour
                            * HoursPerServerMonth
                    )
                )
            )
            .ToList();
        var logs = new double[months];
        for (var m = 0; m < months; m++)
        {
            var after = dated.FindIndex(p => p.At >= m);
            logs[m] =
                m < dated[0].At ? double.NaN
                : after < 0 ? dated[^1].Log
                : after == 0 || dated[after].At == m ? dated[after].Log
                : dated[after - 1].Log
                    + (
                        (dated[after].Log - dated[after - 1].Log)
                        * (m - dated[after - 1].At)
                        / (dated[after].At - dated[after - 1].At)
                    );
        }
        return logs;
    }
}
