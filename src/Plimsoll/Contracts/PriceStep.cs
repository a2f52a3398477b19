namespace Plimsoll.Contracts;

/// <summary>A price that holds from some month of a contract on.</summary>
/// <param name="FromMonth">Month of the contract, from 0 at its start.</param>
/// <param name="PricePerGpuHour">Money for one accelerator-hour, tax excluded, 0 or more.</param>
public readonly record struct PriceStep(int FromMonth, double PricePerGpuHour);
