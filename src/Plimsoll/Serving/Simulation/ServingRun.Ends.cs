namespace Plimsoll.Serving.Simulation;

internal abstract partial class ServingRun
{
    /// <summary>A sequence made its last token on an engine.</summary>
    public void Leave(int index, Engine engine, long now)
    {
        ref var slot = ref Pool.Items[index];
        if (slot.Generated < slot.Output)
        {
            var split = Config.Disaggregation!;
            var transfer = IntegerStep.ToPicoseconds(
                split.TransferLatencySeconds + (slot.Input / split.TransferTokensPerSecond)
            );
            Totals.Transfers += transfer;
            slot.Transferred = true;
            slot.Decoding = false;
            slot.Target = slot.Output;
            slot.WalkedStep = -1;
            Transfers.Enqueue(index, (now + transfer, slot.Number));
            return;
        }
        Recorder.Complete(
            slot.Number,
            slot.Client,
            slot.Output,
            Outcome(slot, RequestEnd.Completed, engine.Index, now)
        );
        Discard(index);
        Follow(now);
    }

    /// <summary>Notes a sequence that the failure of its engine takes along.</summary>
    public void AddFailed(int index) => _failed.Add(index);

    /// <summary>Ends the noted sequences in order of arrival.</summary>
    public void EndFailure(Engine engine, long now)
    {
        if (engine.Index < Engines.Length)
        {
            _offload?.Lose(engine.Place, now);
        }
        var slots = Pool.Items;
        _failed.Sort((a, b) => slots[a].Number.CompareTo(slots[b].Number));
        foreach (var index in _failed)
        {
            ref var slot = ref Pool.Items[index];
            Totals.Lost += slot.Input - slot.Reached;
            Lose(index, RequestEnd.Failed, engine.Index, now);
        }
        _failed.Clear();
    }

    protected SimulationResult Result()
    {
        foreach (var engine in Engines)
        {
            Totals.Steps += engine.Steps;
            Totals.Busy += engine.Busy;
            Totals.PeakKv = Math.Max(Totals.PeakKv, engine.PeakShare);
        }
        foreach (var engine in Decoders)
        {
            Totals.Steps += engine.Steps;
            Totals.DecodeBusy += engine.Busy;
            Totals.PeakKv = Math.Max(Totals.PeakKv, engine.PeakShare);
        }
        Totals.Replicas = Engines.Length;
        Totals.DecodeReplicas = Decoders.Length;
        Totals.Paid = Fleet?.PaidUntil(Recorder.LastEnd);
        Totals.Tiers = _offload?.Results() ?? [];
        Totals.Scaling = Fleet?.Result(Recorder.LastEnd);
        return Recorder.Result(Totals);
    }

    private void Lose(int index, RequestEnd end, int engine, long now)
    {
        ref var slot = ref Pool.Items[index];
        Recorder.Lose(slot.Number, slot.Input, Outcome(slot, end, engine, now));
        Discard(index);
        Follow(now);
    }

    private void Discard(int index)
    {
        ref var slot = ref Pool.Items[index];
        _paths.Return(slot.PathStart, slot.PathRented);
        _chains.Return(slot.RouteStart, slot.RouteCount);
        Pool.Return(index);
    }

    private static RequestOutcome Outcome(in Slot slot, RequestEnd end, int engine, long now) =>
        new(
            slot.Arrival,
            slot.HasFirstToken ? slot.FirstToken : -1,
            now,
            end,
            Math.Max(0, slot.Cached),
            slot.Preemptions,
            engine
        );
}
