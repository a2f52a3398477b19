using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>The accelerators of one chip that serve a workload under its promise.</summary>
public sealed record SizedFleet
{
    /// <summary>The chip, engine and precision.</summary>
    public required SizedChip Chip { get; init; }

    /// <summary>Why it cannot serve the workload; empty when it can, and all below is then filled.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What makes the prediction doubtful: a prior in place of measurements, a layout that engines refuse.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The layout.</summary>
    public ServingLayout? Layout { get; init; }

    /// <summary>The installation at the size found, without spares: what <c>goodput</c> can be run on.</summary>
    public InferenceCase? Installation { get; init; }

    /// <summary>Rate to be served: of the busiest hour when there is a profile.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Highest rate of this size that keeps the promise.</summary>
    public double Goodput { get; init; }

    /// <summary>Accelerators needed at once, whole replicas.</summary>
    public int Accelerators { get; init; }

    /// <summary>Low end of the 80 % interval of the accelerators, whole replicas: the step law's error and that of the finite runs.</summary>
    public double Low { get; init; }

    /// <summary>High end.</summary>
    public double High { get; init; }

    /// <summary>Spare accelerators, so that 999 of 1,000 hours have what is needed, and those that fill up the last server.</summary>
    public int Spare { get; init; }

    /// <summary>Accelerators in service on average over the day, if the fleet followed its hours; as many as needed without a profile.</summary>
    public double MeanAccelerators { get; init; }

    /// <summary>Accelerators of a server.</summary>
    public int PerServer { get; init; }

    /// <summary>Power of the site with this fleet at its load, spares idle, kW; null when the catalogue knows no server with the chip.</summary>
    public double? Kilowatts { get; init; }

    /// <summary>What a million tokens take and cost.</summary>
    public TokenCost? Cost { get; init; }

    /// <summary>Needed and spare.</summary>
    public int Total => Accelerators + Spare;
}

/// <summary>What a million tokens take and cost, of the whole fleet with its spares over a mean day.</summary>
/// <param name="Computed">GPU-seconds of a million prompt tokens that are computed.</param>
/// <param name="Stored">GPU-seconds of a million prompt tokens handed over by a store: their reading while answers are made.</param>
/// <param name="Output">GPU-seconds of a million answer tokens.</param>
/// <param name="Blended">GPU-seconds of a million tokens of all three kinds as they come.</param>
/// <param name="Needed">The same of the accelerators needed alone, without spares and what fills up the last server.</param>
/// <param name="PricePerHour">Of one accelerator; null without a price, and costs are then null too.</param>
public sealed record TokenCost(
    double Computed,
    double Stored,
    double Output,
    double Blended,
    double Needed,
    double? PricePerHour
)
{
    /// <summary>Money for so many GPU-seconds.</summary>
    public double? Money(double gpuSeconds) => PricePerHour * gpuSeconds / 3600;
}
