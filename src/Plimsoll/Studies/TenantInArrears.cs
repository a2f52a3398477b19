using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>A tenant behind with its rent at the decision.</summary>
/// <param name="Tenant">Who.</param>
/// <param name="Amount">Rent due and not paid, money of the study's currency.</param>
/// <param name="Months">The same in months of the rent agreed, at 730 hours a month.</param>
/// <param name="Factor">Times by which its default intensity is raised in the first year, best estimate.</param>
public sealed record TenantInArrears(string Tenant, double Amount, double Months, double Factor)
{
    private const double HoursOfMonth = 730;

    /// <summary>Those of a case, who owes most first.</summary>
    public static IReadOnlyList<TenantInArrears> Of(StudyCase plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return
        [
            .. plan
                .Leases.Where(l => l.Terms.Terms.Arrears > 0)
                .GroupBy(l => l.Terms.Tenant, StringComparer.Ordinal)
                .Select(g =>
                {
                    var owed = g.Sum(l => l.Terms.Terms.Arrears);
                    var rent = g.Sum(l =>
                        l.Terms.Accelerators * l.Terms.PricePerGpuHour * HoursOfMonth
                    );
                    return new TenantInArrears(
                        g.Key,
                        owed,
                        rent > 0 ? owed / rent : double.NaN,
                        g.Max(l => l.Behind?.Value ?? 1)
                    );
                })
                .OrderByDescending(t => t.Amount)
                .ThenBy(t => t.Tenant, StringComparer.Ordinal),
        ];
    }
}
