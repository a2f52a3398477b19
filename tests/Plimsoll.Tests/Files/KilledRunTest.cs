using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>Real processes of the command line, killed, started twice, and on a full disk.</summary>
/// <remarks>PLIMSOLL_KILLS, PLIMSOLL_STUDY_KILLS, PLIMSOLL_PAIRS set how often; 20, 3 and 10 without. Random moments from PLIMSOLL_SEED, 1 without.</remarks>
public sealed class KilledRunTest
{
    private static int Kills => Setting("PLIMSOLL_KILLS", 20);

    private static int Pairs => Setting("PLIMSOLL_PAIRS", 10);

    private static string Example =>
        Path.Combine(TestData.Repository(), "examples", "finance", "neocloud.yaml");

    /// <summary>Killed at random moments, over an older study: always one whole study.</summary>
    [Fact]
    public void A_killed_run_leaves_one_whole_study()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        var file = Variant(root, 1);
        Assert.Equal(0, Finish(Start("finance", "run", file, "--out", path)));
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, Finish(Start("finance", "run", file, "--out", path)));
        var whole = watch.Elapsed;
        var random = new Random(Setting("PLIMSOLL_SEED", 1));
        var (killed, ended) = (0, 0);
        for (var i = 0; i < Kills; i++)
        {
            var before = InputHash(path);
            var next = Variant(root, i + 2);
            using var run = Start("finance", "run", next, "--out", path);
            // Half of the moments in the last third, where files are written.
            var share = i % 2 == 0 ? random.NextDouble() : 0.67 + (0.33 * random.NextDouble());
            Thread.Sleep(whole * share);
            run.Kill();
            run.WaitForExit();
            _ = run.ExitCode == 0 ? ended++ : killed++;
            var after = InputHash(path);
            Assert.Contains(after, (string[])[before, Hash(next)]);
        }
        TestContext.Current.SendDiagnosticMessage($"{killed} killed, {ended} ended before");
        Assert.True(killed > Kills / 3);
        Assert.Equal(0, Finish(Start("finance", "run", file, "--out", path)));
        Assert.Equal(Hash(file), InputHash(path));
        Assert.Equal(["out"], Directory.GetDirectories(root.Path).Select(Path.GetFileName));
    }

    /// <summary>The same of whole studies, whose outputs are five: document, report, workbook, memo and manifest.</summary>
    [Fact]
    public void A_killed_study_leaves_one_whole_study()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        string[] Arguments(string file) =>
            ["study", "run", file, "--draws", "30", "--threads", "1", "--out", path];
        var first = StudyVariant(root, 1);
        Assert.Equal(0, Finish(Start(Arguments(first))));
        // The second run: the first prepares what later ones find prepared, and would set the moments after their end.
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, Finish(Start(Arguments(first))));
        var whole = watch.Elapsed;
        var random = new Random(Setting("PLIMSOLL_SEED", 1));
        var (killed, kills) = (0, Setting("PLIMSOLL_STUDY_KILLS", 3));
        for (var i = 0; i < kills; i++)
        {
            var before = InputHash(path);
            var next = StudyVariant(root, i + 2);
            using var run = Start(Arguments(next));
            Thread.Sleep(
                whole * (i % 2 == 0 ? random.NextDouble() : 0.8 + (0.2 * random.NextDouble()))
            );
            run.Kill();
            run.WaitForExit();
            killed += run.ExitCode == 0 ? 0 : 1;
            Assert.Contains(InputHash(path), (string[])[before, Hash(next)]);
        }
        TestContext.Current.SendDiagnosticMessage($"{killed} of {kills} studies killed");
        Assert.True(killed > 0);
        Assert.Equal(0, Finish(Start(Arguments(first))));
        Assert.Equal(Hash(first), InputHash(path));
        Assert.Equal(["out"], Directory.GetDirectories(root.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Of_two_runs_into_one_folder_one_wins_and_the_other_says_so()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        var (first, second) = (Variant(root, 1), Variant(root, 2));
        var told = 0;
        for (var i = 0; i < Pairs; i++)
        {
            using var one = Start("finance", "run", first, "--out", path);
            using var other = Start("finance", "run", second, "--out", path);
            var errors = (one.StandardError.ReadToEnd(), other.StandardError.ReadToEnd());
            one.WaitForExit();
            other.WaitForExit();
            // A run may end before the other begins to write; then both are whole, one after the other.
            Assert.True(one.ExitCode == 0 || other.ExitCode == 0);
            foreach (
                var (exit, error) in ((int, string)[])
                    [(one.ExitCode, errors.Item1), (other.ExitCode, errors.Item2)]
            )
            {
                if (exit != 0)
                {
                    Assert.Equal(1, exit);
                    Assert.Contains("Another run is writing to", error, StringComparison.Ordinal);
                    told++;
                }
            }
            Assert.Contains(InputHash(path), (string[])[Hash(first), Hash(second)]);
        }
        TestContext.Current.SendDiagnosticMessage($"{told} of {Pairs} pairs met");
        Assert.True(told > 0);
    }

    /// <summary>A small disk of its own, filled to so many bytes short of what a run needs. Needs the right to mount; skipped without it.</summary>
    [Fact]
    public void A_full_disk_leaves_the_older_study_and_a_sentence()
    {
        using var root = new TempFolder();
        var disk = root.In("disk");
        Directory.CreateDirectory(disk);
        if (Shell("mount", "-t", "tmpfs", "-o", "size=2048k", "plimsoll-test", disk) != 0)
        {
            Assert.Skip("no right to mount a small disk");
        }
        try
        {
            var path = Path.Combine(disk, "out");
            var file = Variant(root, 1);
            Assert.Equal(0, Finish(Start("finance", "run", file, "--out", path)));
            var refused = 0;
            for (var point = 0; point < 20; point++)
            {
                var ballast = Path.Combine(disk, "ballast");
                var free = new DriveInfo(disk).AvailableFreeSpace;
                File.WriteAllBytes(ballast, new byte[Math.Max(0, free - (point * 48_000))]);
                var before = InputHash(path);
                var next = Variant(root, point + 2);
                using var run = Start("finance", "run", next, "--out", path);
                var error = run.StandardError.ReadToEnd();
                var exit = Finish(run);
                if (exit != 0)
                {
                    Assert.Equal(1, exit);
                    Assert.Contains("the disk is full", error, StringComparison.Ordinal);
                    refused++;
                }
                Assert.Equal(exit == 0 ? Hash(next) : before, InputHash(path));
                File.Delete(ballast);
            }
            Assert.InRange(refused, 3, 19);
        }
        finally
        {
            Assert.Equal(0, Shell("umount", disk));
        }
    }

    private static string InputHash(string path)
    {
        var manifest = WholeFolder.Check(path);
        return (string)(manifest["inputSha256"] ?? manifest["studySha256"])!;
    }

    private static string Hash(string file) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))
        );

    /// <summary>The example with a comment: another file of the same name, so another version of one study.</summary>
    private static string Variant(TempFolder root, int number) =>
        root.File($"case-{number}.yaml", $"{File.ReadAllText(Example)}\n# version {number}\n");

    private static string StudyVariant(TempFolder root, int number) =>
        root.File($"study-{number}.yaml", $"{Studies.SmallStudy.Text}\n# version {number}\n");

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
            arguments
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static int Finish(Process process)
    {
        process.WaitForExit();
        return process.ExitCode;
    }

    private static int Shell(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                }
            )!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name),
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : otherwise;
}
