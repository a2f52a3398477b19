using Plimsoll.Sampling;

namespace Plimsoll.Workloads.Mixtures;

/// <summary>A distribution of whole lengths in tokens, drawn in constant time.</summary>
/// <remarks>A histogram is drawn by Walker's alias method; a distribution with a formula by 4,096 equally likely quantiles of it.</remarks>
public sealed class TokenLengths
{
    private const int Quantiles = 4096;
    private readonly int[] _values;
    private readonly uint[] _keep;
    private readonly int[] _alias;

    private TokenLengths(int[] values, double[]? weights)
    {
        _values = values;
        _keep = weights is null ? [] : new uint[values.Length];
        _alias = weights is null ? [] : new int[values.Length];
        if (weights is null)
        {
            Mean = values.Average();
            return;
        }
        var sum = weights.Sum();
        Mean = values.Zip(weights, (v, w) => v * w).Sum() / sum;
        FillAlias(weights, sum);
    }

    /// <summary>Mean in tokens.</summary>
    public double Mean { get; }

    /// <summary>Longest that can be drawn.</summary>
    public int Longest => _values.Max();

    /// <summary>A histogram.</summary>
    /// <param name="lengths">Lengths, each 0 or more.</param>
    /// <param name="weights">Their weights, 0 or more, not all 0; the same number.</param>
    /// <exception cref="ArgumentException">Nothing has weight, or a value is impossible.</exception>
    public static TokenLengths OfHistogram(ReadOnlySpan<int> lengths, ReadOnlySpan<double> weights)
    {
        var kept = new List<int>();
        var mass = new List<double>();
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 0 || !(weights[i] >= 0) || double.IsInfinity(weights[i]))
            {
                throw new ArgumentException(
                    $"A length of {lengths[i]} with weight {weights[i]}; expected 0 or more of both."
                );
            }
            if (weights[i] > 0)
            {
                kept.Add(lengths[i]);
                mass.Add(weights[i]);
            }
        }
        return kept.Count == 0
            ? throw new ArgumentException("A histogram of lengths in which nothing has weight.")
            : new TokenLengths([.. kept], [.. mass]);
    }

    /// <summary>Always the same length.</summary>
    public static TokenLengths Fixed(int tokens) => new([tokens], null);

    /// <summary>Every length between two with equal chance.</summary>
    public static TokenLengths Uniform(double low, double high) =>
        Of(new Uniform(low, high), int.MaxValue);

    /// <summary>Normal, cut at 1 and at the longest.</summary>
    public static TokenLengths Gaussian(
        double mean,
        double deviation,
        int longest = int.MaxValue
    ) => deviation == 0 ? Fixed((int)Math.Round(mean)) : Of(new Gaussian(mean, deviation), longest);

    /// <summary>Log-normal by its mean and the ratio of deviation to mean, cut at 1 and at the longest; the usual shape of production lengths.</summary>
    public static TokenLengths LogNormal(double mean, double cv, int longest = int.MaxValue)
    {
        if (cv == 0)
        {
            return Fixed((int)Math.Round(mean));
        }
        var variance = Math.Log(1 + (cv * cv));
        return Of(new LogGaussian(mean * Math.Exp(-variance / 2), Math.Sqrt(variance)), longest);
    }

    /// <summary>One length.</summary>
    public int Draw(ref RandomStream stream)
    {
        var bits = stream.NextBits();
        var place = (int)(((bits >> 32) * (ulong)_values.Length) >> 32);
        return _keep.Length == 0 || (uint)bits < _keep[place]
            ? _values[place]
            : _values[_alias[place]];
    }

    private static TokenLengths Of(Distribution distribution, int longest)
    {
        var values = new int[Quantiles];
        for (var i = 0; i < Quantiles; i++)
        {
            var value = distribution.Quantile((i + 0.5) / Quantiles);
            values[i] = (int)Math.Clamp(Math.Round(value), 1, longest);
        }
        return new TokenLengths(values, null);
    }

    private void FillAlias(double[] weights, double sum)
    {
        var count = weights.Length;
        var scaled = Array.ConvertAll(weights, w => w / sum * count);
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = count - 1; i >= 0; i--)
        {
            (scaled[i] < 1 ? small : large).Push(i);
        }
        while (small.Count > 0 && large.Count > 0)
        {
            var (low, high) = (small.Pop(), large.Pop());
            _keep[low] = (uint)(scaled[low] * uint.MaxValue);
            _alias[low] = high;
            scaled[high] -= 1 - scaled[low];
            (scaled[high] < 1 ? small : large).Push(high);
        }
        foreach (var rest in small.Concat(large))
        {
            _keep[rest] = uint.MaxValue;
            _alias[rest] = rest;
        }
    }
}
