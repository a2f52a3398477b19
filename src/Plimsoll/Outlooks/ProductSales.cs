using Plimsoll.Contracts;

namespace Plimsoll.Outlooks;

/// <summary>What a centre sells.</summary>
public enum Product
{
    /// <summary>A long lease of many accelerators with a training fabric.</summary>
    TrainingLease,

    /// <summary>A lease of a few servers for a short tenor.</summary>
    SmallLease,

    /// <summary>Accelerators by the hour without commitment.</summary>
    Spot,

    /// <summary>Tokens through an API under a latency promise.</summary>
    Inference,
}

/// <summary>What was sold of one product, month by month.</summary>
/// <param name="Product">The product.</param>
/// <param name="GpuHours">Accelerator-hours sold; one entry a month, 0 or more.</param>
/// <param name="PricePerGpuHour">Money for one accelerator-hour, tax excluded, subsidy included; one entry a month.</param>
/// <param name="Tokens">Tokens served; one entry a month; empty for leases.</param>
public sealed record ProductSales(
    Product Product,
    double[] GpuHours,
    double[] PricePerGpuHour,
    double[] Tokens
);

/// <summary>One contract of a tenant.</summary>
/// <param name="Tenant">Who rents; stable within a draw.</param>
/// <param name="Product">What is rented.</param>
/// <param name="StartMonth">Month of the outlook in which it begins, from 0.</param>
/// <param name="TenorMonths">Months agreed.</param>
/// <param name="Accelerators">Accelerators rented.</param>
/// <param name="PricePerGpuHour">Agreed money for one accelerator-hour, tax excluded.</param>
/// <param name="TakeOrPayShare">Share of the agreed hours that is paid whether used or not, 0 to 1.</param>
/// <param name="PrepaidMonths">Months of rent paid at signing, 0 or more.</param>
/// <param name="EndedMonth">Month in which it really ended, from 0; beyond the horizon when it runs on.</param>
/// <param name="Breached">True when the tenant broke it before its term.</param>
public sealed record Lease(
    string Tenant,
    Product Product,
    int StartMonth,
    int TenorMonths,
    double Accelerators,
    double PricePerGpuHour,
    double TakeOrPayShare,
    double PrepaidMonths,
    int EndedMonth,
    bool Breached
)
{
    /// <summary>Stable name of the contract within a draw: the tenant's for one signed beforehand, else its key in the market.</summary>
    public string Id { get; init; } = Tenant;

    /// <summary>True when it was signed before the decision, false when the market brought it.</summary>
    public bool Signed { get; init; }

    /// <summary>Why it ended.</summary>
    public LeaseEnd Reason { get; init; } = Breached ? LeaseEnd.Breached : LeaseEnd.Expired;

    /// <summary>Which written right ended it, where one did.</summary>
    public WrittenRight Right { get; init; }

    /// <summary>Rent due, one entry a month of the outlook, credits taken off; empty to read it from price and accelerators.</summary>
    public double[] Due { get; init; } = [];

    /// <summary>Cash received from the tenant, one entry a month of the outlook; empty when it is paid as due.</summary>
    public double[] Paid { get; init; } = [];

    /// <summary>Rent due in a month: as recorded, else accelerators x price x hours while the contract runs; money, 0 outside it.</summary>
    /// <param name="month">Month of the outlook, from 0.</param>
    /// <param name="hours">Hours of the month.</param>
    public double RentOf(int month, double hours) =>
        Due.Length > 0 ? (month < Due.Length ? Due[month] : 0)
        : month >= StartMonth && month < Math.Min(EndedMonth, StartMonth + TenorMonths)
            ? Accelerators * PricePerGpuHour * hours
        : 0;

    /// <summary>Rent received in advance and not yet earned at the end of the month, one entry a month of the outlook; empty for none.</summary>
    public double[] Unearned { get; init; } = [];

    /// <summary>Fleet that serves it; empty when several do.</summary>
    public string Fleet { get; init; } = "";

    /// <summary>The record of a contract that was signed beforehand and has run its months in one draw.</summary>
    /// <param name="run">What the ledger made of it.</param>
    /// <param name="product">What is rented.</param>
    /// <param name="fleet">Fleet that serves it; empty when several do.</param>
    public static Lease Of(LeaseRun run, Product product, string fleet) =>
        new(
            run.Terms.Tenant.Name,
            product,
            run.Last.Began == int.MaxValue ? run.EndMonth : run.Last.Began,
            run.Last.Extended
                ? run.Terms.TenorMonths + run.Terms.Extension!.Months
                : run.Terms.TenorMonths,
            run.Terms.Accelerators,
            run.Terms.PricePerGpuHour,
            run.Terms.TakeOrPayShare,
            run.Terms.PrepaidMonths,
            run.EndMonth,
            run.Reason is LeaseEnd.Breached or LeaseEnd.Defaulted
        )
        {
            Id = run.Terms.Id,
            Signed = true,
            Reason = run.Reason,
            Right = run.Last.Right,
            Due = run.Due,
            Paid = run.Paid,
            Unearned = run.Unearned,
            Fleet = fleet,
        };
}
