using System.Diagnostics;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study through the library alone: loaded, checked, run, cancelled.</summary>
public sealed class FrontDoorTest
{
    [Fact]
    public void A_study_is_loaded_checked_and_run_in_three_calls()
    {
        var study = Study.Load(SmallStudy.Text);
        Assert.Empty(study.Check());
        var answer = study.Run(new RunContext { Threads = 2 }, new StudySettings { Draws = 30 });
        Assert.Equal(SmallStudy.Plain.Result.Verdict.Headline, answer.Result.Verdict.Headline);
    }

    [Fact]
    public void What_the_command_line_refuses_the_library_refuses_too()
    {
        var text = SmallStudy.With(
            (
                "finance:\n",
                "signed:\n  - tenant: a\n    servers: 200\n    price_per_gpu_hour: 20\n    tenor: 48\nfinance:\n"
            )
        );
        var study = Study.Load(text);
        Assert.NotEmpty(study.Check());
        Assert.Throws<InputException>(() => study.Run());
    }

    /// <summary>Cancelled at the k-th thing it tells, a run begins nothing further.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_cancelled_run_begins_no_further_work(int poll)
    {
        using var source = new CancellationTokenSource();
        var told = 0;
        var context = new RunContext
        {
            Threads = 2,
            Cancellation = source.Token,
            Progress = (_, _) =>
            {
                told++;
                if (told == poll)
                {
                    source.Cancel();
                }
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Study.Load(SmallStudy.Text).Run(context, new StudySettings { Draws = 30 })
        );
        Assert.Equal(poll, told);
    }

    /// <summary>Draws of k without PLIMSOLL_CANCELS; a hundred take two minutes of a processor.</summary>
    private const int UsualCancels = 8;

    /// <summary>Cancelled at any of what it tells, drawn at random: a run ends as cancelled, tells nothing more, leaves no work waiting and no file half written, and the next run is the whole answer.</summary>
    [Fact]
    public void Cancelled_at_any_poll_a_run_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var store = Plimsoll.Files.ContentStore.In(folder.Path);
        int Run(int poll, out string headline)
        {
            using var source = new CancellationTokenSource();
            var told = 0;
            var context = new RunContext
            {
                Threads = 2,
                Cancellation = source.Token,
                Store = store,
                Progress = (_, _) =>
                {
                    if (Interlocked.Increment(ref told) == poll)
                    {
                        source.Cancel();
                    }
                },
            };
            headline = "";
            try
            {
                headline = Study
                    .Load(SmallStudy.Text)
                    .Run(context, new StudySettings { Draws = 30 })
                    .Result.Verdict.Headline;
            }
            catch (OperationCanceledException)
            {
                // Expected where the poll came before the last.
            }
            return told;
        }
        Run(int.MaxValue, out var whole);
        // With its market at hand it has less to tell.
        var polls = Run(int.MaxValue, out _);
        Assert.InRange(polls, 8, int.MaxValue);
        var random = new Random(11);
        var cancels = int.TryParse(
            Environment.GetEnvironmentVariable("PLIMSOLL_CANCELS"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
            : UsualCancels;
        for (var i = 0; i < cancels; i++)
        {
            var poll = random.Next(1, polls);
            var told = Run(poll, out var headline);
            Assert.Equal("", headline);
            // A thread that was telling at that moment may finish its sentence; none begins another.
            Assert.InRange(told, poll, poll + 1);
            Assert.DoesNotContain(
                Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories),
                f => f.EndsWith(".tmp", StringComparison.Ordinal)
            );
        }
        Run(int.MaxValue, out var again);
        Assert.Equal(whole, again);
    }

    /// <summary>The ten lines of examples/app run as a program of one file, where CI is set: there the library it refers to is built already.</summary>
    [Fact]
    public async Task An_application_of_ten_lines_prints_the_verdict()
    {
        var app = Path.Combine(TestData.Repository(), "examples", "app", "verdict.cs");
        Assert.InRange(File.ReadAllLines(app).Length, 1, 10);
        if (Environment.GetEnvironmentVariable("CI") is null)
        {
            return;
        }
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                SmallStudy.Text,
                TestContext.Current.CancellationToken
            );
            using var run = Process.Start(
                new ProcessStartInfo("dotnet", ["run", "-c", "Release", app, "--", file])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            var text = await run.StandardOutput.ReadToEndAsync(
                TestContext.Current.CancellationToken
            );
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("build", text, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
