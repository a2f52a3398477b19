namespace Plimsoll.Cluster.Grains;

/// <summary>Shares out the workers of all silos among the jobs; one in the cluster, number 0.</summary>
/// <remarks>It holds nothing that cannot be lost: what is to be run and what was done stand in the ledger, and a dispatcher that starts anew hears of its silos within seconds.</remarks>
internal interface IDispatcher : IGrainWithIntegerKey
{
    /// <summary>A silo says that it is there, at least every ten seconds.</summary>
    /// <param name="silo">Its name.</param>
    /// <param name="workers">Runs that it computes at the same time.</param>
    /// <param name="observer">Hears what concerns its workers.</param>
    Task Join(string silo, int workers, IWorkerObserver observer);

    /// <summary>The job a free worker shall take runs of next; null when there is none.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="silo">Its silo.</param>
    /// <param name="warm">Jobs whose markets its silo has prepared, the latest first.</param>
    Task<string?> Next(string worker, string silo, string[] warm);

    /// <summary>Stops a job everywhere: in the ledger, and at once in every silo.</summary>
    Task Cancel(string job);

    /// <summary>Looks for jobs at the next question rather than within two seconds.</summary>
    Task Wake();

    /// <summary>The silos and what their workers are at.</summary>
    Task<ClusterStatus> Status();
}

/// <summary>A silo, as the dispatcher speaks to it.</summary>
internal interface IWorkerObserver : IGrainObserver
{
    /// <summary>Stop what is computed of a job.</summary>
    void Stop(string job);
}

/// <summary>The silos of a cluster and what they are at.</summary>
/// <param name="Silos">Name, workers and busy workers of each.</param>
/// <param name="Jobs">Job with workers on it.</param>
[GenerateSerializer]
[Alias("Plimsoll.Cluster.ClusterStatus")]
internal sealed record ClusterStatus(
    [property: Id(0)] SiloStatusLine[] Silos,
    [property: Id(1)] JobStatusLine[] Jobs
);

/// <summary>A silo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Workers">Runs that it computes at the same time.</param>
/// <param name="Busy">Workers that have a job.</param>
[GenerateSerializer]
[Alias("Plimsoll.Cluster.SiloStatusLine")]
internal sealed record SiloStatusLine(
    [property: Id(0)] string Name,
    [property: Id(1)] int Workers,
    [property: Id(2)] int Busy
);

/// <summary>A job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Workers">Workers on it.</param>
[GenerateSerializer]
[Alias("Plimsoll.Cluster.JobStatusLine")]
internal sealed record JobStatusLine([property: Id(0)] string Job, [property: Id(1)] int Workers);
