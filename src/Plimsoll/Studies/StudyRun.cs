using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Market;

namespace Plimsoll.Studies;

/// <summary>A study from its file to its verdict.</summary>
public sealed class StudyRun
{
    private readonly InputValues _values;
    private readonly StudySettings _settings;
    private readonly CatalogView _view;
    private readonly StudyReader _reader;
    private readonly ulong _seed;

    private StudyRun(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        (_values, _settings) = (values, settings);
        _view = catalog.AsOf(values.Month("decided"));
        _reader = new StudyReader(values, _view);
        _seed = settings.Seed ?? (ulong)values.Integer("seed");
    }

    /// <summary>Runs a study.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="catalog">Everything known; only what was published by the decision is seen.</param>
    /// <param name="settings">How to run it.</param>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    /// <exception cref="InvalidOperationException">No draw could be computed: the study cannot be answered.</exception>
    public static StudyAnswer Of(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Draws, 30);
        return new StudyRun(values, catalog, settings).Answer();
    }

    private StudyAnswer Answer()
    {
        var plan = _reader.Plan();
        var rule = _reader.Rule();
        var options = Options(plan);
        Report("the market", 0);
        var scenario = new MarketScenario
        {
            Market = _values.Text("market.name"),
            WorldLink = _values.Text("market.world_link"),
        };
        var last = plan.Plan.Start + plan.Plan.Months + 120;
        var market = MarketRun.Prepare(
            _view,
            scenario,
            _seed,
            _settings.Draws,
            last,
            _settings.Threads
        );
        var inputs = new DrawInputs(
            _seed,
            _settings.Draws,
            options.SelectMany(o => o.Case.Uncertain)
        );
        var cases = new CaseRun(market);
        var run = new OptionRun(cases, inputs, rule, _settings.Threads);
        var traces = new PlanTraces(_settings.Draws, plan.Plan.Start, plan.Plan.Months);
        var results = new List<OptionResult>();
        foreach (var option in options)
        {
            Report("options", (double)results.Count / options.Count);
            results.Add(run.Run(option, results.Count == 0 ? traces.Keep : null));
        }
        var first = results[0];
        var median = RepresentativeDraw.Of(first.Figures, 0.5);
        var shown = cases.Run(plan, inputs.At(median), median);
        var verdict = SponsorVerdict.Of(results, market.Ensemble.Fitted);
        var result = new StudyResult
        {
            Name = _values.Text("name"),
            Explanation = _values.TextOrNull("explanation") ?? "",
            Question = _values.Text("question"),
            Decided = _values.Month("decided"),
            Start = plan.Plan.Start,
            Months = plan.Plan.Months,
            Currency = _reader.Currency,
            Centre = Centre(plan),
            Market = MarketWords(market),
            Fitted = market.Ensemble.Fitted,
            Verdict = verdict,
            Rule = rule,
            Options = results,
            Loans = [],
            DebtCapacity = double.NaN,
            Loss = Losses(first.Figures, shown, OptionRun.MeanLife(plan)),
            Why = WhyChain.Of(traces, shown, plan, _reader.Currency.Code),
            Fans = traces.Fans(median, _reader.Currency.Code),
            CoverByYear = plan.Loan is null ? [] : traces.Covers(),
            Waterfall = MedianWaterfall.Of(shown.Cash),
            MedianDraw = median,
            Tornado = [],
            DecisiveFigure = plan.Loan is null
                ? "value to equity"
                : "lowest trailing debt service cover",
            Sobol = null,
            Stresses = [],
            Floors = [],
            Flips = [],
            Forecast = null,
            Assumptions = [],
            Hubs = _reader.Hubs(plan.Plan.Site),
            Conventions = [],
            Limits = [],
            Draws = _settings.Draws,
            Failures = Failures(results),
            Seed = _seed,
        };
        return new StudyAnswer(
            result,
            new MedianCase(median, CaseRun.Terms(plan, n => n.Value, true), shown)
        );
    }

    private IReadOnlyList<StudyOption> Options(StudyCase plan) =>
        new SponsorOptions(_reader).Of(plan);

    private void Report(string what, double share) => _settings.Progress?.Invoke(what, share);

    private string Centre(StudyCase plan)
    {
        var fleets = plan.Fleets.Select(f => $"{f.Servers:0} servers {f.Server}, ready {f.Online}");
        return $"{plan.Accelerators:0} accelerators in {plan.Plan.Site} ({string.Join("; ", fleets)}), run by {_values.Text("centre.operator")}";
    }

    private string MarketWords(MarketRun market) =>
        market.Ensemble.Fitted
            ? $"{_values.Text("market.name")}, ensemble of {market.Ensemble.Members.Count} members fitted on data to {market.Ensemble.DataTo}"
            : $"{_values.Text("market.name")}, unfitted prior";

    private static LossAnatomy Losses(DrawFigures f, CaseDraw shown, double life)
    {
        var defaulted = f.Sound.Where(i => f.Default[i]).ToArray();
        double Median(double[] values) =>
            Risk.Spread.Of([.. defaulted.Select(i => values[i])], Risk.BadSide.Low).P50;
        var loss = f
            .Sound.Select(i => f.LossGivenDefault[i])
            .Where(l => !double.IsNaN(l))
            .ToArray();
        return new LossAnatomy(
            defaulted.Length,
            defaulted.Length > 0 ? defaulted.Average(i => f.LossGivenDefault[i]) : double.NaN,
            Median(f.ResaleAtDefault),
            shown.Outlook.Physical.ResalePrice.FirstOrDefault(p => p > 0, double.NaN),
            Median(f.MonthsToSell),
            loss.Length > 0 ? loss.Average() / life : double.NaN
        );
    }

    private static Dictionary<string, int> Failures(IEnumerable<OptionResult> results) =>
        results
            .SelectMany(r => r.Figures.Failure.Where(f => f is not null))
            .GroupBy(f => f!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}

/// <summary>A study's result with the one real draw that stands for the median case, for the workbook.</summary>
/// <param name="Result">The result.</param>
/// <param name="Median">The median case.</param>
public sealed record StudyAnswer(StudyResult Result, MedianCase Median);

/// <summary>One real draw in full.</summary>
/// <param name="Draw">Its number.</param>
/// <param name="Terms">Its terms of finance.</param>
/// <param name="Case">What it did and its money.</param>
public sealed record MedianCase(int Draw, Finance.FinanceTerms Terms, CaseDraw Case);
