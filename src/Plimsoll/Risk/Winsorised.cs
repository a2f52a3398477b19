namespace Plimsoll.Risk;

/// <summary>Draws of a figure whose outermost values are drawn in to a quantile, so that no handful of draws carries their mean.</summary>
/// <remarks>Winsorised values; Tukey 1962, The future of data analysis. A mean of them is read like a mean, of the middle of the draws.</remarks>
public static class Winsorised
{
    /// <summary>Share of the draws at either end that is drawn in: the outermost twentieth.</summary>
    public const double Share = 0.05;

    /// <summary>The values, those outside the two quantiles set to them.</summary>
    /// <param name="values">Finite; any order, at least none.</param>
    /// <param name="share">Share at either end, 0 to 0.5.</param>
    /// <returns>As many, in the same order.</returns>
    public static double[] Of(ReadOnlySpan<double> values, double share = Share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 0.5);
        if (values.Length == 0)
        {
            return [];
        }
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double low = Spread.Quantile(sorted, share),
            high = Spread.Quantile(sorted, 1 - share);
        var drawn = new double[values.Length];
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = Math.Clamp(values[i], low, high);
        }
        return drawn;
    }
}
