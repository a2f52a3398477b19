namespace Plimsoll.Serving;

/// <summary>How a request ended. Every request ends in exactly one way.</summary>
public enum RequestEnd
{
    /// <summary>All its tokens were generated.</summary>
    Completed,

    /// <summary>Never started: its prompt and output cannot fit the KV cache of a replica even alone.</summary>
    RejectedTooLongForKvCache,

    /// <summary>Never started: without chunked prefill its prompt exceeds the tokens of a step.</summary>
    RejectedTooLongForStep,

    /// <summary>The replica that held it failed.</summary>
    Failed,

    /// <summary>Never started: its prompt and output exceed the model's context window.</summary>
    RejectedTooLongForContext,
}

/// <summary>The times of one request.</summary>
/// <param name="ArrivalPicoseconds">As the source gave it, on the clock of the run's start.</param>
/// <param name="FirstTokenPicoseconds">End of the step that made its first token; -1 if none was made.</param>
/// <param name="FinishPicoseconds">When it ended, in whatever way.</param>
/// <param name="End">How it ended.</param>
/// <param name="CachedTokens">Prompt tokens taken from the prefix cache at its first admission.</param>
/// <param name="Preemptions">Times it was put back to the queue.</param>
/// <param name="Replica">Replica that finished it; decode replicas count after those that prefill. -1 if it was rejected.</param>
public readonly record struct RequestOutcome(
    long ArrivalPicoseconds,
    long FirstTokenPicoseconds,
    long FinishPicoseconds,
    RequestEnd End,
    int CachedTokens,
    int Preemptions,
    int Replica
);
