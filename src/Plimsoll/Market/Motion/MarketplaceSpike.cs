namespace Plimsoll.Market.Motion;

/// <summary>Spikes of a marketplace near full use: rents there are convex in how full the market is.</summary>
/// <remarks>Two states, calm and tight; a spike's height is exponential, as of spot freight and power near capacity. Own priors.</remarks>
public static class MarketplaceSpike
{
    /// <summary>Chance a month that a calm marketplace turns tight.</summary>
    /// <param name="fill">Share of capacity in use, 0 to 1; NaN when unknown.</param>
    /// <returns><see cref="MotionPriors.SpikeStart"/> up to a fill of 0.85 or when unknown, rising with the square of what is above to 0.4 at 1.</returns>
    public static double Chance(double fill)
    {
        if (!(fill > 0.85))
        {
            return MotionPriors.SpikeStart;
        }
        var above = (Math.Min(fill, 1) - 0.85) / 0.15;
        return MotionPriors.SpikeStart + (0.38 * above * above);
    }

    /// <summary>Raises a path in its tight months.</summary>
    internal static void Raise(
        ulong seed,
        int draw,
        string market,
        double[] path,
        ReadOnlySpan<double> fill
    )
    {
        var stream = KeyedNormals.Stream(seed, draw, "spike " + market);
        double height = 0;
        for (var month = 1; month < path.Length; month++)
        {
            // Both numbers are drawn each month, so that a change of fill shifts no later draw.
            var turn = stream.NextUniform();
            var size = -MotionPriors.SpikeHeight * Math.Log(stream.NextOpenUniform());
            var full = month < fill.Length ? fill[month] : double.NaN;
            height =
                height > 0
                    ? (turn < MotionPriors.SpikeEnd ? 0 : height)
                    : (turn < Chance(full) ? size : 0);
            path[month] += height;
        }
    }
}
