namespace Plimsoll.Jobs;

/// <summary>Where a job stands.</summary>
/// <param name="Order">As it was entered.</param>
/// <param name="Created">When it was entered, by the clock of the ledger.</param>
/// <param name="Cancelled">True when it was cancelled; what was done stays.</param>
/// <param name="Complete">True when all its runs have been entered.</param>
/// <param name="Waiting">Runs that nobody has begun.</param>
/// <param name="Leased">Runs that a worker holds.</param>
/// <param name="Done">Runs with a result.</param>
/// <param name="Failed">Runs that ended with a reason in place of a result.</param>
/// <param name="Stopped">Runs that were cancelled before they ended.</param>
public sealed record Job(
    JobOrder Order,
    DateTimeOffset Created,
    bool Cancelled,
    bool Complete,
    long Waiting,
    long Leased,
    long Done,
    long Failed,
    long Stopped
)
{
    /// <summary>All runs entered so far.</summary>
    public long Runs => Waiting + Leased + Done + Failed + Stopped;

    /// <summary>True when nothing is left to run.</summary>
    public bool Ended => Complete && Waiting + Leased == 0;
}
