using System.Diagnostics;
using Plimsoll.Performance;
using Plimsoll.Sampling;
using Plimsoll.Serving;
using Plimsoll.Serving.Capacity;

namespace Plimsoll.Benchmarks;

/// <summary>How far an interpolated capacity lies from the simulated one on shapes and promises that are on no grid, how far seeds scatter, and what a question costs.</summary>
public static class CapacityErrors
{
    public static void Run(string[] args)
    {
        var shapes = args.Length > 0 && int.TryParse(args[0], out var n) ? n : 40;
        Console.WriteLine("# Capacity surface: errors on held-out shapes\n");
        Console.WriteLine(Machine.Describe() + "\n");
        Console.WriteLine(
            $"{shapes} random shapes (input 100 to 8,000, output 30 to 2,000, hit share 0 to 0.9, CV 0.5 to 4, all but the hits log-uniform) with promises of 0.5 to 10 s and 20 to 100 ms at 90 to 99 %; goodput by interpolation over goodput by simulating that very shape, and two seeds against each other.\n"
        );
        Console.WriteLine(
            "| deployment | points | sd of ln(interpolated / simulated) | median | p90 | bias | sd of ln(seed / seed) / sqrt 2 | TTFT sd | TPOT sd |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|"
        );
        Measure("8B on one H100", ServingCases.Dense8B, shapes);
        Measure("R1 on eight H200", ServingCases.Mixture, shapes);
        Cost();
    }

    private static void Measure(string name, StepLaw law, int shapes)
    {
        var surface = new CapacitySurface(law, ServingCases.Config());
        var other = new CapacitySurface(law, ServingCases.Config(), seed: 2);
        var stream = RandomStream.Keyed(11, 0, EntityId.Of(name), Purpose.Scrambling);
        var errors = new List<double>();
        var seeds = new List<double>();
        var firsts = new List<double>();
        var tokens = new List<double>();
        double LogUniform(ref RandomStream s, double low, double high) =>
            low * Math.Pow(high / low, s.NextUniform());
        for (var i = 0; i < shapes; i++)
        {
            var shape = new RequestShape(
                LogUniform(ref stream, 100, 8000),
                LogUniform(ref stream, 30, 2000),
                0.9 * stream.NextUniform(),
                LogUniform(ref stream, 0.5, 4)
            );
            var level = new ServiceLevel(
                LogUniform(ref stream, 0.5, 10),
                LogUniform(ref stream, 0.02, 0.1)
            );
            var share = 0.9 + (0.09 * stream.NextUniform());
            var found = surface.At(shape, level, share);
            var exact = surface.Simulated(shape, level, share);
            var again = other.Simulated(shape, level, share);
            if (!found.Interpolated || exact.RequestsPerSecond == 0)
            {
                continue;
            }
            errors.Add(Math.Log(found.RequestsPerSecond / exact.RequestsPerSecond));
            firsts.Add(Math.Log(found.TimeToFirstTokenSeconds / exact.TimeToFirstTokenSeconds));
            tokens.Add(Math.Log(found.TimePerOutputTokenSeconds / exact.TimePerOutputTokenSeconds));
            if (again.RequestsPerSecond > 0)
            {
                seeds.Add(Math.Log(again.RequestsPerSecond / exact.RequestsPerSecond));
            }
        }
        var sizes = errors.Select(Math.Abs).Order().ToList();
        Console.WriteLine(
            $"| {name} | {errors.Count} of {shapes} | {Deviation(errors):F4} | {sizes[sizes.Count / 2]:F4} | {sizes[sizes.Count * 9 / 10]:F4} | {errors.Average():F4} | {Deviation(seeds) / Math.Sqrt(2):F4} | {Deviation(firsts):F4} | {Deviation(tokens):F4} |"
        );
    }

    private static double Deviation(List<double> values) =>
        Math.Sqrt(values.Sum(v => v * v) / values.Count);

    private static void Cost()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-capacity").FullName;
        try
        {
            var shape = new RequestShape(1500, 300, 0.3, 1.2);
            var level = new ServiceLevel(2, 0.05);
            var watch = Stopwatch.StartNew();
            var cold = new CapacitySurface(
                ServingCases.Dense8B,
                ServingCases.Config(),
                cache: CapacityCache.In(folder)
            ).At(shape, level);
            var first = watch.Elapsed;
            watch.Restart();
            var warm = new CapacitySurface(
                ServingCases.Dense8B,
                ServingCases.Config(),
                cache: CapacityCache.In(folder)
            );
            var warmPoint = warm.At(shape, level);
            var second = watch.Elapsed;
            watch.Restart();
            for (var i = 0; i < 1000; i++)
            {
                warm.At(shape with { InputTokens = 1500 + i * 0.1 }, level);
            }
            var each = watch.Elapsed / 1000;
            Console.WriteLine(
                $"\nFirst question of a process without a cache (sixteen shapes): {first.TotalMilliseconds:N0} ms wall; with the cache on disk: {second.TotalMilliseconds:N0} ms; each question after it: {each.TotalMilliseconds:F2} ms. Same answer: {cold == warmPoint}."
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
