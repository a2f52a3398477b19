namespace Plimsoll.Sampling;

/// <summary>Latin hypercube points: each coordinate falls once into each of n equal strata (McKay, Beckman and Conover 1979).</summary>
public static class LatinHypercube
{
    /// <summary>Points in the open unit cube.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="points">Number of points n, at least 1.</param>
    /// <param name="dimensions">Number of coordinates, at least 1.</param>
    /// <returns>Array [point, coordinate] with values in (0, 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">Points or dimensions less than 1.</exception>
    public static double[,] Sample(ulong seed, int points, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        var sample = new double[points, dimensions];
        var order = new int[points];
        for (var d = 0; d < dimensions; d++)
        {
            var stream = RandomStream.Keyed(
                seed,
                d,
                EntityId.Of("latin hypercube"),
                Purpose.Scrambling
            );
            for (var i = 0; i < points; i++)
            {
                var j = stream.NextInteger(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            for (var i = 0; i < points; i++)
            {
                sample[i, d] = (order[i] + stream.NextOpenUniform()) / points;
            }
        }
        return sample;
    }
}
