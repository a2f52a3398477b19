namespace Plimsoll.Contracts;

/// <summary>What a lease of accelerators says.</summary>
/// <param name="Id">Stable name of the contract, unique within the centre; its random numbers are those of its tenant.</param>
/// <param name="Tenant">Who rents.</param>
/// <param name="Accelerators">How many, more than 0.</param>
/// <param name="PricePerGpuHour">Money for one accelerator-hour at the start, tax excluded, 0 or more.</param>
/// <param name="TenorMonths">Months agreed, more than 0.</param>
/// <remarks>A contract binds unless its counterparty fails, at a rate that is printed, or a right that is written in it is used.</remarks>
public sealed record LeaseTerms(
    string Id,
    Counterparty Tenant,
    double Accelerators,
    double PricePerGpuHour,
    int TenorMonths
)
{
    /// <summary>First month of the outlook in which it may begin; it begins when the accelerators are there.</summary>
    public int StartMonth { get; init; }

    /// <summary>Months of it that had run when the outlook began.</summary>
    public int MonthsRun { get; init; }

    /// <summary>Share of the available hours that is paid whether used or not, 0 to 1.</summary>
    public double TakeOrPayShare { get; init; } = 1;

    /// <summary>Months of rent paid at the start, 0 or more; earned from the first month on.</summary>
    public double PrepaidMonths { get; init; }

    /// <summary>Prices that hold from later months on, by rising month; they stand before any index.</summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];

    /// <summary>Yearly rise of the price, as a fraction, at each anniversary.</summary>
    public double IndexPerYear { get; init; }

    /// <summary>Dates of delivery; null for none.</summary>
    public DeliveryTerms? Delivery { get; init; }

    /// <summary>Availability promised; null for none beyond paying for hours that are available.</summary>
    public AvailabilityTerms? Availability { get; init; }

    /// <summary>The tenant's right to leave; null for none.</summary>
    public ConvenienceExit? Exit { get; init; }

    /// <summary>The tenant's right to stay on; null for none.</summary>
    public ExtensionTerms? Extension { get; init; }

    /// <summary>Months of rent that the tenant owes on breach or default, at most those left; collected at its recovery share.</summary>
    public double TerminationMonths { get; init; }

    /// <summary>Rent due before the outlook and not paid when it begins, money, 0 or more.</summary>
    public double Arrears { get; init; }

    /// <summary>Months over which a tenant that lives on makes it good, in equal parts, at least 1.</summary>
    public int ArrearsMonths { get; init; } = 6;

    /// <summary>Price of an accelerator-hour in a month of the contract, from 0 at its start, before any re-pricing.</summary>
    public double PriceAt(int contractMonth)
    {
        var price = PricePerGpuHour;
        var since = 0;
        foreach (var step in Steps)
        {
            if (contractMonth >= step.FromMonth)
            {
                (price, since) = (step.PricePerGpuHour, step.FromMonth);
            }
        }
        var years = Math.Max(0, contractMonth - since) / 12;
        return IndexPerYear == 0 ? price : price * Math.Pow(1 + IndexPerYear, years);
    }
}
