using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>Rates of exchange as known on a day.</summary>
public static class ExchangeRate
{
    /// <summary>Units of a currency for one dollar in a month: the last rate known up to then.</summary>
    /// <exception cref="KeyNotFoundException">No rate of the currency is known.</exception>
    public static double PerDollar(CatalogView view, Currency currency, Month month) =>
        currency == Currency.Usd ? 1
        : currency == Currency.Cny ? Last(view, "CNY per USD", month)
        : currency == Currency.Eur ? 1 / Last(view, "USD per EUR", month)
        : throw new KeyNotFoundException($"No rate of {currency} to the dollar is known.");

    private static double Last(CatalogView view, string pair, Month month)
    {
        var rates = view.Entry("currency-rates", pair).Series("rate");
        return (rates.LastOrDefault(r => r.ValidFrom <= month.LastDay) ?? rates[0]).Value;
    }
}
