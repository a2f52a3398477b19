namespace Plimsoll.Finance;

/// <summary>A capital cost: when it is paid and how it is written off for tax.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Month">Month of payment (delivery), from 0.</param>
/// <param name="Amount">Money, tax excluded, 0 or more.</param>
/// <param name="OnlineMonth">Month from which it is written off and insured.</param>
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
)
{
    /// <summary>Sales tax within the amount, as a share of the price before it: paid, funded and written off with the rest, and never recovered.</summary>
    public double SalesTaxRate { get; init; }

    /// <summary>Shares written off by tax year in place of the straight line (20, 32, 19.2 ... for a MACRS class); empty for the straight line.</summary>
    /// <remarks>The first share belongs to the calendar year of the online month and is spread over its months that are left; the immediate share comes off first.</remarks>
    public IReadOnlyList<double> WriteOffTable { get; init; } = [];

    /// <summary>True for the money of debt that stands when the outlook begins: spent before, so that it is no asset of the outlook, and nothing of it is written off or insured.</summary>
    public bool DebtStanding { get; init; }

    /// <summary>True for what buys nothing that lasts (damages, a fee, a tenant paid to leave): deducted for tax in the month of payment, no asset, not insured.</summary>
    public bool Expensed { get; init; }

    /// <summary>True when it is sold with the accelerators; false for halls and grid connections.</summary>
    public bool SoldWithAccelerators { get; init; } = true;

    /// <summary>Value got back for it at the end of the horizon as a share of its amount, for what is not sold with the accelerators.</summary>
    public double ResidualShare { get; init; }
}

/// <summary>Tables of tax write-off by year.</summary>
public static class WriteOffTables
{
    /// <summary>MACRS five-year class, half-year convention.</summary>
    /// <remarks>US Internal Revenue Service, Publication 946, table A-1.</remarks>
    public static IReadOnlyList<double> Macrs5 { get; } =
    [0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576];

    /// <summary>MACRS fifteen-year class, half-year convention.</summary>
    /// <remarks>US Internal Revenue Service, Publication 946, table A-1.</remarks>
    public static IReadOnlyList<double> Macrs15 { get; } =
    [
        0.05,
        0.095,
        0.0855,
        0.077,
        0.0693,
        0.0623,
        0.059,
        0.059,
        0.0591,
        0.059,
        0.0591,
        0.059,
        0.0591,
        0.059,
        0.0591,
        0.0295,
    ];
}
