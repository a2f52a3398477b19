using Plimsoll.Performance;
using Plimsoll.Serving.Recording;

namespace Plimsoll.Serving.Stepwise;

/// <summary>One engine, scheduled step by step over a list of sequences.</summary>
internal sealed partial class StepwiseReplica(
    int index,
    IStepLaw law,
    ServingConfig config,
    int blocks,
    bool decodes
)
{
    private readonly List<Sequence> _running = [];
    private readonly List<Sequence> _waiting = [];
    private int _loading;
    private long _mixed;
    private FailureClock _failures = new(config.Failures, config.Seed, index);

    public int Index { get; } = index;
    public StepwiseKvCache Kv { get; } =
        new(
            blocks,
            config.KvBlockTokens,
            !decodes && config.PrefixCache != PrefixCacheMode.None,
            law.Sequence
        );

    /// <summary>Requests given to it and not gone.</summary>
    public int Load { get; private set; }

    /// <summary>End of the step under way; null when none runs.</summary>
    public long? StepEnd { get; private set; }

    /// <summary>When it is up again; in the past while it is up.</summary>
    public long UpAt { get; private set; } = long.MinValue;
    public long NextFailure => _failures.At;

    /// <summary>False when the next failure is the end of a cut wait only.</summary>
    public bool FailureIsReal => _failures.IsReal;

    /// <summary>Sequences that made their first token in the step ended last.</summary>
    public List<Sequence> Begun { get; } = [];
    public int RunningCount => _running.Count;
    public int WaitingCount => _waiting.Count;
    public bool HasWork => _running.Count + _waiting.Count > 0;

    public bool IsDown(long now) => UpAt > now;

    /// <summary>A request is given to it that loads its KV first.</summary>
    public void Expect()
    {
        Load++;
        _loading++;
    }

    /// <summary>The request's load is done, and it queues.</summary>
    public void QueueLoaded(Sequence sequence)
    {
        Load--;
        _loading--;
        Queue(sequence);
    }

    /// <summary>Leading prompt tokens at hand without a load.</summary>
    public int TokensAtHand(Sequence sequence)
    {
        sequence.Identities = Kv.Identities(sequence);
        return Math.Max(Kv.Hits(sequence) * config.KvBlockTokens, StoredTokens(sequence));
    }

    /// <summary>Let go, empty: its cache is lost.</summary>
    public void Forget() => Kv.Clear();

    public void Queue(Sequence sequence)
    {
        Load++;
        sequence.Identities = Kv.Identities(sequence);
        _waiting.Insert(PlaceInQueue(sequence, preempted: false), sequence);
    }

    /// <summary>Ends the step under way: tokens come out, finished sequences leave.</summary>
    /// <returns>The sequences that finished here, last admitted first.</returns>
    public List<Sequence> EndStep(SimulationRecorder recorder, ref ReplicaTotals totals)
    {
        var now = StepEnd!.Value;
        StepEnd = null;
        var gone = new List<Sequence>();
        Begun.Clear();
        foreach (var sequence in _running)
        {
            sequence.Computed += sequence.Taken;
            if (sequence.Taken == 0 || sequence.Computed < sequence.Length)
            {
                continue;
            }
            var tokens = sequence.TakesAsDecode ? sequence.Taken : 1;
            var made = Math.Min(tokens, sequence.Target - sequence.Generated);
            sequence.Beyond = tokens - made;
            sequence.Generated += made;
            totals.Output += made;
            if (!sequence.HasFirstToken)
            {
                sequence.HasFirstToken = true;
                sequence.FirstToken = now;
                Begun.Add(sequence);
            }
            else
            {
                recorder.InterToken.Add(Math.Max(1, (now - sequence.LastToken) / tokens), made);
            }
            sequence.LastToken = now;
            if (sequence.Generated == sequence.Target)
            {
                gone.Add(sequence);
            }
        }
        gone.Reverse();
        // Those that needed the fewest of the step's tokens first.
        gone = [.. gone.OrderByDescending(s => s.Beyond)];
        foreach (var sequence in gone)
        {
            Kv.Release(sequence);
            _running.Remove(sequence);
            Load--;
        }
        return gone;
    }

    /// <summary>Takes the failure (or the cut wait) that is due.</summary>
    /// <returns>The sequences lost.</returns>
    public List<Sequence> Fail(long now, ref ReplicaTotals totals)
    {
        var real = _failures.IsReal;
        var up = _failures.Take();
        if (!real)
        {
            return [];
        }
        UpAt = up;
        if (StepEnd is { } end)
        {
            AddBusy(ref totals, now - end);
            StepEnd = null;
        }
        List<Sequence> lost = [.. _running, .. _waiting];
        lost.Sort((a, b) => a.Number.CompareTo(b.Number));
        _running.Clear();
        _waiting.Clear();
        Load = _loading;
        Kv.Clear();
        return lost;
    }

    public void Rebase(long shift)
    {
        _failures.Rebase(shift);
        StepEnd -= shift;
        UpAt = Math.Max(UpAt, long.MinValue + shift) - shift;
        foreach (var sequence in _running.Concat(_waiting))
        {
            StepwiseSimulator.Rebase(sequence, shift);
        }
    }

    /// <summary>Where a sequence enters the queue.</summary>
    private int PlaceInQueue(Sequence sequence, bool preempted)
    {
        if (config.Admission == AdmissionPolicy.FirstCome)
        {
            return preempted ? 0 : _waiting.Count;
        }
        var place = 0;
        while (place < _waiting.Count && Worse(sequence, _waiting[place]))
        {
            place++;
        }
        return place;
    }

    private static bool Worse(Sequence a, Sequence b) =>
        a.Request.Priority != b.Request.Priority
            ? a.Request.Priority > b.Request.Priority
            : a.Number > b.Number;

    private void AddBusy(ref ReplicaTotals totals, long picoseconds)
    {
        if (decodes)
        {
            totals.DecodeBusy += picoseconds;
        }
        else
        {
            totals.Busy += picoseconds;
        }
    }
}
