namespace Plimsoll.Workloads;

/// <summary>The identity of a prompt up to some piece: a 64-bit mix of all pieces so far.</summary>
internal static class PrefixChain
{
    /// <summary>The chain of no pieces.</summary>
    public const ulong Empty = 0x9E3779B97F4A7C15UL;

    /// <summary>The chain one piece further on.</summary>
    public static ulong Extend(ulong chain, in PrefixPiece piece)
    {
        var mixed = (chain ^ (ulong)piece.Id) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 29) ^ (uint)piece.Tokens) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 32);
    }
}
