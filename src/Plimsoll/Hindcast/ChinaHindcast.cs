using Plimsoll.Catalog;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Hindcast;

/// <summary>The hindcast of one vintage: its fit, its forecasts, and its scores where outcomes are given.</summary>
/// <param name="Vintage">Last day of data used.</param>
/// <param name="Ensemble">Its members.</param>
/// <param name="Fit">Each target against the members.</param>
/// <param name="Unconditional">Forecast with nothing given.</param>
/// <param name="Conditional">Forecast with tokens, compute, rules and reviews given; null where none later is known.</param>
/// <param name="PriorForecast">The same as unconditional with the prior.</param>
/// <param name="Givens">Dated facts of the vintage.</param>
/// <param name="Targets">Targets of the vintage.</param>
/// <param name="Processes">Priors moved by the view.</param>
public sealed record VintageHindcast(
    DateOnly Vintage,
    Ensemble Ensemble,
    IReadOnlyList<TargetFit> Fit,
    Forecast Unconditional,
    Forecast Conditional,
    Forecast PriorForecast,
    MarketGivens Givens,
    IReadOnlyList<Target> Targets,
    IReadOnlyList<Prior> Processes
)
{
    /// <summary>What the plain forecasts say of a quantity in a quarter, in the order of <see cref="Baselines.Names"/>; null where one says nothing.</summary>
    public IReadOnlyList<double[]?> BaselinesOf(ForecastQuantity quantity, Quarter quarter) =>
        Baselines.All(PriorForecast, Targets, Givens, Processes, quantity, quarter);

    /// <summary>Scores a mode on outcomes.</summary>
    public ScoreTable Score(ForecastMode mode, IReadOnlyList<Outcome> outcomes) =>
        ScoreTable.Of(
            mode == ForecastMode.Unconditional ? Unconditional : Conditional,
            PriorForecast,
            outcomes,
            Targets,
            Givens,
            Processes
        );
}

/// <summary>The hindcast of China: what each vintage would have said.</summary>
/// <param name="seed">Seed.</param>
/// <param name="draws">Draws of each law with and without the link.</param>
public sealed class ChinaHindcast(ulong seed, int draws)
{
    private const string Market = "china";

    /// <summary>Runs a vintage.</summary>
    /// <param name="view">The catalogue as known on one of <see cref="Ensemble.Vintages"/>.</param>
    /// <param name="later">The catalogue as known on the day up to which quantities and rules are given in the conditional mode.</param>
    /// <param name="last">Last quarter forecast.</param>
    /// <exception cref="InvalidDataException">The catalogue holds no ensemble of that vintage.</exception>
    public VintageHindcast Run(CatalogView view, CatalogView later, Quarter last)
    {
        var givens = MarketGivens.Of(view, Market);
        var targets = TargetSet.Of(view, givens);
        var ensemble = Ensemble.Of(view, Market);
        if (!ensemble.Fitted)
        {
            throw new InvalidDataException(
                $"The catalogue holds no market ensemble with data to {view.AsOf:yyyy-MM-dd}; fit one with 'plimsoll market fit china --as-of {view.AsOf:yyyy-MM}'."
            );
        }
        var quarters = Quarter.Range(Quarter.Of(givens.Start + givens.KnownMonths), last);
        var prior = ensemble with { Members = [], DataTo = "" };
        Forecast Ahead(Ensemble members, MarketGivens given, ForecastMode mode) =>
            new ForecastRun(members, given, targets, seed)
            {
                Draws = draws,
                // The prior, which nothing ties to this market's size, is run as means.
                Twin = members.Fitted ? ContractTwin.Of(view, given, Market) : null,
            }.Run(mode, quarters);
        return new VintageHindcast(
            view.AsOf,
            ensemble,
            TargetFit.Of(
                ContractTwin.Of(view, givens, Market),
                givens,
                targets,
                ensemble.Priors,
                ensemble.Members,
                Math.Clamp(draws / 50, 1, 4)
            ),
            Ahead(ensemble, givens, ForecastMode.Unconditional),
            Ahead(ensemble, MarketGivens.Of(view, later, Market), ForecastMode.Conditional),
            Ahead(prior, givens, ForecastMode.Unconditional),
            givens,
            targets,
            ProcessFit.Of(givens, ensemble.Priors)
        );
    }
}
