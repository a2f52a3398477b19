using Plimsoll.Catalog;

namespace Plimsoll.Market.Hedonics;

/// <summary>What a chip offers to work, as logarithms over an H100: the regressors of the hedonic law.</summary>
/// <param name="Chip">Its name in the catalogue.</param>
/// <param name="Arithmetic">Log of dense BF16 rate over that of an H100.</param>
/// <param name="Precision">Log of the rate at its narrowest precision over its BF16 rate, over the same of an H100: 8-bit and 4-bit engines.</param>
/// <param name="Bandwidth">Log of memory bandwidth over that of an H100.</param>
/// <param name="Memory">Log of memory over that of an H100.</param>
/// <param name="Domain">Log of the scale-up link over that of an H100; 128 GB/s (PCIe 5) where it has none.</param>
/// <param name="Software">0 for the CUDA ecosystem, -1 for another vendor's.</param>
/// <param name="Age">Years on the market on the day, over those of an H100.</param>
public sealed record ChipNeeds(
    string Chip,
    double Arithmetic,
    double Precision,
    double Bandwidth,
    double Memory,
    double Domain,
    double Software,
    double Age
)
{
    /// <summary>Chip that others are measured by.</summary>
    public const string Reference = "H100 SXM5";

    // Two ways of a sixteen-lane PCIe 5 slot, GB/s.
    private const double Slot = 128;

    /// <summary>Names of the regressors, in the order of <see cref="Values"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["arithmetic", "precision", "bandwidth", "memory", "domain", "software", "age"];

    /// <summary>The regressors in the order of <see cref="Names"/>.</summary>
    public double[] Values => [Arithmetic, Precision, Bandwidth, Memory, Domain, Software, Age];

    /// <summary>The needs a chip meets, as known on the day of the view.</summary>
    /// <exception cref="KeyNotFoundException">The chip, or the H100, is not known on that day.</exception>
    public static ChipNeeds Of(CatalogView view, string chip)
    {
        var own = Accelerator.Of(view, chip);
        var reference = Accelerator.Of(view, Reference);
        return new ChipNeeds(
            chip,
            Math.Log(own.Bf16.Value / reference.Bf16.Value),
            Math.Log(Narrow(own) / Narrow(reference)),
            Math.Log(own.MemoryBandwidth.Value / reference.MemoryBandwidth.Value),
            Math.Log(own.Memory.Value / reference.Memory.Value),
            Math.Log(Link(own) / Link(reference)),
            own.Vendor == "NVIDIA" ? 0 : -1,
            (reference.Launch.DayNumber - own.Launch.DayNumber) / 365.25
        );
    }

    private static double Narrow(Accelerator chip) =>
        Math.Max(chip.Fp8?.Value ?? chip.Bf16.Value, chip.Fp4?.Value ?? 0) / chip.Bf16.Value;

    private static double Link(Accelerator chip) => chip.ScaleUpBandwidth?.Value ?? Slot;
}
