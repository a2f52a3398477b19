using Plimsoll.Catalog;

namespace Plimsoll.Performance.Training;

/// <summary>What a model is trained on.</summary>
/// <param name="Accelerator">The chip.</param>
/// <param name="Accelerators">How many; 1 or more.</param>
public sealed record TrainingFleet(Accelerator Accelerator, int Accelerators)
{
    /// <summary>Accelerators joined by the scale-up link; 8 in most servers.</summary>
    public int PerNode { get; init; } = 8;

    /// <summary>Network bandwidth of one accelerator beyond its node, GB/s in one direction; 50 is a 400 Gbit/s card each.</summary>
    public double FabricGigabytesPerSecond { get; init; } = 50;

    /// <summary>Part of device memory that training may use; the rest is fragmentation and the runtime's reserve.</summary>
    public double MemoryUtilisation { get; init; } = 0.95;

    /// <summary>Bytes a second of the scale-up link in one direction.</summary>
    /// <remarks>The catalogue gives both directions together. Without a link accelerators speak over PCIe 4 x16: 32 GB/s one way (PCI-SIG).</remarks>
    public double ScaleUpBytesPerSecond =>
        Accelerator.ScaleUpBandwidth is { } link ? link.Value * 1e9 / 2 : 32e9;

    /// <summary>Bytes a second at which a group of accelerators exchanges when it spans nodes: each of its members in a node brings a network card.</summary>
    /// <param name="membersPerNode">Members of the group in one node; 1 or more.</param>
    public double FabricBytesPerSecond(double membersPerNode) =>
        Math.Min(
            FabricGigabytesPerSecond * 1e9 * Math.Max(1, membersPerNode),
            ScaleUpBytesPerSecond
        );
}
