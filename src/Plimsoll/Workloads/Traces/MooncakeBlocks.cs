namespace Plimsoll.Workloads.Traces;

/// <summary>How many tokens a hash of the trace stands for, and whether a last part of a block has one.</summary>
/// <param name="Tokens">Tokens of a block.</param>
/// <param name="OnlyFull">True when a part of a block at the end of a prompt has no hash.</param>
internal sealed record MooncakeBlocks(int Tokens, bool OnlyFull)
{
    /// <summary>Mooncake's own.</summary>
    public static MooncakeBlocks Standard { get; } = new(512, false);

    /// <summary>Finds the size from rows: prompt length and number of hashes bound it from both sides.</summary>
    /// <param name="rows">Input tokens and hashes of each.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="InvalidDataException">The rows leave several sizes open and 512 is not among them.</exception>
    public static MooncakeBlocks Of(IEnumerable<(int Input, int Hashes)> rows, string path)
    {
        var all = rows.Where(r => r.Hashes > 0 && r.Input > 0).ToList();
        if (all.Count == 0)
        {
            return Standard;
        }
        // n hashes for L tokens: (n - 1) B < L <= n B when the last may be a part, n B <= L < (n + 1) B when only full blocks have one.
        var part = (
            Low: all.Max(r => ((r.Input - 1) / r.Hashes) + 1),
            High: all.Min(r => r.Hashes > 1 ? (r.Input - 1) / (r.Hashes - 1) : int.MaxValue)
        );
        var full = (
            Low: all.Max(r => (r.Input / (r.Hashes + 1)) + 1),
            High: all.Min(r => r.Input / r.Hashes)
        );
        if (part.Low <= part.High)
        {
            return new MooncakeBlocks(Choose(part.Low, part.High, path), false);
        }
        // Neither fits all rows: some are broken, and are told as such against the standard.
        return full.Low <= full.High
            ? new MooncakeBlocks(Choose(full.Low, full.High, path), true)
            : Standard;
    }

    /// <summary>Gives the pieces of a prompt, from one place on, their lengths.</summary>
    /// <returns>Null when they fit the prompt, else what is wrong.</returns>
    public string? Fit(int input, List<PrefixPiece> pieces, int first)
    {
        var count = pieces.Count - first;
        if (count == 0)
        {
            return null;
        }
        var needed = OnlyFull ? input / Tokens : ((input - 1) / Tokens) + 1;
        if (count != needed)
        {
            return $"found {count} hash_ids for {input} tokens; expected {needed} of {Tokens} tokens";
        }
        for (var i = first; i < pieces.Count; i++)
        {
            pieces[i] = pieces[i] with { Tokens = Tokens };
        }
        if (!OnlyFull)
        {
            pieces[^1] = pieces[^1] with { Tokens = input - ((count - 1) * Tokens) };
        }
        return null;
    }

    private static int Choose(int low, int high, string path)
    {
        if (low <= Standard.Tokens && Standard.Tokens <= high)
        {
            return Standard.Tokens;
        }
        int[] powers =
        [
            .. Enumerable.Range(0, 21).Select(i => 1 << i).Where(p => p >= low && p <= high),
        ];
        return powers.Length == 1 ? powers[0]
            : low == high ? low
            : throw new InvalidDataException(
                $"{path}: the rows fit hash blocks of {low} to {high} tokens; expected rows that tell the size, or 512. Leave hash_ids out if the size is not known."
            );
    }
}
