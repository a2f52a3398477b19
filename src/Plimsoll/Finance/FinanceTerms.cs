using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>A step of the monthly waterfall, after tax and before distribution, which always comes last.</summary>
public enum WaterfallStep
{
    /// <summary>Interest, principal and arrears of every tranche, most senior first; then the reserve account, then sponsor support make good what is missing.</summary>
    DebtService,

    /// <summary>The debt service reserve account is filled to its target or releases what is above it.</summary>
    DebtReserve,

    /// <summary>The reserve for replacing accelerators is filled to its target.</summary>
    RefreshReserve,

    /// <summary>What must be repaid early: proceeds of accelerators sold, a lost contract's share, excess over the borrowing base.</summary>
    Prepayment,

    /// <summary>The agreed share of free cash repays debt.</summary>
    Sweep,
}

/// <summary>Which cover the lock-up looks at.</summary>
public enum CoverTest
{
    /// <summary>The twelve months behind.</summary>
    Trailing,

    /// <summary>The twelve months ahead, before income tax.</summary>
    Forward,

    /// <summary>Both: the lower counts.</summary>
    Both,
}

/// <summary>What gearing is a share of.</summary>
public enum GearingBase
{
    /// <summary>Capital cost, tax excluded; capitalised interest comes on top.</summary>
    CapitalCost,

    /// <summary>All uses at signing: capital cost with its value added tax, fees, interest before the first payment, first filling of the reserve account; capitalised interest counts as debt.</summary>
    Uses,
}

/// <summary>Every term of the finance of one centre; conventions have defaults in words.</summary>
public sealed record FinanceTerms
{
    /// <summary>The default order of the waterfall.</summary>
    public static IReadOnlyList<WaterfallStep> DefaultOrder { get; } =
    [
        WaterfallStep.DebtService,
        WaterfallStep.DebtReserve,
        WaterfallStep.RefreshReserve,
        WaterfallStep.Prepayment,
        WaterfallStep.Sweep,
    ];

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Capital costs.</summary>
    public required IReadOnlyList<CapitalCost> CapitalCosts { get; init; }

    /// <summary>First month of the outlook; needed for day counts by calendar and for write-off tables. Null to take each month as a twelfth of a year and each table year as twelve months from the online month.</summary>
    public Month? Start { get; init; }

    /// <summary>Debt, most senior first; empty for none.</summary>
    public IReadOnlyList<DebtTranche> Tranches { get; init; } = [];

    /// <summary>What gearing and its cap are a share of.</summary>
    public GearingBase GearingBase { get; init; } = GearingBase.CapitalCost;

    /// <summary>Largest share of <see cref="GearingBase"/> that debt may fund, 0 to 1; what is above is cut from every tranche in proportion and said.</summary>
    public double GearingCap { get; init; } = 0.85;

    /// <summary>Order of the waterfall.</summary>
    public IReadOnlyList<WaterfallStep> Order { get; init; } = DefaultOrder;

    /// <summary>Tax.</summary>
    public TaxTerms Tax { get; init; } = TaxTerms.None;

    /// <summary>Months of debt service held in the debt service reserve account, paid in at the month before the first payment.</summary>
    public int ReserveMonths { get; init; }

    /// <summary>Letter of credit for a part of that account; null for cash alone.</summary>
    public ReserveLetter? ReserveLetter { get; init; }

    /// <summary>Working-capital line; null for none.</summary>
    public Revolver? Revolver { get; init; }

    /// <summary>Months of running cost held as cash from the first capital cost on, paid in by equity.</summary>
    public double LiquidityMonths { get; init; }

    /// <summary>Months of coming debt service kept in the collection account before anything is swept or distributed.</summary>
    public int CollectionMonths { get; init; }

    /// <summary>Days after which revenue is collected; a month has 30.</summary>
    public double ReceivableDays { get; init; }

    /// <summary>Days after which running cost is paid; a month has 30.</summary>
    public double PayableDays { get; init; }

    /// <summary>Yearly insurance as a share of capital cost, from online on, while it is owned.</summary>
    public double InsuranceRate { get; init; }

    /// <summary>Cover below which nothing is distributed until a later test is passed; silent it is <see cref="CovenantCover"/>, or 1.20 where there is no covenant.</summary>
    public double LockUpCover
    {
        get => _lockUp ?? (CovenantCover > 0 ? CovenantCover : 1.20);
        init => _lockUp = value;
    }

    private readonly double? _lockUp;

    /// <summary>Months of sponsor support that stand for no limit: longer than any horizon.</summary>
    public const int NoLimitOfCures = 999;

    /// <summary>Which cover the lock-up looks at.</summary>
    public CoverTest LockUpTest { get; init; } = CoverTest.Trailing;

    /// <summary>Tests in a row below the lock-up after which trapped cash repays debt; 0 for never.</summary>
    public int TrapTests { get; init; }

    /// <summary>Trailing cover below which the covenant is broken; recorded, without consequence of its own.</summary>
    public double CovenantCover { get; init; } = 1.20;

    /// <summary>Trailing cover below which a test is a default; 0 for none.</summary>
    public double DefaultCover { get; init; }

    /// <summary>Months between tests, the first twelve months after the first payment.</summary>
    public int TestEveryMonths { get; init; } = 3;

    /// <summary>Months between distributions, counted like tests; 1 for every month.</summary>
    public int DistributeEveryMonths { get; init; } = 1;

    /// <summary>Months in which a missed payment may be made good before it is a default.</summary>
    public int CureMonths { get; init; } = 3;

    /// <summary>Months after a default in which lenders may not close the centre.</summary>
    public int StandstillMonths { get; init; }

    /// <summary>What lenders of a centre in default expect of closing it, learnt over draws; null to expect that what was seen last runs on.</summary>
    public LenderExpectation? Expected { get; init; }

    /// <summary>Last month of operation (from 0) where it is known when lenders close a centre in default, never before they may; a month beyond the horizon when they never do. Null to decide by what is seen.</summary>
    public int? ClosedAfter { get; init; }

    /// <summary>Yearly margin that arrears bear above their tranche's rate; arrears bear no interest at all when <see cref="ArrearsBearInterest"/> is false.</summary>
    public double DefaultMargin { get; init; }

    /// <summary>True when arrears bear interest.</summary>
    public bool ArrearsBearInterest { get; init; } = true;

    /// <summary>Money that sponsors stand ready to pay in for running cost or debt service that cash does not cover.</summary>
    public double SponsorSupport { get; init; }

    /// <summary>Most months in which sponsors may do so.</summary>
    public int EquityCures { get; init; } = NoLimitOfCures;

    /// <summary>Yearly return equity demands; the discount rate of its value.</summary>
    public double EquityHurdle { get; init; } = 0.15;

    /// <summary>Yearly rate at which project cash is discounted.</summary>
    public double ProjectRate { get; init; } = 0.10;

    /// <summary>Share of the second-hand value lost in selling at the end of the horizon.</summary>
    public double SellingCost { get; init; } = 0.05;

    /// <summary>Share of the fleet's second-hand value that repossession costs.</summary>
    public double RepossessionCost { get; init; } = 0.05;

    /// <summary>Monthly cost of holding a repossessed fleet, as a share of its second-hand value.</summary>
    public double HoldingCost { get; init; } = 0.01;

    /// <summary>What the centre brings with it; null for one that begins with the outlook.</summary>
    public OpeningPosition? Opening { get; init; }

    /// <summary>Months of debt service before the outlook, the last of them the one before its start; none for a loan that begins with it.</summary>
    public ServiceToDate Before { get; init; } = ServiceToDate.None;

    /// <summary>Grants.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>Running subsidies.</summary>
    public IReadOnlyList<OperatingSubsidy> Subsidies { get; init; } = [];

    /// <summary>How vouchers inside the prices are paid and paid back; null for with the sale and for good.</summary>
    public VoucherTerms? Vouchers { get; init; }

    /// <summary>Take-or-pay power; null for none.</summary>
    public TakeOrPayPower? Power { get; init; }

    /// <summary>Replacement of accelerators; null for none.</summary>
    public Refresh? Refresh { get; init; }

    /// <summary>All capital cost, tax excluded.</summary>
    public double TotalCapitalCost => CapitalCosts.Sum(c => c.Amount);

    /// <summary>The same terms without debt, a reserve's letter of credit and a working-capital line, which stand beside debt alone.</summary>
    public FinanceTerms WithoutDebt() =>
        this with
        {
            Tranches = [],
            ReserveLetter = null,
            Revolver = null,
        };

    /// <summary>The same terms with every tranche scaled.</summary>
    /// <param name="factor">0 or more.</param>
    public FinanceTerms WithDebtScaled(double factor) =>
        this with
        {
            Tranches =
            [
                .. Tranches.Select(t =>
                    t with
                    {
                        Amount = t.Amount * factor,
                        Gearing = t.Gearing * factor,
                        Commitment = t.Commitment * factor,
                    }
                ),
            ],
        };
}
