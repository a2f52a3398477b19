using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Cli;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Portfolios;
using Plimsoll.Reports;
using Plimsoll.Reports.Memos;
using Plimsoll.Reports.Portfolios;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>What check calls sound runs to an end with an answer or a reason, within what was said before; what it refuses has a place. No exception escapes.</summary>
/// <remarks>
/// Studies and portfolios run on a market of twenty centres unless PLIMSOLL_MARKET is "shipped". PLIMSOLL_EXTREMES sets how many files of each command (20 without; times ten for studies),
/// PLIMSOLL_SEED where to begin (1), PLIMSOLL_KINDS which commands ("study run,inference size"), PLIMSOLL_FINDS a folder that keeps what failed, PLIMSOLL_SECONDS the longest estimate that is run (60).
/// Processor time and memory are judged when PLIMSOLL_EXTREMES is set: then the command runs alone in its process.
/// </remarks>
public sealed partial class ExtremeRunsTest
{
    private const double MostBytes = 1e9;
    private const double MostOfTheEstimate = 3;

    /// <summary>A run of less than this is taken for nothing: less than a compiler's start.</summary>
    private const double Instant = 1;

    /// <summary>What a command may take of which nothing is said before: no file can make it long.</summary>
    private const double Short = 5;

    private static bool Alone =>
        Environment.GetEnvironmentVariable("PLIMSOLL_EXTREMES") is { Length: > 0 };

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : otherwise;

    [Theory]
    [InlineData("finance run", "", 5)]
    [InlineData("market run", "", 1)]
    [InlineData("inference simulate", "", 1)]
    [InlineData("inference size", "--width 30", 0.05)]
    [InlineData("training estimate", "", 3)]
    [InlineData("audit", "", 1)]
    [InlineData("book", "", 0.25)]
    [InlineData("voucher", "", 0.25)]
    [InlineData("portfolio run", "", 0.1)]
    [InlineData("study run", "", 10)]
    public void Sound_extremes_run_to_an_end(string command, string options, double times)
    {
        if (
            Environment.GetEnvironmentVariable("PLIMSOLL_KINDS") is { Length: > 0 } kinds
            && !kinds.Split(',').Contains(command)
        )
        {
            Assert.Skip("another command was asked for");
        }
        if (!Alone && command == "inference size")
        {
            Assert.Skip("a search of many simulations, for the long run");
        }
        var kind = command.Split(' ')[0];
        var table = InputFiles.Kinds[kind];
        var bases = ExtremeBases.Of(kind, command);
        using var folder = new TempFolder();
        ExtremeBases.Accompany(kind, folder);
        var tally = new ExtremeTally([
            .. table.Rows.Where(r => r.Path is not ("kind" or "version")),
        ]);
        var (from, count) = (
            Setting("PLIMSOLL_SEED", 1),
            (int)Math.Ceiling(times * Setting("PLIMSOLL_EXTREMES", 20))
        );
        var failures = new List<string>();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = from; i < from + count; i++)
        {
            if (
                Setting("PLIMSOLL_MINUTES", 0) is > 0 and var minutes
                && watch.Elapsed.TotalMinutes > minutes
            )
            {
                // What was tried by then is counted.
                count = i - from;
                break;
            }
            // Of up to three files that meet the row at an end, the first that check calls sound: what is refused tries the check alone.
            var end = tally.Least();
            ExtremeFile file = null!;
            var path = "";
            var judged = new Ended(2, null, "");
            for (var attempt = 0; attempt < 3 && judged is { Exit: 2, Fault: null }; attempt++)
            {
                file = ExtremeFile.Of(
                    table,
                    bases[(i + attempt) % bases.Count],
                    i + (attempt * 1_000_003),
                    end.Row,
                    end.High
                );
                path = folder.File("x.yaml", file.Text);
                judged = Check(path);
                tally.Made(file, judged.Exit == 0);
            }
            if (judged is { Exit: 0, Fault: null })
            {
                judged = Run(command, options, path, tally, i);
            }
            tally.Ended(judged.Exit, judged.Reason);
            if (judged.Fault is { } fault)
            {
                failures.Add($"{command} {i} ({string.Join(", ", file.Ends)}): {fault}");
                Keep(kind, i, file.Text, fault);
            }
        }
        TestContext.Current.SendDiagnosticMessage(tally.Words(command, from, failures.Count));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(
            tally.Exits[0] + tally.Exits[1] >= 0.4 * count,
            $"{tally.Exits[0] + tally.Exits[1]} of {count} files are sound: the extremes test the check alone"
        );
        // A study that is sound is answered; a service that rejects all it is asked is told so.
        Assert.True(
            tally.Exits[1] <= Math.Max(2, (kind == "study" ? 0.02 : 0.2) * count),
            $"{tally.Exits[1]} of {count} sound files are not answered"
        );
    }

    /// <summary>How a file ended.</summary>
    /// <param name="Exit">0, 1 or 2.</param>
    /// <param name="Fault">What is wrong with that; null when nothing is.</param>
    /// <param name="Reason">What was said.</param>
    private readonly record struct Ended(int Exit, string? Fault, string Reason);

    private static Ended Check(string path)
    {
        var (exit, output, error) = CommandLine.Run("study", "check", path);
        if (exit != ExitCode.BadInput)
        {
            return new(exit, exit == 0 ? null : $"check ended with {exit}: {output}{error}", "");
        }
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(
            2,
            !lines.All(l => Location().IsMatch(l)) ? $"check: {error}"
                : error.Contains("cannot-be-run", StringComparison.Ordinal)
                    ? $"check: a refusal without a place: {error}"
                : null,
            string.Join(", ", lines.Select(Rule).Distinct(StringComparer.Ordinal))
        );
    }

    private static Ended Run(
        string command,
        string options,
        string path,
        ExtremeTally tally,
        int number
    )
    {
        string[] arguments =
        [
            .. command.Split(' '),
            path,
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--json",
        ];
        Func<(int Exit, string Error)> work;
        double said;
        if (
            Environment.GetEnvironmentVariable("PLIMSOLL_MARKET") != "shipped"
            && command == "study run"
        )
        {
            (said, work) = Study(path, number);
        }
        else if (command == "portfolio run")
        {
            (said, work) = Portfolio(path);
        }
        else
        {
            if (command == "study run")
            {
                arguments = [.. arguments, "--draws", "30"];
            }
            (said, work) = (Said(arguments) ?? Short, () => OfTheCommandLine(arguments));
        }
        if (said > Setting("PLIMSOLL_SECONDS", 60))
        {
            tally.TooLong();
            return new(0, null, "");
        }
        var ((exit, error), cost) = RunCost.Of(work);
        tally.Took(cost, Math.Max(said, Instant), number);
        return new(
            exit,
            error.Contains("own code", StringComparison.Ordinal) ? error
                : exit == 2 ? $"check says sound, run refuses: {error}"
                : exit == 1 && error.Trim().Length == 0 ? "no answer and no words"
                : Alone && cost.CpuSeconds > MostOfTheEstimate * Math.Max(said, Instant)
                    ? $"took {cost.CpuSeconds:0.0} CPU-s where {said:0.0} were said"
                : Alone && cost.Bytes > MostBytes ? $"took {cost.Bytes / 1e6:0} MB"
                : null,
            error.Trim()
        );
    }

    /// <summary>Seconds of processor time that a command says it will take when none are allowed; null when it says nothing.</summary>
    private static double? Said(string[] arguments)
    {
        var (_, _, error) = CommandLine.Run([.. arguments, "--allow-minutes", "0"]);
        var said = Estimate().Match(error);
        return said.Success
            ? double.Parse(
                said.Groups["count"].Value,
                NumberStyles.Float | NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture
            ) * (said.Groups["unit"].Value == "minutes" ? 60 : 1)
            : null;
    }

    /// <summary>Path and rule of a finding.</summary>
    private static string Rule(string finding) =>
        string.Join(' ', finding.Split(": ").Skip(1).Take(2));

    private static (int Exit, string Error) OfTheCommandLine(string[] arguments)
    {
        var (exit, _, error) = CommandLine.Run(arguments);
        return (exit, error);
    }

    /// <summary>A study on the market of twenty centres, to the screen in both languages and to every file.</summary>
    private static (double Said, Func<(int, string)> Work) Study(string path, int number)
    {
        var settings = new StudySettings
        {
            Draws = 8,
            Threads = 1,
            Trial = true,
        };
        var values = InputFiles.Read(path, "study");
        return (
            // Said of the shipped market.
            StudyWork.Of(values, settings).CpuSeconds,
            () =>
                Guarded(() =>
                {
                    var answer = StudyRun.Of(values, TestMarket.Catalogue, settings);
                    _ = ResultDocument.Of(answer.Result).ToJsonString();
                    _ = Plimsoll.Cli.Study.ResultScreen.Text(answer.Result, "out");
                    _ = StudySummary.Lines(answer.Result, PhraseBook.Chinese);
                    if (number % 3 > 0)
                    {
                        return;
                    }
                    // The files take as long as the run on so small a market.
                    _ = StudyReport.Html(answer.Result);
                    Workbook.Write(
                        Stream.Null,
                        answer.Result.Name,
                        answer.Median.Model,
                        answer.Median.Case.Outlook.Physical,
                        answer.Median.Case.Cash,
                        answer.Result.Assumptions,
                        answer.Result.Conventions
                    );
                    if (answer.Result.MemoIn(PhraseBook.English) is { } memo)
                    {
                        MemoFile.Write(memo, Stream.Null);
                    }
                })
        );
    }

    /// <summary>A portfolio on the market of twenty centres, planned by a short search.</summary>
    private static (double Said, Func<(int, string)> Work) Portfolio(string path)
    {
        var settings = new PortfolioSettings { Draws = 30, SearchDraws = 8 };
        var portfolio = PortfolioReader
            .Read(
                (InputMapping)YamlInput.ReadFile(path),
                TestMarket.Catalogue,
                path,
                InputFiles.FolderOf(path)
            )
            .Portfolio;
        return (
            PortfolioWork.Of(portfolio, settings).CpuSeconds,
            () =>
                Guarded(() =>
                {
                    var result = PortfolioRun.Of(
                        portfolio,
                        settings,
                        new RunContext { Threads = 1 }
                    );
                    _ = PortfolioDocument.Of(result).ToJsonString();
                    PortfolioReport.Write(result, Stream.Null);
                    PortfolioWorkbook.Write(result, Stream.Null);
                })
        );
    }

    private static (int Exit, string Error) Guarded(Action work)
    {
        try
        {
            work();
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

    [GeneratedRegex("^[^:\n]+:[1-9][0-9]*:[1-9][0-9]*: ", RegexOptions.None, 1000)]
    private static partial Regex Location();

    [GeneratedRegex(
        "takes about (?<count>[0-9.,]+) (?<unit>seconds|minutes)",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Estimate();
}
