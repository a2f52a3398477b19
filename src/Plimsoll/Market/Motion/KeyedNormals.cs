using MathNet.Numerics.Distributions;
using Plimsoll.Sampling;

namespace Plimsoll.Market.Motion;

/// <summary>Standard normals that belong to a name: the same for a seed, draw and name whatever else is asked for.</summary>
internal static class KeyedNormals
{
    /// <summary>The stream of a name in a draw.</summary>
    public static RandomStream Stream(ulong seed, int draw, string name) =>
        RandomStream.Keyed(seed, draw, EntityId.Of("rent: " + name), Purpose.Shocks);

    /// <summary>One standard normal.</summary>
    public static double One(ulong seed, int draw, string name)
    {
        var stream = Stream(seed, draw, name);
        return Next(ref stream);
    }

    /// <summary>Next standard normal of a stream.</summary>
    public static double Next(ref RandomStream stream) =>
        Normal.InvCDF(0, 1, stream.NextOpenUniform());

    /// <summary>A chi-square over its degrees of freedom, by the cube of a normal (Wilson and Hilferty 1931).</summary>
    /// <param name="normal">A standard normal.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    /// <param name="least">Least share: what is divided by its root is at most as many times wider.</param>
    /// <returns>Mean about 1.</returns>
    public static double ChiSquareShare(double normal, double freedom, double least)
    {
        var spread = 2 / (9 * freedom);
        var root = Math.Max(0, 1 - spread + (normal * Math.Sqrt(spread)));
        return Math.Max(least, root * root * root);
    }
}
