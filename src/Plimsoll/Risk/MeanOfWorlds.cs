namespace Plimsoll.Risk;

/// <summary>The mean of a figure over draws of which several share one world, with its standard error.</summary>
public static class MeanOfWorlds
{
    /// <summary>Mean and standard error.</summary>
    /// <param name="values">One a draw.</param>
    /// <param name="worlds">For each draw, the number of its world.</param>
    /// <returns>NaN without draws; error 0 with one.</returns>
    /// <remarks>The error is that of a sample of clusters: sums of deviations by world, squared; never below that of independent draws.</remarks>
    public static (double Mean, double Error) Of(
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> worlds
    )
    {
        var n = values.Length;
        if (n < 2)
        {
            return (n == 1 ? values[0] : double.NaN, 0);
        }
        // The sum is divided once, so that a count over the draws gives the same share here as anywhere else.
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value;
        }
        mean /= n;
        var sums = new Dictionary<int, double>();
        var squares = 0.0;
        for (var i = 0; i < n; i++)
        {
            var deviation = values[i] - mean;
            squares += deviation * deviation;
            sums[worlds[i]] = sums.GetValueOrDefault(worlds[i]) + deviation;
        }
        var independent = squares / (n - 1) / n;
        var clustered = 0.0;
        foreach (var sum in sums.Values)
        {
            clustered += sum * sum;
        }
        var w = sums.Count;
        clustered *= w > 1 ? w / (w - 1.0) / ((double)n * n) : 0;
        return (mean, Math.Sqrt(Math.Max(independent, clustered)));
    }
}
