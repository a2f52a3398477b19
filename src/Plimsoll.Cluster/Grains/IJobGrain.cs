namespace Plimsoll.Cluster.Grains;

/// <summary>One job of the ledger, by its id: how far it is, for any number of watchers at the price of one look a second.</summary>
internal interface IJobGrain : IGrainWithStringKey
{
    /// <summary>How far it is; null when the ledger has no such job.</summary>
    Task<JobProgress?> Progress();
}

/// <summary>How far a job is.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Done">Runs with a result.</param>
/// <param name="Failed">Runs that ended with a reason in place of a result.</param>
/// <param name="Leased">Runs that workers hold.</param>
/// <param name="Waiting">Runs that nobody has begun.</param>
/// <param name="Stopped">Runs that were cancelled before they ended.</param>
/// <param name="Ended">True when nothing is left to run.</param>
[GenerateSerializer]
[Alias("Plimsoll.Cluster.JobProgress")]
internal sealed record JobProgress(
    [property: Id(0)] string Name,
    [property: Id(1)] long Done,
    [property: Id(2)] long Failed,
    [property: Id(3)] long Leased,
    [property: Id(4)] long Waiting,
    [property: Id(5)] long Stopped,
    [property: Id(6)] bool Ended
);
