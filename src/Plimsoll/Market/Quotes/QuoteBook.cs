using Plimsoll.Catalog;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Quotes;

/// <summary>A printed rent that moves no level, with the reason.</summary>
/// <param name="Series">Series of the catalogue.</param>
/// <param name="Date">Month spoken of.</param>
/// <param name="Reason">Why its basis is none of those that are modelled.</param>
public sealed record UnusedQuote(string Series, Month Date, string Reason);

/// <summary>The printed rents of a market that could be known on a day.</summary>
/// <remarks>Catalogue kind <c>quotes</c>: one entry a series, with market, chip, basis, panel and, for lists, the providers counted; one <c>rent</c> a date.</remarks>
public sealed class QuoteBook
{
    /// <summary>Kind of catalogue entry.</summary>
    public const string Kind = "quotes";

    /// <summary>Servers hold eight accelerators in every quote of the catalogue.</summary>
    private const int PerServer = 8;

    /// <summary>Hours of a mean month.</summary>
    internal const double HoursPerMonth = 730;

    private QuoteBook(
        string market,
        IReadOnlyList<PanelQuote> quotes,
        IReadOnlyList<UnusedQuote> unused
    ) => (Market, Quotes, Unused) = (market, quotes, unused);

    /// <summary>Market: china, us, europe.</summary>
    public string Market { get; }

    /// <summary>Quotes of the four modelled bases, by series and then date.</summary>
    public IReadOnlyList<PanelQuote> Quotes { get; }

    /// <summary>Quotes of other bases: indices that mix them, lists of pre-emptible hours that stood still for two years, reservations, floors, notional prices.</summary>
    public IReadOnlyList<UnusedQuote> Unused { get; }

    /// <summary>Reads the quotes of a market visible on the day of the view.</summary>
    /// <exception cref="KeyNotFoundException">A series lacks its chip, basis or panel.</exception>
    public static QuoteBook Of(CatalogView view, string market)
    {
        var quotes = new List<PanelQuote>();
        var unused = new List<UnusedQuote>();
        foreach (var series in view.Entries(Kind).Where(e => e.Text("market") == market))
        {
            var basis = series.Text("basis");
            // A list over other providers is another panel, whatever its publisher calls it.
            var providers = series.TextOrNull("providers");
            foreach (var rent in series.Series("rent"))
            {
                var month = Month.Of(rent.ValidFrom);
                if (BasisOf(basis) is not { } modelled)
                {
                    unused.Add(new UnusedQuote(series.Name, month, basis));
                    continue;
                }
                quotes.Add(
                    new PanelQuote(
                        new Quote(
                            month,
                            rent.Published,
                            series.Text("chip"),
                            modelled,
                            PerGpuHour(rent),
                            QuoteError.Of(rent),
                            rent.Source
                        ),
                        series.Text("panel") + (providers is null ? "" : " of " + providers),
                        series.Name
                    )
                );
            }
        }
        return new QuoteBook(market, quotes, unused);
    }

    /// <summary>The modelled basis of a word of the catalogue; null for composite, spot-list, reserved-list, capacity-block, list-floor, mixed and notional.</summary>
    public static QuoteBasis? BasisOf(string word) =>
        word switch
        {
            "contract" => QuoteBasis.Contract,
            "marketplace" => QuoteBasis.Marketplace,
            "neocloud-list" => QuoteBasis.NeocloudList,
            "hyperscaler-list" => QuoteBasis.HyperscalerList,
            _ => null,
        };

    /// <summary>A rent of the catalogue per accelerator-hour, in the currency of its unit.</summary>
    internal static double PerGpuHour(Sourced<double> rent) =>
        rent.Unit.EndsWith("/server-month", StringComparison.Ordinal)
            ? rent.Value / (PerServer * HoursPerMonth)
            : rent.Value;
}
