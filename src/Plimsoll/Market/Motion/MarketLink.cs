using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>A market as the motion of its rents needs it: its currency, and the market it leans on where it has no quotes of its own.</summary>
/// <param name="Name">china, us, europe.</param>
/// <param name="Currency">Currency of its rents.</param>
/// <param name="Reference">Market whose quotes inform its level, converted at the day's rate; null for none.</param>
/// <param name="ServicesTax">Rate of value-added tax on computing services, for a quote with tax that does not say its rate: China 6 %, Europe about 20 %; United States, none on the whole.</param>
/// <param name="ReferenceDeviation">Deviation of its log level from that market's, own prior.</param>
/// <param name="ReferenceSize">Its size over that market's, more than 0: demand, stock and building at the start; 1 without one.</param>
public sealed record MarketLink(
    string Name,
    Currency Currency,
    double ServicesTax,
    string? Reference,
    double ReferenceDeviation,
    double ReferenceSize
)
{
    private const string Prefix = "markets/";
    private const string FileName = "/market.csv";

    // Read once: the files are part of the program and never change while it runs.
    private static readonly Lazy<IReadOnlyList<MarketLink>> _shipped = new(Shipped);

    /// <summary>The markets declared in the files under <c>markets/</c>, by name: one more folder is one more market.</summary>
    public static IReadOnlyList<MarketLink> All => _shipped.Value;

    /// <summary>A market by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such market; the message lists those there are.</exception>
    public static MarketLink Of(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no market '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}."
        );

    /// <summary>Reads a declaration: columns key, value, unit, grade, source; keys currency, services_tax, and for a market that leans on another reference, reference_deviation and reference_size.</summary>
    /// <exception cref="InvalidDataException">A key is missing, unknown or holds no number.</exception>
    public static MarketLink Read(string name, CsvTable table)
    {
        var rows = new Dictionary<string, CsvRow>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var key = table.Cell(row, "key");
            if (!_keys.Contains(key) || !rows.TryAdd(key, row))
            {
                throw new InvalidDataException(
                    $"{table.File}:{row.Line}: found key '{key}'; expected each of {string.Join(", ", _keys)} once."
                );
            }
        }
        string Text(string key) =>
            rows.TryGetValue(key, out var row)
                ? table.Cell(row, "value")
                : throw new InvalidDataException($"{table.File}: key '{key}' is missing.");
        double Number(string key) =>
            double.TryParse(
                Text(key),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var value
            ) && value is >= 0 and <= 1
                ? value
                : throw new InvalidDataException(
                    $"{table.File}:{rows[key].Line}: {key}: found '{Text(key)}'; expected a number from 0 to 1."
                );
        var leans = rows.ContainsKey("reference");
        return new MarketLink(
            name,
            new Currency(Text("currency")),
            Number("services_tax"),
            leans ? Text("reference") : null,
            leans ? Number("reference_deviation") : 0,
            leans ? Number("reference_size") : 1
        );
    }

    private static readonly string[] _keys =
    [
        "currency",
        "services_tax",
        "reference",
        "reference_deviation",
        "reference_size",
    ];

    private static IReadOnlyList<MarketLink> Shipped()
    {
        var assembly = typeof(MarketLink).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n =>
                    n.StartsWith(Prefix, StringComparison.Ordinal)
                    && n.EndsWith(FileName, StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                    return Read(
                        n[Prefix.Length..^FileName.Length],
                        CsvTable.Parse(reader.ReadToEnd(), n)
                    );
                }),
        ];
    }
}
