using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies;

namespace Plimsoll.Portfolios;

/// <summary>A portfolio from its centres to its plan.</summary>
public sealed class PortfolioRun
{
    private readonly Portfolio _portfolio;
    private readonly PortfolioSettings _settings;
    private readonly RunContext _context;
    private readonly IReadOnlyList<LocatedFinding> _warnings;

    private PortfolioRun(
        Portfolio portfolio,
        PortfolioSettings settings,
        RunContext context,
        IReadOnlyList<LocatedFinding> warnings
    )
    {
        (_portfolio, _settings, _context, _warnings) = (portfolio, settings, context, warnings);
    }

    /// <summary>Runs a portfolio.</summary>
    /// <param name="portfolio">The centres.</param>
    /// <param name="settings">How many draws, and what is searched.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    /// <param name="warnings">What the check of the file warned of.</param>
    /// <exception cref="InvalidOperationException">No draw could be computed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static PortfolioResult Of(
        Portfolio portfolio,
        PortfolioSettings settings,
        RunContext context,
        IReadOnlyList<LocatedFinding>? warnings = null
    )
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(context);
        return new PortfolioRun(portfolio, settings, context, warnings ?? []).Answer();
    }

    private PortfolioResult Answer()
    {
        var seed = _settings.Seed ?? _portfolio.Seed;
        var draws = PortfolioDraws.Prepare(
            _portfolio,
            _settings.Draws,
            seed,
            _context,
            _settings.Only
        );
        var n = _portfolio.Centres.Count;
        _context.Report("every centre kept", 0);
        var kept = draws.Run(PortfolioPlan.KeepAll(n), _context, true);
        if (Array.TrueForAll(kept.Failure, f => f is not null))
        {
            throw new InvalidOperationException(kept.Failure[0]);
        }
        var found = _settings.KeepOnly ? null : Found(draws, kept, seed);
        var planned = found?.Figures ?? kept;
        var market = MarketWords(draws);
        var limits = PortfolioWords.Limits(_portfolio, draws, _warnings);
        return new PortfolioResult
        {
            Portfolio = _portfolio,
            Draws = draws.Draws,
            Seed = seed,
            Market = PhraseBook.English.Say(market),
            MarketSaid = market,
            Fitted = draws.Market.Ensemble.Fitted,
            Keep = Summary("keep all", draws, kept),
            Plan = found is null ? null : Summary("the plan", draws, planned),
            Centres =
            [
                .. _portfolio.Centres.Select(
                    (c, i) =>
                        new CentreAdvice(
                            c,
                            Outcome(draws, kept, i),
                            Outcome(draws, planned, i),
                            found?.Choices[i]
                        )
                ),
            ],
            Search = found?.Report,
            UsefulHour = draws.UsefulHour,
            Crowding = CrowdingOut.Of(draws, _context),
            Failures = kept
                .Failure.Concat(found is null ? [] : planned.Failure)
                .OfType<string>()
                .GroupBy(f => f, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Limits = [.. limits.Select(PhraseBook.English.Say)],
            LimitsSaid = limits,
        };
    }

    private Phrase MarketWords(PortfolioDraws draws)
    {
        var market = Words.Named("market", _portfolio.Scenario.Market);
        var ensemble = draws.Market.Ensemble;
        return ensemble.Fitted
            ? Phrase.Of(
                "market.fitted",
                market,
                ensemble.Members.Count,
                StudyWords.Day(ensemble.DataTo)
            )
            : Phrase.Of("market.unfitted", market);
    }

    /// <summary>A plan with its figures on the draws on which it is scored, and all that the search learnt.</summary>
    private sealed record FoundPlan(
        PlanFigures Figures,
        IReadOnlyList<ChoiceOdds?> Choices,
        SearchReport Report
    );

    /// <summary>Draws of the search are others than those on which plans are scored: a seed of their own.</summary>
    private const ulong SearchSeed = 0x9E3779B97F4A7C15;

    /// <summary>Draws in which the choices of a known future are cleared again.</summary>
    private const int RegretDraws = 20;

    private FoundPlan Found(PortfolioDraws scored, PlanFigures kept, ulong seed)
    {
        var other = unchecked(seed ^ SearchSeed);
        var draws = PortfolioDraws.Prepare(
            _portfolio,
            _settings.SearchDraws,
            other,
            _context,
            _settings.Only,
            scored
        );
        var budget = _portfolio.Free;
        var able = Able(draws);
        var half = Math.Max(1, able.Length / 2);
        var scores = new PlanScores(draws, able[..half], _context);
        var search = new PlanSearch(draws, scores, _context);
        var rules = SimpleRules.All(scored, kept, budget);
        var best = search.Best(budget, [.. rules.Select(r => r.Plan)]);
        // What the search has not seen chooses between what it found and the simple rules: the best of many plans on few draws flatters itself.
        var held = new PlanScores(draws, able.Length > half ? able[half..] : able, _context);
        PortfolioPlan[] finalists = [best, .. search.Finalists, .. rules.Select(r => r.Plan)];
        held.Clear(finalists, held.Draws);
        var liked = finalists
            .Where(p => search.Feasible(p, budget))
            .MaxBy(p => held.Mean(p, held.Draws))!;
        var proven = new ProvenChanges(draws, held, _context);
        var plan = proven.Of(liked, best, p => search.Feasible(p, budget));
        var analysis = new ChoiceAnalysis(draws, held, search, _context);
        var options =
            _portfolio.Centres.Count <= PlanSearch.MostSingly ? analysis.Options(plan, budget) : [];
        var regret = analysis.Regret(plan, budget, options, RegretDraws);
        _context.Report("the plan on fresh draws", 0);
        var figures = scored.Run(plan, _context, true);
        // Nobody has begun what is only planned: what a plan gains is measured against leaving it so.
        var left = ProvenChanges.AllIdle(scored);
        var idle =
            left.Key == kept.Plan.Key ? kept
            : left.Key == plan.Key ? figures
            : scored.Run(left, _context);
        var report = new SearchReport
        {
            Draws = draws.Draws,
            Plans = scores.Plans,
            Held = held.Draws,
            TakenBack =
            [
                .. proven.Taken.Select(t => new UnprovenAction(
                    _portfolio.Centres[t.Centre].Name,
                    draws.Actions[t.Centre][t.Action].Key,
                    t.Gain,
                    t.Gain - (ProvenChanges.Ninety * t.Error),
                    t.Gain + (ProvenChanges.Ninety * t.Error),
                    t.Better,
                    t.Draws
                )),
            ],
            Idle = Against("leave all as it is", scored, figures, idle),
            Gap = options.Count > 0 ? ChoiceAnalysis.Gap(options) : double.NaN,
            Regret = options.Count > 0 ? regret.Surrogate : double.NaN,
            RegretRerun = options.Count > 0 ? regret.Rerun : double.NaN,
            RegretDraws = options.Count > 0 ? regret.Draws : 0,
            Unknowns = analysis.Worths(options),
            Frontier = Frontier(draws, search, plan, budget),
            Rules =
            [
                .. rules.Select(
                    (r, i) =>
                    {
                        _context.Report("simple rules on fresh draws", (double)i / rules.Count);
                        return Against(
                            r.Name,
                            scored,
                            figures,
                            r.Plan.Key == kept.Plan.Key ? kept
                                : r.Plan.Key == plan.Key ? figures
                                : scored.Run(r.Plan, _context)
                        );
                    }
                ),
            ],
        };
        return new FoundPlan(
            figures,
            [
                .. _portfolio.Centres.Select(
                    (_, c) => options.Count > 0 ? analysis.Odds(c, options[c]) : null
                ),
            ],
            report
        );
    }

    /// <summary>Draws in which at least keeping all can be computed.</summary>
    private int[] Able(PortfolioDraws draws)
    {
        var kept = draws.Run(PortfolioPlan.KeepAll(_portfolio.Centres.Count), _context);
        int[] able = [.. Enumerable.Range(0, draws.Draws).Where(d => kept.Failure[d] is null)];
        return able.Length > 0 ? able : throw new InvalidOperationException(kept.Failure[0]);
    }

    private static RuleGain Against(
        string name,
        PortfolioDraws draws,
        PlanFigures plan,
        PlanFigures rule
    )
    {
        double[] gains =
        [
            .. Enumerable
                .Range(0, plan.Draws)
                .Where(d => plan.Failure[d] is null && rule.Failure[d] is null)
                .Select(d => plan.Value(d) - rule.Value(d)),
        ];
        var (gain, error) = CutMean.Of(gains);
        return new RuleGain(
            Summary(name, draws, rule),
            gains.Average(),
            gain,
            gain - (ProvenChanges.Ninety * error),
            gain + (ProvenChanges.Ninety * error),
            Enumerable
                .Range(0, plan.Draws)
                .Count(d =>
                    plan.Failure[d] is null
                    && rule.Failure[d] is null
                    && plan.Value(d) > rule.Value(d)
                ),
            gains.Length
        );
    }

    /// <summary>The best plan within parts of the budget, or of what the plan costs where there is no limit.</summary>
    private List<FrontierPoint> Frontier(
        PortfolioDraws draws,
        PlanSearch search,
        PortfolioPlan plan,
        double budget
    )
    {
        var top = double.IsInfinity(budget) ? Cost(draws, plan) : budget;
        double[] shares = top > 0 ? [0, 0.25, 0.5, 0.75, 1] : [0];
        var points = new List<FrontierPoint>();
        foreach (var share in shares)
        {
            _context.Report("frontier", share);
            var within = search.Within(top * share, plan);
            points.Add(
                new FrontierPoint(
                    top * share,
                    Summary($"{share * 100:0} % of the budget", draws, draws.Run(within, _context)),
                    within
                        .Choices.Select((a, c) => draws.Actions[c][a].Kind)
                        .GroupBy(k => k)
                        .ToDictionary(g => g.Key, g => g.Count())
                )
            );
        }
        return points;
    }

    /// <summary>What a plan comes to over all centres.</summary>
    internal static PlanSummary Summary(string name, PortfolioDraws draws, PlanFigures figures) =>
        new(
            name,
            DrawSpread.Of(figures.Values),
            DrawSpread.Of(figures.Sum((c, d) => c.UsefulHours[d])),
            DrawSpread.Of(figures.Sum((c, d) => c.SoldHours[d])),
            DrawSpread.Of(
                Ratio(
                    figures.Sum((c, d) => c.SoldHours[d]),
                    figures.Sum((c, d) => c.InstalledHours[d])
                )
            ),
            DrawSpread.Of(figures.Sum((c, d) => c.InstalledHours[d])),
            DrawSpread.Of(figures.Sum((c, d) => c.LenderLoss[d])),
            DrawSpread.Of(figures.Sum((c, d) => c.PublicMoney[d])),
            Cost(draws, figures.Plan),
            figures.Sum((c, d) => c.Default[d] ? 1 : 0).DefaultIfEmpty(double.NaN).Average()
        );

    /// <summary>Money of the budget that a plan takes.</summary>
    internal static double Cost(PortfolioDraws draws, PortfolioPlan plan) =>
        draws.Actions.Select((a, c) => a[plan.Choices[c]].Cost).Sum();

    private static double[] Ratio(double[] a, double[] b) =>
        [.. a.Select((x, i) => b[i] > 0 ? x / b[i] : double.NaN)];

    private static CentreOutcome Outcome(PortfolioDraws draws, PlanFigures figures, int centre)
    {
        var f = figures.Centres[centre];
        var study = f.Study!;
        var action = draws.Actions[centre][figures.Plan.Choices[centre]];
        int[] sound = study.Sound;
        var owes = action.Cases.Any(c => c.Loan is not null);
        return new CentreOutcome(
            action.Key,
            action.Description,
            DrawSpread.Of(study.Fill),
            DrawSpread.Of(study.Rent),
            DrawSpread.Of([.. sound.Select(d => f.Value[d])]),
            DrawSpread.Of(study.ProjectNpv),
            DrawSpread.Of(study.EquityNpv),
            DrawSpread.Of([.. sound.Select(d => f.UsefulHours[d])]),
            DrawSpread.Of([.. sound.Select(d => f.SoldHours[d])]),
            DrawSpread.Of([.. sound.Select(d => f.InstalledHours[d])]),
            owes
                ? Proportion.Of(
                    [.. sound.Select(d => study.Default[d])],
                    [.. sound.Select(d => study.World[d])]
                )
                : null,
            DrawSpread.Of([.. sound.Select(d => f.LenderLoss[d])]),
            f.LetByMonth,
            f.InstalledByMonth
        )
        {
            Said = action.Said,
        };
    }
}
