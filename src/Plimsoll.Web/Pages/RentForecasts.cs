using System.Globalization;
using System.Reflection;
using System.Text;

namespace Plimsoll.Web.Pages;

/// <summary>The rents that the program forecast of each market and that were frozen before anybody scored them.</summary>
internal static class RentForecasts
{
    private const string Prefix = "forecasts/";
    private const string Suffix = "-quantiles.csv";

    // Of prices of used accelerators the market's page says nothing yet.
    private const string Used = "used-24-months";

    /// <summary>One month of a fan.</summary>
    /// <param name="Year">Month as a year with its fraction.</param>
    /// <param name="Month">Month as <c>2025-12</c>.</param>
    /// <param name="Low">10 % quantile, the market's money per accelerator-hour.</param>
    /// <param name="Middle">Median.</param>
    /// <param name="High">90 % quantile.</param>
    internal sealed record Point(double Year, string Month, double Low, double Middle, double High);

    /// <summary>A fan of one chip on one basis.</summary>
    internal sealed record Fan(string Chip, string Basis, IReadOnlyList<Point> Points);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> _files = new(() =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(
                // china-2025-12-quantiles.csv
                n => n[Prefix.Length..n.IndexOf('-', StringComparison.Ordinal)],
                Text,
                StringComparer.Ordinal
            )
    );

    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<Fan>>> _fans = new(() =>
        _files.Value.ToDictionary(f => f.Key, f => Read(f.Value), StringComparer.Ordinal)
    );

    /// <summary>Markets with a forecast.</summary>
    public static IEnumerable<string> Markets => _files.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>The frozen file of a market; null when there is none.</summary>
    public static string? Csv(string market) => _files.Value.GetValueOrDefault(market);

    /// <summary>Fans of a chip in a market; empty when there are none.</summary>
    public static IReadOnlyList<Fan> Of(string market, string chip) =>
        [.. _fans.Value.GetValueOrDefault(market, []).Where(f => f.Chip == chip)];

    private static string Text(string name)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!,
            Encoding.UTF8
        );
        return reader.ReadToEnd();
    }

    private static IReadOnlyList<Fan> Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var head = lines[0].TrimEnd().Split(',').ToList();
        int At(string column) => head.IndexOf(column);
        var (chip, basis, month) = (At("chip"), At("basis"), At("month"));
        var (low, middle, high) = (At("P10"), At("P50"), At("P90"));
        double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
        return
        [
            .. lines
                .Skip(1)
                .Select(l => l.TrimEnd().Split(','))
                .Where(c => c[basis] != Used)
                .GroupBy(c => (Chip: c[chip], Basis: c[basis]))
                .Select(g => new Fan(
                    g.Key.Chip,
                    g.Key.Basis,
                    [
                        .. g.Select(c => new Point(
                            int.Parse(c[month][..4], CultureInfo.InvariantCulture)
                                + (
                                    (int.Parse(c[month][5..7], CultureInfo.InvariantCulture) - 1)
                                    / 12.0
                                ),
                            c[month],
                            Number(c[low]),
                            Number(c[middle]),
                            Number(c[high])
                        )),
                    ]
                )),
        ];
    }
}
