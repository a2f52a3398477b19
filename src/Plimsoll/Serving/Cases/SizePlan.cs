namespace Plimsoll.Serving.Cases;

/// <summary>What <c>inference size</c> is asked.</summary>
/// <param name="TokensPerDay">Prompt and answer tokens of a day that the workload is scaled to; null keeps the workload's own rate.</param>
/// <param name="Chips">Compared; never empty.</param>
/// <param name="Currency">Of the prices.</param>
/// <param name="HoursBetweenFailures">Mean hours from one failure to the next of one accelerator and its share of the server.</param>
/// <param name="RepairHours">Mean hours until it serves again.</param>
/// <param name="PowerUsageEffectiveness">Power of the site over that of its servers, 1 or more.</param>
/// <param name="MostAccelerators">Accelerators of one replica at most.</param>
public sealed record SizePlan(
    double? TokensPerDay,
    IReadOnlyList<SizedChip> Chips,
    string Currency,
    double HoursBetweenFailures,
    double RepairHours,
    double PowerUsageEffectiveness,
    int MostAccelerators
);

/// <summary>A chip to be compared.</summary>
/// <param name="Accelerator">Its name in the catalogue.</param>
/// <param name="Engine">The engine on it.</param>
/// <param name="Precision">Precision of the weights on it.</param>
/// <param name="PricePerHour">Of one accelerator for one hour; null leaves costs out.</param>
public sealed record SizedChip(
    string Accelerator,
    Performance.ServingEngine Engine,
    string Precision,
    double? PricePerHour
);
