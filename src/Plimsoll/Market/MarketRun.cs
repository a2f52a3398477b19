using Plimsoll.Catalog;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>The market in every draw, prepared once; centres are then cleared in it one by one.</summary>
/// <remarks>Safe to use from several threads; the same seed and draw give the same world to every plan and policy.</remarks>
public sealed class MarketRun
{
    private readonly MarketPath[] _paths;
    private readonly Member[] _members;
    private readonly CatalogView _view;
    private readonly MarketScenario _scenario;
    private readonly ulong _seed;
    private readonly double _tokenPrice;

    private MarketRun(
        CatalogView view,
        MarketScenario scenario,
        ulong seed,
        Ensemble ensemble,
        MarketGivens givens,
        Member[] members,
        MarketPath[] paths
    )
    {
        (_view, _scenario, _seed, Ensemble, Givens, _members, _paths) = (
            view,
            scenario,
            seed,
            ensemble,
            givens,
            members,
            paths
        );
        _tokenPrice = TokenPrice(view, scenario.Market);
    }

    /// <summary>The ensemble in use.</summary>
    public Ensemble Ensemble { get; }

    /// <summary>The dated facts in use.</summary>
    public MarketGivens Givens { get; }

    /// <summary>Draws prepared.</summary>
    public int Draws => _paths.Length;

    /// <summary>Currency of the market.</summary>
    public Currency Currency => _scenario.Market == "us" ? Currency.Usd : Currency.Cny;

    /// <summary>Prepares a number of draws.</summary>
    /// <param name="view">The catalogue as known on the day of decision.</param>
    /// <param name="scenario">What is assumed beside the parameters.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draws">Draws, at least 1.</param>
    /// <param name="lastMonth">Last month any centre will look at.</param>
    /// <param name="threads">Threads, at least 1.</param>
    public static MarketRun Prepare(
        CatalogView view,
        MarketScenario scenario,
        ulong seed,
        int draws,
        Month lastMonth,
        int threads
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var givens = MarketGivens.Of(view, scenario.Market);
        var ensemble = Ensemble.Of(view, scenario.Market);
        var months = lastMonth - givens.Start + 1;
        var field = new MeanField(givens.Tiers, scenario);
        var members = new Member[draws];
        var paths = new MarketPath[draws];
        Parallel.For(
            0,
            draws,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            draw =>
            {
                var one = ensemble.Draw(givens, scenario, seed, draw, months);
                members[draw] = one.Member;
                paths[draw] = new MarketPath(months);
                field.Run(
                    one.Member.Law,
                    one.Member.WorldLink,
                    one.Member.Values,
                    one.Backdrop,
                    paths[draw]
                );
            }
        );
        return new MarketRun(view, scenario, seed, ensemble, givens, members, paths);
    }

    /// <summary>The market of a draw.</summary>
    public MarketPath Path(int draw) => _paths[draw];

    /// <summary>The member of a draw.</summary>
    public Member Member(int draw) => _members[draw];

    /// <summary>Clears a centre in one draw.</summary>
    /// <param name="plan">The centre.</param>
    /// <param name="policy">The rule by which its owner runs it.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <exception cref="KeyNotFoundException">A chip of the plan is not known on the day of the view.</exception>
    public CentreOutlook Centre(CentrePlan plan, IPolicy policy, int draw) =>
        new CentreClearing(
            plan,
            policy,
            _scenario,
            _paths[draw],
            _members[draw],
            plan.Start - Givens.Start,
            _seed,
            draw,
            Currency,
            Pools(plan),
            _tokenPrice,
            Voucher(plan)
        ).Run();

    private IReadOnlyList<Pool> Pools(CentrePlan plan) =>
        [.. plan.Fleets.GroupBy(f => TierOf(f.Accelerator)).Select(g => new Pool(g.Key, [.. g]))];

    private int TierOf(string accelerator) =>
        (
            _view.Find(Accelerator.Kind, accelerator)?.TextOrNull("tier")
            ?? throw new KeyNotFoundException(
                $"The catalogue has no accelerator '{accelerator}' as of {_view.AsOf:yyyy-MM-dd}."
            )
        ) switch
        {
            "A" => 1,
            "D" => 2,
            _ => 0,
        };

    private VoucherTerms? Voucher(CentrePlan plan)
    {
        if (
            plan.VoucherScheme is null
            || _view.Find("vouchers", plan.VoucherScheme) is not { } scheme
        )
        {
            return null;
        }
        return new VoucherTerms(
            scheme.NumberOrNull("share")?.Value ?? 0,
            scheme.NumberOrNull("cap_per_user")?.Value ?? double.PositiveInfinity,
            scheme.NumberOrNull("budget_per_year")?.Value ?? double.PositiveInfinity
        );
    }

    /// <summary>Price of a million output tokens at the day of the view: the flagship input price, the only series that reaches back.</summary>
    private static double TokenPrice(CatalogView view, string market)
    {
        if (market == "us")
        {
            return 0.6;
        }
        var prices = view.Find("targets", "flagship API input price")?.Series("value") ?? [];
        return prices.Count > 0 ? prices[^1].Value : 4;
    }
}

/// <summary>A compute voucher scheme.</summary>
/// <param name="Share">Share of a contract that is paid, 0 to 1.</param>
/// <param name="CapPerUser">Most a user may draw a year.</param>
/// <param name="BudgetPerYear">Most the scheme pays a year.</param>
public sealed record VoucherTerms(double Share, double CapPerUser, double BudgetPerYear);

/// <summary>The fleets of a centre that compete in one tier.</summary>
/// <param name="Tier">0 H, 1 A, 2 D.</param>
/// <param name="Fleets">The fleets.</param>
internal sealed record Pool(int Tier, IReadOnlyList<FleetPlan> Fleets);
