namespace Plimsoll.Mutation;

/// <summary>Share of mutants that the tests noticed, with the interval of a sample.</summary>
/// <param name="Noticed">Mutants noticed.</param>
/// <param name="Tried">Mutants tried, those that no test reaches included.</param>
internal sealed record MutationScore(int Noticed, int Tried)
{
    private const double TwoSided95 = 1.959964;

    /// <summary>From 0 to 1; not a number where none was tried.</summary>
    public double Share => (double)Noticed / Tried;

    /// <summary>Bounds of 95 %, Wilson 1927.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            var z = TwoSided95 * TwoSided95 / Tried;
            var middle = Share + (z / 2);
            var half =
                TwoSided95
                * Math.Sqrt(((Share * (1 - Share)) + (z * Tried / (4.0 * Tried))) / Tried);
            return ((middle - half) / (1 + z), (middle + half) / (1 + z));
        }
    }
}
