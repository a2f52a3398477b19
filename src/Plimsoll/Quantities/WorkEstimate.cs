using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>What a computation will take, told before it begins.</summary>
/// <param name="CpuSeconds">Processor time of all threads together, seconds; within a factor of three.</param>
/// <param name="Bytes">Memory at its fullest, bytes; within a factor of three.</param>
public readonly record struct WorkEstimate(double CpuSeconds, double Bytes)
{
    private string Time =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(CpuSeconds < 9.95 ? $"{Math.Max(0.1, CpuSeconds):0.0} seconds" : CpuSeconds < 120 ? $"{CpuSeconds:#,0} seconds" : $"{CpuSeconds / 60:#,0} minutes")}"
        );

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"about {Time} of processor time and {Math.Max(1, Bytes / 1e6):#,0} MB of memory"
        );
}
