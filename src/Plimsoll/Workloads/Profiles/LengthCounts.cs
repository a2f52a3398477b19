namespace Plimsoll.Workloads.Profiles;

/// <summary>How often each length occurred.</summary>
internal sealed class LengthCounts
{
    private long[] _counts = new long[4096];
    private long _count;
    private Int128 _sum;
    private Int128 _squares;
    private int _longest;

    // Longer lengths than this are counted in whole thousands above it, so that one absurd row does not take the memory.
    private const int ExactTo = 1 << 21;

    public double Sum => (double)_sum;

    public void Add(int tokens)
    {
        _count++;
        _sum += tokens;
        _squares += (Int128)tokens * tokens;
        _longest = Math.Max(_longest, tokens);
        var place = tokens <= ExactTo ? tokens : ExactTo + ((tokens - ExactTo) / 1000);
        if (place >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(place + 1, _counts.Length * 2));
        }
        _counts[place]++;
    }

    public LengthProfile Profile()
    {
        var mean = (double)_sum / _count;
        var variance = Math.Max(0, ((double)_squares / _count) - (mean * mean));
        return new LengthProfile(
            mean,
            mean > 0 ? Math.Sqrt(variance) / mean : 0,
            Quantile(0.5),
            Quantile(0.9),
            Quantile(0.99),
            _longest
        );
    }

    private int Quantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * _count));
        var seen = 0L;
        for (var place = 0; ; place++)
        {
            seen += _counts[place];
            if (seen >= rank)
            {
                return place <= ExactTo ? place : ExactTo + ((place - ExactTo) * 1000);
            }
        }
    }
}
