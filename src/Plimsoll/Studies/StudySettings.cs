using Plimsoll.Files;

namespace Plimsoll.Studies;

/// <summary>How a study is run; none of it changes what is asked.</summary>
public sealed record StudySettings
{
    /// <summary>Joint draws of the world, at least 30.</summary>
    public int Draws { get; init; } = 2000;

    /// <summary>True to allow fewer draws: to try that a study runs, not to answer it.</summary>
    internal bool Trial { get; init; }

    /// <summary>Seed in place of the study's own; null for the study's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Threads, at least 1; the answer is the same on any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>True to compute Sobol indices as well.</summary>
    public bool Sobol { get; init; }

    /// <summary>Base points of the Sobol design, a power of 2.</summary>
    public int SobolPoints { get; init; } = 512;

    /// <summary>Where prepared markets are kept for other runs; null to keep none.</summary>
    public ContentStore? Store { get; init; }

    /// <summary>Polled for every world, draw and step of a search.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Called before every draw, from several threads: waits a moment where something more urgent wants the cores; null to go on at once.</summary>
    public Action? GiveWay { get; init; }

    /// <summary>Called with what is being done and the share done of it, 0 to 1; from several threads.</summary>
    public Action<string, double>? Progress { get; init; }
}
