namespace Plimsoll.Portfolios;

/// <summary>The mean of gains with the extremes cut: one in twenty at each end counts as much as the next one inward (winsorised; Tukey 1962).</summary>
/// <remarks>
/// A market has a few draws in which rents multiply; in those, whatever is kept is worth more than all the rest together. On some dozens of
/// draws a plain mean then only says whether such a draw is among them. Plans are searched and chosen by this mean, and both are reported.
/// </remarks>
public static class CutMean
{
    private const double Cut = 0.05;

    /// <summary>The mean and its standard error.</summary>
    /// <param name="values">Values; what is not a number is left out. NaN without any.</param>
    public static (double Mean, double Error) Of(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values.ToArray().Where(v => !double.IsNaN(v)).Order()];
        var n = sorted.Length;
        if (n == 0)
        {
            return (double.NaN, double.NaN);
        }
        var k = n < 4 ? 0 : (int)Math.Ceiling(Cut * n);
        for (var i = 0; i < k; i++)
        {
            sorted[i] = sorted[k];
            sorted[n - 1 - i] = sorted[n - 1 - k];
        }
        var mean = 0.0;
        foreach (var v in sorted)
        {
            mean += v / n;
        }
        var squares = 0.0;
        foreach (var v in sorted)
        {
            squares += (v - mean) * (v - mean);
        }
        // Tukey and McLaughlin 1963: the spread of the cut sample, over what was left whole.
        var whole = Math.Max(1, n - (2 * k));
        return (mean, Math.Sqrt(squares / Math.Max(1, n - 1) * n) / whole);
    }
}
