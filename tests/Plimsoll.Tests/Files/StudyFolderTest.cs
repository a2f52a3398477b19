using System.Diagnostics;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Files;

public sealed class StudyFolderTest
{
    private const long Most = 1000;

    [Theory]
    [InlineData("a.csv")]
    [InlineData("./a.csv")]
    [InlineData("deep/b.csv")]
    [InlineData("deep/../a.csv")]
    [InlineData("inner-link.csv")]
    [InlineData("deep/up.csv")]
    public void A_file_below_the_folder_is_read(string name)
    {
        using var folder = Sample();
        var file = StudyFolder.Of(folder.In("study/s.yaml")).Read(name, Most);
        Assert.Equal(name, file.Name);
        Assert.Contains("inside", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_outside_answers_alike_whether_missing_denied_or_present()
    {
        using var folder = Sample();
        var study = StudyFolder.Of(folder.In("study/s.yaml"));
        string[] outside =
        [
            "../secret.csv",
            "../missing.csv",
            "../denied.csv",
            folder.In("secret.csv"),
            "/etc/shadow",
            "/etc/no-such-file",
            "/dev/zero",
            "/proc/self/environ",
            "link-out.csv",
            "link-to-nothing-out.csv",
            "folder-link-out/secret.csv",
            "folder-link-out/missing.csv",
            "deep",
            "circle",
            "",
        ];
        var answers = outside.Select(name =>
        {
            var refusal = Assert.Throws<FileRefusedException>(() => study.Read(name, Most));
            Assert.DoesNotContain("secret text", refusal.Message, StringComparison.Ordinal);
            return (
                name.Length == 0
                    ? refusal.Message
                    : refusal.Message.Replace(name, "", StringComparison.Ordinal)
            );
        });
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public void Messages_name_no_folder_of_the_machine()
    {
        using var folder = Sample();
        var study = StudyFolder.Of(folder.In("study/s.yaml"));
        foreach (var name in (string[])["missing.csv", "../secret.csv", "large.csv", "pipe"])
        {
            var refusal = Assert.Throws<FileRefusedException>(() => study.Read(name, Most));
            var finding = refusal.At(new InputPath("x"));
            Assert.DoesNotContain(folder.Path, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(folder.Path, finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_host_may_allow_further_folders()
    {
        using var folder = Sample();
        folder.File("shelf/curve.csv", "on the shelf");
        folder.File("shelf-not/curve.csv", "beside it");
        var study = StudyFolder.Of(folder.In("study/s.yaml"), folder.In("shelf/"));
        Assert.Equal("on the shelf", study.Read("../shelf/curve.csv", Most).Text());
        Assert.Equal("on the shelf", study.Read(folder.In("shelf/curve.csv"), Most).Text());
        Assert.Throws<FileRefusedException>(() => study.Read("../shelf-not/curve.csv", Most));
    }

    [Fact]
    public void A_study_from_memory_reads_nothing() =>
        Assert.Equal(
            "outside-folder",
            Assert.Throws<FileRefusedException>(() => StudyFolder.None.Read("a.csv", Most)).Rule
        );

    [Fact]
    public void Size_and_kind_are_known_before_a_byte_is_read()
    {
        using var folder = Sample();
        var study = StudyFolder.Of(folder.In("study/s.yaml"));
        Assert.Equal("too-large", Rule(() => study.Read("large.csv", Most)));
        // A hole of a terabyte costs nothing on the disk, and must cost nothing here.
        using (var hole = File.Create(folder.In("study/hole.csv")))
        {
            hole.SetLength(1L << 40);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("too-large", Rule(() => study.Read("hole.csv", FileBounds.Table)));
        Assert.Equal("too-large", Rule(() => InputFile.Read(folder.In("study/hole.csv"), Most)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        foreach (var path in (string[])["/dev/zero", "/dev/random", folder.In("study/pipe"), "/"])
        {
            Assert.Equal("not-a-file", Rule(() => InputFile.Read(path, Most)));
        }
        Assert.Empty(InputFile.Read("/proc/self/environ", Most).Bytes);
    }

    [Fact]
    public void What_is_hashed_is_what_is_parsed()
    {
        using var folder = Sample();
        var file = StudyFolder.Of(folder.In("study/s.yaml")).Read("a.csv", Most);
        File.WriteAllText(folder.In("study/a.csv"), "changed afterwards");
        Assert.Equal("inside", file.Text());
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("inside"u8)),
            file.Sha256
        );
    }

    /// <summary>Files of every kind that name another: the content of a foreign file never reaches the screen, inside the folder or out.</summary>
    [Theory]
    [InlineData("market", "lfi-price-curve.yaml", "price_curve: ")]
    [InlineData("inference", "lfi-trace.yaml", "  trace: ")]
    [InlineData("inference", "lfi-mixture.yaml", "  mixture: ")]
    [InlineData("finance", "lfi-outlook.yaml", "  csv: ")]
    [InlineData("study", "lfi-actuals.yaml", "actuals_file: ")]
    [InlineData("portfolio", "lfi-table.yaml", "  file: ")]
    [InlineData("voucher", "lfi-market.yaml", "market: ")]
    [InlineData("inference", "lfi-model.yaml", "model_file: ")]
    [InlineData("sweep", "lfi-study.yaml", "  - file: ")]
    public void Foreign_content_is_never_quoted(string group, string name, string key)
    {
        using var folder = new TempFolder();
        var text = TestData.Text($"cases/files/{name}");
        var line = text.Split('\n').Single(l => l.StartsWith(key, StringComparison.Ordinal));
        const string Secret = "root:$6$K3y:19000:0:99999";
        folder.File("secret.txt", Secret + ",x\n" + Secret + "\n");
        folder.File("study/secret.txt", Secret + ",x\n" + Secret + "\n");
        folder.File("study/secret.json", $"{{\"private_key\": \"{Secret}\"}}\n");
        folder.File("study/secret.tar.gz", Secret);
        string[] names =
        [
            "../secret.txt",
            "../absent.txt",
            folder.In("secret.txt"),
            "/etc/shadow",
            "/etc/passwd",
            "secret.txt",
            "secret.json",
            "secret.tar.gz",
            "/dev/zero",
        ];
        foreach (var other in names)
        {
            var path = folder.File(
                "study/case.yaml",
                text.Replace(line, key + other, StringComparison.Ordinal)
            );
            var command = group switch
            {
                "inference" => (string[])["inference", "simulate", path],
                "voucher" or "sweep" => [group, path],
                _ => [group, "run", path],
            };
            var (exit, output, error) = CommandLine.Run(command);
            Assert.True(exit == 2, $"{other}: exit {exit}: {output}{error}");
            Assert.Empty(output);
            Assert.DoesNotContain("K3y", error, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", error, StringComparison.Ordinal);
            Assert.DoesNotContain("own code", error, StringComparison.Ordinal);
        }
    }

    private static string Rule(Action read) => Assert.Throws<FileRefusedException>(read).Rule;

    private static TempFolder Sample()
    {
        var folder = new TempFolder();
        folder.File("secret.csv", "secret text");
        folder.File("denied.csv", "secret text");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.In("denied.csv"), UnixFileMode.None);
        }
        folder.File("study/s.yaml");
        folder.File("study/a.csv", "inside");
        folder.File("study/deep/b.csv", "inside too");
        folder.File("study/large.csv", new string('x', 2000));
        File.CreateSymbolicLink(folder.In("study/inner-link.csv"), "deep/b.csv");
        File.CreateSymbolicLink(folder.In("study/deep/up.csv"), "../a.csv");
        File.CreateSymbolicLink(folder.In("study/link-out.csv"), "../secret.csv");
        File.CreateSymbolicLink(folder.In("study/link-to-nothing-out.csv"), "../nothing.csv");
        File.CreateSymbolicLink(folder.In("study/folder-link-out"), folder.Path);
        File.CreateSymbolicLink(folder.In("study/circle"), "circle");
        using var made = Process.Start("mkfifo", folder.In("study/pipe"));
        made.WaitForExit();
        return folder;
    }
}
