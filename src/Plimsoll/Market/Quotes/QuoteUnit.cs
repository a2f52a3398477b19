using Plimsoll.Catalog;

namespace Plimsoll.Market.Quotes;

/// <summary>The units in which rents are quoted, each with what one of it is in accelerator-hours.</summary>
public static class QuoteUnit
{
    /// <summary>Hours of a mean month.</summary>
    public const double HoursPerMonth = 730;

    private const double HoursPerYear = 8760;

    /// <summary>The words that a quote's unit may be.</summary>
    public static IReadOnlyList<string> All { get; } =
    ["GPU-hour", "card-month", "server-month", "P-year"];

    /// <summary>Accelerator-hours in one unit.</summary>
    /// <param name="unit">One of <see cref="All"/>.</param>
    /// <param name="perServer">Accelerators in a server, at least 1; for server-month.</param>
    /// <param name="chip">The chip; a P is 10^15 dense 16-bit operations a second, for P-year.</param>
    /// <exception cref="ArgumentException">The unit is none of these.</exception>
    public static double GpuHours(string unit, double perServer, Accelerator chip) =>
        unit switch
        {
            "GPU-hour" => 1,
            "card-month" => HoursPerMonth,
            "server-month" => HoursPerMonth * perServer,
            "P-year" => HoursPerYear * 1000 / chip.Bf16.Value,
            _ => throw new ArgumentException(
                $"'{unit}' is not a unit of rents; there are {string.Join(", ", All)}.",
                nameof(unit)
            ),
        };
}
