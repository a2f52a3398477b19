namespace Plimsoll.Jobs;

/// <summary>Where a run stands; the numbers stand in the ledger.</summary>
public enum RunState
{
    /// <summary>Nobody has begun it.</summary>
    Waiting = 0,

    /// <summary>A worker holds it; when its lease runs out it is as if it were waiting.</summary>
    Leased = 1,

    /// <summary>It has a result.</summary>
    Done = 2,

    /// <summary>It ended with a reason in place of a result.</summary>
    Failed = 3,

    /// <summary>Its job was cancelled before it ended.</summary>
    Stopped = 4,
}

/// <summary>Why a run has no result; the numbers stand in the ledger.</summary>
public enum RunFault
{
    /// <summary>It has one, or has not ended.</summary>
    None = 0,

    /// <summary>The study is not sound: the reason lists the findings.</summary>
    BadInput = 1,

    /// <summary>The study is sound and cannot be answered.</summary>
    Unanswerable = 2,

    /// <summary>A fault of the program.</summary>
    Crashed = 3,

    /// <summary>Workers ended again and again while they ran it.</summary>
    GivenUp = 4,
}
