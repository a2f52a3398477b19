using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Exchange rates of the catalogue as known on the day of a view, with their date.</summary>
/// <param name="view">The view.</param>
internal sealed class ExchangeRates(CatalogView view)
{
    /// <summary>Units of one currency for one unit of another, and the rate in words with its month; null when the catalogue knows none.</summary>
    /// <param name="from">Currency of the amount.</param>
    /// <param name="to">Currency wanted.</param>
    public (double Rate, string Words)? Of(Currency from, Currency to)
    {
        if (from == to)
        {
            return (1, "");
        }
        if (Direct(from, to) is { } direct)
        {
            return direct;
        }
        return Direct(from, Currency.Usd) is { } first && Direct(Currency.Usd, to) is { } second
            ? (first.Rate * second.Rate, $"{first.Words}, {second.Words}")
            : null;
    }

    private (double Rate, string Words)? Direct(Currency from, Currency to)
    {
        if (Quoted(to, from) is { } quoted)
        {
            return quoted;
        }
        return Quoted(from, to) is { } inverse ? (1 / inverse.Rate, inverse.Words) : null;
    }

    /// <summary>The rate quoted as so many of one currency per unit of the other.</summary>
    private (double Rate, string Words)? Quoted(Currency many, Currency one)
    {
        var name = $"{many.Code} per {one.Code}";
        return view.Find("currency-rates", name)?.Find("rate") is { Number: { } rate } fact
            ? (
                rate.Value,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rate.Value:0.###} {name} of {fact.Text.ValidFrom:yyyy-MM} ({fact.Place})"
                )
            )
            : null;
    }
}
