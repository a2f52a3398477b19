namespace Plimsoll.Risk;

/// <summary>How much of the variance of an answer each input carries, alone (first order) and with all its interactions (total).</summary>
/// <param name="FirstOrder">One entry a factor; a share of the variance, about 0 to 1 (small negatives are sampling error).</param>
/// <param name="Total">One entry a factor; a share of the variance, about 0 to 1.</param>
/// <param name="FirstOrderError">Standard error of each first-order index.</param>
/// <param name="TotalError">Standard error of each total index.</param>
/// <param name="Mean">Mean of the answer.</param>
/// <param name="Variance">Variance of the answer; 0 when nothing moves it, and then all indices are 0.</param>
/// <param name="Evaluations">Times the answer was computed.</param>
/// <remarks>
/// First order by Saltelli et al. 2010 (eq. b, table 2), total by Jansen 1999; both use the points A, B and A with one factor from B.
/// Factors must be independent; correlated inputs are one factor.
/// </remarks>
public sealed record SobolIndices(
    double[] FirstOrder,
    double[] Total,
    double[] FirstOrderError,
    double[] TotalError,
    double Mean,
    double Variance,
    int Evaluations
)
{
    /// <summary>Estimates the indices from answers already computed at the points of the design.</summary>
    /// <param name="a">Answers at the points A; length n.</param>
    /// <param name="b">Answers at the points B; length n.</param>
    /// <param name="mixed">For each factor, answers at the points A with that factor taken from B; length n each.</param>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than 2 points.</exception>
    public static SobolIndices Of(double[] a, double[] b, double[][] mixed)
    {
        var n = a.Length;
        if (n < 2 || b.Length != n || mixed.Any(m => m.Length != n))
        {
            throw new ArgumentException(
                "The answers at A, B and each mixed point set must have the same length of at least 2.",
                nameof(mixed)
            );
        }
        var mean = (Sum(a) + Sum(b)) / (2.0 * n);
        var variance = (SquaresAbout(a, mean) + SquaresAbout(b, mean)) / (2.0 * n);
        var k = mixed.Length;
        double[] first = new double[k],
            total = new double[k],
            firstError = new double[k],
            totalError = new double[k];
        for (var i = 0; i < k && variance > 0; i++)
        {
            double s = 0,
                s2 = 0,
                t = 0,
                t2 = 0;
            for (var j = 0; j < n; j++)
            {
                var product = (b[j] - mean) * (mixed[i][j] - a[j]);
                var difference = a[j] - mixed[i][j];
                var half = 0.5 * difference * difference;
                s += product;
                s2 += product * product;
                t += half;
                t2 += half * half;
            }
            first[i] = s / n / variance;
            total[i] = t / n / variance;
            firstError[i] = Math.Sqrt(Math.Max(0, (s2 / n) - (s / n * (s / n))) / n) / variance;
            totalError[i] = Math.Sqrt(Math.Max(0, (t2 / n) - (t / n * (t / n))) / n) / variance;
        }
        return new SobolIndices(first, total, firstError, totalError, mean, variance, n * (k + 2));
    }

    private static double Sum(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }
        return sum;
    }

    private static double SquaresAbout(double[] values, double mean)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
