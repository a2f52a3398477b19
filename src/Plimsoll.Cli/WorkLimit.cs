using System.CommandLine;
using Plimsoll.Quantities;

namespace Plimsoll.Cli;

/// <summary>Long work is announced, and work beyond a limit is not begun.</summary>
internal static class WorkLimit
{
    private const double Announced = 60;

    /// <summary><c>--allow-minutes</c>.</summary>
    public static Option<double> Option() =>
        NumberOption.Real(
            "--allow-minutes",
            "Minutes of processor time that the run may take by its estimate.",
            0,
            1e6,
            30
        );

    /// <summary>Says what long work will take on standard error.</summary>
    /// <param name="estimate">What it will take.</param>
    /// <param name="minutes">What is allowed.</param>
    /// <returns>True when it may begin.</returns>
    public static bool Allows(WorkEstimate estimate, double minutes)
    {
        if (estimate.CpuSeconds > 60 * minutes)
        {
            Console.Error.WriteLine(
                $"This takes {estimate}, more than the {minutes:#,0.##} minutes allowed; ask for less, or allow more with --allow-minutes. Nothing was computed."
            );
            return false;
        }
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (estimate.Bytes > memory)
        {
            Console.Error.WriteLine(
                $"This takes {estimate}, more than the {memory / 1e6:#,0} MB that this machine has; ask for fewer draws, requests or months. Nothing was computed."
            );
            return false;
        }
        if (estimate.CpuSeconds > Announced)
        {
            Console.Error.WriteLine($"This takes {estimate}.");
        }
        return true;
    }
}
