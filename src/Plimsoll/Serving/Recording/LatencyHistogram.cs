using System.Runtime.CompilerServices;

namespace Plimsoll.Serving.Recording;

/// <summary>A log-linear histogram of picoseconds: 128 bins an octave, read off the leading bits of a double.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 7;
    private const int Shift = 52 - SubBits;
    private const int BinOfOne = 1023 << SubBits;
    private const int Bins = 64 << SubBits;
    private readonly long[] _counts = new long[Bins];
    private Int128 _sum;
    private long _max;

    /// <summary>Observations.</summary>
    public long Count { get; private set; }

    /// <summary>Enters one value, 1 ps or more, with a weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long picoseconds, long weight = 1)
    {
        _counts[Bin(picoseconds)] += weight;
        Count += weight;
        _sum += (Int128)picoseconds * weight;
        _max = Math.Max(_max, picoseconds);
    }

    /// <summary>Enters the durations first, first + increment, ... of a run of steps, each with the same weight; one entry for each bin that the run crosses.</summary>
    /// <param name="first">Duration of the first step.</param>
    /// <param name="increment">Growth from step to step, 0 or more.</param>
    /// <param name="steps">Steps, 1 or more.</param>
    /// <param name="total">Duration of all steps.</param>
    /// <param name="weight">Observations a step.</param>
    public void AddRun(long first, long increment, long steps, long total, long weight)
    {
        var last = first + (increment * (steps - 1));
        var bin = Bin(first);
        var end = Bin(last);
        var done = 0L;
        while (bin < end)
        {
            // Steps shorter than the next bin's lower edge lie in this one or before.
            var below = (LowerEdge(bin + 1) - first + increment - 1) / increment;
            _counts[bin] += (below - done) * weight;
            done = below;
            bin++;
        }
        _counts[end] += (steps - done) * weight;
        Count += steps * weight;
        _sum += (Int128)total * weight;
        _max = Math.Max(_max, last);
    }

    /// <summary>The distribution in seconds.</summary>
    public LatencySummary Summary() =>
        new(
            Count,
            Count == 0 ? 0 : (double)_sum / Count / IntegerStep.PicosecondsPerSecond,
            Quantile(0.50),
            Quantile(0.90),
            Quantile(0.95),
            Quantile(0.99),
            _max / IntegerStep.PicosecondsPerSecond
        );

    /// <summary>The value below which a share of the observations lies, in seconds: the middle of its bin, at most the largest observed.</summary>
    public double Quantile(double share)
    {
        if (Count == 0)
        {
            return 0;
        }
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        var bin = 0;
        while (seen + _counts[bin] < rank)
        {
            seen += _counts[bin++];
        }
        var low = Edge(bin);
        return Math.Min((low + Edge(bin + 1)) / 2, _max) / IntegerStep.PicosecondsPerSecond;
    }

    private static int Bin(long picoseconds) =>
        (int)(BitConverter.DoubleToInt64Bits(picoseconds) >> Shift) - BinOfOne;

    private static double Edge(int bin) =>
        BitConverter.Int64BitsToDouble((long)(bin + BinOfOne) << Shift);

    private static long LowerEdge(int bin) => (long)Math.Ceiling(Edge(bin));
}
