using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Plans;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;

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

    /// <summary>Draws on which numbers are moved one by one: low and high are met by the same draws, so their chance cancels.</summary>
    private const int TornadoDraws = 120;

    private StudyRun(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        (_settings, _catalog) = (settings, catalog);
        _reader = StudyReader.Of(values, catalog.AsOf(values.Month("decided")));
        _view = _reader.View;
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
    /// <exception cref="UnanswerableException">No draw could be computed: the study cannot be answered.</exception>
    public static StudyAnswer Of(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Draws, settings.Trial ? 2 : 30);
        return new StudyRun(values, catalog, settings).Answer();
    }

    /// <summary>Prepares the national markets that a study will ask for, so that the store holds them when it is run.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="catalog">Everything known; only what was published by the decision is seen.</param>
    /// <param name="settings">How it will be run; without a store nothing is kept.</param>
    /// <returns>National markets prepared, those of the stresses included.</returns>
    public static int Prepare(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        using var culture = InvariantCulture.Begin();
        var run = new StudyRun(values, catalog, settings);
        var plan = Nameless(run._reader.Plan());
        return StressRun
            .Markets(run._scenario)
            .Prepend((Scenario: run._scenario, Draws: settings.Draws))
            .Sum(m => run.Prepare(m.Scenario, m.Draws, plan).Worlds);
    }

    private StudyAnswer Answer()
    {
        var question = QuestionKind.Of(_values).Read(_values);
        var planned = Nameless(_reader.Plan());
        var plan = question
            .First(planned with { Rates = planned.Rates is { } r ? r with { Seed = _seed } : null })
            .Case;
        Report("the market", 0);
        var market = Prepare(_scenario, _settings.Draws, plan);
        var before = new CentreFacts(_reader, 0);
        var inputs = new DrawInputs(
            _seed,
            _settings.Draws,
            plan.Uncertain.Concat(question.Cases(plan, before).SelectMany(c => c.Uncertain))
        );
        var cases = new CaseRun(Clear(market)) { Known = new ClearedDraws(market.Draws) };
        var worlds = Worlds(market);
        var run = new OptionRun(cases, inputs, _reader.Rule(), worlds, _settings.Threads)
        {
            Lending =
                _values.Text("question") == "lender"
                    ? Decisions.Lending.LendingInputs.Read(_values)
                    : null,
            Cancellation = _settings.Cancellation,
            GiveWay = _settings.GiveWay,
        };
        Report("the plan", 0);
        var held = run.Physical(plan);
        run = run.SizedOn(OptionRun.Middle(held), OptionRun.Poor(held));
        plan = run.Learnt(run.Sized(plan), held);
        var traces = new PlanTraces(_settings.Draws, plan.Plan.Start, plan.Plan.Months);
        var tokens = new ServedTokensRun(plan, _reader.Rule().EquityHurdle, _settings.Draws);
        var first = run.Result(
            question.First(plan),
            run.Money(
                held,
                plan,
                null,
                (draw, done) =>
                {
                    traces.Keep(draw, done);
                    tokens.Keep(draw, done, inputs.At(draw));
                }
            )
        );
        var median = RepresentativeDraw.Of(first.Figures, 0.5);
        var shown = cases.Run(plan, inputs.At(median), median);
        var quote = Quote(held, plan);
        var few = run.First(SearchDraws);
        var fewHeld = First(held, few.Draws);
        var asked = new QuestionRun
        {
            Plan = plan,
            Facts = new CentreFacts(_reader, quote, Quotes(held, plan)),
            Run = run,
            Few = few,
            First = first,
            Held = held,
            FewHeld = fewHeld,
            Fitted = market.Ensemble.Fitted,
            Currency = _reader.Currency.Code,
            Report = Report,
        };
        var decided = question.Decide(asked);
        // What is recommended is what is rated: in the memo, the workbook, the stresses and every table of one loan.
        var (rated, ratedHeld, ratedFigures) = (plan, held, first.Figures);
        if (decided.Rated is { } loan)
        {
            (rated, ratedHeld) = (loan.Option.Case, loan.Held);
            traces = new PlanTraces(_settings.Draws, plan.Plan.Start, plan.Plan.Months);
            tokens = new ServedTokensRun(rated, _reader.Rule().EquityHurdle, _settings.Draws);
            ratedFigures = run.Money(
                ratedHeld,
                rated,
                null,
                (draw, done) =>
                {
                    traces.Keep(draw, done);
                    tokens.Keep(draw, done, inputs.At(draw));
                }
            );
            median = RepresentativeDraw.Of(ratedFigures, 0.5);
            shown = cases.Run(rated, inputs.At(median), median);
        }
        Report("what would flip it", 0);
        var flips = FlipSearch.Of(question.Levers(asked, decided), decided.Turned);
        var breakEvens = decided.Moved is { } moved
            ? BreakEvenRent.Of(moved, decided.Verdict.Option, quote)
            : [];
        Report("plan of use", 0);
        var floors = new FloorRun(plan, held, _reader.Rule().EquityHurdle).All();
        if (decided.Moved is not null)
        {
            floors = CourseFloors.Of(floors, asked, decided);
        }
        var use = PlanOfVerdict.Of(asked, decided, floors, flips);
        Report("stresses", 0);
        var stresses = new StressRun(
            few,
            scenario => few.In(new CaseRun(Clear(market.Under(scenario)))),
            (scenario, draws) =>
                few.First(draws)
                    .In(
                        new CaseRun(
                            Clear(
                                Prepare(
                                    scenario,
                                    _settings.Trial ? Math.Min(draws, few.Draws) : draws,
                                    rated
                                )
                            )
                        )
                    ),
            rated
        ).All(_scenario, First(ratedHeld, few.Draws));
        Report("sensitivity", 0);
        var figure = DecisiveFigure.Of(plan, _reader.Currency.Code);
        var tornado = TornadoRun.Of(
            run.First(TornadoDraws),
            rated,
            ratedHeld,
            figure,
            MarketGrade(market),
            _reader.Currency.Code
        );
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
        var conventions = StudyWords.Conventions(_reader, plan);
        Phrase[] limits =
        [
            .. StudyCheck.Warnings(_values, _catalog),
            .. StudyWords.Limits(plan, market, tornado, first.Figures),
            .. Unquoted(plan),
        ];
        var result = new StudyResult
        {
            Name = _values.Text("name"),
            Explanation = _values.TextOrNull("explanation") ?? "",
            Question = _values.Text("question"),
            Decided = _values.Month("decided"),
            Start = plan.Plan.Start,
            Months = plan.Plan.Months,
            Currency = _reader.Currency,
            Centre = PhraseBook.English.Say(Centre(plan)),
            CentreSaid = Centre(plan),
            Market = PhraseBook.English.Say(MarketWords(market)),
            MarketSaid = MarketWords(market),
            Fitted = market.Ensemble.Fitted,
            Verdict =
                _values.Text("question") == "owner"
                    ? decided.Verdict.On(SaleFloors.Said(floors))
                    : decided.Verdict,
            Rule = _reader.Rule(),
            Options = decided.Options,
            ToDate = CovenantsToDate.Of(plan),
            Loans = decided.Loans,
            DebtCapacity = decided.DebtCapacity,
            ContractedCapacity = decided.ContractedCapacity,
            ContractedLoan = decided.ContractedLoan,
            ContractedBound = decided.ContractedBound,
            Lending = run.Lending,
            Offer = decided.Offer,
            Tokens = _reader.Served(tokens),
            Loss = Losses(ratedFigures, ratedHeld, OptionRun.MeanLife(rated)),
            Why = WhyChain.Of(traces, shown, rated, _reader.Currency.Code),
            Fans = traces.Fans(median, _reader.Currency.Code),
            Rated = decided.Rated?.Option.Name ?? "",
            CoverByYear = plan.Loan is null ? [] : traces.Covers(),
            Waterfall = MedianWaterfall.Of(shown.Cash),
            MedianDraw = median,
            Tornado = tornado,
            DecisiveFigure = figure.Name,
            Sobol = sobol,
            Stresses = stresses,
            MarketQuote = quote,
            // A lease on the table has a floor of its own, on the very draws; floors of any lease beside it would be a second answer.
            Floors = decided.Offer is null ? floors : [.. floors.Where(f => f.TenorMonths <= 1)],
            PlanOfUse = use,
            Flips = flips,
            BreakEvens = breakEvens,
            Ask = decided.Ask,
            Bank = decided.Bank,
            Forecast = new ForecastAudits(_values, _view).Of(plan, first.Figures),
            Assumptions = new AssumptionList(_values, _view, _reader.Currency.Code).Of(
                plan,
                _scenario.Market,
                market.Ensemble.Fitted
            ),
            Hubs = _reader.Hubs(plan.Plan.Site),
            Site = _reader.Place(plan.Plan.Site),
            WaterfallSums = MedianWaterfall.Sums,
            Conventions = [.. conventions.Select(PhraseBook.English.Say)],
            ConventionsSaid = conventions,
            Limits = [.. limits.Select(PhraseBook.English.Say)],
            LimitsSaid = limits,
            GradeDShare = TornadoRun.GradeDShare(tornado),
            BadDraw = RepresentativeDraw.Of(ratedFigures, 0.1),
            Draws = _settings.Draws,
            Failures = Failures(decided.Options),
            Seed = _seed,
        };
        MedianCase Middle(StudyCase of, CaseDraw done)
        {
            var one = new MedianCase(
                median,
                CaseTerms.Contract(
                    done.Cash.TakenOut is { } taken ? of.TakenOut(taken.TermMonths) : of,
                    NumbersOf(inputs.At(median)),
                    done.Built
                ),
                done
            );
            return one with { Departs = MedianDepartures.Of(of, one) };
        }
        var middle = Middle(rated, shown);
        Report("memo", 0);
        var rule = Decisions.Lending.LendingInputs.Read(_values);
        var memo = decided.MemoOf is { Option.Case: var of, Held: var done }
            ? Memos.MemoRun.Of(
                result,
                plan,
                of,
                run,
                done,
                Middle(of, cases.Run(of, inputs.At(median), median)),
                rule,
                _view
            )
            : Memos.MemoRun.Of(result, plan, rated, run, ratedHeld, middle, rule, _view);
        _settings.Cancellation.ThrowIfCancellationRequested();
        return new StudyAnswer(
            result with
            {
                Memo = memo.In(PhraseBook.English),
                MemoSaid = memo,
            },
            middle
        );
    }

    /// <summary>A study has one centre, whose luck its title does not change; a portfolio's centres are told apart by theirs.</summary>
    internal static StudyCase Nameless(StudyCase plan) =>
        plan with
        {
            Plan = plan.Plan with { Name = "the centre" },
        };

    private static PhysicalDraws First(PhysicalDraws all, int draws) =>
        new([.. all.Kept.Take(draws)], [.. all.Failures.Take(draws)]);

    private static Func<InputNumber, double> NumbersOf(
        IReadOnlyDictionary<string, double> numbers
    ) => n => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;

    private MarketRun Prepare(MarketScenario scenario, int draws, StudyCase plan) =>
        MarketRun.Prepare(
            new MarketRequest(_view, scenario, _seed, draws, plan.Plan.Start + plan.Plan.Months)
            {
                Quotes = _reader.Quotes(),
                Curve = _reader.Curve("curve"),
                ResaleCurve = _reader.Curve("resale_curve"),
            },
            new RunContext
            {
                Threads = _settings.Threads,
                Cancellation = _settings.Cancellation,
                Store = _settings.Store,
                Progress = _settings.Progress,
            }
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

    /// <summary>That nobody quotes a chip second-hand, where a sale or a loan rests on what it fetches and the study gives no curve.</summary>
    private IEnumerable<Phrase> Unquoted(StudyCase plan)
    {
        if (!plan.Standing && plan.Loan is null)
        {
            return [];
        }
        var law = Market.SecondHand.ResaleLaw.Of(_view, _scenario.Market);
        var known = law
            .Quotes.Select(q => q.Chip)
            .Concat(_reader.Curve("resale_curve").Select(p => p.Accelerator))
            .ToHashSet(StringComparer.Ordinal);
        Phrase[] chips =
        [
            .. plan
                .Fleets.Select(f => f.Accelerator)
                .Where(c => !known.Contains(c))
                .Distinct(StringComparer.Ordinal)
                .Select(c => Phrase.Of("name", c)),
        ];
        return chips.Length == 0
            ? []
            : [Phrase.Of("limit.resale", chips.Aggregate((a, b) => Phrase.Of("list", a, b)))];
    }

    /// <summary>Quoted rent when the outlook starts, median of the draws, money per accelerator-hour.</summary>
    private static double Quote(PhysicalDraws held, StudyCase plan) =>
        Risk
            .Spread.Of(
                [.. held.Kept.Where(k => k is not null).Select(k => k!.Outlook.MarketQuote[0])],
                Risk.BadSide.Low
            )
            .P50;

    /// <summary>The same of the chip of each fleet.</summary>
    private static Dictionary<string, double> Quotes(PhysicalDraws held, StudyCase plan) =>
        plan.Fleets.ToDictionary(
            f => f.Name,
            f =>
                Risk.Spread.Of(
                    [
                        .. held
                            .Kept.OfType<CasePhysical>()
                            .SelectMany(k => k.Outlook.Physical.Fleets)
                            .Where(m => m.Fleet == f.Name && m.Quote.Length > 0)
                            .Select(m => m.Quote[0]),
                    ],
                    Risk.BadSide.Low
                ).P50,
            StringComparer.Ordinal
        );

    private static CentreMarket Clear(MarketRun market) =>
        (plan, policies, draw) => market.Clear([new CentreEntry(plan, policies)], draw)[0];

    private void Report(string what, double share)
    {
        _settings.Cancellation.ThrowIfCancellationRequested();
        _settings.Progress?.Invoke(what, share);
    }

    private Phrase Centre(StudyCase plan) =>
        Phrase.Of(
            "centre.said",
            plan.Accelerators,
            Words.Named("place", plan.Plan.Site),
            plan.Fleets.Select(f => Phrase.Of("centre.fleet", f.Servers, f.Server, f.Online))
                .Aggregate((before, next) => Phrase.Of("list.semicolon", before, next)),
            Words.Named("operator", _values.Text("centre.operator"))
        );

    private Phrase MarketWords(MarketRun market) =>
        market.Ensemble.Fitted
            ? Phrase.Of(
                "market.fitted",
                Words.Named("market", _values.Text("market.name")),
                market.Ensemble.Members.Count,
                StudyWords.Day(market.Ensemble.DataTo)
            )
            : Phrase.Of("market.unfitted", Words.Named("market", _values.Text("market.name")));

    private static LossAnatomy Losses(DrawFigures f, PhysicalDraws held, double life)
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
            Median([
                .. held.Kept.Select(k =>
                    k?.Outlook.Physical.ResalePrice.FirstOrDefault(p => p > 0, double.NaN)
                    ?? double.NaN
                ),
            ]),
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
public sealed record StudyAnswer(StudyResult Result, MedianCase Median)
{
    /// <summary>Conventions of the workbook, which is of the middle draw: those of the study, and what befalls the centre in that draw.</summary>
    public IReadOnlyList<string> BookConventions =>
        Median.Departs is { } departs
            ? [.. Result.Conventions, PhraseBook.English.Say(departs)]
            : Result.Conventions;
}

/// <summary>One real draw in full.</summary>
/// <param name="Draw">Its number.</param>
/// <param name="Model">Its terms of finance and its debt as contracted.</param>
/// <param name="Case">What it did and its money.</param>
public sealed record MedianCase(int Draw, Finance.ProjectModel Model, CaseDraw Case)
{
    /// <summary>In what it departs from the plan, in one sentence; null where in nothing.</summary>
    public Phrase? Departs { get; init; }

    /// <summary>What it does on signed contracts alone, the rest of it dark; null when nothing is signed.</summary>
    public MonthlyOutlook? Contracted =>
        Decisions.Lending.ContractedOutlook.Any(Case.Outlook.Physical)
            ? Decisions.Lending.ContractedOutlook.Of(Case.Outlook.Physical)
            : null;
}
