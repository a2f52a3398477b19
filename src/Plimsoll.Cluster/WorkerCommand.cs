using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster;

/// <summary><c>worker</c>: computes what stands in the ledger without joining the cluster, for machines that silos cannot reach.</summary>
internal static class WorkerCommand
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var ledger = ClusterCommandOptions.Ledger();
        var workers = ClusterCommandOptions.Workers();
        var job = new Option<string?>("--job") { Description = "The only job worked on." };
        var command = new Command(
            "worker",
            "Compute what stands in the ledger without joining the cluster: for machines that reach the database and not each other."
        )
        {
            ledger,
            job,
            workers,
        };
        command.SetAction(
            async (result, stop) =>
            {
                await using var opened = await ClusterCommandOptions.Open(
                    ClusterCommandOptions.Address(result.GetValue(ledger)),
                    _patience,
                    stop
                );
                var done = await Worker.Several(
                    opened,
                    new StudyRunner(FactCatalog.Shipped(), ContentStore.Default()),
                    new WorkerSettings { Job = result.GetValue(job) },
                    Math.Max(1, result.GetValue(workers)),
                    stop
                );
                await Console.Error.WriteLineAsync(
                    $"{done.Written:#,0} results, {done.Failed:#,0} without an answer."
                );
                return 0;
            }
        );
        return command;
    }
}
