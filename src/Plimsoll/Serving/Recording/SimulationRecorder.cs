using Plimsoll.Workloads;

namespace Plimsoll.Serving.Recording;

/// <summary>Collects what both simulators report.</summary>
internal sealed partial class SimulationRecorder
{
    private readonly ServingConfig _config;
    private readonly long _firstTokenLimit;
    private readonly double _perTokenLimit;
    private readonly long _endToEndLimit;
    private readonly LatencyHistogram _firstToken = new();
    private readonly LatencyHistogram _perOutputToken = new();
    private readonly LatencyHistogram _endToEndPerToken = new();
    private readonly LatencyHistogram _endToEnd = new();
    private OutcomeDigest _digest;
    private RequestOutcome[] _outcomes = [];
    private ClientSums[] _clients = new ClientSums[16];
    private int _clientCount;
    private bool _started;
    private long _start;
    private long _lastEnd;
    private Int128 _residence;
    private long _requests;
    private long _completed;
    private long _rejectedContext;
    private long _rejectedKv;
    private long _rejectedStep;
    private long _failed;
    private long _within;
    private long _input;
    private long _rejectedTokens;

    public SimulationRecorder(ServingConfig config)
    {
        _config = config;
        Levels = new LevelSeries(config.SeriesIntervalSeconds);
        var level = config.ServiceLevel ?? new ServiceLevel();
        _firstTokenLimit = Limit(level.TimeToFirstTokenSeconds);
        _perTokenLimit = level.TimePerOutputTokenSeconds * IntegerStep.PicosecondsPerSecond;
        _endToEndLimit = Limit(level.EndToEndSeconds);
    }

    /// <summary>Gaps between tokens.</summary>
    public LatencyHistogram InterToken { get; } = new();

    /// <summary>Occupancy and queue.</summary>
    public LevelSeries Levels { get; }

    /// <summary>The latest end of a request.</summary>
    public long LastEnd => _lastEnd;

    /// <summary>A request was read.</summary>
    public void Read(in Request request, long arrival)
    {
        if (!_started)
        {
            _started = true;
            _start = arrival;
            _lastEnd = arrival;
        }
        _requests++;
        _input += request.InputTokens;
        if (request.Client >= _clients.Length)
        {
            Array.Resize(ref _clients, Math.Max(request.Client + 1, _clients.Length * 2));
        }
        _clientCount = Math.Max(_clientCount, request.Client + 1);
        ref var client = ref _clients[request.Client];
        client.Requests++;
        if (_requests > _config.WarmUpRequests)
        {
            client.Measured++;
        }
        client.InputTokens += request.InputTokens;
    }

    /// <summary>A request got its last token.</summary>
    public void Complete(long number, int client, int outputTokens, in RequestOutcome outcome)
    {
        _completed++;
        var first = outcome.FirstTokenPicoseconds - outcome.ArrivalPicoseconds;
        var whole = outcome.FinishPicoseconds - outcome.ArrivalPicoseconds;
        End(number, outcome, whole);
        ref var sums = ref _clients[client];
        sums.Completed++;
        sums.OutputTokens += outputTokens;
        sums.FirstToken += first;
        sums.EndToEnd += whole;
        if (number < _config.WarmUpRequests)
        {
            return;
        }
        _firstToken.Add(first);
        _endToEnd.Add(whole);
        _endToEndPerToken.Add(Math.Max(1, whole / outputTokens));
        var within = first <= _firstTokenLimit && whole <= _endToEndLimit;
        if (outputTokens > 1)
        {
            _perOutputToken.Add(Math.Max(1, (whole - first) / (outputTokens - 1)));
            within &= whole - first <= _perTokenLimit * (outputTokens - 1);
        }
        if (within)
        {
            _within++;
            sums.Within++;
        }
    }

    /// <summary>A request was rejected or lost.</summary>
    public void Lose(long number, int inputTokens, in RequestOutcome outcome)
    {
        switch (outcome.End)
        {
            case RequestEnd.Failed:
                _failed++;
                break;
            case RequestEnd.RejectedTooLongForContext:
                _rejectedContext++;
                _rejectedTokens += inputTokens;
                break;
            case RequestEnd.RejectedTooLongForKvCache:
                _rejectedKv++;
                _rejectedTokens += inputTokens;
                break;
            default:
                _rejectedStep++;
                _rejectedTokens += inputTokens;
                break;
        }
        End(number, outcome, outcome.FinishPicoseconds - outcome.ArrivalPicoseconds);
    }

    /// <summary>Moves the zero of the clock.</summary>
    public void Rebase(long shift)
    {
        _start -= shift;
        _lastEnd -= shift;
        Levels.Rebase(shift);
    }

    private static long Limit(double seconds) =>
        seconds < 9e6 ? IntegerStep.ToPicoseconds(seconds) : long.MaxValue;

    private void End(long number, in RequestOutcome outcome, long residence)
    {
        _residence += residence;
        _digest.Add(number, outcome);
        _lastEnd = Math.Max(_lastEnd, outcome.FinishPicoseconds);
        if (!_config.KeepOutcomes)
        {
            return;
        }
        if (number >= _outcomes.Length)
        {
            Array.Resize(ref _outcomes, (int)Math.Max(1024, number * 2));
        }
        _outcomes[number] = outcome;
    }

    private struct ClientSums
    {
        public long Requests;
        public long Completed;
        public long InputTokens;
        public long OutputTokens;
        public Int128 FirstToken;
        public Int128 EndToEnd;
        public long Within;
        public long Measured;
    }
}
