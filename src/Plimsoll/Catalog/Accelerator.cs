using System.Globalization;
using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>A chip: peak rates, memory, links and power as known on a day.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Vendor">Who makes it.</param>
/// <param name="Launch">Day from which it could be bought.</param>
/// <param name="Bf16">Dense BF16 rate, TFLOP/s.</param>
/// <param name="Fp8">Dense FP8 rate, TFLOP/s; null when the chip multiplies none.</param>
/// <param name="Fp4">Dense FP4 rate, TFLOP/s; null when the chip has none.</param>
/// <param name="Memory">Device memory as the maker names it, GB; what a driver reports is <see cref="MemoryBytes"/>.</param>
/// <param name="MemoryBandwidth">Memory bandwidth, GB/s.</param>
/// <param name="ScaleUpBandwidth">Scale-up link, GB/s both directions together; null when it has none but PCIe.</param>
/// <param name="BoardPower">Rated board power, W.</param>
/// <param name="Tier">Market tier: H (H100 class and above), A (A100 class and consumer cards), D (made in China), T (not sold, rented by its maker only).</param>
public sealed record Accelerator(
    string Name,
    string Vendor,
    DateOnly Launch,
    Sourced<double> Bf16,
    Sourced<double>? Fp8,
    Sourced<double>? Fp4,
    Sourced<double> Memory,
    Sourced<double> MemoryBandwidth,
    Sourced<double>? ScaleUpBandwidth,
    Sourced<double> BoardPower,
    string Tier
)
{
    /// <summary>Kind of catalogue entry.</summary>
    public const string Kind = "accelerators";

    /// <summary>Dense INT8 rate, 10^12 operations a second; null when the catalogue states none.</summary>
    public Sourced<double>? Int8 { get; init; }

    /// <summary>Device memory as the driver reports it, bytes; null when the catalogue states none.</summary>
    public Sourced<double>? ReportedMemory { get; init; }

    /// <summary>Attribute of <see cref="ScaleUpDomain"/>.</summary>
    internal const string DomainAttribute = "scaleup_domain";

    /// <summary>Chips that its scale-up link joins; null for the habit of its name: 72 in an NVL72 rack, 384 in a CloudMatrix 384, else 8.</summary>
    public int? ScaleUpDomain { get; init; }

    /// <summary>Device memory, bytes, above 0: what the driver reports, else the maker's gigabytes of 10^9.</summary>
    /// <remarks>Makers write nearly GiB as GB: an H100 of 80 GB holds 85.5 x 10^9 bytes.</remarks>
    public double MemoryBytes => ReportedMemory?.Value ?? (Memory.Value * 1e9);

    /// <summary>Reads an accelerator from the catalogue.</summary>
    /// <exception cref="KeyNotFoundException">Not known on the day of the view, or a needed attribute is missing.</exception>
    public static Accelerator Of(CatalogView view, string name)
    {
        var entry = view.Entry(Kind, name);
        return new Accelerator(
            name,
            entry.Text("vendor"),
            DateOnly.Parse(entry.Text("launch"), CultureInfo.InvariantCulture),
            entry.Number("bf16_dense"),
            entry.NumberOrNull("fp8_dense"),
            entry.NumberOrNull("fp4_dense"),
            entry.Number("memory"),
            entry.Number("memory_bandwidth"),
            entry.NumberOrNull("scaleup_bandwidth"),
            entry.Number("board_power"),
            entry.Text("tier")
        )
        {
            Int8 = entry.NumberOrNull("int8_dense"),
            ReportedMemory = entry.NumberOrNull("memory_bytes"),
            ScaleUpDomain = entry.NumberOrNull(DomainAttribute) is { } domain
                ? (int)domain.Value
                : null,
        };
    }
}
