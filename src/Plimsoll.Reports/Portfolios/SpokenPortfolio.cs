using Plimsoll.Decisions;
using Plimsoll.Portfolios;

namespace Plimsoll.Reports.Portfolios;

/// <summary>The answer to a portfolio whose sentences are those of a language; its figures, the keys of its actions, and the places at which they stand are the same.</summary>
/// <remarks>For programs the published result stays in English: keys of actions and names of plans are what they match by.</remarks>
public static class SpokenPortfolio
{
    /// <summary>The answer in a language.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="book">The language.</param>
    public static PortfolioResult Of(PortfolioResult result, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        PlanSummary Called(PlanSummary plan) =>
            plan with
            {
                Name = PortfolioWords.Plan(plan.Name, book),
            };
        RuleGain Against(RuleGain gain) => gain with { Rule = Called(gain.Rule) };
        return result with
        {
            Market = book.Say(result.MarketSaid),
            Keep = Called(result.Keep),
            Plan = result.Plan is null ? null : Called(result.Plan),
            Centres =
            [
                .. result.Centres.Select(c =>
                    c with
                    {
                        Kept = c.Kept with { Description = book.Say(c.Kept.Said) },
                        Planned = c.Planned with { Description = book.Say(c.Planned.Said) },
                        Choice = c.Choice is not { } choice
                            ? null
                            : choice with
                            {
                                Decides = PortfolioWords.Decides(choice, book),
                                Turns = PortfolioWords.Turns(choice, book),
                            },
                    }
                ),
            ],
            Search = result.Search is not { } search
                ? null
                : search with
                {
                    Idle = Against(search.Idle),
                    Rules = [.. search.Rules.Select(Against)],
                    Unknowns =
                    [
                        .. search.Unknowns.Select(u =>
                            u with
                            {
                                Name = PortfolioWords.Named(u, book),
                                Known = book.Say(u.KnownSaid),
                            }
                        ),
                    ],
                },
            Limits = [.. result.LimitsSaid.Select(book.Say)],
        };
    }
}
