using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Cli;
using Plimsoll.Inputs;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>What check calls sound runs to an end with an answer or a reason; what it refuses has a place. No exception escapes.</summary>
/// <remarks>
/// PLIMSOLL_EXTREMES sets how many files of each kind (20 without), PLIMSOLL_SEED where to begin (1), PLIMSOLL_KINDS which kinds, PLIMSOLL_FINDS a folder that keeps what failed.
/// </remarks>
public sealed partial class ExtremeRunsTest
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : otherwise;

    [Theory]
    [InlineData("finance", "run", "", 5)]
    [InlineData("market", "run", "", 1)]
    [InlineData("inference", "simulate", "", 1)]
    [InlineData("training", "estimate", "", 1)]
    [InlineData("study", "run", "--draws 30 --threads 2", 1)]
    public void Sound_extremes_run_to_an_end(string kind, string command, string options, int times)
    {
        if (
            Environment.GetEnvironmentVariable("PLIMSOLL_KINDS") is { Length: > 0 } kinds
            && !kinds.Contains(kind, StringComparison.Ordinal)
        )
        {
            Assert.Skip("another kind was asked for");
        }
        var table = InputFiles.Kinds[kind];
        var bases = Bases(kind);
        using var folder = new TempFolder();
        Accompany(kind, folder);
        var rows = table.Rows.Where(r => r.Path != "kind" && r.Type != InputType.Section).ToList();
        var (from, count) = (Setting("PLIMSOLL_SEED", 1), times * Setting("PLIMSOLL_EXTREMES", 20));
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var exits = new int[3];
        var failures = new List<string>();
        var slowest = (Time: TimeSpan.Zero, Number: 0);
        for (var i = from; i < from + count; i++)
        {
            var file = ExtremeFile.Of(table, bases[i % bases.Count], i, rows[i % rows.Count]);
            foreach (var end in file.Ends)
            {
                ends[end] = ends.GetValueOrDefault(end) + 1;
            }
            var path = folder.File("x.yaml", file.Text);
            var watch = Stopwatch.StartNew();
            var (exit, fault) = Run(
                [
                    kind,
                    command,
                    path,
                    .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    "--json",
                ],
                path
            );
            slowest = watch.Elapsed > slowest.Time ? (watch.Elapsed, i) : slowest;
            exits[Math.Clamp(exit, 0, 2)]++;
            if (fault is null && watch.Elapsed > _longest)
            {
                fault = $"took {watch.Elapsed.TotalSeconds:0} s";
            }
            if (fault is not null)
            {
                failures.Add($"{kind} {i} ({string.Join(", ", file.Ends)}): {fault}");
                Keep(kind, i, file.Text, fault);
            }
        }
        TestContext.Current.SendDiagnosticMessage(
            $"{kind}: {count} files from {from}: {exits[0]} answered, {exits[1]} without answer, {exits[2]} refused, {failures.Count} failed; {ends.Count} ends of {rows.Count} rows; slowest {slowest.Time.TotalSeconds:0.0} s ({slowest.Number}); {Environment.WorkingSet / 1_000_000} MB"
        );
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(
            exits[0] > count / 5,
            "too few files are sound: the extremes test the check alone"
        );
    }

    private static (int Exit, string? Fault) Run(string[] arguments, string path)
    {
        var (checkedExit, checkedOut, checkedError) = CommandLine.Run("study", "check", path);
        if (checkedExit == ExitCode.BadInput)
        {
            var lines = checkedError.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return (
                2,
                lines.All(l => Location().IsMatch(l))
                    ? checkedError.Contains("cannot-be-run", StringComparison.Ordinal)
                        ? $"check: a refusal without a place: {checkedError}"
                        : null
                    : $"check: {checkedError}"
            );
        }
        if (checkedExit != 0)
        {
            return (checkedExit, $"check ended with {checkedExit}: {checkedOut}{checkedError}");
        }
        var (exit, _, error) = CommandLine.Run(arguments);
        return (
            exit,
            error.Contains("own code", StringComparison.Ordinal) ? error
            : exit == 2 ? $"check says sound, run refuses: {error}"
            : exit == 1 && error.Trim().Length == 0 ? "no answer and no words"
            : null
        );
    }

    private static void Keep(string kind, int number, string text, string fault)
    {
        if (Environment.GetEnvironmentVariable("PLIMSOLL_FINDS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{kind}-{number}.yaml"), text);
            File.WriteAllText(Path.Combine(folder, $"{kind}-{number}.txt"), fault);
        }
    }

    private static List<InputMapping> Bases(string kind) =>
        [
            .. Directory
                .EnumerateFiles(Folder(kind), "*.yaml")
                .Order(StringComparer.Ordinal)
                // A search tries hundreds of layouts; its rows are met through the others.
                .Where(f => !Path.GetFileName(f).StartsWith("search", StringComparison.Ordinal))
                .Select(f => (InputMapping)YamlInput.Read(File.ReadAllText(f), f)),
        ];

    private static string Folder(string kind) =>
        kind == "study"
            ? Path.Combine(TestData.Repository(), "studies")
            : Path.Combine(TestData.Repository(), "examples", kind);

    /// <summary>Copies the tables and traces that the bases name.</summary>
    private static void Accompany(string kind, TempFolder folder)
    {
        foreach (
            var file in Directory.EnumerateFiles(Folder(kind), "*", SearchOption.AllDirectories)
        )
        {
            if (!file.EndsWith(".yaml", StringComparison.Ordinal))
            {
                File.Copy(
                    file,
                    folder.File(Path.GetRelativePath(Folder(kind), file)),
                    overwrite: true
                );
            }
        }
    }

    [GeneratedRegex("^[^:\n]+:[1-9][0-9]*:[1-9][0-9]*: ", RegexOptions.None, 1000)]
    private static partial Regex Location();
}
