using Plimsoll.Market.Quotes;
using Plimsoll.Quantities;

namespace Plimsoll.Hindcast.Replay;

/// <summary>One question put to the past: on a day, what will this panel print for this chip some quarters on?</summary>
/// <param name="Market">china, us.</param>
/// <param name="Decision">Last month of the quarter on whose last day the forecast is made.</param>
/// <param name="Quarters">Quarters ahead: 1, 2 or 4.</param>
/// <param name="History">What the panel had printed of the chip by then and could be known, oldest first; at least one.</param>
/// <param name="Outcome">What it printed for about that month later on.</param>
public sealed record ReplayCase(
    string Market,
    Month Decision,
    int Quarters,
    IReadOnlyList<PanelQuote> History,
    PanelQuote Outcome
)
{
    /// <summary>Quarters ahead that are asked for.</summary>
    public static IReadOnlyList<int> Horizons { get; } = [1, 2, 4];

    /// <summary>First quarter on whose last day a forecast is made.</summary>
    public static Month First { get; } = new(2023, 12);

    /// <summary>Last quarter whose outcomes count.</summary>
    public static Month Last { get; } = new(2025, 12);

    /// <summary>Last day on which an outcome may have become known.</summary>
    public static DateOnly KnownTo { get; } = new(2025, 12, 31);

    // A quarterly print is dated at its middle, a monthly one at its month: the nearest within a month of the target counts.
    private const int MonthsApart = 1;

    /// <summary>Newest quote known at the decision.</summary>
    public PanelQuote Latest => History[^1];

    /// <summary>Months from the decision to the outcome.</summary>
    public int MonthsAhead => Outcome.Quote.Date - Decision;

    /// <summary>Months from the newest quote to the decision.</summary>
    public int Age => Decision - Latest.Quote.Date;

    /// <summary>Panel, chip and basis, for messages and for telling outcomes apart.</summary>
    public string Series => Outcome.Place;

    /// <summary>Every question that the quotes of a market can answer.</summary>
    /// <param name="quotes">All quotes known to the end, of the modelled bases.</param>
    /// <param name="market">Name of the market.</param>
    public static IReadOnlyList<ReplayCase> Of(IReadOnlyList<PanelQuote> quotes, string market)
    {
        var cases = new List<ReplayCase>();
        foreach (
            var series in quotes
                .Where(q => q.Quote.KnownBy <= KnownTo)
                .GroupBy(q => q.Place)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            var all = series
                .GroupBy(q => q.Quote.Date)
                .Select(Mean)
                .OrderBy(q => q.Quote.Date)
                .ToList();
            for (var decision = First; decision < Last; decision += 3)
            {
                var known = all.Where(q => q.Quote.KnownBy <= decision.LastDay).ToList();
                if (known.Count == 0)
                {
                    continue;
                }
                foreach (var quarters in Horizons)
                {
                    var target = decision + (3 * quarters);
                    var outcome = all.Where(q =>
                            Math.Abs(q.Quote.Date - target) <= MonthsApart
                            && q.Quote.KnownBy > decision.LastDay
                            && q.Quote.Date > decision
                        )
                        .MinBy(q => (Math.Abs(q.Quote.Date - target), q.Quote.Date));
                    if (outcome is not null)
                    {
                        cases.Add(new ReplayCase(market, decision, quarters, known, outcome));
                    }
                }
            }
        }
        return cases;
    }

    // What several outlets print of one month is one reading, weighted by their errors.
    private static PanelQuote Mean(IGrouping<Month, PanelQuote> month)
    {
        var first = month.OrderBy(q => q.Key, StringComparer.Ordinal).First();
        double Weight(PanelQuote q) => 1 / (q.Quote.LogError * q.Quote.LogError);
        var total = month.Sum(Weight);
        var log = month.Sum(q => Weight(q) * Math.Log(q.Quote.PerGpuHour)) / total;
        return first with
        {
            Quote = first.Quote with
            {
                PerGpuHour = Math.Exp(log),
                LogError = Math.Sqrt(1 / total),
                KnownBy = month.Max(q => q.Quote.KnownBy),
            },
        };
    }
}
