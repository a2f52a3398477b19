using Plimsoll.Performance;
using Plimsoll.Serving.Recording;

namespace Plimsoll.Serving.Stepwise;

internal sealed partial class StepwiseReplica
{
    /// <summary>Schedules and starts a step, if there is work.</summary>
    public void StartStep(long now, ref ReplicaTotals totals)
    {
        if (StepEnd is not null || IsDown(now) || !HasWork)
        {
            return;
        }
        while (!Schedule(ref totals)) { }
        var shape = Shape();
        var step = IntegerStep.Of(law, shape);
        var duration = Math.Max(1, step.Base + (step.Slope * shape.KvTokens));
        StepEnd = now + duration;
        totals.Steps++;
        AddBusy(ref totals, duration);
        totals.PeakKv = Math.Max(totals.PeakKv, (double)Kv.Held / Kv.Blocks);
    }

    /// <summary>Makes one schedule.</summary>
    /// <returns>Whether it holds any work.</returns>
    private bool Schedule(ref ReplicaTotals totals)
    {
        var budget = config.TokensPerStep;
        var preempted = false;
        foreach (var sequence in _running)
        {
            sequence.Taken = 0;
        }
        for (var i = 0; i < _running.Count; i++)
        {
            var sequence = _running[i];
            var taken = Math.Min(sequence.Length - sequence.Computed, budget);
            if (taken == 0)
            {
                continue;
            }
            var fits = true;
            while (Kv.Lacking(sequence, sequence.Computed + taken) > Kv.Free && fits)
            {
                var victim = Victim();
                var place = _running.IndexOf(victim);
                budget += victim.Taken;
                Preempt(victim, ref totals);
                preempted = true;
                fits = victim != sequence;
                i -= place <= i ? 1 : 0;
            }
            if (!fits)
            {
                continue;
            }
            Grow(sequence, taken, ref totals);
            budget -= taken;
        }
        if (!preempted)
        {
            var decoding = _running.FindAll(s => s.Taken > 0 && s.TakesAsDecode);
            Admit(budget, ref totals);
            if (decoding.Count > 0 && _running.Exists(s => s.Taken > 0 && !s.TakesAsDecode))
            {
                Draft(decoding);
            }
        }
        return _running.Exists(sequence => sequence.Taken > 0);
    }

    /// <summary>Gives the decoding sequences of a step with prompts all their tokens, where there are blocks for them.</summary>
    private void Draft(List<Sequence> decoding)
    {
        var tokens = MixedStepTokens.Of(law, _mixed++);
        if (decoding.Sum(s => Kv.Lacking(s, s.Computed + tokens)) > Kv.Free)
        {
            return;
        }
        foreach (var sequence in decoding)
        {
            Kv.Fill(sequence, sequence.Computed + tokens);
            sequence.Taken = tokens;
        }
    }

    private void Admit(int budget, ref ReplicaTotals totals)
    {
        while (_waiting.Count > 0 && _running.Count < config.MaxSequences && budget > 0)
        {
            var sequence = _waiting[0];
            var hits = 0;
            if (!sequence.Transferred)
            {
                hits = Kv.Hits(sequence);
            }
            var held = sequence.Transferred
                ? sequence.Request.InputTokens
                : Math.Max(hits * config.KvBlockTokens, StoredTokens(sequence));
            var taken = sequence.Length - held;
            if (taken > budget)
            {
                if (!config.ChunkedPrefill)
                {
                    return;
                }
                taken = budget;
            }
            var needed = Kv.Lacking(sequence, held + taken) - hits;
            if (needed > Kv.Free - Kv.FreeAmongHits(sequence, hits))
            {
                return;
            }
            _waiting.RemoveAt(0);
            _running.Add(sequence);
            Kv.Share(sequence, 0, hits);
            sequence.Computed = held;
            if (!sequence.Transferred)
            {
                CountHit(sequence, held, ref totals);
            }
            Grow(sequence, taken, ref totals);
            budget -= taken;
        }
    }

    /// <summary>Gives a sequence its tokens of this step and the blocks for them.</summary>
    private void Grow(Sequence sequence, int taken, ref ReplicaTotals totals)
    {
        Kv.Fill(sequence, sequence.Computed + taken);
        sequence.Taken = taken;
        sequence.TakesAsDecode = sequence.IsDecoding && !sequence.Prefills;
        if (sequence.TakesAsDecode)
        {
            return;
        }
        var to = sequence.Computed + taken;
        var fresh = Math.Max(0, Math.Min(to, sequence.Request.InputTokens) - sequence.Reached);
        totals.Prefilled += fresh;
        totals.Recomputed += taken - fresh;
        sequence.Reached += fresh;
        if (to == sequence.Length)
        {
            sequence.Prefills = false;
            Kv.Enter(sequence);
        }
    }

    private static int StoredTokens(Sequence sequence) =>
        Math.Max(
            sequence.Loaded,
            Math.Min(sequence.Request.StoredTokens, sequence.Request.InputTokens - 1)
        );

    private static void CountHit(Sequence sequence, int tokens, ref ReplicaTotals totals)
    {
        sequence.Prefills = true;
        if (sequence.CachedTokens < 0)
        {
            sequence.CachedTokens = tokens;
        }
        var fresh = Math.Max(0, tokens - sequence.Reached);
        totals.CacheHits += fresh;
        sequence.Reached += fresh;
    }

    private Sequence Victim()
    {
        var victim = _running[^1];
        if (config.Admission == AdmissionPolicy.Priority)
        {
            foreach (var sequence in _running)
            {
                victim = Worse(sequence, victim) ? sequence : victim;
            }
        }
        return victim;
    }

    private void Preempt(Sequence victim, ref ReplicaTotals totals)
    {
        Kv.Release(victim);
        _running.Remove(victim);
        victim.Computed = 0;
        victim.Taken = 0;
        victim.Transferred = false;
        victim.Loaded = 0;
        victim.Preemptions++;
        totals.Preemptions++;
        _waiting.Insert(PlaceInQueue(victim, preempted: true), victim);
    }

    private BatchShape Shape()
    {
        var decoding = 0;
        var kv = 0L;
        var prefill = 0;
        var context = 0L;
        foreach (var sequence in _running)
        {
            if (sequence.Taken == 0)
            {
                continue;
            }
            if (sequence.TakesAsDecode)
            {
                decoding++;
                kv += sequence.Computed;
                continue;
            }
            prefill += sequence.Taken;
            for (var i = 1; i <= sequence.Taken; i++)
            {
                context += sequence.Computed + i;
            }
        }
        return new BatchShape(decoding, kv, prefill, context);
    }
}
