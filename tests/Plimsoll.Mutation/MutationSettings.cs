using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Mutation;

/// <summary>One run: what is mutated, by which tests it is tried, and how much of it.</summary>
internal sealed record MutationSettings
{
    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Root of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>Folders or files of the library.</summary>
    public required IReadOnlyList<string> Mutate { get; init; }

    /// <summary>Beginnings of the full names of tests.</summary>
    public required IReadOnlyList<string> Tests { get; init; }

    /// <summary>Beginnings of the full names of tests run in a process of their own on what the others do not notice.</summary>
    public required IReadOnlyList<string> Alone { get; init; }

    /// <summary>Mutants tried at most; 0 for all.</summary>
    public required int Sample { get; init; }

    /// <summary>Seed of the sample.</summary>
    public required int Seed { get; init; }

    /// <summary>No further mutant begins after.</summary>
    public required double Minutes { get; init; }

    /// <summary>Tests that take longer are left out, seconds.</summary>
    public required double SlowestTest { get; init; }

    /// <summary>Results whose survivors alone are tried; null for none.</summary>
    public required string? Again { get; init; }

    /// <summary>File of results.</summary>
    public required string Results { get; init; }

    /// <summary>Builds, tries and tells.</summary>
    /// <returns>0, or 1 where a test fails without a mutant.</returns>
    public int Run(TextWriter screen)
    {
        var until = DateTime.UtcNow.AddMinutes(Minutes);
        var program = Path.Combine(Repository, "artifacts", "mutation", "program");
        var built = BuiltLibrary.Of(Repository, Mutate, program, screen.WriteLine);
        var run = new MutationRun(program, Tests);
        var all = run.Recorded(built);
        foreach (var broken in all.Where(t => t.Failure is not null))
        {
            screen.WriteLine($"left out, fails without a mutant: {broken.Name}: {broken.Failure}");
        }
        foreach (var slow in all.Where(t => t.Seconds > SlowestTest))
        {
            screen.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"left out, {slow.Seconds:0.0} s: {slow.Name}"
                )
            );
        }
        var taken = all.Where(t => t.Failure is null && t.Seconds <= SlowestTest).ToList();
        screen.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{built.Mutants.Count} mutants, {built.Refused} that do not compile, {built.NullChecks} null checks not mutated; {taken.Count} tests of {taken.Sum(t => t.Seconds):0.0} s"
            )
        );
        var alone = new MutationRun(program, Alone);
        var reachedAlone =
            Alone.Count == 0 ? [] : alone.Recorded(built).SelectMany(t => t.First).ToHashSet();
        var before = Read(Results);
        var done = before.Select(r => Key(r.Mutant)).ToHashSet(StringComparer.Ordinal);
        var chosen = Chosen(built.Mutants).Where(m => !done.Contains(Key(m))).ToList();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Results))!);
        using (var file = File.AppendText(Results))
        {
            foreach (var tried in run.Run(taken, chosen, until))
            {
                var result =
                    !tried.Noticed && reachedAlone.Contains(tried.Mutant.Id)
                        ? alone.Fresh(tried.Mutant)
                        : tried;
                file.WriteLine(JsonSerializer.Serialize(result, _json));
                file.Flush();
            }
        }
        Tell(Read(Results), screen);
        return all.All(t => t.Failure is null) ? 0 : 1;
    }

    private IEnumerable<Mutant> Chosen(IEnumerable<Mutant> mutants)
    {
        var compiling = mutants.ToArray();
        if (Again is not null)
        {
            var survivors = Read(Again)
                .Where(r => !r.Noticed)
                .Select(r => Key(r.Mutant))
                .ToHashSet(StringComparer.Ordinal);
            return compiling.Where(m => survivors.Contains(Key(m)));
        }
        new Random(Seed).Shuffle(compiling);
        return Sample > 0 ? compiling.Take(Sample) : compiling;
    }

    private static string Key(Mutant m) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{m.Id}|{m.File}|{m.Line}|{m.Kind}|{m.Before}|{m.After}"
        );

    private static List<MutantResult> Read(string file) =>
        File.Exists(file)
            ?
            [
                .. File.ReadLines(file)
                    .Select(l => JsonSerializer.Deserialize<MutantResult>(l, _json)!),
            ]
            : [];

    private static void Tell(List<MutantResult> results, TextWriter screen)
    {
        foreach (
            var r in results
                .Where(r => !r.Noticed)
                .OrderBy(r => r.Mutant.File, StringComparer.Ordinal)
                .ThenBy(r => r.Mutant.Line)
        )
        {
            screen.WriteLine(
                $"{r.Fate} {r.Mutant.File}:{r.Mutant.Line} {r.Mutant.Kind}: {r.Mutant.Before} -> {r.Mutant.After}"
            );
        }
        foreach (var kind in results.GroupBy(r => r.Mutant.Kind).OrderBy(g => g.Key))
        {
            Line(kind.Key.ToString(), [.. kind], screen);
        }
        foreach (
            var folder in results
                .GroupBy(r => r.Mutant.File.Split('/')[0])
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            Line(folder.Key, [.. folder], screen);
        }
    }

    private static void Line(string name, List<MutantResult> results, TextWriter screen)
    {
        var score = new MutationScore(results.Count(r => r.Noticed), results.Count);
        var (low, high) = score.Interval;
        screen.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -12} {score.Noticed, 5} of {score.Tried, 5} {100 * score.Share, 6:0.0} % ({100 * low:0.0} to {100 * high:0.0}); survived {results.Count(r => r.Fate == Fate.Survived)}, not reached {results.Count(r => r.Fate == Fate.NotReached)}, no end {results.Count(r => r.Fate == Fate.TimedOut)}, crashed {results.Count(r => r.Fate == Fate.Crashed)}"
            )
        );
    }
}
