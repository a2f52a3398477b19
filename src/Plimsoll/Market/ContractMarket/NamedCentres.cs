using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Market.ContractMarket;

/// <summary>The centres of the catalogue's projects table, and the voucher schemes, as the contract run takes them.</summary>
/// <param name="Centres">By month of announcement.</param>
/// <param name="Vouchers">Schemes with a budget.</param>
public sealed record NamedCentres(
    IReadOnlyList<CentreSeed> Centres,
    IReadOnlyList<VoucherScheme> Vouchers
)
{
    /// <summary>None.</summary>
    public static NamedCentres None { get; } = new([], []);

    /// <summary>Operators that build for themselves: their halls are captive supply, not the merchant market's; own reading.</summary>
    private static readonly string[] _captive =
    [
        "Alibaba",
        "Tencent",
        "Baidu",
        "ByteDance",
        "Huawei",
        "SenseTime",
        "Kuaishou",
        "Xiaomi",
    ];

    /// <summary>FP16 PFLOP/s of one accelerator by tier, for projects that disclose only compute: H100 0.989, A100 0.312, Ascend 910B 0.313.</summary>
    private static readonly double[] _petaflops = [0.989, 0.312, 0.313];

    /// <summary>Longest delay from announcement to service that a plan is believed in, months.</summary>
    private const int MostDelay = 36;

    /// <summary>Reads them.</summary>
    /// <param name="view">The catalogue as known on the day of decision.</param>
    /// <param name="givens">For the first month.</param>
    /// <param name="market">china or us; only china has named projects.</param>
    public static NamedCentres Of(CatalogView view, MarketGivens givens, string market)
    {
        if (market != "china")
        {
            return None;
        }
        var vouchers = Schemes(view, givens);
        var seeds = view.Entries("projects")
            .Select(e => Seed(e, givens, vouchers))
            .OfType<CentreSeed>()
            .ToList();
        var centres = Relative(seeds)
            .OrderBy(c => c.Announced)
            .ThenBy(c => c.Name, StringComparer.Ordinal);
        return new NamedCentres([.. centres], vouchers);
    }

    /// <summary>Disclosed sizes mix planned with operating, sparse with dense, captive with merchant: only their ratios are used, the level is the member's mean project.</summary>
    private static IEnumerable<CentreSeed> Relative(List<CentreSeed> seeds)
    {
        if (seeds.Count == 0)
        {
            return seeds;
        }
        var sorted = seeds.Select(s => s.RelativeSize).Order().ToList();
        var most = sorted[sorted.Count / 2] * MostOverMedian;
        var mean = sorted.Average(s => Math.Min(s, most));
        return seeds.Select(s => s with { RelativeSize = Math.Min(s.RelativeSize, most) / mean });
    }

    /// <summary>Beyond this multiple of the median a disclosed size is a plan for a decade; own prior.</summary>
    private const double MostOverMedian = 10;

    /// <summary>A project that discloses its size and was announced within the market's span; others are among the drawn.</summary>
    private static CentreSeed? Seed(
        CatalogEntry entry,
        MarketGivens givens,
        IReadOnlyList<VoucherScheme> vouchers
    )
    {
        var operatorName = entry.TextOrNull("operator") ?? "";
        if (_captive.Any(c => operatorName.StartsWith(c, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }
        var tier = TierOf(entry.TextOrNull("chip") ?? "");
        var accelerators =
            entry.NumberOrNull("accelerators")?.Value
            ?? (
                entry.NumberOrNull("pflops_operating") ?? entry.NumberOrNull("pflops_planned")
            )?.Value / _petaflops[(int)tier];
        var announced =
            MonthOf(entry, "announced", givens.Start)
            ?? MonthOf(entry, "operational", givens.Start);
        if (accelerators is not > 8 || announced is not { } month || month < 0)
        {
            return null;
        }
        var online = MonthOf(entry, "operational", givens.Start);
        return new CentreSeed
        {
            Name = entry.Name,
            Tier = tier,
            RelativeSize = accelerators.Value * _petaflops[(int)tier],
            Announced = month,
            Online = online is { } o && o - month <= MostDelay ? o : int.MaxValue,
            Capability = Experienced(operatorName) ? 0.65 : double.NaN,
            Scheme = SchemeOf(entry.TextOrNull("province") ?? "", vouchers),
        };
    }

    /// <summary>Carriers and cloud operators have sold compute before; own prior.</summary>
    private static bool Experienced(string name) =>
        name.StartsWith("China ", StringComparison.Ordinal)
        || name.Contains("Cloud", StringComparison.Ordinal);

    private static Tier TierOf(string chip) =>
        chip.Contains("H100", StringComparison.Ordinal)
        || chip.Contains("H800", StringComparison.Ordinal)
        || chip.Contains("H200", StringComparison.Ordinal)
            ? Tier.H
        : chip.Contains("A100", StringComparison.Ordinal)
        || chip.Contains("A800", StringComparison.Ordinal)
            ? Tier.A
        : Tier.D;

    private static int? MonthOf(CatalogEntry entry, string attribute, Month start) =>
        entry.TextOrNull(attribute) is { Length: >= 7 } text
        && Month.TryParse(text[..7], out var month)
            ? month - start
            : null;

    private static int SchemeOf(string province, IReadOnlyList<VoucherScheme> vouchers)
    {
        for (var v = 0; v < vouchers.Count; v++)
        {
            if (vouchers[v].Name == province)
            {
                return v;
            }
        }
        return -1;
    }

    private static IReadOnlyList<VoucherScheme> Schemes(CatalogView view, MarketGivens givens) =>
        [
            .. view.Entries("vouchers")
                .Where(e =>
                    e.NumberOrNull("budget_per_year") is not null
                    && e.NumberOrNull("share") is not null
                )
                .Select(e => new VoucherScheme(
                    e.Name,
                    e.Number("share").Value,
                    e.NumberOrNull("cap_per_user")?.Value ?? double.PositiveInfinity,
                    e.Number("budget_per_year").Value,
                    Month.Of(e.Series("budget_per_year")[0].ValidFrom) - givens.Start,
                    int.MaxValue
                )),
        ];
}
