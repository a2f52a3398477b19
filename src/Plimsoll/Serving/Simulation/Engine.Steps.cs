using System.Runtime.CompilerServices;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Simulation;

internal sealed partial class Engine
{
    /// <summary>Runs one mixed step, or a run of decode steps that start before a limit.</summary>
    private void Work(long start, long limit)
    {
        var crossing = _crossings[(int)-(_step + 1) & _blockMask];
        var mayAdmit =
            _waiting.Count > 0
            && !_blocked
            && _running < _maxSequences
            && _decoding < _tokensPerStep;
        if (_partial < 0 && !mayAdmit && crossing <= _free && _decoding > 0)
        {
            Decode(start, limit);
            return;
        }
        Mix(start, crossing);
    }

    /// <summary>A run of decode steps up to the first that finishes a sequence, leaves the line of the law, lacks blocks, starts too late or meets a failure.</summary>
    private void Decode(long start, long limit)
    {
        ref readonly var line = ref _lines.At(_decoding, _kvTokens);
        var first = line.Base + (line.Slope * _kvTokens);
        var growth = line.Slope * _decoding;
        var steps = Math.Min(_wheel.StepsToNext(_step), RunLength.Most);
        if (first < 1)
        {
            first = 1;
            steps = 1;
        }
        if (start + first >= limit)
        {
            steps = 1;
        }
        if (steps > 1)
        {
            if (line.ValidTo != long.MaxValue)
            {
                steps = (int)Math.Min(steps, ((line.ValidTo - _kvTokens) / _decoding) + 1);
            }
            if (limit != Forever)
            {
                steps = Math.Min(
                    steps,
                    1 + RunLength.Within(limit - start - 1, first, growth, steps - 1)
                );
            }
            if ((long)_decodingBlocks * ((steps + _blockMask) >> _blockShift) > _free)
            {
                steps = StepsWithBlocks(steps);
            }
        }
        var duration = RunLength.Duration(steps, first, growth);
        if (start + duration > _failures.At)
        {
            steps = RunLength.Within(_failures.At - start, first, growth, steps);
            if (steps == 0)
            {
                _doomed = true;
                TakeBlocks(_crossings[(int)-(_step + 1) & _blockMask]);
                AddSteps(start, _failures.At, 1);
                return;
            }
            duration = RunLength.Duration(steps, first, growth);
        }
        // The blocks of the first step are held from its start.
        TakeBlocks(_crossings[(int)-(_step + 1) & _blockMask]);
        if (steps == 1)
        {
            AddSteps(start, start + duration, 1);
        }
        else
        {
            AddRun(start, start + duration, steps, first, growth);
            TakeBlocks(Crossings(_step + 2, steps - 1));
            PeakBlocks = Math.Max(PeakBlocks, _blocks - _free);
        }
        _step += steps;
        _kvTokens += (long)steps * _decoding;
        _run.Totals.Output += (long)steps * _decoding;
        if (steps == 1)
        {
            _recorder.InterToken.Add(duration, _decoding);
        }
        else
        {
            _recorder.InterToken.AddRun(first, growth, steps, duration, _decoding);
        }
        _tokens = 1;
        _ending = _wheel.HasAt(_step);
    }

    /// <summary>One step with prefill or admission, or one that lacks blocks.</summary>
    private void Mix(long start, int crossing)
    {
        var joining = 0;
        var prefill = 0;
        var context = 0L;
        var arrivedDecodes = 0;
        var arrivedTokens = 0L;
        var chunk = 0;
        var partialBlocks = 0;
        if (_partial >= 0)
        {
            ref var slot = ref _pool.Items[_partial];
            chunk = Math.Min(slot.Length - slot.Computed, _tokensPerStep - _decoding);
            partialBlocks = chunk == 0 ? 0 : BlocksFor(slot, slot.Computed + chunk) - slot.Blocks;
        }
        var admits = true;
        var preempts = false;
        if (crossing + partialBlocks <= _free)
        {
            TakeBlocks(crossing);
        }
        else
        {
            admits = false;
            preempts = true;
            chunk = MakeRoom(start);
            if (_running == 0)
            {
                // Its only sequence preempted itself: the schedule is made again.
                admits = true;
            }
        }
        var budget = _tokensPerStep - _decoding;
        if (_partial >= 0 && chunk > 0)
        {
            Prefill(_partial, chunk, ref context);
            prefill += chunk;
            budget -= chunk;
            joining = _partial < 0 ? AddJoining(joining, _newest) : joining;
        }
        if (admits)
        {
            while (_waiting.Count > 0 && _running < _maxSequences && budget > 0 && !_blocked)
            {
                var taken = Admit(start, budget, ref context);
                if (taken <= 0)
                {
                    // Too little budget is mended by the next step, too few blocks are not.
                    _blocked = taken < 0;
                    break;
                }
                budget -= taken;
                ref var slot = ref _pool.Items[_newest];
                if (slot.Transferred)
                {
                    arrivedDecodes++;
                    arrivedTokens += slot.Input;
                }
                else
                {
                    prefill += taken;
                }
                joining = _partial < 0 ? AddJoining(joining, _newest) : joining;
            }
        }
        if (_running == 0)
        {
            throw new InvalidOperationException(
                "A step without a sequence: the simulator has lost track."
            );
        }
        _tokens = _drafts && prefill > 0 && _decoding > 0 && !preempts ? Drafted() : 1;
        var kv = _kvTokens + arrivedTokens;
        var line =
            prefill == 0 && arrivedDecodes == 0
                ? _lines.At(_decoding, kv)
                : IntegerStep.Of(
                    _law,
                    new BatchShape(_decoding + arrivedDecodes, kv, prefill, context)
                );
        var duration = Math.Max(1, line.Base + (line.Slope * kv));
        if (start + duration > _failures.At)
        {
            _doomed = true;
            AddSteps(start, _failures.At, 1);
            return;
        }
        long made = _decoding;
        var each = duration;
        if (_tokens > 1)
        {
            made = (made * _tokens) - Beyond();
            each = Math.Max(1, duration / _tokens);
        }
        _step += _tokens;
        _kvTokens += (long)_tokens * _decoding;
        _run.Totals.Output += made + joining;
        if (_decoding > 0)
        {
            _recorder.InterToken.Add(each, made);
        }
        var end = start + duration;
        AddSteps(start, end, 1);
        for (var i = 0; i < joining; i++)
        {
            Join(_joining[i], end);
        }
        _ending = _wheel.HasAt(_step);
        for (var i = 1; i < _tokens; i++)
        {
            _ending |= _wheel.HasAt(_step - i);
        }
    }

    /// <summary>Tokens that each decoding sequence gains in a step with prompts, and takes the blocks for; 1 where blocks for more are lacking.</summary>
    private int Drafted()
    {
        var tokens = MixedStepTokens.Of(_law, _mixed++);
        var blocks = Crossings(_step + 2, tokens - 1);
        if (blocks > _free)
        {
            return 1;
        }
        TakeBlocks(blocks);
        return tokens;
    }

    /// <summary>Tokens that sequences do not make because they finish with an earlier one of the step.</summary>
    private long Beyond()
    {
        var beyond = 0L;
        for (var i = 1; i < _tokens; i++)
        {
            beyond += (long)(_tokens - i) * _wheel.CountAt(_pool.Items, _step + i);
        }
        return beyond;
    }

    private int AddJoining(int count, int index)
    {
        _joining[count] = index;
        return count + 1;
    }

    /// <summary>A sequence made a token by its prefill, or its first after a transfer, and decodes from now on.</summary>
    private void Join(int index, long end)
    {
        ref var slot = ref _pool.Items[index];
        if (slot.HasFirstToken)
        {
            _recorder.InterToken.Add(end - slot.LastToken);
        }
        else
        {
            slot.HasFirstToken = true;
            slot.FirstToken = end;
            _run.Write(slot, Place, end);
        }
        slot.Decoding = true;
        slot.FinishStep = _step + slot.Target - slot.Generated - 1;
        _decoding++;
        _decodingBlocks += slot.EachBlock;
        _kvTokens += slot.Length;
        _crossings[Phase(slot)] += slot.EachBlock;
        _wheel.Add(_pool.Items, index);
    }

    private void LeaveDecoding(in Slot slot, int tokens)
    {
        _decoding--;
        _decodingBlocks -= slot.EachBlock;
        _kvTokens -= tokens;
        _crossings[Phase(slot)] -= slot.EachBlock;
    }

    /// <summary>Place of a decoding sequence among the crossings: it needs a block in the steps whose number adds to a multiple of the block.</summary>
    private int Phase(in Slot slot) =>
        (int)(slot.Input + slot.Target - 2 - slot.FinishStep) & _blockMask;

    /// <summary>Blocks that decoding sequences need in a run of steps.</summary>
    private int Crossings(long firstStep, int steps)
    {
        var blocks = (steps >> _blockShift) * _decodingBlocks;
        for (var rest = steps & _blockMask; rest > 0; rest--)
        {
            blocks += _crossings[(int)-firstStep++ & _blockMask];
        }
        return blocks;
    }

    /// <summary>The most steps for which the free blocks last; the first is known to fit.</summary>
    private int StepsWithBlocks(int most)
    {
        var blocks = 0;
        var steps = 0;
        while (steps < most)
        {
            blocks += _crossings[(int)-(_step + 1 + steps) & _blockMask];
            if (blocks > _free)
            {
                break;
            }
            steps++;
        }
        return steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeBlocks(int blocks)
    {
        _free -= blocks;
        if (_cache is not null && blocks > 0)
        {
            _cache.Take(blocks);
        }
    }

    /// <summary>Accounts for steps during which the held blocks do not change.</summary>
    private void AddSteps(long start, long end, int steps)
    {
        var held = _blocks - _free;
        Steps += steps;
        Busy += end - start;
        PeakBlocks = Math.Max(PeakBlocks, held);
        _recorder.Levels.AddRunning(start, end, _running, held);
        _clock = end;
    }

    private const long LongestWholeRun = 1L << 52;

    /// <summary>Accounts for a run of decode steps before its blocks are taken, those of the first step excepted.</summary>
    private void AddRun(long start, long end, int steps, long first, long growth)
    {
        Steps += steps;
        Busy += end - start;
        _clock = end;
        var held = _blocks - _free;
        // Sums over so short a run stay below 64 bits.
        if (!_recorder.Levels.HoldsWhole(start, end) || end - start > LongestWholeRun)
        {
            for (var i = 0; i < steps; i++)
            {
                held += i == 0 ? 0 : _crossings[(int)-(_step + 1 + i) & _blockMask];
                var next = start + first + (growth * i);
                _recorder.Levels.AddRunning(start, next, _running, held);
                start = next;
            }
            return;
        }
        var span = end - start;
        var blocks = Math.BigMul(span, (long)held);
        for (var i = 1; i <= _blockMask + 1 && i < steps; i++)
        {
            // The blocks taken at the start of step i, and of every step a block further on, are held to the end.
            var taken = _crossings[(int)-(_step + 1 + i) & _blockMask];
            if (taken != 0)
            {
                var times = ((steps - 1 - i) >> _blockShift) + 1;
                blocks += Math.BigMul(
                    (times * span) - Before(i, times, first, growth),
                    (long)taken
                );
            }
        }
        _recorder.Levels.AddWhole(span, _running, blocks);
    }

    /// <summary>Sum of the durations of the first i, i + block, i + 2 blocks, ... steps of a run, so many terms.</summary>
    private long Before(long i, long times, long first, long growth)
    {
        if (times == 1)
        {
            return RunLength.Duration(i, first, growth);
        }
        var block = _blockMask + 1L;
        var pairs = times * (times - 1) / 2;
        var sum = (times * i) + (block * pairs);
        var squares =
            (times * i * i)
            + (2 * i * block * pairs)
            + (block * block * (pairs * ((2 * times) - 1) / 3));
        return (first * sum) + (growth * ((squares - sum) / 2));
    }
}
