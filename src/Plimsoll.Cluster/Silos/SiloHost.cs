using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Messaging;
using Plimsoll.Cluster.Membership;
using Plimsoll.Jobs;
using Plimsoll.Jobs.Sql;

namespace Plimsoll.Cluster.Silos;

/// <summary>Puts a silo, or a client of the cluster, together.</summary>
internal static class SiloHost
{
    /// <summary>A silo with its workers; not yet started.</summary>
    /// <param name="settings">How it is set up.</param>
    /// <param name="runner">Computes.</param>
    public static IHost Silo(SiloSettings settings, IStudyRunner runner)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        Log(host.Logging);
        host.Services.AddSingleton(settings);
        host.Services.AddSingleton(runner);
        host.Services.AddSingleton(_ => RunLedger.Open(settings.Ledger, settings.Patience));
        host.Services.AddSingleton(_ => Members(settings.Ledger));
        host.UseOrleans(silo =>
        {
            silo.Services.AddSingleton<IMembershipTable, PostgresMembership>();
            silo.Configure<ClusterOptions>(Name);
            silo.ConfigureEndpoints(settings.Address, settings.Port, settings.Gateway);
            silo.Configure<ClusterMembershipOptions>(o =>
            {
                // A silo that is killed is out within some ten seconds; its runs go to others when their leases end, whatever the cluster thinks of it.
                o.ProbeTimeout = TimeSpan.FromSeconds(2);
                o.NumMissedProbesLimit = 3;
                o.DefunctSiloExpiration = TimeSpan.FromDays(1);
                o.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
            });
        });
        // After the silo: its workers ask grains.
        host.Services.AddHostedService<SiloWorkers>();
        return host.Build();
    }

    /// <summary>A client of the cluster; not yet started.</summary>
    /// <param name="ledger">Address of the ledger.</param>
    public static IHost Client(string ledger)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        Log(host.Logging);
        host.Services.AddSingleton(_ => Members(ledger));
        host.UseOrleansClient(client =>
        {
            client.Services.AddSingleton<IGatewayListProvider, PostgresGateways>();
            client.Configure<ClusterOptions>(Name);
            client.Configure<GatewayOptions>(o =>
                o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(10)
            );
        });
        return host.Build();
    }

    private static MembershipDatabase Members(string ledger) =>
        new(NpgsqlDataSource.Create(PostgresAddress.Parts(ledger)), SiloSettings.Cluster);

    private static void Name(ClusterOptions options) =>
        (options.ClusterId, options.ServiceId) = (SiloSettings.Cluster, SiloSettings.Cluster);

    private static void Log(ILoggingBuilder log)
    {
        log.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "HH:mm:ss ";
        });
        log.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o =>
            o.LogToStandardErrorThreshold = LogLevel.Trace
        );
        log.SetMinimumLevel(LogLevel.Warning);
        // What the membership protocol says of suspected silos is an error to it and news to nobody else.
        log.AddFilter("Orleans", LogLevel.Critical);
    }
}
