using Plimsoll.Catalog;
using Plimsoll.Market.Quotes;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>What one new accelerator costs on a day: the prices printed in the last months, weighted by their errors.</summary>
public static class NewPrice
{
    /// <summary>Kind of catalogue entry that holds dated prices; <c>per</c> says of what: accelerator, server, board, all-in.</summary>
    public const string Kind = "purchase-prices";

    // Prices older than two years are not those of the day.
    private const int Days = 730;

    // A server of eight costs some 15 % more than its accelerators, a board 5 %.
    internal const double ServerShare = 1.15;
    private const double BoardShare = 1.05;
    private const double PerServer = 8;

    /// <summary>What China pays above the world's price where nothing of its own is printed: resellers' margin and tax, own prior.</summary>
    private const double ChinaPremium = 1.2;

    /// <summary>Price of one new accelerator as known on the day of the view.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="market">china has prices of its own; every other market pays the world's.</param>
    /// <param name="chip">The chip.</param>
    /// <returns>Dollars, more than 0; null when no price is known.</returns>
    public static double? Dollars(CatalogView view, string market, string chip)
    {
        var own = Mean(view, market == "china" ? "china" : "us", chip);
        return own is not null || market != "china" ? own : Mean(view, "us", chip) * ChinaPremium;
    }

    private static double? Mean(CatalogView view, string market, string chip)
    {
        double sum = 0,
            weight = 0;
        void Add(Sourced<double> price, double parts)
        {
            var rate = ExchangeRate.PerDollar(view, new Currency(price.Unit), Month.Of(view.AsOf));
            var error = QuoteError.Of(price);
            sum += Math.Log(price.Value / parts / rate) / (error * error);
            weight += 1 / (error * error);
        }
        if (market == "us" && view.Find(Accelerator.Kind, chip) is { } entry)
        {
            if (entry.NumberOrNull("purchase_price") is { } list)
            {
                Add(list, 1);
            }
        }
        foreach (var series in view.Entries(Kind))
        {
            if (series.TextOrNull("chip") != chip || series.TextOrNull("market") != market)
            {
                continue;
            }
            var parts = Parts(series.Text("per"));
            foreach (var price in series.Series("price"))
            {
                if (view.AsOf.DayNumber - price.ValidFrom.DayNumber <= Days)
                {
                    Add(price, parts);
                }
            }
        }
        return weight > 0 ? Math.Exp(sum / weight) : null;
    }

    private static double Parts(string per) =>
        per switch
        {
            "accelerator" => 1,
            "server" => PerServer * ServerShare,
            "board" => PerServer * BoardShare,
            "all-in" => PerServer * ReplacementCost.AllIn,
            _ => throw new InvalidDataException(
                $"A purchase price is per '{per}'; expected accelerator, server, board or all-in."
            ),
        };
}
