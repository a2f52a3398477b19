namespace Plimsoll.Contracts;

/// <summary>What late delivery costs, and when it ends the contract.</summary>
/// <param name="ReadyForService">Month of the outlook by which the accelerators are promised; damages run from it.</param>
/// <param name="LongStopMonths">Months after that date at which the tenant is free; the contract then ends.</param>
/// <param name="DamagesShare">Share of the agreed rent owed to the tenant for every month of delay, 0 or more.</param>
public sealed record DeliveryTerms(int ReadyForService, int LongStopMonths, double DamagesShare)
{
    /// <summary>Month of the outlook in which an undelivered contract ends.</summary>
    public int LongStop => ReadyForService + LongStopMonths;
}
