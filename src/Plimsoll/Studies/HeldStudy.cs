using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Studies;

/// <summary>What a study's centre physically does in every draw, kept, so that terms of finance, tax and the rule can be moved on it at once.</summary>
/// <remarks>
/// The draws are those of <see cref="StudyRun"/> on the same seed: figures on all of them equal those of a run of the changed study. Nothing that moves fill or rent
/// can be changed here (see <see cref="Moves"/>); that takes a run. What running the site costs is reckoned anew with the centre run as before (see <see cref="MoneyAlone"/>).
/// </remarks>
public sealed class HeldStudy
{
    /// <summary>Draws from which lenders learn what to expect of a default where not all draws are priced.</summary>
    private const int FewLearn = 100;

    private readonly StudyCase _plan;
    private readonly PhysicalDraws _held;
    private readonly int _middle;
    private readonly int _poor;
    private readonly CaseRun _cases;
    private readonly DrawWorld[] _worlds;
    private readonly IReadOnlyList<InputNumber> _others;
    private readonly FactCatalog _catalog;
    private readonly ulong _seed;

    private HeldStudy(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        _catalog = catalog;
        var reader = StudyReader.Of(values, catalog.AsOf(values.Month("decided")));
        _seed = settings.Seed ?? (ulong)reader.Values.Integer("seed");
        Draws = settings.Draws;
        Currency = reader.Currency;
        var question = QuestionKind.Of(reader.Values).Read(reader.Values);
        _plan = question.First(StudyRun.Nameless(reader.Plan())).Case;
        settings.Progress?.Invoke("the market", 0);
        var market = MarketRun.Prepare(
            new MarketRequest(
                reader.View,
                new MarketScenario
                {
                    Market = reader.Values.Text("market.name"),
                    WorldLink = reader.Values.Text("market.world_link"),
                },
                _seed,
                Draws,
                _plan.Plan.Start + _plan.Plan.Months
            )
            {
                Quotes = reader.Quotes(),
                Curve = reader.Curve("curve"),
                ResaleCurve = reader.Curve("resale_curve"),
            },
            new RunContext
            {
                Threads = settings.Threads,
                Cancellation = settings.Cancellation,
                Store = settings.Store,
            }
        );
        // Numbers of the plan itself are those of the file that is priced, where it gives them a range.
        var own = _plan.Uncertain.Select(n => n.Path).ToHashSet(StringComparer.Ordinal);
        _others =
        [
            .. question
                .Cases(_plan, new CentreFacts(reader, 0))
                .SelectMany(c => c.Uncertain)
                .Where(n => !own.Contains(n.Path)),
        ];
        _cases = new CaseRun(
            (plan, policies, draw) => market.Clear([new CentreEntry(plan, policies)], draw)[0]
        );
        _worlds =
        [
            .. Enumerable
                .Range(0, market.Draws)
                .Select(d => new DrawWorld(
                    d % market.Worlds,
                    market.Member(d).WorldLink ? "with the world link" : "without the world link"
                )),
        ];
        settings.Progress?.Invoke("the plan", 0);
        _held = new OptionRun(
            _cases,
            new DrawInputs(_seed, Draws, _plan.Uncertain.Concat(_others)),
            reader.Rule(),
            _worlds,
            settings.Threads
        )
        {
            Cancellation = settings.Cancellation,
        }.Physical(_plan);
        _middle = OptionRun.Middle(_held);
        _poor = OptionRun.Poor(_held);
        // What it holds lives long; the market it was cleared in does not.
        _cases = new CaseRun(
            (_, _, _) => throw new InvalidOperationException("the market of a held study is closed")
        );
    }

    /// <summary>Draws held.</summary>
    public int Draws { get; }

    /// <summary>Currency of every amount.</summary>
    public Currency Currency { get; }

    /// <summary>Computes and keeps what the centre does.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="catalog">Everything known.</param>
    /// <param name="settings">Draws, seed, threads, cancellation, progress.</param>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    public static HeldStudy Of(InputValues values, FactCatalog catalog, StudySettings settings)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(settings);
        return new HeldStudy(values, catalog, settings);
    }

    /// <summary>True when a change of an input leaves what the centre physically does as it is, so that it may be priced on held draws.</summary>
    /// <param name="path">The input, from the top of the file.</param>
    public static bool Moves(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith("finance.", StringComparison.Ordinal)
            || path.StartsWith("decision.", StringComparison.Ordinal)
            || SiteCosts.Contains(path)
            || (
                path.StartsWith("fleet[", StringComparison.Ordinal)
                && path.Contains("].capex_per_server", StringComparison.Ordinal)
            );
    }

    /// <summary>What running a site costs, and what sets it: reckoned anew on held draws.</summary>
    public static IReadOnlyList<string> SiteCosts { get; } =
    [
        "site.tariff",
        "site.demand_charge",
        "site.design_pue",
        "site.lit_service",
        "site.lit_bandwidth",
        "site.standing_service",
        "site.colocation",
        "site.escalation",
        "hall.per_kw",
        "hall.escalator",
    ];

    /// <summary>True when a change of an input moves money and nothing else, so that what is priced on all draws held equals a run of the changed study.</summary>
    /// <param name="values">The file.</param>
    /// <param name="path">One that <see cref="Moves"/>.</param>
    /// <remarks>The price of power and the costs of lit servers are also what an owner never asks less than, and what a second-hand buyer reckons with: a run lets the market see them, held draws do not.</remarks>
    public static bool MoneyAlone(InputValues values, string path)
    {
        ArgumentNullException.ThrowIfNull(values);
        return !SiteCosts.Contains(path)
            || path is "site.escalation" or "hall.per_kw" or "hall.escalator"
            // Months told share their cost out over what the file does not state: to state one moves the others.
            || (
                path is "site.standing_service" or "site.colocation"
                && values.Items("actuals").Count == 0
            );
    }

    /// <summary>The numbers in force where a file may be silent: what its site costs, and the income tax of its state or town.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="catalog">Everything known.</param>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    public static IReadOnlyList<InputNumber> InForce(InputValues values, FactCatalog catalog)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(catalog);
        return StudyReader.Of(values, catalog.AsOf(values.Month("decided"))).InForce();
    }

    /// <summary>The plan on other terms.</summary>
    /// <param name="values">The file held, with other terms of finance, tax or rule; checked.</param>
    /// <param name="draws">Draws to price, the first of those held.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>The plan as the first option of a run would be; priced on fewer draws than are held, its value before finance is read from the money with its debt.</returns>
    public OptionResult Price(InputValues values, int draws, RunContext context)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(context);
        var reader = StudyReader.Of(values, _catalog.AsOf(values.Month("decided")));
        var question = QuestionKind.Of(reader.Values).Read(reader.Values);
        var option = question.First(StudyRun.Nameless(reader.Plan()));
        var run = new OptionRun(
            _cases,
            new DrawInputs(_seed, Draws, option.Case.Uncertain.Concat(_others)),
            reader.Rule(),
            _worlds,
            context.Threads
        )
        {
            Draws = Math.Clamp(draws, 1, Draws),
            Cancellation = context.Cancellation,
            Lending =
                reader.Values.Text("question") == "lender"
                    ? LendingInputs.Read(reader.Values)
                    : null,
        };
        // What sculpted tranches are sized on is held too: the middle draw of the same plan.
        var (held, middleDraw, poorDraw) = Costed(run, option.Case);
        var priced = held.Kept[middleDraw] is { } middle
            ? option.Case with
            {
                Sizing = new SizingCase(
                    middle.Outlook.Physical,
                    option.Case.Fleets,
                    option.Case.Plan
                )
                {
                    Downside = option.Case.Tranches.Any(t => t.DownsideTargetCover > 0)
                        ? held.Kept[poorDraw]?.Outlook.Physical
                        : null,
                },
            }
            : option.Case;
        var sized = run.SizedOn(middleDraw, poorDraw);
        // The lenders learn from the same draws as in a run; from fewer where few are priced, which is half of what a price takes.
        var few = run.Draws < Draws;
        var learning = few ? sized.First(FewLearn) : sized;
        return sized.Result(
            option,
            sized.Money(
                held,
                learning.Learnt(sized.Sized(priced), held),
                depth: few ? FigureDepth.Return : FigureDepth.All
            )
        );
    }

    /// <summary>The price below which letting loses, on other costs of the site or another hurdle.</summary>
    /// <param name="values">The file held, with what was moved; checked.</param>
    /// <param name="draws">Draws on which the worth of waiting and of a sale later is reckoned, the first of those held.</param>
    /// <returns>The floors of a run: the one against darkness is that of the changed study whatever was moved; those against waiting and a sale too, where money alone was.</returns>
    public IReadOnlyList<PriceFloor> Floors(InputValues values, int draws)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(values);
        var reader = StudyReader.Of(values, _catalog.AsOf(values.Month("decided")));
        var few = Math.Clamp(draws, 1, Draws);
        return new FloorRun(
            StudyRun.Nameless(reader.Bare()),
            new PhysicalDraws([.. _held.Kept.Take(few)], [.. _held.Failures.Take(few)]),
            reader.Rule().EquityHurdle
        ).All();
    }

    /// <summary>What is held, at the costs of the site that a case has; and the draws in its middle and at its poor end.</summary>
    private (PhysicalDraws Held, int Middle, int Poor) Costed(OptionRun run, StudyCase study)
    {
        if (
            study.Site.All.SequenceEqual(_plan.Site.All)
            && study.Effects.SequenceEqual(_plan.Effects)
        )
        {
            return (_held, _middle, _poor);
        }
        // Sculpted tranches are sized on the middle of all draws, whatever few are priced.
        var all = study.Tranches.Any(t => t.Repayment == Finance.Repayment.Sculpted);
        var held = run.Costed(_held, study, all ? Draws : run.Draws);
        return all ? (held, OptionRun.Middle(held), OptionRun.Poor(held)) : (held, _middle, _poor);
    }
}
