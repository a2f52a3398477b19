using System.Diagnostics;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The tool becomes the workbench: who ends the one has ended the other.</summary>
public sealed class WorkbenchProcessTest
{
    [Fact]
    public async Task A_workbench_that_is_killed_leaves_no_server_behind()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There a process cannot become another.");
        }
        var stop = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        var address = new Uri($"http://127.0.0.1:{WorkbenchServer.FreePort()}");
        using var tool = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
                ["workbench", "--", $"--urls={address}", $"--Workbench:Folder={folder}"]
            )
            {
                Environment =
                {
                    ["PLIMSOLL_WORKBENCH"] = Path.Combine(AppContext.BaseDirectory, "Plimsoll.Web"),
                },
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            using var client = new HttpClient { BaseAddress = address };
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                Assert.False(tool.HasExited);
                try
                {
                    if ((await client.GetAsync("/health/live", stop)).IsSuccessStatusCode)
                    {
                        break;
                    }
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100, stop);
                }
            }
            tool.Kill();
            await tool.WaitForExitAsync(stop);
            await Assert.ThrowsAsync<HttpRequestException>(() =>
                client.GetAsync("/health/live", stop)
            );
        }
        finally
        {
            if (!tool.HasExited)
            {
                tool.Kill(entireProcessTree: true);
            }
            Directory.Delete(folder, recursive: true);
        }
    }
}
