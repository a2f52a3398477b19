using System.Diagnostics;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>Every output of a study, the workbook too, is the same to the byte in any folder, on any number of threads, in any time zone, with a cold and a warm cache.</summary>
public sealed class SameBytesTest
{
    [Fact]
    public void Outputs_do_not_depend_on_where_and_how_they_were_made()
    {
        using var root = new TempFolder();
        var study = root.File(
            "s.yaml",
            File.ReadAllText(Path.Combine(TestData.Repository(), "studies", "zhengzhou-2025.yaml"))
        );
        var reference = Run(root, study, "one", threads: 1, zone: "UTC", cache: "cold");
        Assert.Equal(
            [
                "contracted-case.csv",
                "contracted-case.yaml",
                "finance-case.csv",
                "finance-case.yaml",
                "memo.docx",
                "report.html",
                "result.json",
                "workbook.xlsx",
            ],
            reference.Keys.Order(StringComparer.Ordinal)
        );
        foreach (
            var (folder, threads, zone, cache) in ((string, int, string, string)[])
                [
                    ("deep/two words", 2, "Asia/Shanghai", "cold"),
                    ("three", 8, "America/St_Johns", "another"),
                ]
        )
        {
            Assert.Equal(reference, Run(root, study, folder, threads, zone, cache));
        }
    }

    private static Dictionary<string, string> Run(
        TempFolder root,
        string study,
        string folder,
        int threads,
        string zone,
        string cache
    )
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
            [
                "study",
                "run",
                study,
                "--draws",
                "30",
                "--threads",
                $"{threads}",
                "--out",
                root.In(folder),
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["TZ"] = zone;
        start.Environment["PLIMSOLL_CACHE"] = root.In(cache);
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return WholeFolder.Check(root.In(folder))["outputs"]!
            .AsObject()
            .ToDictionary(o => o.Key, o => (string)o.Value!["sha256"]!, StringComparer.Ordinal);
    }
}
