using Plimsoll.Sampling;

namespace Plimsoll.Risk;

/// <summary>The points at which an answer is computed to estimate Sobol indices.</summary>
/// <param name="a">Points A, [point, factor] in (0, 1).</param>
/// <param name="b">Points B, of the same shape.</param>
public sealed class SobolDesign(double[,] a, double[,] b)
{
    /// <summary>Number of base points n; the answer is computed n (factors + 2) times.</summary>
    public int Points => a.GetLength(0);

    /// <summary>Number of factors.</summary>
    public int Factors => a.GetLength(1);

    /// <summary>A design from scrambled Sobol points of twice the dimension, split in two.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="points">Base points; a power of 2 keeps the balance of the sequence.</param>
    /// <param name="factors">Number of independent factors.</param>
    public static SobolDesign Create(ulong seed, int points, int factors)
    {
        var both = SobolSequence.Scrambled(seed, points, 2 * factors);
        var a = new double[points, factors];
        var b = new double[points, factors];
        for (var i = 0; i < points; i++)
        {
            for (var j = 0; j < factors; j++)
            {
                a[i, j] = both[i, j];
                b[i, j] = both[i, factors + j];
            }
        }
        return new SobolDesign(a, b);
    }

    /// <summary>Computes the answer at every point, in parallel, and estimates the indices; the same on any thread count.</summary>
    /// <param name="answer">The answer at a point of the unit cube (length = factors); called from several threads.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="progress">Called now and then with the share done, 0 to 1; may be null.</param>
    public SobolIndices Estimate(
        Func<double[], double> answer,
        int threads,
        Action<double>? progress = null
    )
    {
        var n = Points;
        var k = Factors;
        double[] atA = new double[n],
            atB = new double[n];
        var mixed = Enumerable.Range(0, k).Select(_ => new double[n]).ToArray();
        var done = 0;
        Parallel.For(
            0,
            n,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i =>
            {
                double[] pointA = Row(a, i),
                    pointB = Row(b, i);
                atA[i] = answer(pointA);
                atB[i] = answer(pointB);
                for (var j = 0; j < k; j++)
                {
                    var keep = pointA[j];
                    pointA[j] = pointB[j];
                    mixed[j][i] = answer(pointA);
                    pointA[j] = keep;
                }
                progress?.Invoke((double)Interlocked.Increment(ref done) / n);
            }
        );
        return SobolIndices.Of(atA, atB, mixed);
    }

    private static double[] Row(double[,] points, int i)
    {
        var row = new double[points.GetLength(1)];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = points[i, j];
        }
        return row;
    }
}
