using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Sites;

namespace Plimsoll.Studies.Model;

/// <summary>A course: a centre with the rules by which its fleets are run, its terms of finance and its decision points; all that is needed to run it in any draw.</summary>
public sealed record StudyCase
{
    /// <summary>The fleets.</summary>
    public required IReadOnlyList<FleetCase> Fleets { get; init; }

    /// <summary>Centre without its uncertain numbers.</summary>
    public required CentrePlan Plan { get; init; }

    /// <summary>Site.</summary>
    public required SiteNumbers Site { get; init; }

    /// <summary>Terms without capital cost, tax and debt.</summary>
    public required FinanceTerms Terms { get; init; }

    /// <summary>The loan, the most senior tranche; null for none.</summary>
    public required DebtTranche? Loan { get; init; }

    /// <summary>Tranches that are junior to the loan, most senior first.</summary>
    public IReadOnlyList<DebtTranche> Junior { get; init; } = [];

    /// <summary>The outlook on which sculpted tranches are sized; null before it is known, or when none is sculpted.</summary>
    public SizingCase? Sizing { get; init; }

    /// <summary>How the base rate moves in the draws; null to keep it as contracted.</summary>
    public BaseRatePath? Rates { get; init; }

    /// <summary>All tranches, most senior first.</summary>
    public IReadOnlyList<DebtTranche> Tranches => Loan is null ? [] : [Loan, .. Junior];

    /// <summary>Terms of finance given with a range.</summary>
    public IReadOnlyList<InputNumber> MoneyNumbers { get; init; } = [];

    /// <summary>Tax of the centre's income and sales, and of what is bought for no fleet: as in force when its first fleet comes.</summary>
    public required TaxPreset Tax { get; init; }

    /// <summary>Capability of the operator.</summary>
    public required InputNumber Capability { get; init; }

    /// <summary>Chance a month that the operator fails; null for one that never does.</summary>
    public InputNumber? OperatorHazard { get; init; }

    /// <summary>Leases signed before the decision.</summary>
    public IReadOnlyList<LeaseCase> Leases { get; init; } = [];

    /// <summary>Share of latency-bound demand within reach.</summary>
    public required InputNumber Reach { get; init; }

    /// <summary>Growth a year of what an accelerator serves, by better software; null when no fleet serves tokens.</summary>
    public InputNumber? SoftwareGrowth { get; init; }

    /// <summary>Rules by which the owner runs the fleets.</summary>
    public FleetPolicies Policies { get; init; } = new(new AskPolicy(1));

    /// <summary>The rule by which its lenders judge, by which a loan due in one sum is lent anew too.</summary>
    public LendingRule Lending { get; init; } = new();

    /// <summary>The same with some of its terms held at what is written into it, whatever range they were given with.</summary>
    /// <param name="keys">Last parts of their paths.</param>
    internal StudyCase WithoutNumbers(params string[] keys) =>
        this with
        {
            MoneyNumbers =
            [
                .. MoneyNumbers.Where(n =>
                    !keys.Contains(n.Path[(n.Path.LastIndexOf('.') + 1)..], StringComparer.Ordinal)
                ),
            ],
        };

    /// <summary>The same centre that owes nothing.</summary>
    public StudyCase WithoutDebt() =>
        this with
        {
            Loan = null,
            Junior = [],
            Sizing = null,
            Building = null,
            Costs = [.. Costs.Where(c => !c.IsDebt)],
            Terms = Terms.WithoutDebt() with { Before = ServiceToDate.None },
        };

    /// <summary>The same with its loans due in one sum repaid evenly over some months after their maturity.</summary>
    /// <param name="term">Months, at least 1.</param>
    public StudyCase TakenOut(int term) =>
        this with
        {
            Loan = Loan is null ? null : TakenOut(Loan, term),
            Junior = [.. Junior.Select(t => TakenOut(t, term))],
        };

    private static DebtTranche TakenOut(DebtTranche loan, int term) =>
        loan.Repayment != Repayment.Bullet
            ? loan
            : loan with
            {
                Repayment = Repayment.Instalments,
                Refinancing = null,
                TenorMonths = loan.TenorMonths + term,
                Instalments =
                [
                    new InstalmentSpan(0, loan.TenorMonths),
                    new InstalmentSpan(1, term),
                ],
            };

    /// <summary>True when the centre stands and its capital cost is sunk.</summary>
    public bool Standing { get; init; }

    /// <summary>Months up to the decision as they were; none for a centre that is yet to come, or of which none is told.</summary>
    public ActualMonths Actuals { get; init; } = ActualMonths.None;

    /// <summary>What running it has cost in those months, from which its services are taken; null where they tell too little.</summary>
    public MeasuredCosts? MeasuredCosts { get; init; }

    /// <summary>Debt of a centre that is being built; null for one that has none, or is planned or stands.</summary>
    public BuildingDebt? Building { get; init; }

    /// <summary>Debt that stands at the decision: its money was spent before and is no flow of the outlook.</summary>
    public double DebtStanding => Standing ? Tranches.Sum(t => t.Amount) : Building?.Drawn ?? 0;

    /// <summary>Money asked for: the amounts of the file, also where no more than a part of them may be lent; of a tranche without a stated amount what it lends.</summary>
    /// <param name="lent">What each tranche lends.</param>
    public double Requested(IReadOnlyList<double> lent) =>
        Standing || Building is not null
            ? lent.Sum()
            : Tranches
                .Select(
                    (t, i) =>
                        t.Amount > 0 && t.Repayment != Repayment.Sculpted
                            ? Math.Max(t.Amount, lent[i])
                            : lent[i]
                )
                .Sum();

    /// <summary>Money spent on a half-built centre before the outlook: no flow of it, and what its assets cost for tax.</summary>
    public SpentBefore Spent { get; init; } = new(0, 0);

    /// <summary>Multiplies capital cost; 1 as given.</summary>
    public double CapexFactor { get; init; } = 1;

    /// <summary>Multiplies capital cost beyond what its lenders committed to: only to find at which cost an answer would turn; 1 in every answer.</summary>
    public double CapexOverrun { get; init; } = 1;

    /// <summary>Sales tax on servers, a share of their price, never recovered.</summary>
    public double SalesTaxRate { get; init; }

    /// <summary>Multiplies running cost of the site; 1 as given.</summary>
    public double PowerFactor { get; init; } = 1;

    /// <summary>Multiplies every rent that no contract signed before the decision fixes; 1 as the market gives it.</summary>
    public double RentFactor { get; init; } = 1;

    /// <summary>Share of hours sold at least, at the market's quote: only to find what fill an answer would need; 0 in every answer.</summary>
    public double FillFloor { get; init; }

    /// <summary>What the course of action does beyond the market's answer to it, in this order.</summary>
    public IReadOnlyList<ICourseEffect> Effects { get; init; } = [];

    /// <summary>What the course of action costs once, at the start.</summary>
    public IReadOnlyList<CourseCost> Costs { get; init; } = [];

    /// <summary>What the course of action brings once, at the start, whether anything is built or not.</summary>
    public IReadOnlyList<CourseCost> Receipts { get; init; } = [];

    /// <summary>A decision taken later; null when all is decided now.</summary>
    public IGate? Gate { get; init; }

    /// <summary>The operator in a draw; null for one that never fails.</summary>
    /// <param name="value">Values of the uncertain numbers.</param>
    public Contracts.OperatorTerms? OperatorIn(Func<InputNumber, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Plan.Operator is { } run && OperatorHazard is { } hazard
            ? run with
            {
                Operator = run.Operator with { MonthlyHazard = Math.Clamp(value(hazard), 0, 1) },
            }
            : Plan.Operator;
    }

    /// <summary>Every uncertain number of the case, each once.</summary>
    public IReadOnlyList<InputNumber> Uncertain =>
        [
            .. Site
                .All.Append(Capability)
                .Concat(Fleets.Select(f => f.CapexPerServer))
                .Append(Reach)
                .Concat(Leases.SelectMany(l => l.Numbers))
                .Concat(OperatorHazard is null || Leases.Count == 0 ? [] : [OperatorHazard])
                .Concat(Goodputs)
                .Concat(SoftwareGrowth is null ? [] : [SoftwareGrowth])
                .Concat(MoneyNumbers)
                .Where(n => n.Low < n.High)
                .DistinctBy(n => n.Path, StringComparer.Ordinal),
        ];

    /// <summary>True when a number moves what the market makes of the centre, not only what the centre costs or owes.</summary>
    /// <param name="number">One of <see cref="Uncertain"/>.</param>
    /// <remarks>Running costs move darkness and asks too, but an owner who chooses them well loses nothing to first order when they stay as they were.</remarks>
    public bool MovesTheMarket(InputNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return !Site
            .All.Concat(Fleets.Select(f => f.CapexPerServer))
            .Concat(MoneyNumbers)
            .Any(n => n.Path == number.Path);
    }

    /// <summary>Accelerators of all fleets.</summary>
    public double Accelerators => Fleets.Sum(f => f.Accelerators);

    /// <summary>What an accelerator of each fleet serves, for the fleets that serve tokens.</summary>
    public IEnumerable<InputNumber> Goodputs =>
        Fleets.Select(f => f.Served?.Goodput).OfType<InputNumber>();

    /// <summary>True when at least one fleet can serve tokens.</summary>
    public bool Serves => Fleets.Any(f => f.Served is not null);

    /// <summary>Accelerators under leases signed before the decision.</summary>
    public double SignedAccelerators => Leases.Sum(l => l.Terms.Accelerators);

    /// <summary>Month (from 0) in which the last fleet comes.</summary>
    public int LastOnline => Math.Max(0, Fleets.Max(f => f.Online - Plan.Start));

    /// <summary>Month (from 0) in which the first fleet comes.</summary>
    public int FirstOnline => Math.Max(0, Fleets.Min(f => f.Online - Plan.Start));
}

/// <summary>Money spent on a half-built centre before the decision.</summary>
/// <param name="Kept">Of it what stands in the fleets that a course finishes, 0 or more.</param>
/// <param name="GivenUp">What stands in orders that it sells or cancels, 0 or more.</param>
public sealed record SpentBefore(double Kept, double GivenUp);

/// <summary>What a centre does in the draw on which its sculpted tranches are sized.</summary>
/// <param name="Outlook">What it does.</param>
/// <param name="Fleets">Its fleets, and</param>
/// <param name="Plan">its plan: a course that changes either is sized anew; a stress or other terms leave the loan as contracted.</param>
public sealed record SizingCase(
    MonthlyOutlook Outlook,
    IReadOnlyList<FleetCase> Fleets,
    CentrePlan Plan
)
{
    /// <summary>What it does in the draw that nine in ten are better than; null where no tranche is sized on it.</summary>
    public MonthlyOutlook? Downside { get; init; }

    /// <summary>True when a case has the fleets and the plan that it was sized for.</summary>
    public bool Fits(StudyCase study) =>
        ReferenceEquals(Fleets, study.Fleets) && ReferenceEquals(Plan, study.Plan);
}

/// <summary>The uncertain numbers of a site.</summary>
/// <param name="Name">Site in the catalogue.</param>
/// <param name="Tariff">Electricity, money per kWh.</param>
/// <param name="DemandCharge">Money per kW and month.</param>
/// <param name="DesignPue">PUE at full load.</param>
/// <param name="FixedOverheadShare">Share of overhead that runs whatever the load.</param>
/// <param name="LetLoad">Between idle and busy power.</param>
/// <param name="LitService">Money a server-month.</param>
/// <param name="LitBandwidth">Money a server-month.</param>
/// <param name="StandingService">Money a server-month.</param>
/// <param name="Colocation">Money per kW and month.</param>
/// <param name="Water">Litres per kWh.</param>
/// <param name="Escalation">Yearly growth of prices.</param>
/// <param name="Profile">Climate, tariff bands and daily load of the site.</param>
public sealed record SiteNumbers(
    string Name,
    InputNumber Tariff,
    InputNumber DemandCharge,
    InputNumber DesignPue,
    InputNumber FixedOverheadShare,
    InputNumber LetLoad,
    InputNumber LitService,
    InputNumber LitBandwidth,
    InputNumber StandingService,
    InputNumber Colocation,
    InputNumber Water,
    InputNumber Escalation,
    SiteProfile Profile
)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<InputNumber> All =>
        [
            Tariff,
            DemandCharge,
            DesignPue,
            FixedOverheadShare,
            LetLoad,
            LitService,
            LitBandwidth,
            StandingService,
            Colocation,
            Water,
            Escalation,
        ];
}
