using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Cli;
using Plimsoll.Inputs;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>Broken files of every kind end in exit 2 with a place, or are sound, in bounded time and memory; none crashes.</summary>
/// <remarks>Set PLIMSOLL_MUTATIONS to run more than the few hundred of a test run, for example 10000; PLIMSOLL_SEED takes others.</remarks>
public sealed partial class MutatedFilesTest
{
    private const long MostBytes = 1_500_000_000;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    private static int Count => Setting("PLIMSOLL_MUTATIONS", 300);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : otherwise;

    [Fact]
    public void Mutated_files_end_in_exit_2_with_a_place_or_are_sound()
    {
        var sound = Bases();
        var seed = (ulong)Setting("PLIMSOLL_SEED", 0);
        var folder = Directory.CreateTempSubdirectory("plimsoll-mutants-");
        var results = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var slowest = (Time: TimeSpan.Zero, Number: -1, Kind: "");
        var largest = (Bytes: 0L, Number: -1, Kind: "");
        try
        {
            var path = Path.Combine(folder.FullName, "mutant.yaml");
            for (var i = 0; i < Count; i++)
            {
                var (kind, bytes) = Mutation.Make(
                    sound[i % sound.Count],
                    sound[(i + 1) % sound.Count],
                    i,
                    seed
                );
                File.WriteAllBytes(path, bytes);
                var (exit, output, error, time, allocated) = CommandLine.Measured(() =>
                    Plimsoll.Cli.Program.Run(["study", "check", path])
                );
                Judge(i, kind, path, exit, output, error);
                results.TryAdd(kind, new int[3]);
                results[kind][exit]++;
                slowest = time > slowest.Time ? (time, i, kind) : slowest;
                largest = allocated > largest.Bytes ? (allocated, i, kind) : largest;
                Assert.True(time < _longest, $"mutant {i} ({kind}) took {time}");
                Assert.True(allocated < MostBytes, $"mutant {i} ({kind}) allocated {allocated}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        // Both outcomes must occur, else the mutations are no test.
        Assert.True(results.Values.Sum(r => r[2]) > Count / 3);
        Assert.True(results.Values.Sum(r => r[0]) > 0);
        TestContext.Current.SendDiagnosticMessage(
            $"{Count} mutants of seed {seed}: {results.Values.Sum(r => r[2])} refused, {results.Values.Sum(r => r[0])} sound; slowest {slowest.Time.TotalMilliseconds:0} ms ({slowest.Kind} {slowest.Number}), most allocated {largest.Bytes / 1e6:0} MB ({largest.Kind} {largest.Number}); "
                + string.Join(", ", results.Select(r => $"{r.Key} {r.Value[2]}/{r.Value.Sum()}"))
        );
    }

    private static void Judge(
        int number,
        string kind,
        string path,
        int exit,
        string output,
        string error
    )
    {
        var place = $"mutant {number} ({kind}): exit {exit}: {output}{error}";
        if (exit == ExitCode.Success)
        {
            Assert.Contains("sound", output, StringComparison.Ordinal);
            return;
        }
        Assert.True(exit == ExitCode.BadInput, place);
        Assert.True(output.Length == 0, place);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 1, InputCheck.MaxFindings + 1);
        foreach (var line in lines)
        {
            // What a file names and is not there has a place of its own.
            var of = line.StartsWith("words:", StringComparison.Ordinal) ? "words" : path;
            Assert.StartsWith(of + ":", line, StringComparison.Ordinal);
            Assert.Matches(Location(), line[of.Length..]);
            Assert.Contains("expected", line, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", line, StringComparison.Ordinal);
            Assert.InRange(line.Length, 1, 2000);
        }
    }

    /// <summary>Every kind's smallest and fullest sample, and the files that ship.</summary>
    private static List<string> Bases()
    {
        var bases = new List<string>();
        foreach (var table in InputFiles.Kinds.Values)
        {
            bases.Add(InputSample.Write(table, full: false));
            bases.Add(InputSample.Write(table, full: true));
        }
        foreach (
            var file in ((string[])["studies", "examples"]).SelectMany(folder =>
                Directory
                    .EnumerateFiles(
                        Path.Combine(TestData.Repository(), folder),
                        "*.yaml",
                        SearchOption.AllDirectories
                    )
                    .Order(StringComparer.Ordinal)
            )
        )
        {
            bases.Add(File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal));
        }
        return bases;
    }

    [GeneratedRegex("^:[1-9][0-9]*:[1-9][0-9]*: ", RegexOptions.None, 1000)]
    private static partial Regex Location();
}
