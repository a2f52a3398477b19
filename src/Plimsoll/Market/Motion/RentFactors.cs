using Plimsoll.Outlooks;

namespace Plimsoll.Market.Motion;

/// <summary>The standing parts and the shocks that make up the log rent of a chip on a basis in a market; each is known by its name, which keys its random numbers.</summary>
/// <remarks>
/// log rent = level of the market + of the basis + quality of the chip + the pair's own, each with its prior, plus width x (world, market,
/// basis, chip, own shocks) summed since the first month. Two rents move together by the shocks that they share. Shares are own priors.
/// </remarks>
internal static class RentFactors
{
    /// <summary>Shares of a month's variance: world, market, basis, chip, own; they sum to 1.</summary>
    /// <remarks>Lists of hyperscalers are administered: they follow the market late, and say little of it.</remarks>
    public static IReadOnlyList<double> Shares(QuoteBasis basis) =>
        basis switch
        {
            QuoteBasis.Contract or QuoteBasis.Marketplace or QuoteBasis.NeocloudList => _market,
            QuoteBasis.HyperscalerList => _administered,
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis."),
        };

    private static readonly double[] _market = [0.25, 0.25, 0.20, 0.20, 0.10];
    private static readonly double[] _administered = [0.05, 0.05, 0.60, 0.10, 0.20];

    /// <summary>Names of the shocks of a rent, in the order of <see cref="Shares"/>.</summary>
    public static string[] Shocks(string market, string chip, QuoteBasis basis) =>
        [
            "world",
            $"market {market}",
            $"basis {market} {basis}",
            $"chip {market} {chip}",
            $"pair {market} {chip} {basis}",
        ];

    /// <summary>Index in <see cref="Shocks"/> of the shock that all rents of a market share.</summary>
    public const int MarketShock = 1;

    /// <summary>Names of the standing parts of a rent: level, basis, quality, the pair's own.</summary>
    public static string[] Parts(string market, string chip, QuoteBasis basis) =>
        [
            $"level {market}",
            $"basis {market} {basis}",
            $"quality {chip}",
            $"pair {market} {chip} {basis}",
        ];
}
