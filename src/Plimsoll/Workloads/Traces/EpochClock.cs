namespace Plimsoll.Workloads.Traces;

/// <summary>Turns times without bound into picoseconds after an epoch that moves now and then, as <see cref="IRequestSource"/> asks.</summary>
internal struct EpochClock
{
    private const long StepSeconds = 50L * 86_400;
    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private static readonly Int128 _step = (Int128)StepSeconds * PicosecondsPerSecond;

    /// <summary>The epoch in seconds from the start.</summary>
    public long Seconds { get; private set; }

    /// <summary>Prepares for a batch that begins at a time: moves the epoch by one step at most.</summary>
    /// <returns>False when the time lies too far ahead to be told: nothing happened for more than 50 days.</returns>
    public bool Open(Int128 picoseconds)
    {
        if (picoseconds - Zero > _step)
        {
            Seconds += StepSeconds;
        }
        return picoseconds - Zero <= _step;
    }

    /// <summary>Whether a time may stand in a batch of this epoch.</summary>
    public readonly bool Holds(Int128 picoseconds) => picoseconds - Zero <= _step;

    /// <summary>The time after the epoch.</summary>
    public readonly long Relative(Int128 picoseconds) => (long)(picoseconds - Zero);

    private readonly Int128 Zero => (Int128)Seconds * PicosecondsPerSecond;
}
