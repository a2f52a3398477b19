using Plimsoll.Performance;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Simulation;

/// <summary>A fixed number of requests is kept inside. All replicas go from instant to instant together, because any end may send a request to any of them.</summary>
internal sealed class ClosedLoopRun(
    IStepLaw law,
    IStepLaw decodeLaw,
    ServingConfig config,
    IRequestSource source
) : ServingRun(law, decodeLaw, config)
{
    private readonly Request[] _buffer = new Request[1024];
    private readonly Queue<int> _onTheirWay = new();
    private int _next;
    private int _count;

    public SimulationResult ToEnd()
    {
        for (var i = 0; i < Config.ClosedLoopConcurrency; i++)
        {
            Follow(0);
        }
        var alone = Engines.Length == 1 && Decoders.Length == 0;
        while (NextInstant() is var now && now != Engine.Forever)
        {
            Advance(now);
            QueueLoaded(now);
            while (_onTheirWay.TryPeek(out var index) && Ready(index) <= now)
            {
                Route(_onTheirWay.Dequeue(), now);
            }
            RouteTransfers(now);
            var limit = alone ? Engine.Forever : now + 1;
            if (_onTheirWay.TryPeek(out var coming))
            {
                limit = Math.Min(limit, Ready(coming));
            }
            limit = Math.Min(limit, NextLoad);
            foreach (var engine in Engines)
            {
                engine.StartAt(now, limit);
            }
            foreach (var engine in Decoders)
            {
                engine.StartAt(now, limit);
            }
        }
        return Result();
    }

    /// <inheritdoc/>
    protected override void Follow(long now)
    {
        if (_next == _count)
        {
            _count = source.Read(_buffer);
            _next = 0;
            if (_count == 0)
            {
                return;
            }
        }
        ref readonly var request = ref _buffer[_next++];
        var pieces = source.Prefixes.Slice(request.PrefixStart, request.PrefixCount);
        _onTheirWay.Enqueue(Arrive(request, pieces, now));
    }

    private void Advance(long now)
    {
        foreach (var engine in Engines)
        {
            engine.AdvanceTo(now);
        }
        foreach (var engine in Decoders)
        {
            engine.AdvanceTo(now);
        }
    }

    private long NextInstant()
    {
        var next = Engine.Forever;
        var work = _onTheirWay.Count > 0 || Transfers.Count > 0 || Loads.Count > 0;
        if (_onTheirWay.TryPeek(out var index))
        {
            next = Ready(index);
        }
        next = Math.Min(next, NextLoad);
        if (Transfers.TryPeek(out _, out var due))
        {
            next = Math.Min(next, due.Ready);
        }
        foreach (var engine in Engines)
        {
            work |= engine.HasWork;
            next = Math.Min(next, engine.NextTime);
        }
        foreach (var engine in Decoders)
        {
            work |= engine.HasWork;
            next = Math.Min(next, engine.NextTime);
        }
        return work ? next : Engine.Forever;
    }
}
