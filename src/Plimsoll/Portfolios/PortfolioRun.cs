using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;

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
        return new PortfolioResult
        {
            Portfolio = _portfolio,
            Draws = draws.Draws,
            Seed = seed,
            Market = draws.Market.Ensemble.Fitted
                ? $"{_portfolio.Scenario.Market}, ensemble of {draws.Market.Ensemble.Members.Count} members fitted on data to {draws.Market.Ensemble.DataTo}"
                : $"{_portfolio.Scenario.Market}, unfitted prior",
            Fitted = draws.Market.Ensemble.Fitted,
            Keep = Summary("keep all", draws, kept),
            Centres =
            [
                .. _portfolio.Centres.Select(
                    (c, i) =>
                        Outcome(draws, kept, i) is var outcome
                            ? new CentreAdvice(c, outcome, outcome, null)
                            : null!
                ),
            ],
            Failures = kept
                .Failure.OfType<string>()
                .GroupBy(f => f, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Limits = PortfolioWords.Limits(_portfolio, draws, _warnings),
        };
    }

    /// <summary>What a plan comes to over all centres.</summary>
    internal static PlanSummary Summary(string name, PortfolioDraws draws, PlanFigures figures) =>
        new(
            name,
            DrawSpread.Of(figures.Values),
            DrawSpread.Of(figures.Sum((c, d) => c.UsefulHours[d])),
            DrawSpread.Of(figures.Sum((c, d) => c.SoldHours[d])),
            DrawSpread.Of(Ratio(
                figures.Sum((c, d) => c.SoldHours[d]),
                figures.Sum((c, d) => c.InstalledHours[d])
            )),
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
            owes
                ? Proportion.Of(
                    [.. sound.Select(d => study.Default[d])],
                    [.. sound.Select(d => study.World[d])]
                )
                : null,
            DrawSpread.Of([.. sound.Select(d => f.LenderLoss[d])]),
            f.LetByMonth,
            f.InstalledByMonth
        );
    }
}
