using System.Runtime.InteropServices;

namespace Plimsoll.Benchmarks;

/// <summary>Where and with what something was measured.</summary>
public static class Machine
{
    /// <summary>Processor, memory, runtime, commit and day, in one sentence.</summary>
    public static string Describe()
    {
        var processor = "unknown processor";
        if (File.Exists("/proc/cpuinfo"))
        {
            var line = File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
            processor = line is null ? processor : line[(line.IndexOf(':') + 1)..].Trim();
        }
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return $"{processor}, {Environment.ProcessorCount} cores visible, {memory:F0} GB; {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription.Split(' ')[0]} {RuntimeInformation.OSArchitecture}; commit {Commit()}; {DateTime.UtcNow:yyyy-MM-dd}.";
    }

    private static string Commit()
    {
        try
        {
            using var git = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("git", "rev-parse --short HEAD")
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            return git.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
