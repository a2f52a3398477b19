using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Hosting;
using Plimsoll.Catalog;
using Plimsoll.Cluster.Silos;
using Plimsoll.Files;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster;

/// <summary><c>silo</c>: joins this machine to the cluster and computes until it is stopped.</summary>
internal static class SiloCommand
{
    public static Command Create()
    {
        var ledger = ClusterCommandOptions.Ledger();
        var workers = ClusterCommandOptions.Workers();
        var address = new Option<string>("--address")
        {
            Description =
                "Address of this machine in the network of the cluster. Silos speak without a password: keep that network private.",
            DefaultValueFactory = _ => IPAddress.Loopback.ToString(),
        };
        address.Validators.Add(r =>
        {
            if (r.Tokens is [var token] && !IPAddress.TryParse(token.Value, out _))
            {
                r.AddError("--address: expected an IP address, for example 10.0.0.5.");
            }
        });
        var port = ClusterCommandOptions.Port("--port", "Port for other silos.", 11111);
        var gateway = ClusterCommandOptions.Port("--gateway", "Port for clients.", 30000);
        var command = new Command(
            "silo",
            "Join this machine to the cluster and compute until stopped. May be killed at any moment."
        )
        {
            ledger,
            address,
            port,
            gateway,
            workers,
        };
        command.SetAction(
            async (result, stop) =>
            {
                var settings = new SiloSettings
                {
                    Ledger = ClusterCommandOptions.Address(result.GetValue(ledger)),
                    Address = IPAddress.Parse(result.GetValue(address)!),
                    Port = result.GetValue(port),
                    Gateway = result.GetValue(gateway),
                    Workers = Math.Max(1, result.GetValue(workers)),
                };
                await using (await ClusterCommandOptions.Open(settings.Ledger, TimeSpan.Zero, stop))
                { }
                using var host = SiloHost.Silo(
                    settings,
                    new StudyRunner(FactCatalog.Shipped(), ContentStore.Default())
                );
                await host.StartAsync(stop);
                await Console.Error.WriteLineAsync(
                    $"Silo {settings.Address}:{settings.Port} with {settings.Workers} workers has joined; stop it with Ctrl-C."
                );
                await host.WaitForShutdownAsync(stop);
                return 0;
            }
        );
        return command;
    }
}
