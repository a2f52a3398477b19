using Plimsoll.Serving.Prefix;
using Plimsoll.Serving.Scaling;

namespace Plimsoll.Serving.Simulation;

/// <summary>What happens between arrivals: the fleet changes, and loads of KV from the tiers end.</summary>
internal abstract partial class ServingRun
{
    /// <summary>Requests that load their KV from a tier, by the time at which they are done.</summary>
    protected PriorityQueue<int, (long Ready, long Number)> Loads { get; } = new();

    /// <summary>When the next load is done; the largest number without one.</summary>
    protected long NextLoad => Loads.TryPeek(out _, out var due) ? due.Ready : Engine.Forever;

    /// <summary>Whether anything happens between arrivals.</summary>
    protected bool Changes => Fleet is not null || _offload is not null;

    /// <summary>Brings the fleet to a time, through each of its changes and the loads that end up to it.</summary>
    protected void Settle(long now)
    {
        while (true)
        {
            var change = Fleet?.Next ?? Engine.Forever;
            var at = Math.Min(change, NextLoad);
            if (at > now || at == Engine.Forever)
            {
                return;
            }
            if (change == at)
            {
                _router.AdvanceAll(at);
                Fleet!.At(at);
                _router.Serve(Fleet.Serving);
            }
            QueueLoaded(at);
        }
    }

    /// <summary>Queues the requests whose loads end up to a time.</summary>
    protected void QueueLoaded(long until)
    {
        while (Loads.TryPeek(out var index, out var due) && due.Ready <= until)
        {
            Loads.Dequeue();
            var engine = Engines[Pool.Items[index].Place];
            engine.AdvanceTo(due.Ready);
            engine.Arrived();
            _router.Queue(engine, index, due.Ready);
        }
    }

    /// <summary>A prompt's first token is made, so its KV can be written to the tiers.</summary>
    public void Write(in Slot slot, int place, long at) =>
        _offload?.Write(place, Path(slot), slot.Number, at);

    /// <summary>Gives a request to a replica, after the load of what a tier holds of it.</summary>
    private void LoadOrQueue(int index, long now)
    {
        if (_offload!.HoldsContent)
        {
            // Whatever was written anywhere up to now is noted.
            _router.AdvanceAll(now);
        }
        ref var slot = ref Pool.Items[index];
        var engine = _router.Choose(Chains(slot), now);
        var held = Math.Max(engine.CachedTokens(slot), slot.Stored);
        var ready = _offload.Load(engine.Place, Path(slot), slot.Input, held, now, out var tokens);
        if (ready == now)
        {
            _router.Queue(engine, index, now);
            return;
        }
        slot.Loaded = tokens;
        slot.Place = engine.Place;
        Totals.Transfers += ready - now;
        engine.Expect();
        Loads.Enqueue(index, (ready, slot.Number));
    }

    private ReadOnlySpan<PathPiece> Path(in Slot slot) =>
        _paths.Items.AsSpan(slot.PathStart, slot.PathCount);

    private void RebaseLoads(long shift)
    {
        _offload?.Rebase(shift);
        var moved = Loads.UnorderedItems.ToArray();
        Loads.Clear();
        foreach (var (index, due) in moved)
        {
            Loads.Enqueue(index, (due.Ready - shift, due.Number));
        }
    }

    int IScaledReplicas.Load(int place) => Engines[place].Load;

    int IScaledReplicas.Waiting(int place) => Engines[place].WaitingCount;

    void IScaledReplicas.LetGo(int place, long now)
    {
        Engines[place].Forget();
        _offload?.Lose(place, now);
    }
}
