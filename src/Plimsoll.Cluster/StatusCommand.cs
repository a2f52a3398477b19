using System.CommandLine;
using System.Globalization;
using Plimsoll.Cluster.Grains;
using Plimsoll.Inputs;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster;

/// <summary><c>status</c>: silos, workers and jobs.</summary>
internal static class StatusCommand
{
    private const int MostJobs = 50;

    public static Command Create()
    {
        var ledger = ClusterCommandOptions.Ledger();
        var command = new Command("status", "Silos, their workers, and how far the jobs are.")
        {
            ledger,
        };
        command.SetAction(
            async (result, stop) =>
            {
                var address = ClusterCommandOptions.Address(result.GetValue(ledger));
                await using var opened = await ClusterCommandOptions.Open(
                    address,
                    TimeSpan.Zero,
                    stop
                );
                Print(
                    await ClusterClient.Ask(address, c => c.Dispatcher().Status(), stop),
                    await opened.Jobs(null, MostJobs, stop)
                );
                return 0;
            }
        );
        return command;
    }

    private static void Print(ClusterStatus? status, IReadOnlyList<Job> jobs)
    {
        Console.Out.WriteLine(status is null ? "No silo answers." : "Silos:");
        foreach (var silo in status?.Silos ?? [])
        {
            Console.Out.WriteLine($"  {silo.Name}: {silo.Busy} of {silo.Workers} workers busy");
        }
        foreach (var job in jobs)
        {
            var workers = status?.Jobs.FirstOrDefault(j => j.Job == job.Order.Id)?.Workers ?? 0;
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{job.Order.Id}  {InputText.OneLine(job.Order.Name)}: {job.Done:#,0} of {job.Runs:#,0} done, {job.Failed:#,0} without an answer, {job.Waiting + job.Leased:#,0} left{(job.Cancelled ? ", cancelled" : workers > 0 ? $", {workers} workers" : "")}"
                )
            );
        }
    }
}
