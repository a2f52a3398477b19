using Plimsoll.Outlooks;

namespace Plimsoll.Market.Motion;

/// <summary>The months to come of one log rent in one draw.</summary>
/// <remarks>
/// Shocks are Student-t: a month is turbulent for all rents of a market at once (one chi-square a month), and the width of a basis is
/// itself uncertain (scaled inverse chi-square, one a draw). Marketplace rents spike when tight; hyperscalers' lists move in steps.
/// </remarks>
internal static class RentPath
{
    /// <summary>Log rents of months 0 to the horizon.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">The draw.</param>
    /// <param name="market">Names of parts and shocks of the market.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="basis">The basis.</param>
    /// <param name="width">Width of the basis.</param>
    /// <param name="start">Log rent at month 0.</param>
    /// <param name="gap">Log from month 0 to the anchor; null for a driftless walk.</param>
    /// <param name="horizon">Months.</param>
    /// <param name="fill">Share of the market's capacity in use, by month from 0; empty when unknown.</param>
    /// <param name="structure">Shocks that all rents of the market share, of unit variance, by month from 0; empty to draw them.</param>
    public static double[] Of(
        ulong seed,
        int draw,
        string market,
        string chip,
        QuoteBasis basis,
        SeriesWidth width,
        double start,
        double? gap,
        int horizon,
        ReadOnlySpan<double> fill,
        ReadOnlySpan<double> structure
    )
    {
        var step = Step(seed, draw, market, basis, width);
        var shocks = RentFactors.Shocks(market, chip, basis);
        var shares = RentFactors.Shares(basis);
        var sums = new double[horizon + 1];
        for (var i = 0; i < shocks.Length; i++)
        {
            var weight = Math.Sqrt(shares[i]);
            if (i != RentFactors.MarketShock || structure.IsEmpty)
            {
                Add(seed, draw, shocks[i], weight, sums);
                continue;
            }
            for (var month = 1; month < sums.Length; month++)
            {
                sums[month] += weight * structure[month];
            }
        }
        var pull = 1 - Math.Pow(0.5, 1 / (12 * MotionPriors.HalfLife));
        var turbulence = KeyedNormals.Stream(seed, draw, "turbulence " + market);
        var path = new double[horizon + 1];
        path[0] = start;
        for (var month = 1; month <= horizon; month++)
        {
            var shock = step * Turbulence(ref turbulence) * sums[month];
            var drift = gap is { } to ? pull * (start + to - path[month - 1]) : 0;
            path[month] = path[month - 1] + drift + shock;
        }
        switch (basis)
        {
            case QuoteBasis.Marketplace:
                MarketplaceSpike.Raise(seed, draw, market, path, fill);
                break;
            case QuoteBasis.HyperscalerList:
                ListSteps.Hold(seed, draw, market, path);
                break;
            case QuoteBasis.Contract:
            case QuoteBasis.NeocloudList:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis.");
        }
        return path;
    }

    /// <summary>Normals of a shock by month, from month 1.</summary>
    public static void Add(ulong seed, int draw, string shock, double weight, double[] sums)
    {
        var stream = KeyedNormals.Stream(seed, draw, "to come " + shock);
        for (var month = 1; month < sums.Length; month++)
        {
            sums[month] += weight * KeyedNormals.Next(ref stream);
        }
    }

    // The width of a draw: its posterior is a scaled inverse chi-square.
    private static double Step(
        ulong seed,
        int draw,
        string market,
        QuoteBasis basis,
        SeriesWidth width
    )
    {
        var normal = KeyedNormals.One(seed, draw, $"width {market} {basis}");
        var share = KeyedNormals.ChiSquareShare(normal, width.Freedom);
        return width.Value * Math.Sqrt(1.0 / 12 / share);
    }

    // Scale of a month, so that its shock is Student-t of unit variance.
    private static double Turbulence(ref Sampling.RandomStream stream)
    {
        const double Freedom = MotionPriors.ShockFreedom;
        var share = KeyedNormals.ChiSquareShare(KeyedNormals.Next(ref stream), Freedom);
        return Math.Sqrt((Freedom - 2) / Freedom / share);
    }
}
