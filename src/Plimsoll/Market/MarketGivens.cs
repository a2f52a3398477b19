using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>Dated facts a market run is given: tokens served, national compute, the world's rent, rules, vouchers; nothing beyond the day of the view.</summary>
/// <remarks>Each series ends with its last datum; what lies after is drawn by <see cref="MarketBackdrop"/>. A given is never a target.</remarks>
public sealed record MarketGivens
{
    /// <summary>First month of every market run.</summary>
    public required Month Start { get; init; }

    /// <summary>Months from the start to the day of the view; at least 1.</summary>
    public required int KnownMonths { get; init; }

    /// <summary>Log of national tokens a day, by month up to the last datum; at least one month.</summary>
    public required double[] LogTokens { get; init; }

    /// <summary>National compute in H servers, by month up to the last datum; at least one month.</summary>
    public required double[] NationalServers { get; init; }

    /// <summary>Log of the world's H100 rent, money of the market a server-month, by month up to the last datum; at least one month.</summary>
    public required double[] LogWorldRent { get; init; }

    /// <summary>State of the export rules by month of the known span: 0 before October 2023, 1 from then on, moved by later rules.</summary>
    public required double[] Rule { get; init; }

    /// <summary>Month in which the dated push begins, from 0; beyond every run when none is known.</summary>
    public int PushMonth { get; init; } = int.MaxValue;

    /// <summary>Month of an official review of new building, from 0; beyond every run when none is known.</summary>
    public int ReviewMonth { get; init; } = int.MaxValue;

    /// <summary>Voucher budget by month of the known span, money a month.</summary>
    public double[] VoucherBudget { get; init; } = [];

    /// <summary>Share of rent that a voucher pays, 0 to 1.</summary>
    public double VoucherFace { get; init; }

    /// <summary>What the tiers' servers are worth against each other.</summary>
    public required TierTerms Tiers { get; init; }

    /// <summary>Reads the givens of a market.</summary>
    /// <param name="view">The catalogue as known on the day of decision.</param>
    /// <param name="market">china or us.</param>
    public static MarketGivens Of(CatalogView view, string market) => Of(view, view, market);

    /// <summary>Reads the givens of a conditional hindcast: rents as known on one day; tokens, compute, rules and reviews as known on a later one.</summary>
    /// <param name="view">The day of the vintage.</param>
    /// <param name="later">The day up to which quantities and rules are given.</param>
    /// <param name="market">china or us.</param>
    public static MarketGivens Of(CatalogView view, CatalogView later, string market)
    {
        var china = market == "china";
        var known = Math.Max(1, MonthOf(view) - First + 1);
        var rules = Math.Max(known, MonthOf(later) - First + 1);
        var world = GivenSeries.Smoothed(Transactions(view), First, known, Math.Log(4.7));
        var link = MarketLink.Of(market);
        var rate = china
            ? Rates(view, known)
            :
            [
                .. Enumerable
                    .Range(0, known)
                    .Select(m => ExchangeRate.PerDollar(view, link.Currency, First + m)),
            ];
        return new MarketGivens
        {
            Start = First,
            KnownMonths = known,
            LogTokens = china ? Tokens(later, rules) : [Math.Log(3e11 * link.ReferenceSize)],
            NationalServers = china
                ? Compute(later, rules)
                : [UnitedStatesServers * link.ReferenceSize],
            LogWorldRent = [.. world.Select((w, m) => w + Math.Log(8 * HoursPerMonth * rate[m]))],
            Rule = china ? Rules(later, rules) : new double[rules],
            PushMonth = china ? EventMonth(later, "build 2023-10-09") : int.MaxValue,
            ReviewMonth = china ? EventMonth(later, "consolidate 2025-03") : int.MaxValue,
            VoucherBudget = china ? Budgets(later, rules) : [],
            VoucherFace = china ? Face(later) : 0,
            Tiers = TiersOf(view),
        };
    }

    /// <summary>Start of every market: the year from which new public centres are counted.</summary>
    private static Month First => new(2023, 1);

    private const double HoursPerMonth = 730;

    /// <summary>FP16 of one H100, TFLOP/s; national totals are counted in it.</summary>
    private const double TeraflopsOfH = 989;

    /// <summary>United States AI compute at the start, in servers of eight H100: about a million H100 or their like at the end of 2023; own prior.</summary>
    private const double UnitedStatesServers = 60_000;

    private static Month MonthOf(CatalogView view) =>
        Month.Of(view.AsOf > new DateOnly(2100, 1, 1) ? new DateOnly(2025, 3, 31) : view.AsOf);

    /// <summary>The nation's tokens: official counts, and the largest service as a floor where its count is higher (scopes differ).</summary>
    private static double[] Tokens(CatalogView view, int months)
    {
        var nation = GivenSeries.Of(view, "tokens", "China total", "tokens_per_day");
        var largest = GivenSeries.Of(view, "tokens", "Doubao", "tokens_per_day");
        var n = GivenSeries.Interpolated(nation, First, months, Math.Log(1e11));
        var d = GivenSeries.Interpolated(largest, First, months, double.NegativeInfinity);
        var last = Math.Max(
            GivenSeries.LastMonth(nation, First),
            GivenSeries.LastMonth(largest, First)
        );
        var firstLargest = largest.Count > 0 ? Month.Of(largest[0].ValidFrom) - First : months;
        return
        [
            .. n.Take(Math.Clamp(last + 1, 1, months))
                .Select((x, m) => m >= firstLargest ? Math.Max(x, d[m]) : x),
        ];
    }

    private static double[] Compute(CatalogView view, int months)
    {
        var series = GivenSeries.Of(view, "targets", "intelligent compute FP16", "value");
        var last = Math.Clamp(GivenSeries.LastMonth(series, First) + 3, 1, months);
        // A quarter's figure is that of its end.
        return
        [
            .. GivenSeries
                .Interpolated(series, First + -2, last, Math.Log(260))
                .Select(x => Math.Exp(x) * 1e6 / TeraflopsOfH / 8),
        ];
    }

    private static IReadOnlyList<Sourced<double>> Transactions(CatalogView view) =>
        [
            .. GivenSeries
                .Of(view, "rents", "H100 world", "rent")
                .Where(f => !f.Note.Contains(" list", StringComparison.Ordinal)),
        ];

    private static double[] Rates(CatalogView view, int months) =>
        [
            .. GivenSeries
                .Interpolated(
                    GivenSeries.Of(view, "currency-rates", "CNY per USD", "rate"),
                    First,
                    months,
                    Math.Log(7.1)
                )
                .Select(Math.Exp),
        ];

    /// <summary>What each dated rule does to the state of the rules; readings of the published texts, own prior.</summary>
    private static readonly (string Name, double Change)[] _ruleChanges =
    [
        ("export 2023-10-17", 1),
        ("export 2025-12-08", -0.4),
        ("import 2026-01-14", 0.3),
        ("import 2026-01-28", -0.3),
    ];

    private static double[] Rules(CatalogView view, int months)
    {
        var rule = new double[months];
        foreach (var (name, change) in _ruleChanges)
        {
            for (var m = EventMonth(view, name); m < months; m++)
            {
                rule[m] += change;
            }
        }
        return rule;
    }

    private static int EventMonth(CatalogView view, string name) =>
        view.Find("policies", name)?.Find("event") is { } fact
            ? Math.Max(0, Month.Of(fact.Text.ValidFrom) - First)
            : int.MaxValue;

    private static double[] Budgets(CatalogView view, int months)
    {
        var budget = new double[months];
        foreach (var scheme in view.Entries("vouchers"))
        {
            if (scheme.Series("budget_per_year") is not { Count: > 0 } yearly)
            {
                continue;
            }
            for (var m = 0; m < months; m++)
            {
                var day = (First + m).LastDay;
                var inForce = yearly.LastOrDefault(b => b.ValidFrom <= day);
                budget[m] += (inForce?.Value ?? 0) / 12;
            }
        }
        return budget;
    }

    private static double Face(CatalogView view)
    {
        var shares = view.Entries("vouchers")
            .Where(s => s.NumberOrNull("budget_per_year") is not null)
            .Select(s => (s.NumberOrNull("share")?.Value ?? 0, s.Number("budget_per_year").Value))
            .ToList();
        var budget = shares.Sum(s => s.Item2);
        return budget > 0 ? shares.Sum(s => s.Item1 * s.Item2) / budget : 0;
    }

    /// <summary>Ratios by published specifications; prices by server: 2.1 to 2.8 million yuan for H, 0.96 million for eight 910B cards and about a quarter more for the rest of it.</summary>
    private static TierTerms TiersOf(CatalogView view)
    {
        string[] chips = ["H100 SXM5", "A100 SXM 80GB", "Ascend 910B3"];
        double[] Ratios(string attribute, double[] fallback)
        {
            var values = chips
                .Select(c => view.Find(Accelerator.Kind, c)?.NumberOrNull(attribute)?.Value)
                .ToArray();
            return
            [
                .. values.Select((v, k) => v is { } x && values[0] is { } h ? x / h : fallback[k]),
            ];
        }
        return new TierTerms(
            Ratios("bf16_dense", [1, 0.315, 0.316]),
            Ratios("memory_bandwidth", [1, 0.609, 0.478]),
            Ratios("board_power", [1, 0.571, 0.571]),
            [1, 0.55, 0.48]
        );
    }
}
