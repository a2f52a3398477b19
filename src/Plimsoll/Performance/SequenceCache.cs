namespace Plimsoll.Performance;

/// <summary>What a sequence holds in the KV cache beside its tokens in the layers that cache all of them: windows and recurrent states.</summary>
/// <param name="WindowTokens">Tokens that the layers with a window see; 0 without such layers.</param>
/// <param name="WindowShare">Cache of a token in the layers with a window over that in the layers that cache all; 0 or more.</param>
/// <param name="StateTokens">Recurrent state of a sequence in tokens of the layers that cache all; 0 or more.</param>
/// <remarks>The default holds nothing: of a plain model a sequence costs its tokens.</remarks>
public readonly record struct SequenceCache(
    int WindowTokens,
    double WindowShare,
    double StateTokens
)
{
    /// <summary>True where a sequence costs its tokens and nothing beside them.</summary>
    public bool IsPlain => StateTokens <= 0 && (WindowTokens <= 0 || WindowShare <= 0);

    /// <summary>What a sequence costs of the cache's capacity, tokens of the layers that cache all.</summary>
    /// <param name="length">Tokens of the sequence; 0 or more.</param>
    public double Tokens(double length) =>
        IsPlain ? length : length + (WindowShare * Math.Min(length, WindowTokens)) + StateTokens;

    /// <summary>The same in whole blocks: so many for each block of tokens, and so many from its admission to its end.</summary>
    /// <param name="longest">Tokens of the sequence when it ends; 1 or more.</param>
    /// <param name="blockTokens">Tokens of a block.</param>
    /// <returns>Never less than the sequence holds, whatever its length up to the longest.</returns>
    /// <remarks>
    /// A sequence that stays inside the window grows in all layers: by whole blocks as its tokens do, and by the part that is left over from its admission.
    /// One that outgrows the window has the whole window from its admission on.
    /// </remarks>
    public (int EachBlock, long Reserved) Blocks(long longest, int blockTokens)
    {
        if (IsPlain)
        {
            return (1, 0);
        }
        var grows = longest <= WindowTokens ? Math.Floor(WindowShare) : 0;
        var beside = ((WindowShare - grows) * Math.Min(longest, WindowTokens)) + StateTokens;
        return (1 + (int)grows, (long)Math.Ceiling(beside / blockTokens));
    }
}
