namespace Plimsoll.Jobs;

/// <summary>A run as it stands in the ledger.</summary>
/// <param name="Number">Its number in the job, from 0.</param>
/// <param name="Key">Name of its result.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Fault">Why it has no result.</param>
/// <param name="Reason">The same in words; empty when it has one.</param>
/// <param name="Stage">What is being done; empty when nobody reports it.</param>
/// <param name="Progress">Share done of the stage, 0 to 1.</param>
/// <param name="Worker">Who holds it or ended it; empty for nobody.</param>
/// <param name="Attempts">How often it was begun; 0 when its result was there already.</param>
/// <param name="Started">When it was first begun; null when it was not.</param>
/// <param name="Ended">When it ended; null when it has not.</param>
public sealed record RunRecord(
    long Number,
    string Key,
    RunState State,
    RunFault Fault,
    string Reason,
    string Stage,
    double Progress,
    string Worker,
    int Attempts,
    DateTimeOffset? Started,
    DateTimeOffset? Ended
);
