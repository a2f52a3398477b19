using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace Plimsoll.Mutation;

/// <summary>Runs tests on mutants, in a process of its own: it may be ended at any moment.</summary>
/// <remarks>Each line on standard output is one event; what tests print is dropped.</remarks>
internal sealed class Worker
{
    private const int Recording = -1;
    private const double LeastSeconds = 0.001;
    private readonly IReadOnlyList<TestCase> _tests;
    private readonly FieldInfo _on;
    private readonly FieldInfo _reached;
    private readonly TextWriter _out;
    private readonly Watch _watch;

    /// <summary>Loads a test program.</summary>
    /// <param name="program">Its folder.</param>
    /// <param name="names">Beginnings of the full names of tests.</param>
    public Worker(string program, IReadOnlyList<string> names)
    {
        _out = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", program + Path.DirectorySeparatorChar);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(program, name.Name + ".dll") is var file && File.Exists(file)
                ? context.LoadFromAssemblyPath(file)
                : null;
        var library = AssemblyLoadContext.Default.LoadFromAssemblyPath(
            Path.Combine(program, "Plimsoll.dll")
        );
        var tell = library.GetType("Plimsoll.MutantSwitch", throwOnError: true)!;
        _on = tell.GetField("On")!;
        _reached = tell.GetField("Reached")!;
        _tests = TestCase.Of(
            AssemblyLoadContext.Default.LoadFromAssemblyPath(
                Path.Combine(program, "Plimsoll.Tests.dll")
            ),
            names
        );
        _watch = new Watch(() => Say("timeout"));
    }

    /// <summary>Runs all tests twice without a mutant and writes what each reaches.</summary>
    /// <param name="mutants">Number of the last mutant.</param>
    /// <param name="file">Written: what the tests reach.</param>
    public void Record(int mutants, string file)
    {
        var first = Round(mutants);
        var second = Round(mutants);
        var tests = _tests.Select(
            (t, i) =>
                new ReachedByTest(
                    t.Name,
                    second[i].Seconds,
                    first[i].Failure ?? second[i].Failure,
                    first[i].Reached,
                    second[i].Reached
                )
        );
        File.WriteAllText(file, JsonSerializer.Serialize(tests));
        Say("done");
    }

    private List<(double Seconds, string? Failure, int[] Reached)> Round(int mutants)
    {
        var results = new List<(double, string?, int[])>();
        foreach (var test in _tests)
        {
            var reached = new bool[mutants + 1];
            _reached.SetValue(null, reached);
            _on.SetValue(null, Recording);
            // Of the processor, as the watch counts: beside other work a clock leaves out what is quick.
            var before = Environment.CpuUsage.TotalTime;
            var failure = test.Run();
            var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            _on.SetValue(null, 0);
            results.Add(
                (
                    seconds,
                    failure?.Message,
                    [.. Enumerable.Range(0, reached.Length).Where(i => reached[i])]
                )
            );
        }
        return results;
    }

    /// <summary>Runs mutants that are reached each time, one after the other, on the tests that reach them.</summary>
    /// <param name="reached">What the tests reach.</param>
    /// <param name="mutants">Numbers of mutants.</param>
    public void Run(IReadOnlyList<ReachedByTest> reached, IReadOnlyList<int> mutants)
    {
        var tests = _tests.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var sound = reached.Where(r => r.Failure is null).ToList();
        // What is kept for all tests is made before any mutant is on.
        sound.ForEach(r => tests[r.Name].Run());
        // Tests that noticed many mutants for their time come first.
        var kills = sound.ToDictionary(r => r.Name, _ => 0, StringComparer.Ordinal);
        var tries = sound.ToDictionary(r => r.Name, _ => 0, StringComparer.Ordinal);
        double Worth(ReachedByTest r) =>
            (kills[r.Name] + 1) / (double)(tries[r.Name] + 2) / (r.Seconds + LeastSeconds);
        foreach (var mutant in mutants)
        {
            var covering = sound
                .Where(r => Array.BinarySearch(r.Again, mutant) >= 0)
                .OrderByDescending(Worth)
                .ToList();
            Say($"begin {mutant}");
            var killer = Killer(
                mutant,
                [.. covering.Select(r => tests[r.Name])],
                covering.Sum(r => r.Seconds)
            );
            foreach (var r in covering)
            {
                tries[r.Name]++;
                if (r.Name == killer?.Name)
                {
                    kills[r.Name]++;
                    break;
                }
            }
            if (killer is null)
            {
                Say("survived");
            }
            else if (killer.Run() is not null)
            {
                Say("poisoned");
                return;
            }
            else
            {
                Say("killed " + killer.Name);
            }
        }
        Say("done");
    }

    /// <summary>Runs one mutant that acts on what is made once a process.</summary>
    /// <param name="reached">What the tests reach.</param>
    /// <param name="mutant">Its number.</param>
    public void RunFresh(IReadOnlyList<ReachedByTest> reached, int mutant)
    {
        var tests = _tests.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var order = reached
            .Where(r => r.Failure is null)
            .OrderBy(r => Array.BinarySearch(r.First, mutant) >= 0 ? 0 : 1)
            .ThenBy(r => r.Seconds)
            .ToList();
        Say($"begin {mutant}");
        var killer = Killer(
            mutant,
            [.. order.Select(r => tests[r.Name])],
            20 + order.Sum(r => r.Seconds)
        );
        Say(killer is null ? "survived" : "killed " + killer.Name);
        Say("done");
    }

    private TestCase? Killer(int mutant, IReadOnlyList<TestCase> tests, double seconds)
    {
        _watch.Begin(TimeSpan.FromSeconds(5 + (10 * seconds)));
        _on.SetValue(null, mutant);
        var killer = tests.FirstOrDefault(t => t.Run() is not null);
        _on.SetValue(null, 0);
        _watch.End();
        return killer;
    }

    private void Say(string line)
    {
        _out.WriteLine(line);
        _out.Flush();
    }
}

/// <summary>What a test reaches.</summary>
/// <param name="Name">Of the test.</param>
/// <param name="Seconds">It takes, the second time.</param>
/// <param name="Failure">Why it fails without a mutant; null where it holds.</param>
/// <param name="First">Mutants reached the first time, ascending.</param>
/// <param name="Again">Mutants reached the second time, ascending.</param>
internal sealed record ReachedByTest(
    string Name,
    double Seconds,
    string? Failure,
    int[] First,
    int[] Again
);
