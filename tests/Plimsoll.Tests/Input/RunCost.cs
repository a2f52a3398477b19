using System.Diagnostics;
using System.Globalization;

namespace Plimsoll.Tests.Input;

/// <summary>What a piece of work took: processor time of the whole process, and its memory at the fullest.</summary>
/// <remarks>Only what runs alone in its process is measured truly: judged by the long commands, not by a test among others.</remarks>
/// <param name="CpuSeconds">Processor time of all threads, seconds.</param>
/// <param name="Bytes">Resident memory at its fullest; what earlier work left is in it.</param>
internal readonly record struct RunCost(double CpuSeconds, double Bytes)
{
    private const double Full = 400e6;

    /// <summary>Does the work and measures it.</summary>
    public static (T Result, RunCost Cost) Of<T>(Func<T> work)
    {
        using var process = Process.GetCurrentProcess();
        if (Environment.WorkingSet > Full)
        {
            // What an earlier run left is not this one's.
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true);
        }
        Reset();
        var before = process.TotalProcessorTime;
        var result = work();
        process.Refresh();
        return (
            result,
            new RunCost((process.TotalProcessorTime - before).TotalSeconds, Peak(process))
        );
    }

    /// <summary>Linux counts its peak from here on; elsewhere the peak is that of the process.</summary>
    private static void Reset()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return;
        }
    }

    private static double Peak(Process process)
    {
        const string Line = "VmHWM:";
        return
            File.Exists("/proc/self/status")
            && File.ReadLines("/proc/self/status")
                .FirstOrDefault(l => l.StartsWith(Line, StringComparison.Ordinal))
                is { } line
            && double.TryParse(
                line[Line.Length..].Replace("kB", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture,
                out var kilobytes
            )
            ? kilobytes * 1024
            : process.PeakWorkingSet64;
    }
}
