using Plimsoll.Performance;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Simulation;

/// <summary>Requests arrive at the source's times. Each replica is advanced only when somebody looks at it.</summary>
internal sealed class OpenLoopRun(
    IStepLaw law,
    IStepLaw decodeLaw,
    ServingConfig config,
    IRequestSource source
) : ServingRun(law, decodeLaw, config)
{
    private readonly Request[] _buffer = new Request[1024];
    private long _epoch;
    private long _now;

    public SimulationResult ToEnd()
    {
        while (source.Read(_buffer) is > 0 and var count)
        {
            if (source.EpochSeconds != _epoch)
            {
                MoveEpoch();
            }
            var prefixes = source.Prefixes;
            foreach (ref readonly var request in _buffer.AsSpan(0, count))
            {
                var index = Arrive(
                    request,
                    prefixes.Slice(request.PrefixStart, request.PrefixCount),
                    request.ArrivalPicoseconds
                );
                _now = Ready(index);
                if (Changes)
                {
                    Settle(_now);
                }
                if (Decoders.Length > 0)
                {
                    AdvancePrefill(_now);
                    RouteTransfers(_now);
                }
                Route(index, _now);
            }
        }
        SettleAll();
        foreach (var engine in Engines)
        {
            engine.AdvanceTo(Engine.Forever);
        }
        RouteTransfers(Engine.Forever);
        foreach (var engine in Decoders)
        {
            engine.AdvanceTo(Engine.Forever);
        }
        return Result();
    }

    /// <summary>The fleet changes and loads end while any request is inside; an end at the very time of a change still sees it.</summary>
    private void SettleAll()
    {
        while (Loads.Count > 0 || (Fleet is not null && Array.Exists(Engines, e => e.HasWork)))
        {
            var at = Math.Min(NextLoad, Fleet?.Next ?? Engine.Forever);
            if (Fleet is not null)
            {
                AdvancePrefill(at);
            }
            if (Loads.Count > 0 || Array.Exists(Engines, e => e.HasWork) || Recorder.LastEnd == at)
            {
                Settle(at);
            }
        }
    }

    private void MoveEpoch()
    {
        Settle(_now);
        if (Decoders.Length > 0)
        {
            AdvancePrefill(_now);
            RouteTransfers(_now);
        }
        foreach (var engine in Engines)
        {
            engine.AdvanceTo(_now);
        }
        foreach (var engine in Decoders)
        {
            engine.AdvanceTo(_now);
        }
        var shift = (source.EpochSeconds - _epoch) * (long)IntegerStep.PicosecondsPerSecond;
        _epoch = source.EpochSeconds;
        _now -= shift;
        RebaseAll(shift);
    }
}
