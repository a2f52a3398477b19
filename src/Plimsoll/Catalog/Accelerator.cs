using System.Globalization;
using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>A chip: peak rates, memory, links and power as known on a day.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Vendor">Who makes it.</param>
/// <param name="Launch">Day from which it could be bought.</param>
/// <param name="Bf16">Dense BF16 rate, TFLOP/s.</param>
/// <param name="Fp8">Dense FP8 (or INT8) rate, TFLOP/s; null when the chip has none.</param>
/// <param name="Fp4">Dense FP4 rate, TFLOP/s; null when the chip has none.</param>
/// <param name="Memory">Device memory, GB.</param>
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
        );
    }
}
