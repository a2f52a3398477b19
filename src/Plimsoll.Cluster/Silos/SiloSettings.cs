using System.Net;

namespace Plimsoll.Cluster.Silos;

/// <summary>How a silo is set up.</summary>
internal sealed record SiloSettings
{
    /// <summary>Address of the ledger, a PostgreSQL; the table of silos stands beside it.</summary>
    public required string Ledger { get; init; }

    /// <summary>Address that other silos and clients reach it at.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port for other silos.</summary>
    public int Port { get; init; } = 11111;

    /// <summary>Port for clients.</summary>
    public int Gateway { get; init; } = 30000;

    /// <summary>Runs computed at the same time, one thread each.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Most runs that a worker holds at once.</summary>
    public int LeaseRuns { get; init; } = 64;

    /// <summary>How long what a worker holds stays its own without a sign of life.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call waits for a database that is gone.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Name of the cluster.</summary>
    public const string Cluster = "plimsoll";
}
