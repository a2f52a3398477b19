namespace Plimsoll.Risk;

/// <summary>Which end of a quantity is the bad one for the person who decides.</summary>
public enum BadSide
{
    /// <summary>Little of it is bad: fill, rent, cover, return.</summary>
    Low,

    /// <summary>Much of it is bad: cost, loss, months empty.</summary>
    High,
}

/// <summary>The spread of a figure over the draws: P90 is always the bad side, reached or bettered in 90 % of draws.</summary>
/// <param name="P90">Bad side.</param>
/// <param name="P50">Middle.</param>
/// <param name="P10">Good side.</param>
/// <param name="Mean">Mean over the draws in which the figure has a meaning.</param>
/// <param name="Defined">Draws in which it has a meaning.</param>
/// <param name="Draws">All draws.</param>
public sealed record Spread(double P90, double P50, double P10, double Mean, int Defined, int Draws)
{
    /// <summary>The spread of a figure.</summary>
    /// <param name="values">One entry a draw; NaN where the figure has no meaning in that draw.</param>
    /// <param name="bad">Which end is bad.</param>
    /// <returns>NaN in every figure when no draw has a meaning.</returns>
    public static Spread Of(ReadOnlySpan<double> values, BadSide bad)
    {
        var sorted = new double[values.Length];
        var n = 0;
        var sum = 0.0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sorted[n++] = value;
                sum += value;
            }
        }
        if (n == 0)
        {
            return new Spread(double.NaN, double.NaN, double.NaN, double.NaN, 0, values.Length);
        }
        Array.Sort(sorted, 0, n);
        var low = Quantile(sorted.AsSpan(0, n), 0.1);
        var high = Quantile(sorted.AsSpan(0, n), 0.9);
        var middle = Quantile(sorted.AsSpan(0, n), 0.5);
        return bad == BadSide.Low
            ? new Spread(low, middle, high, sum / n, n, values.Length)
            : new Spread(high, middle, low, sum / n, n, values.Length);
    }

    /// <summary>A quantile of sorted values, linear between order statistics (Hyndman and Fan 1996, type 7).</summary>
    /// <param name="sorted">Rising, at least one.</param>
    /// <param name="p">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        var position = p * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        var share = position - below;
        return share == 0 || sorted[below] == sorted[above]
            ? sorted[below]
            : sorted[below] + (share * (sorted[above] - sorted[below]));
    }
}
