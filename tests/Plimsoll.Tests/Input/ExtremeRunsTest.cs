using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Cli;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>What check calls sound runs to an end with an answer or a reason; what it refuses has a place. No exception escapes.</summary>
/// <remarks>
/// Studies run on a market of twenty centres unless PLIMSOLL_MARKET is "shipped". PLIMSOLL_EXTREMES sets how many files of each kind (20 without), PLIMSOLL_SEED where to begin (1), PLIMSOLL_KINDS which kinds, PLIMSOLL_FINDS a folder that keeps what failed.
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
    [InlineData("training", "estimate", "", 3)]
    [InlineData("study", "run", "", 10)]
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
        var rows = table
            .Rows.Where(r => r.Path is not ("kind" or "version") && r.Type != InputType.Section)
            .ToList();
        var (from, count) = (Setting("PLIMSOLL_SEED", 1), times * Setting("PLIMSOLL_EXTREMES", 20));
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var exits = new int[3];
        var failures = new List<string>();
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var slowest = (Time: TimeSpan.Zero, Number: 0);
        for (var i = from; i < from + count; i++)
        {
            // Of up to three files that meet the row at an end, the first that check calls sound: what is refused tries the check alone.
            var (exit, fault, reason) = (2, (string?)null, "");
            ExtremeFile file = null!;
            var watch = new Stopwatch();
            for (var attempt = 0; attempt < 3 && exit == 2 && fault is null; attempt++)
            {
                file = ExtremeFile.Of(
                    table,
                    bases[(i + attempt) % bases.Count],
                    i + (attempt * 1_000_003),
                    rows[i % rows.Count]
                );
                foreach (var end in file.Ends)
                {
                    ends[end] = ends.GetValueOrDefault(end) + 1;
                }
                var path = folder.File("x.yaml", file.Text);
                watch = Stopwatch.StartNew();
                (exit, fault, reason) = Run(
                    kind,
                    [
                        kind,
                        command,
                        path,
                        .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                        "--json",
                    ],
                    path
                );
            }
            slowest = watch.Elapsed > slowest.Time ? (watch.Elapsed, i) : slowest;
            exits[Math.Clamp(exit, 0, 2)]++;
            if (exit > 0)
            {
                reason = exit == 1 ? reason : $"refused: {reason}";
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
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
            $"{kind}: {count} files from {from}: {exits[0]} answered, {exits[1]} without answer, {exits[2]} refused, {failures.Count} failed; {ends.Count} ends of {rows.Count} rows, the rarest {Rarest(rows, ends)} times; slowest {slowest.Time.TotalSeconds:0.0} s ({slowest.Number}), {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds / count:0.00} CPU-s a file; {Environment.WorkingSet / 1_000_000} MB"
                + string.Concat(reasons.Select(r => $"\n  {r.Value} x {r.Key}"))
        );
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(
            exits[0] + exits[1] >= 0.4 * count,
            $"{exits[0] + exits[1]} of {count} files are sound: the extremes test the check alone"
        );
        // A study that is sound is answered; a service that rejects all it is asked is told so.
        Assert.True(
            exits[1] <= Math.Max(2, (kind == "study" ? 0.02 : 0.2) * count),
            $"{exits[1]} of {count} sound files are not answered"
        );
    }

    /// <summary>Times that the rarest end of a number, choice, month or switch was met.</summary>
    private static int Rarest(List<InputRow> rows, SortedDictionary<string, int> ends) =>
        rows.Where(r => r.Type is InputType.Number or InputType.Integer)
            .SelectMany(r => new[] { $"{r.Path} low", $"{r.Path} high" })
            .Min(e => ends.GetValueOrDefault(e));

    private static (int Exit, string? Fault, string Reason) Run(
        string kind,
        string[] arguments,
        string path
    )
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
                    : $"check: {checkedError}",
                string.Join(", ", lines.Select(Rule).Distinct(StringComparer.Ordinal))
            );
        }
        if (checkedExit != 0)
        {
            return (checkedExit, $"check ended with {checkedExit}: {checkedOut}{checkedError}", "");
        }
        var (exit, error) =
            kind == "study" && Environment.GetEnvironmentVariable("PLIMSOLL_MARKET") != "shipped"
                ? Study(path)
                : OfTheCommandLine(arguments);
        return (
            exit,
            error.Contains("own code", StringComparison.Ordinal) ? error
            : exit == 2 ? $"check says sound, run refuses: {error}"
            : exit == 1 && error.Trim().Length == 0 ? "no answer and no words"
            : null,
            error.Trim()
        );
    }

    /// <summary>Path and rule of a finding.</summary>
    private static string Rule(string finding) =>
        string.Join(' ', finding.Split(": ").Skip(1).Take(2));

    private static (int Exit, string Error) OfTheCommandLine(string[] arguments)
    {
        var (exit, _, error) = CommandLine.Run(arguments);
        return (exit, error);
    }

    /// <summary>A study on the market of twenty centres, to the screen in both languages, the report and the published document.</summary>
    private static (int Exit, string Error) Study(string path)
    {
        try
        {
            var answer = StudyRun.Of(
                InputFiles.Read(path, "study"),
                TestMarket.Catalogue,
                new StudySettings
                {
                    Draws = 8,
                    Threads = 1,
                    Trial = true,
                }
            );
            _ = ResultDocument.Of(answer.Result).ToJsonString();
            _ = Plimsoll.Cli.Study.ResultScreen.Text(answer.Result, "out");
            _ = StudySummary.Lines(answer.Result, PhraseBook.Chinese);
            return (0, "");
        }
        catch (UnanswerableException e)
        {
            return (1, e.Message);
        }
        catch (InputException e)
        {
            return (2, string.Join('\n', e.Findings));
        }
        catch (Exception e)
        {
            // Whatever else escapes is a find: told with its place.
            return (1, $"own code: {e.GetType().Name}: {e}");
        }
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
                .Select(f => (InputMapping)YamlInput.Read(File.ReadAllText(f), f))
                // Portfolios are shipped beside the studies.
                .Where(root =>
                    root.Find("kind")?.Value is InputScalar { Text: var of } && of == kind
                ),
            .. kind == "study"
                ? RichStudies.All.Select(t =>
                    (InputMapping)YamlInput.Read(t.ReplaceLineEndings("\n"), "rich")
                )
                : [],
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
