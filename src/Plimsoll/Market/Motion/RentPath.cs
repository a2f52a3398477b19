using Plimsoll.Outlooks;

namespace Plimsoll.Market.Motion;

/// <summary>The months to come of one log rent in one draw.</summary>
/// <remarks>
/// Shocks are Student-t: a month is turbulent for all rents of a market at once (one chi-square a month), and the width of a basis is
/// itself uncertain (scaled inverse chi-square, one a draw). Both are held within bounds: a Student-t of logs has no mean. Marketplace rents spike when tight; hyperscalers' lists move in steps.
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
    /// <param name="answer">What supply does about rents that cannot last.</param>
    /// <param name="drift">Log by which the structure of the draw's world moves the rent from month 0, by month; empty for none.</param>
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
        SupplyAnswer answer,
        ReadOnlySpan<double> fill,
        ReadOnlySpan<double> structure,
        ReadOnlySpan<double> drift
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
            var reversion = gap is { } to ? pull * (start + to - path[month - 1]) : 0;
            var supply = answer.In(path, month);
            path[month] =
                path[month - 1]
                + (
                    supply < 0 ? Math.Min(supply, reversion)
                    : supply > 0 ? Math.Max(supply, reversion)
                    : reversion
                )
                + (drift.IsEmpty ? 0 : drift[month] - drift[month - 1])
                + shock;
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
        var share = KeyedNormals.ChiSquareShare(
            normal,
            width.Freedom,
            1 / (MotionPriors.WidestDraw * MotionPriors.WidestDraw)
        );
        return width.Value * Math.Sqrt(1.0 / 12 / share);
    }

    // Scale of a month, so that its shock is Student-t of unit variance.
    private static double Turbulence(ref Sampling.RandomStream stream)
    {
        const double Freedom = MotionPriors.ShockFreedom;
        var share = KeyedNormals.ChiSquareShare(
            KeyedNormals.Next(ref stream),
            Freedom,
            1 / (MotionPriors.WidestMonth * MotionPriors.WidestMonth)
        );
        return Math.Sqrt((Freedom - 2) / Freedom / share);
    }
}
