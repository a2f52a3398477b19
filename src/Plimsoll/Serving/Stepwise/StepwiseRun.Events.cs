using Plimsoll.Serving.Prefix;

namespace Plimsoll.Serving.Stepwise;

internal sealed partial class StepwiseRun
{
    private void EndSteps()
    {
        foreach (var replica in _replicas)
        {
            if (replica.StepEnd == _now)
            {
                var gone = replica.EndStep(_recorder, ref _totals);
                foreach (var sequence in replica.Begun)
                {
                    _offload?.Write(replica.Index, sequence.Path, sequence.Number, _now);
                }
                foreach (var sequence in gone)
                {
                    Leave(sequence, replica.Index);
                }
            }
        }
        foreach (var replica in _decoders)
        {
            if (replica.StepEnd == _now)
            {
                foreach (var sequence in replica.EndStep(_recorder, ref _totals))
                {
                    Complete(sequence, replica.Index);
                }
            }
        }
    }

    private void Leave(Sequence sequence, int replica)
    {
        if (sequence.Generated == sequence.Request.OutputTokens)
        {
            Complete(sequence, replica);
            return;
        }
        var split = _config.Disaggregation!;
        var transfer = IntegerStep.ToPicoseconds(
            split.TransferLatencySeconds
                + (sequence.Request.InputTokens / split.TransferTokensPerSecond)
        );
        _totals.Transfers += transfer;
        sequence.Ready = _now + transfer;
        sequence.Transferred = true;
        sequence.Target = sequence.Request.OutputTokens;
        _transfers.Add(sequence);
    }

    private void Complete(Sequence sequence, int replica)
    {
        _recorder.Complete(
            sequence.Number,
            sequence.Request.Client,
            sequence.Request.OutputTokens,
            Outcome(sequence, RequestEnd.Completed, replica)
        );
        Follow();
    }

    private void FailReplicas()
    {
        foreach (var replica in _replicas.Concat(_decoders))
        {
            while (replica.NextFailure <= _now)
            {
                var real = replica.FailureIsReal;
                var lost = replica.Fail(_now, ref _totals);
                if (real && replica.Index < _replicas.Length)
                {
                    _offload?.Lose(replica.Index, _now);
                }
                foreach (var sequence in lost)
                {
                    _totals.Lost += sequence.Request.InputTokens - sequence.Reached;
                    Lose(sequence, RequestEnd.Failed, replica.Index);
                }
            }
        }
    }

    private void TakeReady()
    {
        foreach (
            var loaded in _loads
                .Where(s => s.Ready <= _now)
                .OrderBy(s => s.Ready)
                .ThenBy(s => s.Number)
                .ToList()
        )
        {
            _loads.Remove(loaded);
            loaded.LoadsFor!.QueueLoaded(loaded);
        }
        while (true)
        {
            var ready = _onTheirWay.Where(s => s.Ready <= _now).MinBy(s => s.Number);
            if (ready is null)
            {
                break;
            }
            _onTheirWay.Remove(ready);
            Arrive(ready);
            if (_config.ClosedLoopConcurrency == 0 && _onTheirWay.Count == 0)
            {
                Release(null);
            }
        }
        while (_transfers.Where(s => s.Ready <= _now).MinBy(s => s.Number) is { } arrived)
        {
            _transfers.Remove(arrived);
            _decodeRouter.Choose(_decoders, arrived, _now).Queue(arrived);
        }
    }

    private void Arrive(Sequence sequence)
    {
        var request = sequence.Request;
        var tokens = request.InputTokens + (request.OutputTokens - 1L);
        var prefillOnly = _decoders.Length > 0;
        if (_config.ContextTokens > 0 && tokens >= _config.ContextTokens)
        {
            Lose(sequence, RequestEnd.RejectedTooLongForContext, -1);
            return;
        }
        if (!_config.ChunkedPrefill && tokens > _config.TokensPerStep)
        {
            Lose(sequence, RequestEnd.RejectedTooLongForStep, -1);
            return;
        }
        if (
            !Fits(_replicas[0], prefillOnly ? request.InputTokens : tokens)
            || (prefillOnly && request.OutputTokens > 1 && !Fits(_decoders[0], tokens))
        )
        {
            Lose(sequence, RequestEnd.RejectedTooLongForKvCache, -1);
            return;
        }
        sequence.Target = prefillOnly ? 1 : request.OutputTokens;
        var chosen = _router.Choose(_serving, sequence, _now);
        if (_offload is null || !Load(chosen, sequence))
        {
            chosen.Queue(sequence);
        }
    }

    /// <summary>Starts the load of what a tier holds of a prompt.</summary>
    /// <returns>Whether there is anything to load.</returns>
    private bool Load(StepwiseReplica replica, Sequence sequence)
    {
        var (start, count) = PromptPath.Rent(
            _paths,
            sequence.Pieces,
            sequence.Request.InputTokens,
            System.Numerics.BitOperations.Log2((uint)_config.KvBlockTokens)
        );
        sequence.Path = _paths.Items.AsSpan(start, count).ToArray();
        _paths.Return(start, sequence.Pieces.Length);
        var ready = _offload!.Load(
            replica.Index,
            sequence.Path,
            sequence.Request.InputTokens,
            replica.TokensAtHand(sequence),
            _now,
            out var tokens
        );
        if (ready == _now)
        {
            return false;
        }
        sequence.Loaded = tokens;
        sequence.LoadsFor = replica;
        sequence.Ready = ready;
        _totals.Transfers += ready - _now;
        replica.Expect();
        _loads.Add(sequence);
        return true;
    }

    private static bool Fits(StepwiseReplica replica, long tokens) => replica.Kv.CanHold(tokens);

    private void Lose(Sequence sequence, RequestEnd end, int replica)
    {
        _recorder.Lose(
            sequence.Number,
            sequence.Request.InputTokens,
            Outcome(sequence, end, replica)
        );
        Follow();
    }

    private void Follow()
    {
        if (_config.ClosedLoopConcurrency > 0)
        {
            Release(_now);
        }
    }

    private RequestOutcome Outcome(Sequence sequence, RequestEnd end, int replica) =>
        new(
            sequence.Arrival,
            sequence.FirstToken,
            _now,
            end,
            Math.Max(0, sequence.CachedTokens),
            sequence.Preemptions,
            replica
        );
}
