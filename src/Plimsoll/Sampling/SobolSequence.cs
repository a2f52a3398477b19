namespace Plimsoll.Sampling;

/// <summary>x</summary>
public static class SobolSequence
{
    /// <summary>x</summary>
    public static double[,] Scrambled(ulong seed, int points, int dimensions) =>
        LatinHypercube.Sample(seed, points, dimensions);
}
