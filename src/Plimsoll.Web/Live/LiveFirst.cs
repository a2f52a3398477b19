namespace Plimsoll.Web.Live;

/// <summary>What somebody waits for at a slider goes before the runs of the queue: while a price is in hand, a run stops for a moment before each of its draws.</summary>
internal sealed class LiveFirst : IDisposable
{
    /// <summary>Longest wait before one draw: a run is slowed by many sliders, and never stands still.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(250);

    private readonly ManualResetEventSlim _free = new(true);
    private readonly Lock _lock = new();
    private int _inHand;

    /// <summary>Begins something urgent, which ends when it is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_lock)
        {
            _inHand++;
            _free.Reset();
        }
        return new Urgent(this);
    }

    /// <summary>Waits while something urgent is in hand, not for ever.</summary>
    public void Wait() => _free.Wait(_longest);

    public void Dispose() => _free.Dispose();

    private void End()
    {
        lock (_lock)
        {
            if (--_inHand == 0)
            {
                _free.Set();
            }
        }
    }

    private sealed class Urgent(LiveFirst first) : IDisposable
    {
        private LiveFirst? _first = first;

        public void Dispose() => Interlocked.Exchange(ref _first, null)?.End();
    }
}
