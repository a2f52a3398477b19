using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Jobs;
using Plimsoll.Sweeps;

namespace Plimsoll.Cluster;

/// <summary><c>submit FILE</c>: enters a sweep and wakes the cluster.</summary>
internal static class SubmitCommand
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A sweep file; the studies that it names are files below its folder (shipped studies: 'plimsoll sweep submit').",
        };
        var ledger = ClusterCommandOptions.Ledger();
        var workspace = new Option<string>("--workspace")
        {
            Description = "Whose sweep it is: workers are shared out among workspaces.",
            DefaultValueFactory = _ => "",
        };
        var priority = new Option<int>("--priority")
        {
            Description = "Sweeps of a higher priority go first.",
        };
        var command = new Command(
            "submit",
            "Enter the runs of a sweep and wake the cluster; prints the id of the job."
        )
        {
            file,
            ledger,
            workspace,
            priority,
        };
        command.SetAction(
            async (result, stop) =>
            {
                var address = ClusterCommandOptions.Address(result.GetValue(ledger));
                var catalog = FactCatalog.Shipped();
                var sweep = SweepFile.Read(result.GetValue(file)!, catalog, [], null);
                var order = sweep.Job(EngineVersion.Of(catalog)) with
                {
                    Workspace = result.GetValue(workspace)!,
                    Priority = result.GetValue(priority),
                };
                await using var opened = await ClusterCommandOptions.Open(address, _patience, stop);
                await opened.Enter(order, sweep.Points().Select(sweep.Order), stop);
                Console.Out.WriteLine(order.Id);
                var woken = await ClusterClient.Ask(
                    address,
                    async client =>
                    {
                        await client.Dispatcher().Wake();
                        return true;
                    },
                    stop
                );
                if (!woken)
                {
                    await Console.Error.WriteLineAsync(
                        "No silo answers; the job stands in the ledger, and the first silo that joins takes it up."
                    );
                }
                return 0;
            }
        );
        return command;
    }
}
