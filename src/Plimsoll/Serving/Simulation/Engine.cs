using System.Runtime.CompilerServices;
using Plimsoll.Performance;
using Plimsoll.Serving.Prefix;
using Plimsoll.Serving.Recording;

namespace Plimsoll.Serving.Simulation;

/// <summary>One engine, advanced from one change of its batch to the next.</summary>
/// <remarks>
/// Decoding sequences are known by sums only: how many, their KV tokens, and how many of them cross a block border at each step number modulo the block.
/// So a step costs the same whatever the batch. The effects of a step are applied when it is scheduled; only those that finish wait for its end.
/// </remarks>
internal sealed partial class Engine
{
    /// <summary>A time after all others: advance until the work is done.</summary>
    public const long Forever = long.MaxValue;
    private const int None = -1;
    private readonly ServingRun _run;
    private readonly SlotPool _pool;
    private readonly SimulationRecorder _recorder;
    private readonly IStepLaw _law;
    private readonly DecodeLines _lines;
    private readonly PrefixCache? _cache;
    private readonly WaitingQueue _waiting;
    private readonly FinishWheel _wheel = new();
    private readonly int[] _crossings;
    private readonly int[] _joining;
    private readonly int _blocks;
    private readonly int _blockMask;
    private readonly int _blockShift;
    private readonly int _maxSequences;
    private readonly int _tokensPerStep;
    private readonly bool _chunks;
    private readonly bool _byPriority;
    private readonly SequenceCache _sequence;
    private readonly bool _plain;
    private FailureClock _failures;
    private long _upAt = long.MinValue;

    /// <summary>End of the latest step.</summary>
    private long _clock;

    /// <summary>Steps run so far.</summary>
    private long _step;

    /// <summary>Tokens that the latest step gave each sequence that decoded: steps that end with it.</summary>
    private int _tokens = 1;

    /// <summary>Whether a step with prompts may give a sequence more than one token.</summary>
    private readonly bool _drafts;

    /// <summary>Steps so far that decoded and computed prompts too.</summary>
    private long _mixed;

    /// <summary>Sequences finish at the end of the latest step and have not left.</summary>
    private bool _ending;

    /// <summary>The step under way will not end: a failure comes first, at the clock.</summary>
    private bool _doomed;

    /// <summary>The head of the queue did not fit, and nothing has changed in its favour.</summary>
    private bool _blocked;
    private int _free;
    private int _decoding;
    private int _loading;
    private long _kvTokens;

    /// <summary>Blocks that the decoding sequences take when all of them cross a block border.</summary>
    private int _decodingBlocks;
    private int _running;
    private int _oldest = None;
    private int _newest = None;

    /// <summary>The one sequence in the middle of its prefill, the newest of all.</summary>
    private int _partial = None;

    public Engine(
        ServingRun run,
        int firstIndex,
        int place,
        IStepLaw law,
        DecodeLines lines,
        int blocks,
        PrefixCache? cache
    )
    {
        var config = run.Config;
        Place = place;
        Index = firstIndex + place;
        _run = run;
        _pool = run.Pool;
        _recorder = run.Recorder;
        _law = law;
        _drafts = law.TokensPerMixedStep != 1;
        _sequence = law.Sequence;
        _plain = _sequence.IsPlain;
        _lines = lines;
        _cache = cache;
        _blocks = blocks;
        _free = blocks;
        _blockMask = config.KvBlockTokens - 1;
        _blockShift = System.Numerics.BitOperations.Log2((uint)config.KvBlockTokens);
        _maxSequences = config.MaxSequences;
        _tokensPerStep = config.TokensPerStep;
        _chunks = config.ChunkedPrefill;
        _byPriority = config.Admission == AdmissionPolicy.Priority;
        _waiting = new WaitingQueue(_pool, _byPriority);
        _crossings = new int[config.KvBlockTokens];
        _joining = new int[config.MaxSequences];
        _failures = new FailureClock(config.Failures, config.Seed, Index);
    }

    /// <summary>Number among all replicas.</summary>
    public int Index { get; }

    /// <summary>Number among those behind the same router.</summary>
    public int Place { get; }

    /// <summary>Requests given to it and not gone, as of the time it was advanced to.</summary>
    public int Load { get; private set; }

    /// <summary>Steps run, the lost ones included.</summary>
    public long Steps { get; private set; }

    /// <summary>Picoseconds in which steps ran.</summary>
    public long Busy { get; private set; }

    /// <summary>Most blocks held.</summary>
    public int PeakBlocks { get; private set; }

    /// <summary>The same as a share.</summary>
    public double PeakShare => (double)PeakBlocks / _blocks;

    /// <summary>Of the load, the requests that wait.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Its replica is let go, empty: what the cache holds is lost.</summary>
    public void Forget() => _cache?.Clear();

    public bool HasWork => _running + _waiting.Count > 0;

    /// <summary>Whether so many tokens of one sequence fit its KV cache.</summary>
    public bool CanHold(long tokens)
    {
        var (each, reserved) = _sequence.Blocks(tokens, _blockMask + 1);
        return (((tokens + _blockMask) >> _blockShift) * each) + reserved <= _blocks;
    }

    public bool IsDown(long now) => _upAt > now;

    /// <summary>The next time at which it can do anything; the largest number when it has nothing to do.</summary>
    public long NextTime
    {
        get
        {
            var next = !HasWork ? long.MaxValue : Math.Max(_clock, _upAt);
            return Math.Min(next, _failures.At);
        }
    }

    /// <summary>A request is given to it that loads its KV first.</summary>
    public void Expect()
    {
        Load++;
        _loading++;
    }

    /// <summary>The request's load is done, and it queues.</summary>
    public void Arrived()
    {
        Load--;
        _loading--;
    }

    /// <summary>Leading tokens of a waiting request's prompt that its cache holds now.</summary>
    public int CachedTokens(in Slot slot) =>
        _cache is null
            ? 0
            : _cache.LookUp(slot, (slot.Length - 1) >> _blockShift, out _) << _blockShift;

    public void Queue(int index, long now)
    {
        Load++;
        if (!HasWork)
        {
            _clock = Math.Max(_clock, now);
        }
        _pool.Items[index].QueuedAt = now;
        _waiting.Add(index);
        if (_byPriority || _waiting.Count == 1)
        {
            _blocked = false;
        }
    }

    /// <summary>Does all that happens up to a time, but starts no step at that very time.</summary>
    public void AdvanceTo(long now)
    {
        while (true)
        {
            if (_ending)
            {
                if (_clock > now)
                {
                    return;
                }
                EndStep();
            }
            if (now == Forever && !HasWork)
            {
                return;
            }
            var start = HasWork ? Math.Max(_clock, _upAt) : long.MaxValue;
            if (_failures.At <= start)
            {
                if (_failures.At > now)
                {
                    return;
                }
                Fail();
                continue;
            }
            if (start >= now)
            {
                return;
            }
            Work(start, now);
        }
    }

    /// <summary>Starts what can start at a time, after <see cref="AdvanceTo"/> that time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">No step of the run may start at or after this.</param>
    public void StartAt(long now, long limit)
    {
        if (!_ending && !_doomed && HasWork && Math.Max(_clock, _upAt) == now && _failures.At > now)
        {
            Work(now, limit);
        }
    }

    public void Rebase(long shift)
    {
        _clock = Math.Max(_clock, long.MinValue + shift) - shift;
        _upAt = Math.Max(_upAt, long.MinValue + shift) - shift;
        _failures.Rebase(shift);
    }

    /// <summary>Lets go of what finished with the latest step, the newest first.</summary>
    private void EndStep()
    {
        _ending = false;
        if (_tokens > 1)
        {
            EndEarlier();
        }
        EndWith(_step, 0);
    }

    /// <summary>Lets go of what finished with an earlier token of the latest step.</summary>
    private void EndEarlier()
    {
        for (var beyond = _tokens - 1; beyond > 0; beyond--)
        {
            EndWith(_step - beyond, beyond);
        }
    }

    /// <summary>Lets go of what finished with one token of the latest step.</summary>
    /// <param name="step">Number of the token.</param>
    /// <param name="beyond">Tokens that the step gave beyond it, which their room was held for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndWith(long step, int beyond)
    {
        var slots = _pool.Items;
        for (var index = _wheel.TakeAt(slots, step); index >= 0; index = _wheel.TakeAt(slots, step))
        {
            ref var slot = ref slots[index];
            var tokens = slot.Input + slot.Target - 1 + beyond;
            slot.Generated = slot.Target;
            slot.LastToken = _clock;
            LeaveDecoding(slot, tokens);
            Unlist(index);
            Load--;
            Release(ref slot, BlocksFor(slot, tokens));
            _blocked = false;
            _run.Leave(index, this, _clock);
            slots = _pool.Items;
        }
    }

    private void Fail()
    {
        var at = _failures.At;
        var real = _failures.IsReal;
        var up = _failures.Take();
        _doomed = false;
        if (!real)
        {
            return;
        }
        _upAt = up;
        _clock = at;
        for (var index = _oldest; index >= 0; index = _pool.Items[index].Next)
        {
            _cache?.Forget(ref _pool.Items[index]);
            _run.AddFailed(index);
        }
        while (_waiting.Count > 0)
        {
            var index = _waiting.First;
            _waiting.RemoveFirst();
            _recorder.Levels.AddWait(_pool.Items[index].QueuedAt, at);
            _run.AddFailed(index);
        }
        // What loads for it goes on and queues until it is up again.
        Load = _loading;
        _running = 0;
        _oldest = None;
        _newest = None;
        _partial = None;
        _decoding = 0;
        _decodingBlocks = 0;
        _kvTokens = 0;
        _free = _blocks;
        _blocked = false;
        Array.Clear(_crossings);
        _wheel.Clear();
        _cache?.Clear();
        _run.EndFailure(this, at);
    }
}
