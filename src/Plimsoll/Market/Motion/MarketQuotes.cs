using Plimsoll.Catalog;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Motion;

/// <summary>The quotes that condition a market: its own or, where it leans on another, that one's, in its currency.</summary>
internal static class MarketQuotes
{
    /// <summary>The newest quote of every chip, basis and publisher in the window before the decision, of chips known on the day, and the study's own.</summary>
    /// <remarks>
    /// A publisher's newer quote takes the place of its older one: a list that was revised says nothing of today by what it was, and the
    /// error of a survey is the same from month to month. Older quotes speak through the width (<see cref="SeriesWidth"/>).
    /// </remarks>
    /// <exception cref="ArgumentException">An own quote is dated after the decision.</exception>
    public static IReadOnlyList<PanelQuote> Of(
        CatalogView view,
        MarketLink market,
        IReadOnlyList<Quote> own
    )
    {
        var start = Month.Of(view.AsOf);
        if (own.FirstOrDefault(q => q.Date > start || q.KnownBy > view.AsOf) is { } late)
        {
            throw new ArgumentException(
                $"The quote of {late.Accelerator} of {late.Date} is dated after the decision of {view.AsOf:yyyy-MM-dd}.",
                nameof(own)
            );
        }
        var root = market.Reference ?? market.Name;
        var printed = QuoteBook
            .Of(view, root)
            .Quotes.Select(q => root == market.Name ? q : Converted(view, market, q));
        var newest = printed
            .GroupBy(q => (q.Quote.Accelerator, q.Quote.Basis, q.Publisher))
            .SelectMany(g => g.Where(q => q.Quote.Date == g.Max(o => o.Quote.Date)));
        var mine = own.Select(q => new PanelQuote(q, PanelQuote.OwnPanel, "market.quotes"));
        return
        [
            .. newest
                .Concat(mine)
                .Where(q => start - q.Quote.Date is >= 0 and < RentPrior.Window)
                .Where(q => view.Find(Accelerator.Kind, q.Quote.Accelerator) is not null)
                .OrderBy(q => q.Key, StringComparer.Ordinal),
        ];
    }

    private static PanelQuote Converted(CatalogView view, MarketLink market, PanelQuote quote)
    {
        var from = MarketLink.Of(market.Reference!).Currency;
        var rate =
            ExchangeRate.PerDollar(view, market.Currency, quote.Quote.Date)
            / ExchangeRate.PerDollar(view, from, quote.Quote.Date);
        return quote with
        {
            Quote = quote.Quote with { PerGpuHour = quote.Quote.PerGpuHour * rate },
        };
    }
}
