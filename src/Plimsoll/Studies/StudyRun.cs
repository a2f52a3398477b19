using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>A study from its file to its verdict.</summary>
public sealed class StudyRun
{
    private readonly InputValues _values;
    private readonly StudySettings _settings;
    private readonly FactCatalog _catalog;
    private readonly CatalogView _view;
    private readonly StudyReader _reader;
    private readonly ulong _seed;
    private readonly MarketScenario _scenario;

    /// <summary>Draws on which options are searched, stressed and moved; the answer itself rests on all of them.</summary>
    private const int SearchDraws = 300;

    private StudyRun(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        (_settings, _catalog) = (settings, catalog);
        _view = catalog.AsOf(values.Month("decided"));
        _reader = new StudyReader(values, _view);
        _values = _reader.Values;
        _seed = settings.Seed ?? (ulong)_values.Integer("seed");
        _scenario = new MarketScenario
        {
            Market = _values.Text("market.name"),
            WorldLink = _values.Text("market.world_link"),
        };
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
        Report("the market", 0);
        var market = Prepare(_scenario, _settings.Draws, plan);
        var candidates = Candidates(plan);
        var inputs = new DrawInputs(_seed, _settings.Draws, candidates.Uncertain(plan));
        var cases = new CaseRun(market.Centre);
        var worlds = Worlds(market);
        var run = new OptionRun(cases, inputs, _reader.Rule(), worlds, _settings.Threads);
        Report("the plan", 0);
        var held = run.Physical(plan);
        var traces = new PlanTraces(_settings.Draws, plan.Plan.Start, plan.Plan.Months);
        var first = run.Result(candidates.First(plan), run.Money(held, plan, null, traces.Keep));
        var median = RepresentativeDraw.Of(first.Figures, 0.5);
        var shown = cases.Run(plan, inputs.At(median), median);
        var quote = Quote(held, plan);
        var few = run.First(SearchDraws);
        var fewHeld = new PhysicalDraws(
            [.. held.Kept.Take(few.Draws)],
            [.. held.Failures.Take(few.Draws)]
        );
        var decided = Decide(
            plan,
            candidates,
            run,
            few,
            first,
            held,
            quote,
            market.Ensemble.Fitted
        );
        Report("what would flip it", 0);
        var flips = FlipSearch.Of(Levers(plan, decided, few, fewHeld, quote), decided.Turned);
        Report("stresses", 0);
        var stresses = new StressRun(
            few,
            scenario => few.In(new CaseRun(market.Under(scenario).Centre)),
            (scenario, draws) =>
                few.First(draws).In(new CaseRun(Prepare(scenario, draws, plan).Centre)),
            plan
        ).All(_scenario, fewHeld);
        Report("sensitivity", 0);
        var figure = DecisiveFigure.Of(plan, _reader.Currency.Code);
        var tornado = TornadoRun.Of(few, plan, figure, MarketGrade(market));
        var sobol = _settings.Sobol
            ? SobolRun.Of(
                cases,
                market.Draws,
                plan,
                _reader.Rule(),
                figure,
                _seed,
                _settings.SobolPoints,
                _settings.Threads,
                share => Report("Sobol indices", share)
            )
            : null;
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
            Verdict = decided.Verdict,
            Rule = _reader.Rule(),
            Options = decided.Options,
            Loans = decided.Loans,
            DebtCapacity = decided.DebtCapacity,
            Loss = Losses(first.Figures, shown, OptionRun.MeanLife(plan)),
            Why = WhyChain.Of(traces, shown, plan, _reader.Currency.Code),
            Fans = traces.Fans(median, _reader.Currency.Code),
            CoverByYear = plan.Loan is null ? [] : traces.Covers(),
            Waterfall = MedianWaterfall.Of(shown.Cash),
            MedianDraw = median,
            Tornado = tornado,
            DecisiveFigure = figure.Name,
            Sobol = sobol,
            Stresses = stresses,
            MarketQuote = quote,
            Floors = new FloorRun(plan, held, _reader.Rule().EquityHurdle).All(),
            Flips = flips,
            Forecast = new ForecastAudits(_values, _view).Of(plan, first.Figures),
            Assumptions = new AssumptionList(_values, _view).Of(
                plan,
                _scenario.Market,
                market.Ensemble.Fitted
            ),
            Hubs = _reader.Hubs(plan.Plan.Site),
            Site = _reader.Place(plan.Plan.Site),
            WaterfallSums = MedianWaterfall.Sums,
            Conventions = StudyWords.Conventions(_reader, plan),
            Limits =
            [
                .. StudyCheck.Warnings(_values, _catalog),
                .. StudyWords.Limits(_reader, plan, market, tornado, first.Figures),
            ],
            GradeDShare = TornadoRun.GradeDShare(tornado),
            BadDraw = RepresentativeDraw.Of(first.Figures, 0.1),
            Draws = _settings.Draws,
            Failures = Failures(decided.Options),
            Seed = _seed,
        };
        return new StudyAnswer(
            result,
            new MedianCase(
                median,
                Finance.ProjectModel.Contract(
                    CaseTerms.Of(plan, NumbersOf(inputs.At(median)), true),
                    plan.Plan.Months
                ),
                shown
            )
        );
    }

    private static Func<InputNumber, double> NumbersOf(Dictionary<string, double> numbers) =>
        n => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;

    private MarketRun Prepare(MarketScenario scenario, int draws, StudyCase plan) =>
        MarketRun.Prepare(
            _view,
            scenario,
            _seed,
            draws,
            plan.Plan.Start + plan.Plan.Months,
            _settings.Threads
        );

    private static DrawWorld[] Worlds(MarketRun market) =>
        [
            .. Enumerable
                .Range(0, market.Draws)
                .Select(d => new DrawWorld(
                    d % market.Worlds,
                    market.Member(d).WorldLink ? "with the world link" : "without the world link"
                )),
        ];

    private static (string, Grade, string) MarketGrade(MarketRun market) =>
        market.Ensemble.Fitted
            ? (
                SobolRun.MarketFactor,
                Grade.C,
                $"ensemble fitted on dated targets to {market.Ensemble.DataTo}"
            )
            : (SobolRun.MarketFactor, Grade.D, "own prior, fitted on nothing");

    /// <summary>Quoted rent when the outlook starts, median of the draws, money per accelerator-hour.</summary>
    private static double Quote(PhysicalDraws held, StudyCase plan) =>
        Risk
            .Spread.Of(
                [.. held.Kept.Where(k => k is not null).Select(k => k!.Outlook.MarketQuote[0])],
                Risk.BadSide.Low
            )
            .P50;

    private Candidates Candidates(StudyCase plan) =>
        _values.Text("question") switch
        {
            "owner" => new Candidates(null, new OwnerOptions(_reader).Families(plan)),
            "lender" => new Candidates(
                [
                    new StudyOption(
                        "as asked",
                        VerdictKind.Lend,
                        "The plan with the loan as asked.",
                        plan
                    ),
                ],
                null
            ),
            _ => new Candidates(new SponsorOptions(_reader).Of(plan), null),
        };

    private Decided Decide(
        StudyCase plan,
        Candidates candidates,
        OptionRun run,
        OptionRun few,
        OptionResult first,
        PhysicalDraws held,
        double quote,
        bool fitted
    ) =>
        _values.Text("question") switch
        {
            "owner" => Owner(candidates.Families!, run, few, first, fitted),
            "lender" => Lender(plan, run, first, held, quote, fitted),
            _ => Sponsor(candidates.Options!, run, first, fitted),
        };

    private Decided Sponsor(
        IReadOnlyList<StudyOption> options,
        OptionRun run,
        OptionResult first,
        bool fitted
    )
    {
        var results = new List<OptionResult> { first };
        foreach (var option in options.Skip(1))
        {
            Report("options", (double)results.Count / options.Count);
            results.Add(run.Run(option));
        }
        var verdict = SponsorVerdict.Of(results, fitted);
        return new Decided(
            verdict,
            results,
            [],
            double.NaN,
            options,
            first.Credit.Concat(first.Equity).All(t => t.Value <= t.Limit)
                ? "the plan would fail the rule"
                : "the plan would pass the rule"
        );
    }

    private Decided Lender(
        StudyCase plan,
        OptionRun run,
        OptionResult first,
        PhysicalDraws held,
        double quote,
        bool fitted
    )
    {
        if (plan.Loan is null)
        {
            throw new InvalidOperationException(
                "the question is the lender's, but the study asks for no loan: give finance.gearing or finance.existing_debt"
            );
        }
        Report("terms of the loan", 0);
        var search = new LoanSearch(run, plan, held);
        var asked = search.Asked();
        var less = search.Less();
        Report("terms of the loan", 0.3);
        var conditional = search.Conditional(ContractPrice(quote));
        return new Decided(
            LenderVerdict.Of(asked, less, conditional, fitted),
            [first],
            [asked, .. less, .. conditional],
            search.Capacity(asked),
            [],
            asked.Tests.All(t => t.Value <= t.Limit)
                ? "the loan as asked would fail the rule"
                : "the loan as asked would pass the rule"
        );
    }

    private Decided Owner(
        IReadOnlyList<IReadOnlyList<StudyOption>> families,
        OptionRun run,
        OptionRun few,
        OptionResult first,
        bool fitted
    )
    {
        var courses = new List<StudyOption> { families[0][0] };
        var results = new List<OptionResult> { first };
        foreach (var family in families.Skip(1))
        {
            Report("courses", (double)courses.Count / families.Count);
            var best =
                family.Count == 1
                    ? family[0]
                    : family
                        .Select(o => (Option: o, Figures: few.Figures(o.Case)))
                        .MaxBy(x => x.Figures.Sound.Average(i => x.Figures.ProjectNpv[i]))
                        .Option;
            courses.Add(best);
            results.Add(run.Run(best));
        }
        var going = results
            .Index()
            .Where(r => r.Item.Kind is not (VerdictKind.SellAccelerators or VerdictKind.Close))
            .MaxBy(r => r.Item.MeanProjectNpv);
        var top = courses[going.Index];
        var restructured = new OwnerOptions(_reader).Restructured(top) is { } option
            ? run.Run(option)
            : null;
        var verdict = OwnerVerdict.Of(results, restructured, _reader.Rule(), fitted);
        return new Decided(
            verdict,
            restructured is null ? results : [.. results, restructured],
            [],
            double.NaN,
            courses,
            "another course would be worth most"
        );
    }

    private double ContractPrice(double quote) =>
        quote * (1 - _values.Number("options.contract_discount"));

    private IReadOnlyList<FlipSearch.Lever> Levers(
        StudyCase plan,
        Decided decided,
        OptionRun few,
        PhysicalDraws held,
        double quote
    ) =>
        _values.Text("question") == "owner"
            ? FlipSearch.OfOwner(few, decided.Courses, _reader.Currency.Code)
            : FlipSearch.OfPlan(
                few,
                plan,
                held,
                _values.Text("question") == "sponsor",
                ContractPrice(quote),
                _reader.Currency.Code
            );

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
/// <param name="Model">Its terms of finance and its debt as contracted.</param>
/// <param name="Case">What it did and its money.</param>
public sealed record MedianCase(int Draw, Finance.ProjectModel Model, CaseDraw Case);

/// <summary>What is compared: options of a sponsor or lender, or families of courses of an owner.</summary>
/// <param name="Options">Options, the plan first; null for an owner.</param>
/// <param name="Families">Families of courses, holding first; null otherwise.</param>
internal sealed record Candidates(
    IReadOnlyList<StudyOption>? Options,
    IReadOnlyList<IReadOnlyList<StudyOption>>? Families
)
{
    /// <summary>The plan, or holding.</summary>
    public StudyOption First(StudyCase plan) =>
        (Options is null ? Families![0][0] : Options[0]) with
        {
            Case = plan,
        };

    /// <summary>Uncertain numbers of all of them.</summary>
    public IEnumerable<InputNumber> Uncertain(StudyCase plan) =>
        plan.Uncertain.Concat(
            (Options ?? Families!.SelectMany(f => f)).SelectMany(o => o.Case.Uncertain)
        );
}

/// <summary>What was decided and on what.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Options">Options with their draws.</param>
/// <param name="Loans">Loans tried.</param>
/// <param name="DebtCapacity">Largest debt that passes; NaN when not sought.</param>
/// <param name="Courses">The options as cases.</param>
/// <param name="Turned">What a flip would mean, in words.</param>
internal sealed record Decided(
    Verdict Verdict,
    IReadOnlyList<OptionResult> Options,
    IReadOnlyList<LoanOffer> Loans,
    double DebtCapacity,
    IReadOnlyList<StudyOption> Courses,
    string Turned
);
