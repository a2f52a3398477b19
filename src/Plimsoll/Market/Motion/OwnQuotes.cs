using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.Motion;

/// <summary>The study's own quotes, held against what the market's quotes say.</summary>
public static class OwnQuotes
{
    /// <summary>Normalises the quotes and finds those that cannot be meant.</summary>
    /// <param name="view">The catalogue of the day of decision.</param>
    /// <param name="market">china, us, europe.</param>
    /// <param name="quotes">The quotes as written.</param>
    /// <returns>The sound ones, for <see cref="RentLevels.Condition"/>, and a finding with place and remedy for each of the others.</returns>
    /// <exception cref="KeyNotFoundException">There is no such market.</exception>
    public static (IReadOnlyList<Quote> Quotes, IReadOnlyList<LocatedFinding> Findings) Check(
        CatalogView view,
        string market,
        IReadOnlyList<OwnQuote> quotes
    )
    {
        var link = MarketLink.Of(market);
        var levels = RentLevels.Condition(view, market, [], 1, 1, 0);
        return QuoteCheck.Run(
            view,
            link.Currency,
            link.ServicesTax,
            quotes,
            (chip, basis) => levels.Posterior(chip, basis)
        );
    }
}
