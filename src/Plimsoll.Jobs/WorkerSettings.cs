namespace Plimsoll.Jobs;

/// <summary>How a worker works; none of it changes a result.</summary>
public sealed record WorkerSettings
{
    /// <summary>Its name in the ledger, for people.</summary>
    public string Name { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>The only job it works on; null for any of its version.</summary>
    public string? Job { get; init; }

    /// <summary>True to end when nothing is left to run; false to wait for more.</summary>
    public bool EndsWhenDone { get; init; }

    /// <summary>Most runs it holds at once, at least 1.</summary>
    public int LeaseRuns { get; init; } = 64;

    /// <summary>How long what it holds stays its own without a sign of life.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause between two looks for work, and between two reports of a run; a cancellation is heard within it.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Threads of one run, at least 1.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>What a worker did.</summary>
/// <param name="Written">Results it computed and wrote first.</param>
/// <param name="Known">Runs whose result was there already.</param>
/// <param name="Failed">Runs that ended with a reason in place of a result.</param>
/// <param name="Late">Results it computed that another had written before, or whose job was cancelled.</param>
/// <param name="Differing">Results it computed that differ from the one that stands.</param>
public sealed record WorkerReport(long Written, long Known, long Failed, long Late, long Differing)
{
    /// <summary>Both together.</summary>
    public static WorkerReport operator +(WorkerReport a, WorkerReport b) =>
        new(
            a.Written + b.Written,
            a.Known + b.Known,
            a.Failed + b.Failed,
            a.Late + b.Late,
            a.Differing + b.Differing
        );

    /// <summary>Both together.</summary>
    public static WorkerReport Add(WorkerReport left, WorkerReport right) => left + right;
}
