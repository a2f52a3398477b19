using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>One case in one draw: outlook and money.</summary>
/// <param name="Outlook">What the centre does and sells.</param>
/// <param name="Cash">Its money.</param>
/// <param name="Built">False when waiting ended in not building.</param>
public sealed record CaseDraw(CentreOutlook Outlook, CashFlow Cash, bool Built)
{
    /// <summary>Reckons what the centre would bring with no debt at all, money a month: no lender closes it, no interest lowers its tax. What was spent before the decision is left out.</summary>
    public Func<double[]> BeforeFinance { get; init; } = Cash.ProjectFlow;

    /// <summary>Reckons what serving at one load for the whole horizon would take, the load from 0 to 1; null where it is not known what the centre did.</summary>
    public Func<double, FullService>? Serving { get; init; }
}

/// <summary>What a case physically did in one draw.</summary>
/// <param name="Outlook">What the centre does and sells, with its running cost.</param>
/// <param name="Case">The case that came about: a first stage alone when the second was not built.</param>
/// <param name="Built">False when waiting ended in not building.</param>
public sealed record CasePhysical(CentreOutlook Outlook, StudyCase Case, bool Built)
{
    /// <summary>What the market made of it, before prices as assumed and running cost.</summary>
    public CentreOutlook Cleared { get; init; } = Outlook;
}

/// <summary>Clears a centre in the market of one draw.</summary>
/// <param name="plan">The centre.</param>
/// <param name="policies">The rules by which its owner runs its fleets.</param>
/// <param name="draw">Number of the draw.</param>
public delegate CentreOutlook CentreMarket(CentrePlan plan, FleetPolicies policies, int draw);

/// <summary>Runs cases: market, then site, then finance, in one joint draw.</summary>
/// <param name="centre">The market in every draw.</param>
public sealed class CaseRun(CentreMarket centre)
{
    /// <summary>What was cleared before in the same market; null to clear every course.</summary>
    public ClearedDraws? Known { get; init; }

    /// <summary>Runs a case in a draw that has an answer.</summary>
    /// <param name="study">The case.</param>
    /// <param name="numbers">Values of its uncertain numbers by path; a number not among them takes its best estimate.</param>
    /// <param name="draw">Draw of the market.</param>
    /// <exception cref="UnanswerableException">The draw has none.</exception>
    public CaseDraw Run(StudyCase study, IReadOnlyDictionary<string, double> numbers, int draw)
    {
        var outcome = Try(study, numbers, draw);
        return outcome.Value ?? throw new UnanswerableException(outcome.Reason!);
    }

    /// <summary>Runs a case; a draw without an answer says why.</summary>
    /// <inheritdoc cref="Run"/>
    public Outcome<CaseDraw> Try(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        int draw
    ) =>
        Physical(study, numbers, draw) is var physical && physical.Value is { } done
            ? Outcome<CaseDraw>.Of(Of(done.Case, numbers, done))
            : Outcome<CaseDraw>.None(physical.Reason!);

    /// <summary>What a case physically does and sells, running cost included.</summary>
    /// <param name="study">The case.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    /// <param name="draw">Draw of the market.</param>
    public Outcome<CasePhysical> Physical(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        int draw
    )
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var sites = new FleetSites(study, Value);
        if (study.Gate is not { } gate)
        {
            return Built(study, sites, Outlook(study, sites, Value, draw));
        }
        var until = gate.First ?? study;
        var seen = Outlook(until, sites, Value, draw);
        if (Unanswered(seen) is { } reason)
        {
            return Outcome<CasePhysical>.None(reason);
        }
        if (gate.Opens(seen))
        {
            return Built(
                study,
                sites,
                gate.First is null ? seen : Outlook(study, sites, Value, draw)
            );
        }
        return gate.First is { } less
            ? Built(less, sites, seen)
            : Outcome<CasePhysical>.Of(
                new CasePhysical(
                    seen with
                    {
                        Physical = CaseCosts.Nothing(seen.Physical),
                    },
                    study,
                    false
                )
                {
                    Cleared = seen,
                }
            );
    }

    /// <summary>The same doings at other running costs: the owner runs the centre as before, whatever it costs now.</summary>
    /// <param name="done">What was done.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    public static CasePhysical Costed(
        CasePhysical done,
        IReadOnlyDictionary<string, double> numbers
    )
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        return done.Built
            ? new CasePhysical(
                CaseCosts.Of(done.Case, new FleetSites(done.Case, Value), done.Cleared),
                done.Case,
                true
            )
            {
                Cleared = done.Cleared,
            }
            : done;
    }

    private static Outcome<CasePhysical> Built(
        StudyCase study,
        FleetSites sites,
        CentreOutlook outlook
    ) =>
        Unanswered(outlook) is { } reason
            ? Outcome<CasePhysical>.None(reason)
            : Outcome<CasePhysical>.Of(
                new CasePhysical(CaseCosts.Of(study, sites, outlook), study, true)
                {
                    Cleared = outlook,
                }
            );

    /// <summary>Why an outlook is no answer: a rent far beyond every market overflows; null when it is one.</summary>
    private static string? Unanswered(CentreOutlook outlook)
    {
        for (var m = 0; m < outlook.Physical.Months; m++)
        {
            if (!double.IsFinite(outlook.MarketQuote[m] + outlook.Physical.Revenue(m)))
            {
                return "the market of the draw gave a rent that is no number";
            }
        }
        return null;
    }

    /// <summary>A draw of a case on what it physically did.</summary>
    /// <param name="study">The case, or the same with other terms of finance.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    /// <param name="physical">What it did.</param>
    public static CaseDraw Of(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        CasePhysical physical
    )
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(physical);
        return new CaseDraw(physical.Outlook, Money(study, numbers, physical), physical.Built)
        {
            BeforeFinance = () => Money(study.WithoutDebt(), numbers, physical).ProjectFlow(),
            Serving = load => FullService.Of(study, numbers, physical, load),
        };
    }

    /// <summary>The money of a case on what it physically did.</summary>
    /// <param name="study">The case, or the same with other terms of finance.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    /// <param name="physical">What it did.</param>
    public static CashFlow Money(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        CasePhysical physical
    )
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var outlook = physical.Outlook.Physical;
        var model = CaseTerms.Contract(study, Value, physical.Built);
        var cash = model.Run(outlook);
        return Takeout.Of(study.Lending, model.Debt, cash, outlook) is { } taken
            ? CaseTerms
                .Contract(study.TakenOut(taken.TermMonths), Value, physical.Built)
                .Run(outlook) with
            {
                TakenOut = taken,
            }
            : cash;
    }

    private CentreOutlook Outlook(
        StudyCase study,
        FleetSites sites,
        Func<InputNumber, double> value,
        int draw
    )
    {
        var entry = Entry(study, sites, value);
        if (Known?.Find(entry.Plan, entry.Policies, draw) is { } known)
        {
            return WithRates(study, known, draw);
        }
        var cleared = centre(entry.Plan, entry.Policies, draw);
        Known?.Keep(entry.Plan, entry.Policies, draw, cleared);
        return WithRates(study, cleared, draw);
    }

    /// <summary>An outlook with the base rate's path of a draw; as it is where nothing is lent or rates stay as contracted.</summary>
    /// <param name="study">The case.</param>
    /// <param name="cleared">What the market made of it.</param>
    /// <param name="draw">Number of the draw.</param>
    public static CentreOutlook WithRates(StudyCase study, CentreOutlook cleared, int draw)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(cleared);
        return study.Rates is { } rates && study.Tranches.Count > 0
            ? cleared with
            {
                Physical = cleared.Physical with
                {
                    BaseRateShift = rates.Shift(draw, cleared.Physical.Months),
                },
            }
            : cleared;
    }

    /// <summary>A case of one draw as it enters the market, among others if need be.</summary>
    /// <param name="study">The case.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    public static CentreEntry Entry(StudyCase study, IReadOnlyDictionary<string, double> numbers)
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        return Entry(study, new FleetSites(study, Value), Value);
    }

    /// <summary>What a case without a decision point physically does, running cost included, where the market has cleared it.</summary>
    /// <param name="study">The case.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    /// <param name="cleared">What the market made of its <see cref="Entry(StudyCase, IReadOnlyDictionary{string, double})"/>.</param>
    /// <exception cref="UnanswerableException">The market gave a rent that is no number.</exception>
    public static CasePhysical Physical(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        CentreOutlook cleared
    )
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var outcome = Built(study, new FleetSites(study, Value), cleared);
        return outcome.Value ?? throw new UnanswerableException(outcome.Reason!);
    }

    /// <summary>What a case does in which nothing is built: nothing.</summary>
    /// <param name="study">The case.</param>
    /// <param name="like">Any outlook over the same months in the same currency.</param>
    public static CasePhysical NotBuilt(StudyCase study, CentreOutlook like)
    {
        ArgumentNullException.ThrowIfNull(like);
        return new CasePhysical(
            like with
            {
                Physical = CaseCosts.Nothing(like.Physical),
            },
            study,
            false
        );
    }

    private static CentreEntry Entry(
        StudyCase study,
        FleetSites sites,
        Func<InputNumber, double> value
    )
    {
        var growth = study.SoftwareGrowth is { } g ? value(g) : 0;
        InferenceCapability? Serves(FleetCase fleet) =>
            fleet.Served is { } served
                ? new InferenceCapability(value(served.Goodput), 0, growth)
                {
                    Units = served.Units,
                    MostTokensPerSecond = served.MostTokensPerSecond,
                }
            : study.Serves ? new InferenceCapability(0, 0, growth)
            : null;
        var fleets = study
            .Fleets.Select(f => new FleetPlan(
                f.Accelerator,
                f.Server,
                f.Accelerators,
                f.Online,
                f.TrainingFabric
            )
            {
                Name = f.Name,
                AvoidableCostPerAcceleratorMonth =
                    sites.Of(f).AvoidablePerLetHour * FleetSites.HoursPerMonth,
                Inference = Serves(f),
            })
            .ToList();
        var all = study.Accelerators;
        var plan = study.Plan with
        {
            Fleets = fleets,
            OperatorCapability = Math.Clamp(value(study.Capability), 0, 1),
            AvoidableCostPerAcceleratorMonth =
                fleets.Sum(f => f.Accelerators * f.AvoidableCostPerAcceleratorMonth!.Value) / all,
            ReachableShare = Math.Clamp(value(study.Reach), 0, 1),
            Inference = study.Serves
                ? new InferenceCapability(
                    fleets.Sum(f => f.Accelerators * f.Inference!.GoodputTokensPerSecond) / all,
                    0,
                    growth
                )
                {
                    MostTokensPerSecond =
                        fleets.Sum(f => f.Accelerators * f.Inference!.MostTokensPerSecond) / all,
                }
                : null,
            Signed = [.. study.Leases.Select(l => l.In(value))],
            Operator = study.OperatorIn(value),
        };
        return new CentreEntry(plan, study.Policies);
    }
}
