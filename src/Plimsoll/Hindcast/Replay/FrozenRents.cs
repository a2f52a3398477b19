using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Market.SecondHand;
using Plimsoll.Outlooks;

namespace Plimsoll.Hindcast.Replay;

/// <summary>A forecast of a market's rents and used prices, written down before anyone can score it: quantiles by month, and joint paths by quarter.</summary>
public static class FrozenRents
{
    /// <summary>Months ahead.</summary>
    public const int Months = 24;

    /// <summary>Chips written down: those with rents of their own, and those that China may or may not buy.</summary>
    public static IReadOnlyList<string> Chips { get; } =
    ["A100 SXM 80GB", "H100 SXM5", "H200 SXM", "B200 SXM", "RTX 4090", "H20 SXM", "Ascend 910B3"];

    private static readonly double[] _quantiles = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

    /// <summary>Age at the decision of the used chips whose price is written down.</summary>
    private const double UsedAge = 24;

    /// <summary>The forecast as two tables.</summary>
    /// <param name="view">The catalogue of the day of the forecast.</param>
    /// <param name="market">china, us, europe.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="draws">Draws, at least 8.</param>
    /// <returns>Quantiles: chip, basis, month, one column a quantile. Paths: draw, law, chip, basis, one column a quarter. Money of the market per accelerator-hour; used prices, basis <c>used-24-months</c>, in dollars an accelerator.</returns>
    public static (string Quantiles, string Paths) Of(
        CatalogView view,
        string market,
        ulong seed,
        int draws
    )
    {
        var levels = RentLevels.Condition(view, market, [], seed, draws, Months);
        var resale = ResaleLaw.Of(view, market);
        var quantiles = new StringBuilder("chip,basis,month");
        foreach (var q in _quantiles)
        {
            quantiles.Append(CultureInfo.InvariantCulture, $",P{100 * q:00}");
        }
        quantiles.Append('\n');
        var paths = new StringBuilder("draw,law,chip,basis");
        for (var m = 0; m <= Months; m += 3)
        {
            paths.Append(CultureInfo.InvariantCulture, $",{levels.Start + m}");
        }
        paths.Append('\n');
        foreach (var chip in Chips.Where(c => view.Find(Accelerator.Kind, c) is not null))
        {
            foreach (var basis in Enum.GetValues<QuoteBasis>())
            {
                var drawn = Enumerable
                    .Range(0, draws)
                    .Select(d => levels.LogPath(d, chip, basis))
                    .ToArray();
                Write(quantiles, paths, levels, chip, Word(basis), drawn);
            }
            var used = Enumerable
                .Range(0, draws)
                .Select(d =>
                    resale.LogPath(
                        chip,
                        UsedAge,
                        levels.LogPath(d, chip, QuoteBasis.Contract),
                        seed,
                        d
                    )
                )
                .ToArray();
            if (used.All(u => u is not null))
            {
                Write(quantiles, paths, levels, chip, "used-24-months", used!);
            }
        }
        return (quantiles.ToString(), paths.ToString());
    }

    /// <summary>SHA-256 of a text, lower-case hexadecimal.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(
        StringBuilder quantiles,
        StringBuilder paths,
        RentLevels levels,
        string chip,
        string basis,
        double[][] drawn
    )
    {
        for (var month = 0; month <= Months; month++)
        {
            var sorted = drawn.Select(p => p[month]).Order().ToArray();
            quantiles.Append(
                CultureInfo.InvariantCulture,
                $"{chip},{basis},{levels.Start + month}"
            );
            foreach (var q in _quantiles)
            {
                quantiles.Append(
                    CultureInfo.InvariantCulture,
                    $",{Math.Exp(sorted[(int)(q * sorted.Length)]):G4}"
                );
            }
            quantiles.Append('\n');
        }
        for (var draw = 0; draw < drawn.Length; draw++)
        {
            paths.Append(
                CultureInfo.InvariantCulture,
                $"{draw},{levels.Kind(draw)},{chip},{basis}"
            );
            for (var month = 0; month <= Months; month += 3)
            {
                paths.Append(CultureInfo.InvariantCulture, $",{Math.Exp(drawn[draw][month]):G4}");
            }
            paths.Append('\n');
        }
    }

    private static string Word(QuoteBasis basis) =>
        basis switch
        {
            QuoteBasis.Contract => "contract",
            QuoteBasis.Marketplace => "marketplace",
            QuoteBasis.NeocloudList => "neocloud-list",
            QuoteBasis.HyperscalerList => "hyperscaler-list",
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis."),
        };
}
