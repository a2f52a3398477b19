using System.Collections.Concurrent;
using Plimsoll.Catalog;

namespace Plimsoll.Market.ContractMarket;

/// <summary>The contract engine as the mean field's twin: the same member and backdrop in, a path of the same observables out.</summary>
/// <remarks>
/// For the second stage of a fit: a member is weighted by how well the targets are met by several of its contract runs (quotes by tier,
/// lit share, projects, cancellations). Safe to use from several threads; a result depends on its arguments alone.
/// </remarks>
/// <param name="givens">The dated facts.</param>
/// <param name="named">Centres known by name on the day of the view.</param>
/// <param name="off">Mechanisms switched off.</param>
public sealed class ContractTwin(
    MarketGivens givens,
    NamedCentres named,
    Mechanisms off = Mechanisms.None
)
{
    private readonly ConcurrentBag<ContractEngine> _idle = [];

    /// <summary>The twin of a market.</summary>
    /// <param name="view">The catalogue as known on the day of the vintage.</param>
    /// <param name="givens">The dated facts.</param>
    /// <param name="market">china or us.</param>
    /// <param name="off">Mechanisms switched off.</param>
    public static ContractTwin Of(
        CatalogView view,
        MarketGivens givens,
        string market,
        Mechanisms off = Mechanisms.None
    ) => new(givens, NamedCentres.Of(view, givens, market), off);

    /// <summary>Runs a member.</summary>
    /// <param name="member">Law, link and parameters.</param>
    /// <param name="backdrop">The series of the draw; its months are run.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the repetition: another draw is another history of the same member.</param>
    /// <returns>A path with the mean field's observables.</returns>
    public MarketPath Run(Member member, MarketBackdrop backdrop, ulong seed, int draw)
    {
        var world = new MarketWorld(
            MarketForcing.Of(givens, backdrop, member.Values, off),
            member,
            named.Centres,
            named.Vouchers,
            off,
            ContractTerms.Shipped,
            seed,
            draw
        );
        if (!_idle.TryTake(out var engine))
        {
            engine = new ContractEngine();
        }
        var path = engine.Run(world).Path;
        _idle.Add(engine);
        return path;
    }
}
