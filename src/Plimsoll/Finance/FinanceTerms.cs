using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>A capital cost: when it is paid and how it is written off for tax.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Month">Month of payment, from 0.</param>
/// <param name="Amount">Money, tax excluded, 0 or more.</param>
/// <param name="OnlineMonth">Month from which it is written off.</param>
/// <param name="TaxLifeYears">Straight-line life for tax, years, more than 0.</param>
/// <param name="ImmediateShare">Share deducted at once in the online month, 0 to 1.</param>
/// <param name="InputVatRate">Value added tax paid on top, a share; recovered only against tax on sales.</param>
public sealed record CapitalCost(
    string Name,
    int Month,
    double Amount,
    int OnlineMonth,
    double TaxLifeYears,
    double ImmediateShare,
    double InputVatRate
);

/// <summary>Tax on income and on sales.</summary>
/// <param name="IncomeRate">Rate on taxable income, 0 to 1.</param>
/// <param name="LossYears">Years a loss may be carried forward; 99 for no expiry.</param>
/// <param name="LossLimit">Share of income that losses may offset in a year, 0 to 1.</param>
/// <param name="OutputVatRate">Value added tax charged on sales, a share.</param>
public sealed record TaxTerms(
    double IncomeRate,
    int LossYears,
    double LossLimit,
    double OutputVatRate
)
{
    /// <summary>No tax at all.</summary>
    public static TaxTerms None => new(0, 99, 1, 0);
}

/// <summary>A grant, with its clawback tied to use.</summary>
/// <param name="Month">Month received, from 0.</param>
/// <param name="Amount">Money.</param>
/// <param name="ClawbackShare">Share paid back when the fill test fails, 0 to 1.</param>
/// <param name="FillTest">Mean fill of the twelve months before the test below which it is paid back.</param>
/// <param name="TestMonth">Month of the test.</param>
public sealed record Grant(
    int Month,
    double Amount,
    double ClawbackShare,
    double FillTest,
    int TestMonth
);

/// <summary>Power bought whether used or not.</summary>
/// <param name="ContractKw">Power contracted, kW.</param>
/// <param name="MinimumShare">Share of the contracted energy that is paid at least, 0 to 1.</param>
/// <param name="RampMonths">Months over which the minimum rises evenly to its full share.</param>
/// <param name="StartMonth">First month of the contract.</param>
/// <param name="TermMonths">Months of the contract.</param>
/// <param name="PricePerKwh">Money per kWh paid for energy not taken.</param>
/// <param name="ExitMonth">First month from which it may be left; beyond the horizon for never.</param>
/// <param name="ExitFeeMonths">Months of the minimum paid on leaving.</param>
public sealed record TakeOrPayPower(
    double ContractKw,
    double MinimumShare,
    int RampMonths,
    int StartMonth,
    int TermMonths,
    double PricePerKwh,
    int ExitMonth,
    double ExitFeeMonths
);

/// <summary>Replacement of accelerators out of a reserve built up evenly before.</summary>
/// <param name="Month">Month of replacement.</param>
/// <param name="Cost">Money then.</param>
public sealed record Refresh(int Month, double Cost);

/// <summary>Every term of the finance of one centre; conventions have defaults in words.</summary>
public sealed record FinanceTerms
{
    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Capital costs.</summary>
    public required IReadOnlyList<CapitalCost> CapitalCosts { get; init; }

    /// <summary>Debt, most senior first; empty for none.</summary>
    public IReadOnlyList<DebtTranche> Tranches { get; init; } = [];

    /// <summary>Largest share of uses that debt may fund, 0 to 1.</summary>
    public double GearingCap { get; init; } = 0.85;

    /// <summary>Tax.</summary>
    public TaxTerms Tax { get; init; } = TaxTerms.None;

    /// <summary>Months of debt service held in the debt service reserve account.</summary>
    public int ReserveMonths { get; init; }

    /// <summary>Months of running cost held as cash from the first capital cost on, paid in by equity.</summary>
    public double LiquidityMonths { get; init; }

    /// <summary>Days of revenue outstanding.</summary>
    public double ReceivableDays { get; init; }

    /// <summary>Days of running cost unpaid.</summary>
    public double PayableDays { get; init; }

    /// <summary>Yearly insurance as a share of capital cost.</summary>
    public double InsuranceRate { get; init; }

    /// <summary>Trailing cover below which nothing is distributed.</summary>
    public double LockUpCover { get; init; } = 1.15;

    /// <summary>Trailing cover below which the covenant is broken.</summary>
    public double CovenantCover { get; init; } = 1.20;

    /// <summary>Months between covenant tests.</summary>
    public int TestEveryMonths { get; init; } = 3;

    /// <summary>Months in which a missed payment may be made good before it is a default.</summary>
    public int CureMonths { get; init; } = 3;

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

    /// <summary>Grants.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>Take-or-pay power; null for none.</summary>
    public TakeOrPayPower? Power { get; init; }

    /// <summary>Replacement of accelerators; null for none.</summary>
    public Refresh? Refresh { get; init; }

    /// <summary>All capital cost, tax excluded.</summary>
    public double TotalCapitalCost => CapitalCosts.Sum(c => c.Amount);

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
                    }
                ),
            ],
        };
}
