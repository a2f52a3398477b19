using Plimsoll.Performance;
using Plimsoll.Serving.Offload;
using Plimsoll.Serving.Prefix;
using Plimsoll.Serving.Recording;
using Plimsoll.Serving.Scaling;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Stepwise;

/// <summary>One run: goes from instant to instant and looks at every replica at each.</summary>
internal sealed partial class StepwiseRun : IScaledReplicas
{
    private readonly ServingConfig _config;
    private readonly SimulationRecorder _recorder;
    private readonly StepwiseReplica[] _replicas;
    private readonly StepwiseReplica[] _decoders;
    private readonly StepwiseRouter _router;
    private readonly StepwiseRouter _decodeRouter;
    private readonly StepwiseArrivals _arrivals;
    private readonly ScaledFleet? _fleet;
    private StepwiseReplica[] _serving;
    private readonly List<Sequence> _onTheirWay = [];
    private readonly List<Sequence> _transfers = [];
    private readonly List<Sequence> _loads = [];
    private readonly OffloadedKv? _offload;
    private readonly SpanArena<PathPiece> _paths = new();
    private readonly long _overhead;
    private ReplicaTotals _totals;
    private long _now;

    public StepwiseRun(
        IStepLaw law,
        IStepLaw decodeLaw,
        ServingConfig config,
        IRequestSource source
    )
    {
        _config = config;
        _recorder = new SimulationRecorder(config);
        _arrivals = new StepwiseArrivals(source);
        _overhead = IntegerStep.ToPicoseconds(law.RequestOverheadSeconds);
        _router = new StepwiseRouter(config.Routing, config.Seed, 0);
        _decodeRouter = new StepwiseRouter(config.Routing, config.Seed, 1);
        var decoders = config.Disaggregation?.DecodeReplicas ?? 0;
        var blocks = Blocks(law);
        var decodeBlocks = Blocks(decodeLaw);
        var most = config.Autoscaling?.MaxReplicas ?? config.Replicas;
        _replicas = new StepwiseReplica[most];
        for (var i = 0; i < _replicas.Length; i++)
        {
            _replicas[i] = new StepwiseReplica(i, law, config, blocks, decodes: false);
        }
        _decoders = new StepwiseReplica[decoders];
        for (var i = 0; i < decoders; i++)
        {
            _decoders[i] = new StepwiseReplica(
                _replicas.Length + i,
                decodeLaw,
                config,
                decodeBlocks,
                decodes: true
            );
        }
        _serving = _replicas;
        if (config.Autoscaling is { } scaling)
        {
            _fleet = new ScaledFleet(scaling, config.Replicas, this);
            _serving = _replicas[..config.Replicas];
        }
        _offload =
            config.Offload.Count > 0
                ? new OffloadedKv(
                    config.Offload,
                    most,
                    System.Numerics.BitOperations.Log2((uint)config.KvBlockTokens)
                )
                : null;
        _totals.Replicas = most;
        _totals.DecodeReplicas = decoders;
        _totals.Blocks = ((double)blocks * most) + ((double)decodeBlocks * decoders);
        _totals.Accelerators = (most * law.Accelerators) + (decoders * decodeLaw.Accelerators);
    }

    public SimulationResult ToEnd()
    {
        for (var i = 0; i < _config.ClosedLoopConcurrency; i++)
        {
            Release(0);
        }
        _now = 0;
        var started = false;
        while (NextInstant() is { } next)
        {
            if (started)
            {
                Record(_now, next);
            }
            started = true;
            _now = next;
            EndSteps();
            FailReplicas();
            Scale();
            TakeReady();
            foreach (var replica in _replicas.Concat(_decoders))
            {
                replica.StartStep(_now, ref _totals);
            }
        }
        _totals.Paid = _fleet?.PaidUntil(_recorder.LastEnd);
        _totals.Tiers = _offload?.Results() ?? [];
        _totals.Scaling = _fleet?.Result(_recorder.LastEnd);
        return _recorder.Result(_totals);
    }

    int IScaledReplicas.Load(int place) => _replicas[place].Load;

    int IScaledReplicas.Waiting(int place) => _replicas[place].WaitingCount;

    void IScaledReplicas.LetGo(int place, long now)
    {
        _replicas[place].Forget();
        _offload?.Lose(place, now);
    }

    private void Scale()
    {
        if (_fleet is not null && _fleet.Next <= _now)
        {
            _fleet.At(_now);
            _serving = Array.ConvertAll(_fleet.Serving, place => _replicas[place]);
        }
    }

    private int Blocks(IStepLaw law) =>
        (int)((_config.KvCapacityTokens ?? law.KvCapacityTokens) / _config.KvBlockTokens);

    /// <summary>The next time at which something can happen; null when all work is done.</summary>
    private long? NextInstant()
    {
        if (_config.ClosedLoopConcurrency == 0 && _onTheirWay.Count == 0)
        {
            Release(null);
        }
        var work = _onTheirWay.Count > 0 || _transfers.Count > 0 || _loads.Count > 0;
        var next = long.MaxValue;
        foreach (var sequence in _onTheirWay.Concat(_transfers).Concat(_loads))
        {
            next = Math.Min(next, sequence.Ready);
        }
        foreach (var replica in _replicas.Concat(_decoders))
        {
            work |= replica.HasWork;
            next = Math.Min(next, replica.StepEnd ?? long.MaxValue);
            next = Math.Min(next, replica.NextFailure);
            if (replica.HasWork && replica.IsDown(_now))
            {
                next = Math.Min(next, replica.UpAt);
            }
        }
        next = Math.Min(next, _fleet?.Next ?? long.MaxValue);
        return work ? next : null;
    }

    /// <summary>Lets the next request of the source arrive, at its own time or at the given one.</summary>
    private void Release(long? at)
    {
        if (_arrivals.Next(out var shift) is not { } sequence)
        {
            return;
        }
        if (shift != 0 && at is null)
        {
            Rebase(shift);
        }
        sequence.Arrival = at ?? sequence.Arrival;
        sequence.Ready = sequence.Arrival + _overhead;
        _totals.Overheads += _overhead;
        _recorder.Read(sequence.Request, sequence.Arrival);
        _fleet?.Begin(sequence.Arrival);
        _onTheirWay.Add(sequence);
    }

    private void Rebase(long shift)
    {
        _now -= shift;
        _recorder.Rebase(shift);
        _fleet?.Rebase(shift);
        _offload?.Rebase(shift);
        foreach (var replica in _replicas.Concat(_decoders))
        {
            replica.Rebase(shift);
        }
        foreach (var sequence in _onTheirWay.Concat(_transfers).Concat(_loads))
        {
            StepwiseSimulator.Rebase(sequence, shift);
        }
    }

    private void Record(long from, long to)
    {
        foreach (var replica in _replicas.Concat(_decoders))
        {
            _recorder.Levels.AddRunning(from, to, replica.RunningCount, replica.Kv.Held);
            _recorder.Levels.AddWaiting(from, to, replica.WaitingCount);
        }
    }
}
