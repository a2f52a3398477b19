namespace Plimsoll.Workloads.Profiles;

/// <summary>Adds up what a profile reports, one request at a time.</summary>
internal sealed class ProfileCollector
{
    // Different prefixes remembered: 32 MB of hashes.
    private const int MostPrefixes = 1 << 22;
    private readonly LengthCounts _input = new();
    private readonly LengthCounts _output = new();
    private readonly RateCounts _rates = new();
    private readonly HashSet<ulong> _seen = [];
    private long[] _clients = new long[64];
    private int _clientCount;
    private long _requests;
    private double _first;
    private double _last;
    private double _gapMean;
    private double _gapSquares;
    private Int128 _reused;
    private bool _complete = true;

    public void Add(
        ReadOnlySpan<Request> requests,
        ReadOnlySpan<PrefixPiece> pieces,
        long epochSeconds
    )
    {
        foreach (ref readonly var request in requests)
        {
            var time = epochSeconds + (request.ArrivalPicoseconds * 1e-12);
            AddTime(time);
            _input.Add(request.InputTokens);
            _output.Add(request.OutputTokens);
            if (request.Client >= _clients.Length)
            {
                Array.Resize(ref _clients, Math.Max(request.Client + 1, _clients.Length * 2));
            }
            _clients[request.Client]++;
            _clientCount = Math.Max(_clientCount, request.Client + 1);
            if (request.PrefixCount > 0)
            {
                AddPrefix(
                    pieces.Slice(request.PrefixStart, request.PrefixCount),
                    request.InputTokens
                );
            }
        }
    }

    public WorkloadProfile Result()
    {
        if (_requests == 0)
        {
            throw new InvalidDataException("The workload holds no request.");
        }
        var seconds = _last - _first;
        var rate = seconds > 0 ? (_requests - 1) / seconds : 0;
        var top = Array.IndexOf(_clients, _clients.Max());
        var gaps = _requests - 1;
        return new WorkloadProfile
        {
            Requests = _requests,
            Seconds = seconds,
            RequestsPerSecond = rate,
            SteadyRequestsPerSecond = _rates.Steady(),
            GapCv = gaps > 1 && _gapMean > 0 ? Math.Sqrt(_gapSquares / gaps) / _gapMean : 0,
            TenMinutePeakToMean = rate > 0 ? _rates.TenMinutePeak() / rate : double.NaN,
            Input = _input.Profile(),
            Output = _output.Profile(),
            InputToOutput = _input.Sum / _output.Sum,
            Clients = _clients.Take(_clientCount).Count(c => c > 0),
            TopClientShare = (double)_clients[top] / _requests,
            TopClient = top,
            PrefixReuse = (double)_reused / _input.Sum,
            PrefixReuseIsComplete = _complete,
            Ramp = _rates.Ramp(),
            Rates = _rates.Rates(),
            RateIntervalSeconds = _rates.IntervalSeconds,
        };
    }

    private void AddTime(double time)
    {
        if (_requests == 0)
        {
            _first = time;
            _last = time;
        }
        else
        {
            // Welford's running mean and sum of squares.
            var gap = time - _last;
            var delta = gap - _gapMean;
            _gapMean += delta / _requests;
            _gapSquares += delta * (gap - _gapMean);
            _last = time;
        }
        _requests++;
        _rates.Add(time - _first);
    }

    private void AddPrefix(ReadOnlySpan<PrefixPiece> pieces, int input)
    {
        var chain = PrefixChain.Empty;
        var reuses = true;
        var end = 0;
        foreach (var piece in pieces)
        {
            chain = PrefixChain.Extend(chain, piece);
            reuses &= _seen.Contains(chain);
            var before = end;
            end = Math.Min(input, end + piece.Tokens);
            if (reuses)
            {
                _reused += end - before;
            }
            else if (_seen.Count < MostPrefixes)
            {
                _seen.Add(chain);
            }
            else
            {
                _complete = false;
            }
        }
    }
}
