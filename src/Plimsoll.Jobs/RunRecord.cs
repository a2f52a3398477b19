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

/// <summary>A run with what it was made from and what it came to.</summary>
/// <param name="Record">Where it stands.</param>
/// <param name="Changes">What was set in its study.</param>
/// <param name="Result">What it came to; null when it has no result.</param>
public sealed record RunRow(RunRecord Record, string Changes, RunResult? Result);

/// <summary>A file that holds results of a job.</summary>
/// <param name="File">Its name in the folder of outputs.</param>
/// <param name="First">Number of the first run in it.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record ResultPart(string File, long First, long Rows, string Sha256);
