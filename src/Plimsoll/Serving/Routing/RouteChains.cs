using System.Numerics;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Routing;

/// <summary>The chains by which a prefix-aware router knows a prompt: those of its first 1, 2, 4, 8, ... and of all pieces.</summary>
internal static class RouteChains
{
    /// <summary>Most chains of one prompt.</summary>
    public const int Most = 33;

    /// <summary>Writes the chains, the shortest first.</summary>
    /// <returns>How many.</returns>
    public static int Of(ReadOnlySpan<PrefixPiece> pieces, Span<ulong> chains)
    {
        var chain = PrefixChain.Empty;
        var count = 0;
        for (var i = 0; i < pieces.Length; i++)
        {
            chain = PrefixChain.Extend(chain, pieces[i]);
            if (BitOperations.IsPow2(i + 1) || i == pieces.Length - 1)
            {
                chains[count++] = chain;
            }
        }
        return count;
    }
}
