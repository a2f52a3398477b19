namespace Plimsoll.Hindcast;

/// <summary>A sample with weights, sorted: its quantiles and its score.</summary>
public sealed class WeightedSample
{
    private readonly double[] _values;
    private readonly double[] _below;

    private WeightedSample(double[] values, double[] weights)
    {
        _values = values;
        _below = new double[values.Length];
        var total = weights.Sum();
        double sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            // The middle of the step: symmetric, and exact for equal weights.
            _below[i] = (sum + (0.5 * weights[i])) / total;
            sum += weights[i];
        }
        Weights = weights;
    }

    /// <summary>Values in rising order.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Their weights.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Sorts a sample; values that are not numbers are left out.</summary>
    /// <exception cref="ArgumentException">Nothing is left.</exception>
    public static WeightedSample Of(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        var order = Enumerable
            .Range(0, values.Count)
            .Where(i => !double.IsNaN(values[i]) && weights[i] > 0)
            .OrderBy(i => values[i])
            .ToArray();
        return order.Length > 0
            ? new WeightedSample(
                [.. order.Select(i => values[i])],
                [.. order.Select(i => weights[i])]
            )
            : throw new ArgumentException("The sample holds no number.", nameof(values));
    }

    /// <summary>The value below which a share of the weight lies, linear between sample points.</summary>
    /// <param name="p">0 to 1.</param>
    public double Quantile(double p)
    {
        var i = Array.BinarySearch(_below, p);
        if (i >= 0)
        {
            return _values[i];
        }
        i = ~i;
        if (i == 0)
        {
            return _values[0];
        }
        if (i == _values.Length)
        {
            return _values[^1];
        }
        var share = (p - _below[i - 1]) / (_below[i] - _below[i - 1]);
        return _values[i - 1] + (share * (_values[i] - _values[i - 1]));
    }
}
