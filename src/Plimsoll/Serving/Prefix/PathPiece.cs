using Plimsoll.Workloads;

namespace Plimsoll.Serving.Prefix;

/// <summary>A piece of a prompt in KV blocks.</summary>
/// <param name="Chain">Identity of the prompt up to and with this piece.</param>
/// <param name="EndBlock">Blocks of the prompt complete at its end; more than at the piece before.</param>
internal readonly record struct PathPiece(ulong Chain, int EndBlock);

/// <summary>Turns the declared pieces of a prompt into its path in blocks.</summary>
internal static class PromptPath
{
    /// <summary>Rents the path in the arena; pieces in which no block ends only leave their mark in the chain.</summary>
    /// <returns>Where it starts and how many pieces it has.</returns>
    public static (int Start, int Count) Rent(
        SpanArena<PathPiece> arena,
        ReadOnlySpan<PrefixPiece> pieces,
        int inputTokens,
        int blockShift
    )
    {
        var start = arena.Rent(pieces.Length);
        var items = arena.Items;
        var count = 0;
        var chain = PrefixChain.Empty;
        var tokens = 0L;
        var blocks = 0;
        foreach (ref readonly var piece in pieces)
        {
            chain = PrefixChain.Extend(chain, piece);
            tokens = Math.Min(tokens + piece.Tokens, inputTokens);
            var end = (int)(tokens >> blockShift);
            if (end > blocks)
            {
                items[start + count++] = new PathPiece(chain, end);
                blocks = end;
            }
        }
        return (start, count);
    }
}
