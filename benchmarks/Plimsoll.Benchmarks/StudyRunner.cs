using System.Diagnostics;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Risk;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll.Benchmarks;

/// <summary>Times a study, its Sobol indices, and the indices of the Ishigami function.</summary>
public static class StudyRunner
{
    /// <summary>Arguments: nothing for all, or ishigami, or study files.</summary>
    public static void Run(string[] what)
    {
        Console.WriteLine(
            $"# .NET {Environment.Version}, {Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}"
        );
        if (what.Length == 0 || what.Contains("ishigami"))
        {
            Ishigami();
        }
        foreach (var file in what.Where(w => w.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            Study(file, 2000, false);
            Study(file, 2000, true);
        }
    }

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static void Print(FormattableString line) =>
        Console.WriteLine(FormattableString.Invariant(line));

    private static void Study(string file, int draws, bool sobol)
    {
        var table = StudyInputs.Table();
        var root = YamlInput.ReadFile(file);
        var catalog = FactCatalog.Shipped();
        var names = catalog.AsOf(new DateOnly(9999, 12, 31)).Names;
        var findings = new InputCheck(table, names, file).Run(root);
        if (findings.Count > 0)
        {
            throw new InputException(findings);
        }
        var values = new InputValues(table, (InputMapping)root);
        var watch = Stopwatch.StartNew();
        var cpu = Cpu();
        var marks = new List<(string What, double Wall, double Cpu)>();
        StudyRun.Of(
            values,
            catalog,
            new StudySettings
            {
                Draws = draws,
                Threads = 2,
                Sobol = sobol,
                Progress = (stage, _) =>
                {
                    lock (marks)
                    {
                        if (marks.Count == 0 || marks[^1].What != stage)
                        {
                            marks.Add((stage, watch.Elapsed.TotalSeconds, Cpu() - cpu));
                        }
                    }
                },
            }
        );
        marks.Add(("end", watch.Elapsed.TotalSeconds, Cpu() - cpu));
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        Print(
            $"{Path.GetFileNameWithoutExtension(file)}, {draws} draws, Sobol {sobol}: wall {marks[^1].Wall:0.0} s, CPU {marks[^1].Cpu:0.0} s, peak {peak:0} MB"
        );
        for (var i = 0; i + 1 < marks.Count; i++)
        {
            Print(
                $"  {marks[i].What, -24} wall {marks[i + 1].Wall - marks[i].Wall:0.00} s, CPU {marks[i + 1].Cpu - marks[i].Cpu:0.00} s"
            );
        }
    }

    /// <summary>Ishigami's function, a = 7, b = 0.1: exact first-order indices 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.</summary>
    private static void Ishigami()
    {
        double[] first = [0.31390519114781146, 0.4424111447900409, 0];
        double[] total = [0.5575888552099592, 0.4424111447900409, 0.2436836640621477];
        foreach (var points in new[] { 8192, 65_536 })
        {
            var best = double.PositiveInfinity;
            var bestCpu = 0.0;
            var error = 0.0;
            for (var k = 0; k < 25; k++)
            {
                var watch = Stopwatch.StartNew();
                var cpu = Cpu();
                var found = SobolDesign.Create((ulong)k, points, 3).Estimate(Answer, 2);
                var wall = watch.Elapsed.TotalSeconds;
                if (wall < best)
                {
                    (best, bestCpu) = (wall, Cpu() - cpu);
                }
                for (var i = 0; i < 3; i++)
                {
                    error = Math.Max(error, Math.Abs(found.FirstOrder[i] - first[i]));
                    error = Math.Max(error, Math.Abs(found.Total[i] - total[i]));
                }
            }
            Print(
                $"Ishigami, N = {points}: best of 25 wall {best:0.0000} s, CPU {bestCpu:0.0000} s; largest error of any index over 25 seeds {error:0.00000}"
            );
        }
    }

    private static double Answer(double[] u)
    {
        double x1 = Math.PI * ((2 * u[0]) - 1),
            x2 = Math.PI * ((2 * u[1]) - 1),
            x3 = Math.PI * ((2 * u[2]) - 1);
        double s1 = Math.Sin(x1),
            s2 = Math.Sin(x2);
        return s1 + (7 * s2 * s2) + (0.1 * x3 * x3 * x3 * x3 * s1);
    }
}
