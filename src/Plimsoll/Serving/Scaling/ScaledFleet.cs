namespace Plimsoll.Serving.Scaling;

/// <summary>The places of an autoscaled fleet and what stands on them, from instant to instant; both simulators use it.</summary>
internal sealed class ScaledFleet
{
    private readonly Autoscaling _policy;
    private readonly IScaledReplicas _replicas;
    private readonly Place[] _places;
    private readonly long _coldStart;
    private readonly long _interval;
    private readonly long _coolDown;

    /// <summary>Evaluations within the cool-down, those that a later one exceeds left out: the first wanted most.</summary>
    private readonly LinkedList<(long At, int Wanted)> _wanted = new();
    private readonly List<ScalingChange> _changes = [];
    private readonly int _initial;
    private bool _begun;
    private long _evaluation = long.MaxValue;

    /// <summary>The start on the present clock; it may lie before all that 64 bits hold.</summary>
    private Int128 _start;
    private Int128 _paid;
    private int _ordered;
    private int _letGo;

    public ScaledFleet(Autoscaling policy, int initial, IScaledReplicas replicas)
    {
        _policy = policy;
        _replicas = replicas;
        _initial = initial;
        _places = new Place[policy.MaxReplicas];
        _coldStart = IntegerStep.ToPicoseconds(policy.ColdStartSeconds);
        _interval = Math.Max(1, IntegerStep.ToPicoseconds(policy.IntervalSeconds));
        _coolDown = IntegerStep.ToPicoseconds(policy.CoolDownSeconds);
        for (var i = 0; i < initial; i++)
        {
            _places[i].Stage = Stage.Serving;
        }
        Serving = [.. Enumerable.Range(0, initial)];
    }

    private enum Stage
    {
        Off,
        Starting,
        Serving,
        Draining,
    }

    /// <summary>Places that take requests, in order.</summary>
    public int[] Serving { get; private set; }

    /// <summary>The next time at which something can change; the largest number before the first arrival.</summary>
    public long Next
    {
        get
        {
            var next = _evaluation;
            foreach (ref readonly var place in _places.AsSpan())
            {
                if (place.Stage == Stage.Starting)
                {
                    next = Math.Min(next, place.ReadyAt);
                }
            }
            return next;
        }
    }

    /// <summary>The first request arrives.</summary>
    public void Begin(long now)
    {
        if (_begun)
        {
            return;
        }
        _begun = true;
        _start = now;
        _evaluation = now + _interval;
        _wanted.AddLast((now, _initial));
        foreach (ref var place in _places.AsSpan(0, _initial))
        {
            place.PaidFrom = now;
        }
        Note(now);
    }

    /// <summary>What happens at <see cref="Next"/>, after steps ended and engines failed at that time.</summary>
    public void At(long now)
    {
        foreach (ref var place in _places.AsSpan())
        {
            if (place.Stage == Stage.Starting && place.ReadyAt <= now)
            {
                place.Stage = Stage.Serving;
            }
        }
        if (now == _evaluation)
        {
            _evaluation += _interval;
            Evaluate(now);
        }
        Serving =
        [
            .. Enumerable.Range(0, _places.Length).Where(i => _places[i].Stage == Stage.Serving),
        ];
        Note(now);
    }

    /// <summary>Moves the zero of the clock.</summary>
    public void Rebase(long shift)
    {
        if (!_begun)
        {
            return;
        }
        _start -= shift;
        _evaluation -= shift;
        foreach (ref var place in _places.AsSpan())
        {
            if (place.Stage != Stage.Off)
            {
                place.PaidFrom -= shift;
                place.ReadyAt -= place.Stage == Stage.Starting ? shift : 0;
            }
        }
        for (var node = _wanted.First; node is not null; node = node.Next)
        {
            node.Value = (node.Value.At - shift, node.Value.Wanted);
        }
    }

    /// <summary>Picoseconds paid, all replicas together, when the run ends at a time.</summary>
    public Int128 PaidUntil(long end)
    {
        var paid = _paid;
        foreach (ref readonly var place in _places.AsSpan())
        {
            paid += place.Stage == Stage.Off ? 0 : end - place.PaidFrom;
        }
        return paid;
    }

    /// <summary>The account of a run that ends at a time.</summary>
    public ScalingResult Result(long end)
    {
        var paid = (double)PaidUntil(end);
        var span = (double)(end - _start);
        return new ScalingResult(
            paid / IntegerStep.PicosecondsPerSecond / 3600,
            span > 0 ? paid / span : _initial,
            _ordered,
            _letGo,
            _changes.Count == 0 ? _initial : _changes.Min(c => c.Serving),
            _changes.Count == 0 ? _initial : _changes.Max(c => c.Paid),
            _changes
        );
    }

    private void Evaluate(long now)
    {
        var metric = 0L;
        var provided = 0;
        for (var i = 0; i < _places.Length; i++)
        {
            ref var place = ref _places[i];
            switch (place.Stage)
            {
                case Stage.Draining when _replicas.Load(i) == 0:
                    LetGo(i, now);
                    break;
                case Stage.Serving:
                    metric +=
                        _policy.Metric == ScalingMetric.Queue
                            ? _replicas.Waiting(i)
                            : _replicas.Load(i);
                    provided++;
                    break;
                case Stage.Starting:
                    provided++;
                    break;
                default:
                    break;
            }
        }
        var wanted = (int)
            Math.Clamp(
                Math.Ceiling(metric / _policy.Target),
                _policy.MinReplicas,
                _policy.MaxReplicas
            );
        for (var i = 0; i < _places.Length && provided < wanted; i++)
        {
            if (_places[i].Stage == Stage.Off)
            {
                _places[i] = new Place(Stage.Starting, now, now + _coldStart);
                _ordered++;
                provided++;
                if (_coldStart == 0)
                {
                    _places[i].Stage = Stage.Serving;
                }
            }
        }
        for (var enough = MostWanted(now, wanted); provided > enough; provided--)
        {
            Stop(now);
        }
    }

    /// <summary>Most replicas wanted by any evaluation within the cool-down, this one included.</summary>
    private int MostWanted(long now, int wanted)
    {
        while (_wanted.Last is { } last && last.Value.Wanted <= wanted)
        {
            _wanted.RemoveLast();
        }
        _wanted.AddLast((now, wanted));
        while (_wanted.First!.Value.At < now - _coolDown)
        {
            _wanted.RemoveFirst();
        }
        return _wanted.First.Value.Wanted;
    }

    /// <summary>Stops one replica: of those starting the one that would be ready last, else the highest place that serves.</summary>
    private void Stop(long now)
    {
        var chosen = -1;
        for (var i = 0; i < _places.Length; i++)
        {
            if (
                _places[i].Stage == Stage.Starting
                && (chosen < 0 || _places[i].ReadyAt >= _places[chosen].ReadyAt)
            )
            {
                chosen = i;
            }
        }
        if (chosen >= 0)
        {
            LetGo(chosen, now);
            return;
        }
        chosen = Array.FindLastIndex(_places, p => p.Stage == Stage.Serving);
        if (_replicas.Load(chosen) == 0)
        {
            LetGo(chosen, now);
        }
        else
        {
            _places[chosen].Stage = Stage.Draining;
        }
    }

    private void LetGo(int index, long now)
    {
        _paid += now - _places[index].PaidFrom;
        _places[index].Stage = Stage.Off;
        _letGo++;
        _replicas.LetGo(index, now);
    }

    private void Note(long now)
    {
        int Count(Stage stage) => _places.Count(p => p.Stage == stage);
        var change = new ScalingChange(
            (double)(now - _start) / IntegerStep.PicosecondsPerSecond,
            Count(Stage.Serving),
            Count(Stage.Starting),
            Count(Stage.Draining)
        );
        if (_changes.Count == 0 || change with { Seconds = _changes[^1].Seconds } != _changes[^1])
        {
            _changes.Add(change);
        }
    }

    private record struct Place(Stage Stage, Int128 PaidFrom, long ReadyAt);
}

/// <summary>The replicas behind an autoscaler, by place.</summary>
internal interface IScaledReplicas
{
    /// <summary>Requests given to it and not gone.</summary>
    int Load(int place);

    /// <summary>Of these, those that wait.</summary>
    int Waiting(int place);

    /// <summary>It is empty and gone; what its cache holds is lost.</summary>
    void LetGo(int place, long now);
}
