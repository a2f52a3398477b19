namespace Plimsoll.Finance;

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
)
{
    /// <summary>Where the money goes; never into cash for debt service.</summary>
    public GrantUse Use { get; init; } = GrantUse.Debt;
}

/// <summary>Where a grant goes.</summary>
public enum GrantUse
{
    /// <summary>It repays debt early, most senior first; what is left, or all without debt, is cash.</summary>
    Debt,

    /// <summary>It pays the capital cost of its month in place of equity; what is more gives back what equity has bridged.</summary>
    Capital,
}

/// <summary>A running subsidy: paid by month, by kWh used or by accelerator-hour sold, up to a budget, with clawback tied to use.</summary>
/// <param name="Name">What it is.</param>
/// <param name="FromMonth">First month, from 0.</param>
/// <param name="Months">Months it runs.</param>
/// <param name="PerMonth">Money a month.</param>
/// <param name="PerKwh">Money per kWh bought.</param>
/// <param name="PerGpuHour">Money per accelerator-hour sold.</param>
/// <param name="Budget">Most that is paid in all; infinite for no limit.</param>
/// <param name="ClawbackShare">Share of all received so far that is paid back when the fill test fails, 0 to 1.</param>
/// <param name="FillTest">Mean fill of the twelve months before the test below which it is paid back.</param>
/// <param name="TestMonth">Month of the test; beyond the horizon for none.</param>
public sealed record OperatingSubsidy(
    string Name,
    int FromMonth,
    int Months,
    double PerMonth,
    double PerKwh,
    double PerGpuHour,
    double Budget,
    double ClawbackShare,
    double FillTest,
    int TestMonth
);

/// <summary>How vouchers, which are inside the prices of the outlook, are paid and paid back.</summary>
/// <param name="PaidAfterMonths">Months after the sale in which the state pays.</param>
/// <param name="ClawbackShare">Share of all vouchers so far that is paid back when the fill test fails, 0 to 1.</param>
/// <param name="FillTest">Mean fill of the twelve months before the test below which they are paid back.</param>
/// <param name="TestMonth">Month of the test; beyond the horizon for none.</param>
public sealed record VoucherTerms(
    int PaidAfterMonths,
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
/// <param name="ExitMonth">Month in which it is left; beyond the horizon for never.</param>
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

/// <summary>Replacement of accelerators, paid out of a reserve that is built up evenly before.</summary>
/// <param name="Month">Month of replacement, from 0.</param>
/// <param name="Cost">Money then, tax excluded; what the reserve lacks is paid in by equity.</param>
public sealed record Refresh(int Month, double Cost)
{
    /// <summary>First month in which the reserve is built.</summary>
    public int FromMonth { get; init; }

    /// <summary>Straight-line life for tax of what is bought, years.</summary>
    public double TaxLifeYears { get; init; } = 5;

    /// <summary>Value added tax paid on top, a share.</summary>
    public double InputVatRate { get; init; }
}
