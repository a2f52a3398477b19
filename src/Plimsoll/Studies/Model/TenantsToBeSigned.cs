using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Model;

/// <summary>Take-or-pay leases that would have to be signed before the money is drawn.</summary>
internal static class TenantsToBeSigned
{
    /// <summary>What they are called together.</summary>
    public const string Name = "tenants to be signed";

    /// <summary>Who offers a lease, where the file does not say.</summary>
    public const string Unnamed = "the tenant";

    /// <summary>A tenant's name in the words of any language.</summary>
    public static Phrase Said(string tenant) =>
        tenant == Name ? Phrase.Of("tenant.tobesigned")
        : tenant == Options.Owner.LeaseToCloud.Tenant ? Phrase.Of("tenant.cloud")
        : tenant == Unnamed ? Phrase.Of("tenant.offers")
        : Phrase.Of("name", tenant);

    /// <summary>Chance a month that such a tenant leaves; own prior, half of that of a tenant about whom nothing is known.</summary>
    public const double MonthlyBreachHazard = 0.005;

    /// <summary>True of a lease that is a condition and no contract.</summary>
    public static bool Are(LeaseCase lease) => lease.Terms.Terms.Tenant.Name == Name;

    /// <summary>The case on what is signed today.</summary>
    public static StudyCase Without(StudyCase plan) =>
        plan.Leases.Any(Are) ? plan with { Leases = [.. plan.Leases.Where(l => !Are(l))] } : plan;

    /// <summary>The case with enough accelerators let beforehand.</summary>
    /// <param name="plan">The case.</param>
    /// <param name="share">Share of all accelerators that must be let, those signed already included, 0 to 1.</param>
    /// <param name="price">Money for one accelerator-hour.</param>
    /// <param name="tenorMonths">Months agreed.</param>
    public static StudyCase In(StudyCase plan, double share, double price, int tenorMonths) =>
        plan with
        {
            Leases =
            [
                .. plan.Leases,
                new LeaseCase(
                    new SignedLease(
                        Name,
                        Math.Max(0, (share * plan.Accelerators) - plan.SignedAccelerators),
                        price,
                        tenorMonths,
                        1,
                        0,
                        MonthlyBreachHazard
                    ),
                    null
                ),
            ],
        };
}
