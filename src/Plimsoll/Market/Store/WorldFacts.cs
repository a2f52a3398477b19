using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.Store;

/// <summary>What a national market is drawn from: all of it, and nothing of the centre or of the quotes of the day.</summary>
/// <param name="Scenario">What is assumed beside the parameters.</param>
/// <param name="Givens">Dated facts.</param>
/// <param name="Ensemble">Members or prior.</param>
/// <param name="Named">Centres and voucher schemes known by name.</param>
/// <param name="Terms">Constants of search, choice and tenancy.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Months">Months of the run, at least 1.</param>
internal sealed record WorldFacts(
    MarketScenario Scenario,
    MarketGivens Givens,
    Ensemble Ensemble,
    NamedCentres Named,
    ContractTerms Terms,
    ulong Seed,
    int Months
)
{
    /// <summary>The facts of a request.</summary>
    public static WorldFacts Of(MarketRequest request)
    {
        var (view, scenario) = (request.View, request.Scenario);
        var givens = MarketGivens.Of(view, scenario.Market);
        return new WorldFacts(
            scenario,
            givens,
            Ensemble.Of(view, scenario.Market),
            Left(NamedCentres.Of(view, givens, scenario.Market), request.Without),
            ContractTerms.Shipped,
            request.Seed,
            Math.Max(1, request.LastMonth - givens.Start + 1)
        );
    }

    /// <summary>The named centres less those that the study or portfolio holds itself; sizes stay as they are among all.</summary>
    private static NamedCentres Left(NamedCentres named, IReadOnlyList<string> without) =>
        without.Count == 0
            ? named
            : named with
            {
                Centres =
                [
                    .. named.Centres.Where(c => !without.Contains(c.Name, StringComparer.Ordinal)),
                ],
            };

    /// <summary>A world of these facts.</summary>
    public MarketWorld World(MarketForcing forcing, Member member, int draw) =>
        new(forcing, member, Named.Centres, Named.Vouchers, Scenario.Off, Terms, Seed, draw);
}
