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
        var p = (double)happened / draws;
        var z2 = Z * Z;
        var centre = (p + (z2 / (2 * draws))) / (1 + (z2 / draws));
        var half =
            Z
            / (1 + (z2 / draws))
            * Math.Sqrt((p * (1 - p) / draws) + (z2 / (4.0 * draws * draws)));
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
