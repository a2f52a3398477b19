using System.Diagnostics;

namespace Plimsoll.Mutation;

/// <summary>Ends the process when a mutant takes too long: loops that do not end are told by the processor time they burn, whatever else the machine does.</summary>
internal sealed class Watch
{
    private static readonly TimeSpan _standstill = TimeSpan.FromMinutes(3);
    private readonly Lock _lock = new();
    private TimeSpan? _until;
    private DateTime _latest;

    /// <summary>Starts watching.</summary>
    /// <param name="late">Called before the process ends.</param>
    public Watch(Action late)
    {
        var watcher = new Thread(() =>
        {
            while (true)
            {
                Thread.Sleep(200);
                lock (_lock)
                {
                    if (_until is { } until && (Burnt() > until || DateTime.UtcNow > _latest))
                    {
                        late();
                        Process.GetCurrentProcess().Kill();
                    }
                }
            }
        })
        {
            IsBackground = true,
        };
        watcher.Start();
    }

    /// <summary>A mutant begins.</summary>
    /// <param name="limit">Processor time it may take.</param>
    public void Begin(TimeSpan limit)
    {
        lock (_lock)
        {
            _until = Burnt() + limit;
            _latest = DateTime.UtcNow + _standstill + limit;
        }
    }

    /// <summary>A mutant is through.</summary>
    public void End()
    {
        lock (_lock)
        {
            _until = null;
        }
    }

    private static TimeSpan Burnt() => Process.GetCurrentProcess().TotalProcessorTime;
}
