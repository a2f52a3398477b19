using Plimsoll.Sampling;

namespace Plimsoll.Serving;

/// <summary>When a replica fails next.</summary>
/// <remarks>An exponential wait has no memory, so one that would not fit the clock is cut and drawn again from there.</remarks>
internal struct FailureClock
{
    private const double LongestWaitSeconds = 2e6;
    private readonly double _meanSeconds;
    private readonly long _restart;
    private RandomStream _stream;

    public FailureClock(EngineFailures? failures, ulong seed, int replica)
    {
        At = long.MaxValue;
        if (failures is null)
        {
            return;
        }
        _meanSeconds = failures.MeanSecondsBetween;
        _restart = IntegerStep.ToPicoseconds(failures.RestartSeconds);
        _stream = RandomStream.Keyed(seed, 0, new EntityId((ulong)replica), Purpose.Failures);
        Draw(0);
    }

    /// <summary>The next failure, or the end of a cut wait; the largest number without failures.</summary>
    public long At { get; private set; }

    /// <summary>False when the wait was cut, so that nothing fails.</summary>
    public bool IsReal { get; private set; }

    /// <summary>Takes the event at <see cref="At"/> and draws the next.</summary>
    /// <returns>When the replica is up again.</returns>
    public long Take()
    {
        var up = IsReal ? At + _restart : At;
        Draw(up);
        return up;
    }

    /// <summary>Moves the zero of the clock.</summary>
    public void Rebase(long shift)
    {
        if (At != long.MaxValue)
        {
            At -= shift;
        }
    }

    private void Draw(long from)
    {
        var wait = -Math.Log(_stream.NextOpenUniform()) * _meanSeconds;
        IsReal = wait <= LongestWaitSeconds;
        At = from + Math.Max(1, IntegerStep.ToPicoseconds(Math.Min(wait, LongestWaitSeconds)));
    }
}
