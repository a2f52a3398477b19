namespace Plimsoll.Contracts;

/// <summary>The availability promised to a tenant, what a shortfall costs, and when it ends the contract.</summary>
/// <param name="Promised">Share of the agreed hours that must be available, 0 to 1.</param>
/// <param name="CreditPerPoint">Share of the month's rent credited for every percentage point below it, 0 or more.</param>
/// <param name="CreditCap">Largest share of a month's rent that is credited, 0 to 1.</param>
/// <param name="TerminateBelow">Availability below which the tenant may leave, 0 to 1; 0 for never.</param>
/// <param name="TerminateAfterMonths">Months in a row below it after which the tenant leaves, at least 1.</param>
public sealed record AvailabilityTerms(
    double Promised,
    double CreditPerPoint,
    double CreditCap,
    double TerminateBelow,
    int TerminateAfterMonths
)
{
    /// <summary>Share of a month's rent credited at some availability, 0 to <see cref="CreditCap"/>.</summary>
    /// <param name="available">Share of the agreed hours that was available, 0 to 1.</param>
    public double Credit(double available) =>
        Math.Min(CreditCap, Math.Max(0, Promised - available) * 100 * CreditPerPoint);
}
