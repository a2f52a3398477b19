using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The tests did not end.</summary>
    TimedOut,

    /// <summary>The process ended.</summary>
    Crashed,

    /// <summary>All tests held.</summary>
    Survived,

    /// <summary>No test reaches it.</summary>
    NotReached,
}

/// <summary>What became of one mutant.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Test">The test that failed, or nothing.</param>
internal sealed record MutantResult(Mutant Mutant, Fate Fate, string Test)
{
    /// <summary>Whether the tests noticed.</summary>
    public bool Noticed => Fate is Fate.Killed or Fate.TimedOut or Fate.Crashed;
}

/// <summary>Runs mutants in worker processes, and starts another when one ends early.</summary>
/// <param name="program">Folder of the test program with the mutated library.</param>
/// <param name="names">Beginnings of the full names of tests.</param>
internal sealed class MutationRun(string program, IReadOnlyList<string> names)
{
    // A mutant that fills the memory fails there, not the machine.
    private const string MemoryLimit = "0xC0000000";

    private string _reached = "";

    /// <summary>What the tests reach, and how long each takes; recorded once for a library and its tests.</summary>
    /// <param name="built">The library.</param>
    /// <exception cref="InvalidOperationException">The tests do not come to an end without a mutant.</exception>
    public IReadOnlyList<ReachedByTest> Recorded(BuiltLibrary built)
    {
        var key = string.Join('|', names) + built.Content;
        _reached = Path.Combine(
            program,
            $"reached-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]}.json"
        );
        if (
            !File.Exists(_reached)
            && Lines(["record", Number(built.Last)]).LastOrDefault() != "done"
        )
        {
            throw new InvalidOperationException("The tests do not end without a mutant.");
        }
        return JsonSerializer.Deserialize<List<ReachedByTest>>(File.ReadAllText(_reached))!;
    }

    /// <summary>Runs mutants in turn.</summary>
    /// <param name="tests">What the tests reach.</param>
    /// <param name="mutants">In the order to run them.</param>
    /// <param name="until">No further mutant begins after.</param>
    public IEnumerable<MutantResult> Run(
        IReadOnlyList<ReachedByTest> tests,
        IReadOnlyList<Mutant> mutants,
        DateTime until
    )
    {
        _reached = Path.Combine(program, "reached.json");
        File.WriteAllText(_reached, JsonSerializer.Serialize(tests));
        var sound = tests.Where(t => t.Failure is null).ToList();
        var again = sound.SelectMany(t => t.Again).ToHashSet();
        var once = sound.SelectMany(t => t.First).ToHashSet();
        foreach (var mutant in mutants.Where(m => !again.Contains(m.Id) && !once.Contains(m.Id)))
        {
            yield return new MutantResult(mutant, Fate.NotReached, "");
        }
        var left = new Queue<Mutant>(mutants.Where(m => again.Contains(m.Id)));
        var fresh = new Queue<Mutant>(
            mutants.Where(m => once.Contains(m.Id) && !again.Contains(m.Id))
        );
        // One of what is made once in turn with a run of the others, so that a run cut short is fair to both.
        var share = (double)fresh.Count / Math.Max(1, left.Count + fresh.Count);
        var doneFresh = 0;
        var done = 0;
        while (left.Count + fresh.Count > 0 && DateTime.UtcNow < until)
        {
            while (
                fresh.Count > 0
                && (left.Count == 0 || doneFresh < share * (done + doneFresh))
                && DateTime.UtcNow < until
            )
            {
                doneFresh++;
                yield return Fresh(fresh.Dequeue());
            }
            if (left.Count == 0)
            {
                continue;
            }
            foreach (var result in Batch(left, until))
            {
                done++;
                if (result is { Fate: Fate.Survived, Test: "poisoned" })
                {
                    yield return Fresh(result.Mutant);
                }
                else
                {
                    yield return result;
                }
            }
        }
    }

    private IEnumerable<MutantResult> Batch(Queue<Mutant> left, DateTime until)
    {
        // A worker lasts; it is told more than it will do.
        var batch = left.Take(1000).ToList();
        Mutant? current = null;
        var lines = Lines(["run", .. batch.Select(m => Number(m.Id))]);
        foreach (var line in lines)
        {
            if (line == "done")
            {
                yield break;
            }
            if (line.StartsWith("begin ", StringComparison.Ordinal))
            {
                if (DateTime.UtcNow >= until)
                {
                    yield break;
                }
                current = left.Dequeue();
                continue;
            }
            yield return Result(current!, line);
            current = null;
        }
        if (current is not null)
        {
            yield return new MutantResult(current, Fate.Crashed, "");
        }
    }

    /// <summary>Runs one mutant on all tests in a process of its own.</summary>
    public MutantResult Fresh(Mutant mutant)
    {
        foreach (var line in Lines(["fresh", Number(mutant.Id)]))
        {
            if (!line.StartsWith("begin ", StringComparison.Ordinal))
            {
                return Result(mutant, line);
            }
        }
        return new MutantResult(mutant, Fate.Crashed, "");
    }

    private static MutantResult Result(Mutant mutant, string line) =>
        line switch
        {
            "survived" => new MutantResult(mutant, Fate.Survived, ""),
            "timeout" => new MutantResult(mutant, Fate.TimedOut, ""),
            "poisoned" => new MutantResult(mutant, Fate.Survived, "poisoned"),
            _ => new MutantResult(mutant, Fate.Killed, line["killed ".Length..]),
        };

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<string> Lines(IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MutationRun).Assembly.Location);
        }
        start.ArgumentList.Add("work");
        start.Environment["DOTNET_GCHeapHardLimit"] = MemoryLimit;
        start.Environment["DOTNET_TieredPGO"] = "0";
        // Some tests hold only where everything is checked.
        start.Environment["CI"] = "true";
        using var worker = Process.Start(start)!;
        worker.StandardInput.Write(
            JsonSerializer.Serialize(new WorkerOrder(program, _reached, [.. names], [.. command]))
        );
        worker.StandardInput.Close();
        try
        {
            while (worker.StandardOutput.ReadLine() is { } line)
            {
                yield return line;
            }
        }
        finally
        {
            if (!worker.HasExited)
            {
                worker.Kill();
            }
            worker.WaitForExit();
        }
    }
}

/// <summary>What a worker is told on its standard input.</summary>
/// <param name="Program">Folder of the test program.</param>
/// <param name="Reached">File of what the tests reach.</param>
/// <param name="Names">Beginnings of the full names of tests.</param>
/// <param name="Command">What to do, and on which mutants.</param>
internal sealed record WorkerOrder(
    string Program,
    string Reached,
    string[] Names,
    string[] Command
);
