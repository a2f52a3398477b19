using System.Diagnostics;
using System.Globalization;

namespace Plimsoll.Cluster.Tests;

/// <summary>Silos and workers, each a process of its own.</summary>
/// <param name="ledger">Address of the ledger.</param>
/// <param name="job">The job of the workers.</param>
/// <param name="work">Milliseconds of a toy run, or 'studies'.</param>
internal sealed class ToyProcesses(string ledger, string job, string work) : IDisposable
{
    private readonly List<(string Kind, Process Process)> _all = [];

    public void Start(string kind) => _all.Add((kind, Begin(kind)));

    /// <summary>Kills one without a word (SIGKILL), and starts another in its place.</summary>
    public void KillAndReplace(int at)
    {
        var (kind, process) = _all[at];
        End(process);
        _all[at] = (kind, Begin(kind));
    }

    public void Dispose()
    {
        foreach (var (_, process) in _all)
        {
            End(process);
        }
    }

    private Process Begin(string kind)
    {
        string[] arguments =
            kind == "silo"
                ?
                [
                    "silo",
                    ledger,
                    Postgres.FreePort().ToString(CultureInfo.InvariantCulture),
                    Postgres.FreePort().ToString(CultureInfo.InvariantCulture),
                    work,
                ]
                : ["worker", ledger, job, work];
        return Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cluster.Toy"),
                arguments
            )
            {
                RedirectStandardError = false,
            }
        )!;
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
