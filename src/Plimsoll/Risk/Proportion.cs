namespace Plimsoll.Risk;

/// <summary>The odds of an event, with the interval that the number of draws allows.</summary>
/// <param name="Value">Share of draws in which it happened, 0 to 1.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Happened">Draws in which it happened.</param>
/// <param name="Draws">All draws.</param>
/// <remarks>Wilson's score interval (Wilson 1927), which stays inside 0 to 1 for rare events.</remarks>
public sealed record Proportion(double Value, double Low, double High, int Happened, int Draws)
{
    private const double Z = 1.959963984540054;

    /// <summary>The odds from a count.</summary>
    /// <param name="happened">0 to <paramref name="draws"/>.</param>
    /// <param name="draws">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No draws, or a count outside them.</exception>
    public static Proportion Of(int happened, int draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(happened);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(happened, draws);
        return Wilson(happened, draws, draws);
    }

    /// <summary>The odds from flags of draws that are not all independent: several share one world.</summary>
    /// <param name="flags">Whether it happened, one a draw; at least one.</param>
    /// <param name="worlds">For each draw, the number of its world.</param>
    /// <remarks>The interval is Wilson's at the number of independent draws that would vary as much as the means of the worlds do: between the number of worlds and the number of draws.</remarks>
    public static Proportion Of(ReadOnlySpan<bool> flags, ReadOnlySpan<int> worlds)
    {
        var sums = new Dictionary<int, (int Happened, int Draws)>();
        var happened = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            var (h, n) = sums.GetValueOrDefault(worlds[i]);
            sums[worlds[i]] = (h + (flags[i] ? 1 : 0), n + 1);
            happened += flags[i] ? 1 : 0;
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(flags.Length, 1);
        var p = (double)happened / flags.Length;
        double squares = 0;
        foreach (var (h, n) in sums.Values)
        {
            squares += (h - (p * n)) * (h - (p * n));
        }
        var variance = squares / ((double)flags.Length * flags.Length);
        var independent =
            variance > 0 && sums.Count < flags.Length
                ? Math.Clamp(p * (1 - p) / variance, sums.Count, flags.Length)
            : sums.Count < flags.Length ? sums.Count
            : flags.Length;
        return Wilson(happened, flags.Length, independent);
    }

    private static Proportion Wilson(int happened, int draws, double independent)
    {
        var p = (double)happened / draws;
        var z2 = Z * Z;
        var centre = (p + (z2 / (2 * independent))) / (1 + (z2 / independent));
        var half =
            Z
            / (1 + (z2 / independent))
            * Math.Sqrt((p * (1 - p) / independent) + (z2 / (4.0 * independent * independent)));
        return new Proportion(
            p,
            happened == 0 ? 0 : Math.Max(0, centre - half),
            happened == draws ? 1 : Math.Min(1, centre + half),
            happened,
            draws
        );
    }

    /// <summary>The odds from flags, one a draw.</summary>
    public static Proportion Of(ReadOnlySpan<bool> flags)
    {
        var happened = 0;
        foreach (var flag in flags)
        {
            happened += flag ? 1 : 0;
        }
        return Of(happened, flags.Length);
    }
}
