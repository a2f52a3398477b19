using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Quantities;

namespace Plimsoll.Market.SecondHand;

/// <summary>A printed price of a used accelerator.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Market">Market in which it was printed.</param>
/// <param name="Date">Month spoken of.</param>
/// <param name="AgeMonths">Months since it was new.</param>
/// <param name="Dollars">Price of one, as printed.</param>
/// <param name="LogError">Deviation of the logarithm.</param>
/// <param name="Basis">asking or paid.</param>
/// <param name="Source">Where it was printed.</param>
public sealed record SecondHandQuote(
    string Chip,
    string Market,
    Month Date,
    double AgeMonths,
    double Dollars,
    double LogError,
    string Basis,
    string Source
)
{
    /// <summary>Kind of catalogue entry: market, chip, basis, age and dated prices.</summary>
    public const string Kind = "resale";

    /// <summary>The quotes visible on the day of the view and not older than <see cref="SecondHandPriors.QuoteMonths"/>.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="market">china has used chips of its own, since they may not be brought in; every other market trades with the world.</param>
    public static IReadOnlyList<SecondHandQuote> Of(CatalogView view, string market)
    {
        var place = market == "china" ? "china" : "us";
        var quotes = new List<SecondHandQuote>();
        foreach (var series in view.Entries(Kind).Where(e => e.Text("market") == place))
        {
            foreach (var price in series.Series("price"))
            {
                var month = Month.Of(price.ValidFrom);
                if (Month.Of(view.AsOf) - month > SecondHandPriors.QuoteMonths)
                {
                    continue;
                }
                var rate = ExchangeRate.PerDollar(view, new Currency(price.Unit), month);
                quotes.Add(
                    new SecondHandQuote(
                        series.Text("chip"),
                        place,
                        month,
                        series.Number("age").Value,
                        price.Value / rate,
                        // A page that claims a price is no sale: its own range is not believed below its grade.
                        Math.Max(QuoteError.Of(price), QuoteError.OfGrade(price.Grade)),
                        series.Text("basis"),
                        price.Source
                    )
                );
            }
        }
        return quotes;
    }
}
