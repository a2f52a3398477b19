namespace Plimsoll.Workloads.Profiles;

/// <summary>Arrivals by equal intervals; when there are too many, two become one.</summary>
internal sealed class RateCounts
{
    private const int Most = 2048;
    private readonly long[] _counts = new long[Most];
    private int _used;

    /// <summary>Seconds of an interval; ten minutes is always a whole number of them until it is longer.</summary>
    public double IntervalSeconds { get; private set; } = 600.0 / 256;

    public void Add(double seconds)
    {
        var place = seconds / IntervalSeconds;
        while (place >= Most)
        {
            for (var i = 0; i < Most / 2; i++)
            {
                _counts[i] = _counts[2 * i] + _counts[(2 * i) + 1];
            }
            Array.Clear(_counts, Most / 2, Most / 2);
            IntervalSeconds *= 2;
            place = seconds / IntervalSeconds;
        }
        _counts[(int)place]++;
        _used = Math.Max((int)place + 1, 0);
    }

    /// <summary>Rates of all whole intervals; the last, cut by the end, is left out unless it is the only one.</summary>
    public double[] Rates()
    {
        var whole = Math.Max(1, _used - 1);
        return [.. _counts.Take(whole).Select(c => c / IntervalSeconds)];
    }

    /// <summary>Most arrivals in ten minutes, as a rate; NaN when the trace is shorter.</summary>
    public double TenMinutePeak()
    {
        var width = (int)Math.Max(1, Math.Round(600 / IntervalSeconds));
        if (_used < width)
        {
            return double.NaN;
        }
        var sum = _counts.Take(width).Sum();
        var most = sum;
        for (var i = width; i < _used; i++)
        {
            sum += _counts[i] - _counts[i - width];
            most = Math.Max(most, sum);
        }
        return most / (width * IntervalSeconds);
    }

    /// <summary>Median rate over blocks of the second half, long enough to hold some thirty requests each.</summary>
    public double Steady()
    {
        var (rates, _) = Blocks();
        var half = rates[(rates.Length / 2)..];
        Array.Sort(half);
        return half.Length % 2 == 1
            ? half[half.Length / 2]
            : (half[(half.Length / 2) - 1] + half[half.Length / 2]) / 2;
    }

    /// <summary>The stretch before arrivals first reach a third of the steady rate for good, when its own rate is below a fifth of it.</summary>
    public StartRamp? Ramp()
    {
        var (rates, width) = Blocks();
        var steady = Steady();
        var end = 0;
        while (end < rates.Length && rates[end] < steady / 3)
        {
            end++;
        }
        if (end == 0 || end == rates.Length || steady <= 0)
        {
            return null;
        }
        // The block in which the trace takes off belongs to the ramp up to the interval that reaches the rate.
        var first = end * width;
        while (first < _used && _counts[first] / IntervalSeconds < steady / 3)
        {
            first++;
        }
        var requests = _counts.Take(first).Sum();
        var seconds = first * IntervalSeconds;
        var rate = requests / seconds;
        return rate < steady / 5
            ? new StartRamp(seconds, rate, steady / Math.Max(rate, 1e-300))
            : null;
    }

    private (double[] Rates, int Width) Blocks()
    {
        var total = _counts.Take(_used).Sum();
        var wanted = Math.Clamp(total / 30, 4, 40);
        var width = (int)Math.Max(1, _used / wanted);
        var blocks = Math.Max(1, (_used - 1) / width);
        var rates = new double[blocks];
        for (var i = 0; i < blocks; i++)
        {
            rates[i] = _counts.Skip(i * width).Take(width).Sum() / (width * IntervalSeconds);
        }
        return (rates, width);
    }
}
