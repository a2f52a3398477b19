using Plimsoll.Files;

namespace Plimsoll.Outlooks;

/// <summary>How a computation is run, as against what is computed: nothing in it changes a figure.</summary>
public sealed record RunContext
{
    /// <summary>Threads, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Most memory a run may plan for, bytes.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>The clock; results never depend on it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Polled per world, draw and step of a search; kernels take none.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Called before every draw, from several threads: waits a moment where something more urgent wants the cores; null to go on at once. No figure depends on it.</summary>
    public Action? GiveWay { get; init; }

    /// <summary>Told what is being done and the share done, 0 to 1; null for nobody.</summary>
    public Action<string, double>? Progress { get; init; }

    /// <summary>Where prepared markets are kept for other runs; null to keep none. One store serves many runs at once.</summary>
    public ContentStore? Store { get; init; }

    /// <summary>Tells what is being done, after looking whether the run was cancelled.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Report(string what, double share)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Invoke(what, share);
    }
}
