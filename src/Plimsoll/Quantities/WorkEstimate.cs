using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>What a computation will take, told before it begins.</summary>
/// <param name="CpuSeconds">Processor time of all threads together, seconds; within a factor of three.</param>
/// <param name="Bytes">Memory at its fullest, bytes; within a factor of three.</param>
public readonly record struct WorkEstimate(double CpuSeconds, double Bytes)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"about {(CpuSeconds < 120 ? $"{CpuSeconds:#,0} seconds" : $"{CpuSeconds / 60:#,0} minutes")} of processor time and {Math.Max(1, Bytes / 1e6):#,0} MB of memory"
        );
}
