namespace Plimsoll.Finance;

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

    /// <summary>Value added tax charged on accelerators sold, a share.</summary>
    public double SaleVatRate { get; init; }

    /// <summary>Value added tax paid within running cost, as a share of running cost; it adds to the credit.</summary>
    public double CostVatRate { get; init; }

    /// <summary>Surcharge on the value added tax really paid over, a share (China: city construction and education).</summary>
    public double SurchargeRate { get; init; }

    /// <summary>True when a credit that sales do not use up is refunded in the month after it arose.</summary>
    public bool VatRefund { get; init; }

    /// <summary>Months between instalments of income tax on the income of the year so far: 1, 3 or 12; settled in December and in the last month.</summary>
    public int InstalmentMonths { get; init; } = 3;

    /// <summary>True when interest and fees before the first fleet is online are added to the tax base and written off evenly over <see cref="CapitalisedLifeYears"/>; false when they are deducted as they accrue.</summary>
    public bool CapitaliseInterest { get; init; } = true;

    /// <summary>Limit of interest deducted in a year; null for none.</summary>
    public InterestLimit? InterestLimit { get; init; }

    /// <summary>True when every month is a year of its own: losses are used in the next month with income, without expiry, and tax is paid each month. The plain reckoning is the calendar year's.</summary>
    public bool LossesAsTheyArise { get; init; }

    /// <summary>Years over which capitalised interest and fees are written off, more than 0.</summary>
    public double CapitalisedLifeYears { get; init; } = 5;
}
