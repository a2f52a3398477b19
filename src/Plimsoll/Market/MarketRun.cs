using System.Collections.Concurrent;
using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.Curves;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Store;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market;

/// <summary>The market in every draw, prepared once; centres are then cleared in it one by one.</summary>
/// <remarks>
/// Safe to use from several threads; the same seed and draw give the same world to every plan and policy. Beyond
/// <see cref="MostWorlds"/> draws several share one national market: the centre's own luck differs in each, the market's does not.
/// </remarks>
public sealed class MarketRun
{
    /// <summary>National markets run for a study; a multiple of six, so that rent laws and the world link stay balanced.</summary>
    public const int MostWorlds = 504;

    private readonly PreparedWorld[] _worlds;
    private readonly ChipLevels? _levels;
    private readonly CatalogView _view;
    private readonly MarketScenario _scenario;
    private readonly ulong _seed;
    private readonly double _tokenPrice;
    private readonly ContractTerms _terms;
    private readonly QuantileTable[] _sizes;
    private readonly ConcurrentBag<ContractEngine> _engines = [];

    private MarketRun(
        CatalogView view,
        MarketScenario scenario,
        ulong seed,
        int draws,
        Ensemble ensemble,
        MarketGivens givens,
        ContractTerms terms,
        PreparedWorld[] worlds,
        ChipLevels? levels
    )
    {
        (_view, _scenario, _seed, Draws, Ensemble, Givens, _terms, _worlds, _levels) = (
            view,
            scenario,
            seed,
            draws,
            ensemble,
            givens,
            terms,
            worlds,
            levels
        );
        _tokenPrice = TokenPrice(view, scenario.Market);
        _sizes = [.. terms.SizeDeviation.Select(QuantileTable.LogNormal)];
        _spread = RentSpread.Of([.. worlds.Select(w => w.Record.Path.StockRent[0])]);
    }

    private readonly RentSpread _spread;

    /// <summary>The ensemble in use.</summary>
    public Ensemble Ensemble { get; }

    /// <summary>The dated facts in use.</summary>
    public MarketGivens Givens { get; }

    /// <summary>Draws prepared.</summary>
    public int Draws { get; }

    /// <summary>National markets run: the number of independent draws of everything that is not the centre's own.</summary>
    public int Worlds => _worlds.Length;

    /// <summary>Currency of the market.</summary>
    public Currency Currency => MarketLink.Of(_scenario.Market).Currency;

    /// <summary>Prepares a number of draws.</summary>
    /// <param name="view">The catalogue as known on the day of decision.</param>
    /// <param name="scenario">What is assumed beside the parameters.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draws">Draws, at least 1.</param>
    /// <param name="lastMonth">Last month any centre will look at.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="cancellation">Polled before every world.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static MarketRun Prepare(
        CatalogView view,
        MarketScenario scenario,
        ulong seed,
        int draws,
        Month lastMonth,
        int threads,
        CancellationToken cancellation = default
    ) =>
        Prepare(
            new MarketRequest(view, scenario, seed, draws, lastMonth),
            new RunContext { Threads = threads, Cancellation = cancellation }
        );

    /// <summary>Prepares the draws of a request: the national markets by their laws, then the levels of rents by the quotes of the day.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="context">How to run it.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static MarketRun Prepare(MarketRequest request, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Draws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(context.Threads, 1);
        var facts = WorldFacts.Of(request);
        var worlds = new WorldStore(facts, context).First(Math.Min(request.Draws, MostWorlds));
        var levels = ChipLevels.Of(request, worlds, facts.Givens.Start);
        return new MarketRun(
            request.View,
            request.Scenario,
            request.Seed,
            request.Draws,
            facts.Ensemble,
            facts.Givens,
            facts.Terms,
            worlds,
            levels
        );
    }

    /// <summary>The rents of the day that the draws start from, and how they move; null where rents move by their laws alone.</summary>
    public RentLevels? Levels => _levels?.Levels;

    /// <summary>What an imported curve adds to the log of the mean of the model's rents, by chip and month of the market; empty without a curve.</summary>
    public IReadOnlyDictionary<string, double[]> CurveGap =>
        _levels?.Shifts ?? new Dictionary<string, double[]>();

    /// <summary>What appraisals of used accelerators add to the log of the model's price for the fleets of a centre, one a chip and date; empty without an appraisal.</summary>
    /// <param name="plan">The centre, with the age and the running cost of its fleets.</param>
    public IReadOnlyList<(ForwardPoint Appraised, double LogGap)> AppraisalGap(CentrePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return
        [
            .. plan
                .Fleets.GroupBy(f => f.Accelerator)
                .SelectMany(g =>
                    (_levels?.Appraised(g.Key) is { } level ? level.Points : []).Select(p =>
                        (
                            new ForwardPoint(Givens.Start + p.Month, g.Key, p.Price),
                            _levels!
                                .Appraised(g.Key)!
                                .Shift(
                                    p.Month,
                                    g.Min(f => f.Online) - Givens.Start,
                                    g.First().AvoidableCostPerAcceleratorMonth
                                        ?? plan.AvoidableCostPerAcceleratorMonth
                                )
                        )
                    )
                ),
        ];
    }

    /// <summary>Log rent of a chip in a draw by month of the market, money of an accelerator-hour.</summary>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <param name="chip">Chip in the catalogue.</param>
    /// <param name="basis">Contract or marketplace.</param>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day of the view.</exception>
    public double[] LogRent(int draw, string chip, QuoteBasis basis)
    {
        if (_levels is not null)
        {
            return _levels.Path(draw, chip, basis);
        }
        var tier = TierOf(chip);
        var rents =
            basis == QuoteBasis.Marketplace
                ? Of(draw).Record.Path.Spot[(int)tier]
                : Of(draw).Record.Path.StockRent[2 * (int)tier];
        return [.. rents.Select(rent => Math.Log(CentreFrame.PerHour(Math.Log(rent))))];
    }

    /// <summary>Clears centres in one draw together: they compete with each other and with the market as it was run, whose buyers they meet again.</summary>
    /// <param name="centres">The centres, each with its owner's rules; names are unique.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <returns>One outlook a centre, in the order given; the order changes no figure.</returns>
    /// <exception cref="KeyNotFoundException">A chip of a plan is not known on the day of the view.</exception>
    /// <exception cref="ArgumentException">An outlook begins before the market or ends after it.</exception>
    public IReadOnlyList<CentreOutlook> Clear(IReadOnlyList<CentreEntry> centres, int draw) =>
        Clear(centres, draw, false);

    /// <summary>Clears centres by running the whole market again with them: the slow reference of <see cref="Clear(IReadOnlyList{CentreEntry}, int)"/>.</summary>
    /// <inheritdoc cref="Clear(IReadOnlyList{CentreEntry}, int)"/>
    public IReadOnlyList<CentreOutlook> ClearInFullRun(
        IReadOnlyList<CentreEntry> centres,
        int draw
    ) => Clear(centres, draw, true);

    private CentreOutlook[] Clear(IReadOnlyList<CentreEntry> centres, int draw, bool full)
    {
        ArgumentNullException.ThrowIfNull(centres);
        if (centres.Count == 0)
        {
            return [];
        }
        var world = Of(draw);
        var own = new AddedCentre[centres.Count];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = new AddedCentre(centres[i].Plan, Terms(centres[i], world, draw));
            Check(own[i], world);
        }
        int[] order = [.. Enumerable.Range(0, own.Length)];
        Array.Sort(
            order,
            (a, b) => string.CompareOrdinal(centres[a].Plan.Name, centres[b].Plan.Name)
        );
        var added = new AddedCentres([.. order.Select(i => own[i])]);
        var share = full ? FullRun(world, added) : Reclear(world, added);
        var outlooks = new CentreOutlook[own.Length];
        for (var i = 0; i < order.Length; i++)
        {
            outlooks[order[i]] = own[order[i]].Outlook(share[i], full);
        }
        return outlooks;
    }

    private double[] Reclear(PreparedWorld world, AddedCentres added) =>
        new Reclearing(world.Market, world.Record).Run(added, _sizes);

    private double[] FullRun(PreparedWorld world, AddedCentres added)
    {
        if (!_engines.TryTake(out var engine))
        {
            engine = new ContractEngine();
        }
        var record = engine.Run(world.Market, added);
        _engines.Add(engine);
        return
        [
            .. added.Centres.Select(centre =>
            {
                var share = 0.0;
                for (var m = centre.FirstMonth; m < centre.EndMonthOf; m++)
                {
                    for (var k = 0; k < Segment.Tiers; k++)
                    {
                        var all = record.Path.Capacity[k][m] * ContractEngine.PerServer;
                        share = all > 0 ? Math.Max(share, centre.InstalledIn(k) / all) : share;
                    }
                }
                return share;
            }),
        ];
    }

    /// <summary>The same national markets under stresses that touch the centre alone: nothing is run again.</summary>
    /// <param name="scenario">Rent factor, delay and anchor default may differ; all else must be as prepared.</param>
    /// <exception cref="ArgumentException">The scenario changes the market itself; prepare it anew.</exception>
    public MarketRun Under(MarketScenario scenario)
    {
        var same = scenario with
        {
            RentFactor = _scenario.RentFactor,
            DelayMonths = _scenario.DelayMonths,
            AnchorDefaultMonth = _scenario.AnchorDefaultMonth,
        };
        return same == _scenario
            ? new MarketRun(
                _view,
                scenario,
                _seed,
                Draws,
                Ensemble,
                Givens,
                _terms,
                _worlds,
                _levels
            )
            : throw new ArgumentException(
                "The scenario changes the market itself, not only the centre in it.",
                nameof(scenario)
            );
    }

    /// <summary>The market of a draw.</summary>
    public MarketPath Path(int draw) => Of(draw).Record.Path;

    /// <summary>The member of a draw.</summary>
    public Member Member(int draw) => Of(draw).Market.Member;

    /// <summary>The contract run behind a draw.</summary>
    public MarketRecord Record(int draw) => Of(draw).Record;

    /// <summary>Clears one centre under one rule for all its fleets.</summary>
    /// <inheritdoc cref="Clear(IReadOnlyList{CentreEntry}, int)"/>
    /// <param name="plan">The centre.</param>
    /// <param name="policy">The rule by which its owner runs it.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    public CentreOutlook Centre(CentrePlan plan, IPolicy policy, int draw) =>
        Clear([new CentreEntry(plan, new FleetPolicies(policy))], draw)[0];

    /// <summary>The same by running the whole market again with it.</summary>
    /// <inheritdoc cref="Centre"/>
    public CentreOutlook CentreInFullRun(CentrePlan plan, IPolicy policy, int draw) =>
        ClearInFullRun([new CentreEntry(plan, new FleetPolicies(policy))], draw)[0];

    private PreparedWorld Of(int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, Draws);
        return _worlds[draw % _worlds.Length];
    }

    private static void Check(AddedCentre centre, PreparedWorld world)
    {
        if (centre.FirstMonth < 0 || centre.EndMonthOf > world.Market.Forcing.Months)
        {
            throw new ArgumentException(
                $"The outlook spans months {centre.FirstMonth} to {centre.EndMonthOf} of a market of {world.Market.Forcing.Months}."
            );
        }
    }

    private PlanTerms Terms(CentreEntry entry, PreparedWorld world, int draw)
    {
        var plan = entry.Plan;
        return new PlanTerms(
            world.Market,
            _scenario,
            Currency,
            Pools(entry, world, draw),
            _tokenPrice,
            Voucher(plan),
            Scheme(plan, world.Market),
            _seed,
            draw,
            new DrawnCounterparties(
                Odds,
                _seed,
                draw,
                _levels?.Credit(draw, plan.Start, plan.Months) ?? Credit(plan, world),
                plan.Months
            )
        );
    }

    private readonly ConcurrentDictionary<Counterparty, CounterpartyOdds> _odds = new();

    private CounterpartyOdds Odds(Counterparty counterparty) =>
        _odds.GetOrAdd(counterparty, CounterpartyOdds.Of);

    /// <summary>The credit factor of a draw is what moves its rents: the rent of the H tier, standardised over the worlds month by month.</summary>
    private CreditFactor Credit(CentrePlan plan, PreparedWorld world)
    {
        var first = plan.Start - Givens.Start;
        var rent = world.Record.Path.StockRent[0];
        var months = new double[plan.Months];
        for (var m = 0; m < months.Length; m++)
        {
            var at = Math.Clamp(first + m, 0, rent.Length - 1);
            months[m] = _spread.Standardise(at, Math.Log(rent[at]));
        }
        return CreditFactor.Of(months);
    }

    /// <summary>Fleets that nothing but their dates and numbers tells apart stand together, in an order that does not depend on the plan's.</summary>
    private List<PoolTerms> Pools(CentreEntry entry, PreparedWorld world, int draw) =>
        [
            .. entry
                .Plan.Fleets.GroupBy(fleet =>
                    (
                        fleet.Accelerator,
                        fleet.Server,
                        fleet.TrainingFabric,
                        fleet.AvoidableCostPerAcceleratorMonth,
                        fleet.Inference,
                        Policy: entry.Policies.Of(fleet.Name)
                    )
                )
                .OrderBy(group => group.Key.Accelerator, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Server, StringComparer.Ordinal)
                .ThenBy(group => group.Key.TrainingFabric)
                .ThenBy(group => group.Key.AvoidableCostPerAcceleratorMonth)
                .ThenBy(group => group.Key.Inference?.GoodputTokensPerSecond)
                .ThenBy(group => group.Min(f => f.Name), StringComparer.Ordinal)
                .Select(group => new PoolTerms(
                    [.. group.OrderBy(f => f.Name, StringComparer.Ordinal)],
                    TierOf(group.Key.Accelerator),
                    _levels?.Chip(draw, group.Key.Accelerator, TierOf(group.Key.Accelerator))
                        ?? ChipTerms.Reference(world.Market.Forcing.Months),
                    group.Key.Policy
                )),
        ];

    private Tier TierOf(string accelerator) => ChipLevels.TierOf(_view, accelerator);

    private static int Scheme(CentrePlan plan, MarketWorld market)
    {
        for (var v = 0; v < market.Vouchers.Count; v++)
        {
            if (market.Vouchers[v].Name == plan.VoucherScheme)
            {
                return v;
            }
        }
        return -1;
    }

    private VoucherTerms? Voucher(CentrePlan plan)
    {
        if (
            plan.VoucherScheme is null
            || _scenario.Off.Has(Mechanisms.Vouchers)
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

    /// <summary>Price of a million output tokens on the day of the view: the geometric mean of the list prices published in the year before, night rates left out; before there are any, the flagship's input price.</summary>
    /// <remarks>Outside China no list price stands in the catalogue: 0.6 dollars, own prior.</remarks>
    private static double TokenPrice(CatalogView view, string market)
    {
        if (market != "china")
        {
            return 0.6
                * ExchangeRate.PerDollar(view, MarketLink.Of(market).Currency, Month.Of(view.AsOf));
        }
        var since =
            view.AsOf > new DateOnly(2100, 1, 1)
                ? new DateOnly(2024, 4, 1)
                : view.AsOf.AddYears(-1);
        var logs = view.Entries("api-prices")
            .Where(e => !e.Name.Contains("off-peak", StringComparison.Ordinal))
            .SelectMany(e => e.Series("output"))
            .Where(p => p.Published >= since && p.Value > 0)
            .Select(p => Math.Log(p.Value))
            .ToList();
        if (logs.Count > 0)
        {
            return Math.Exp(logs.Average());
        }
        var prices = view.Find("targets", "flagship API input price")?.Series("value") ?? [];
        return prices.Count > 0 ? prices[^1].Value : 4;
    }
}

/// <summary>A compute voucher scheme as a centre meets it.</summary>
/// <param name="Share">Share of a contract that is paid, 0 to 1.</param>
/// <param name="CapPerUser">Most a user may draw a year.</param>
/// <param name="BudgetPerYear">Most the scheme pays a year.</param>
public sealed record VoucherTerms(double Share, double CapPerUser, double BudgetPerYear);
