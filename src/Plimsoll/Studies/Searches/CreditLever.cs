using Plimsoll.Contracts;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>How good those are on whom the contracts hang, as a number that a search can move: the chance a year that they fail.</summary>
internal static class CreditLever
{
    /// <summary>Highest chance a year that is tried.</summary>
    private const double Worst = 0.5;

    /// <summary>Tenants tried at most, those with the most rent first.</summary>
    private const int Most = 2;

    private static readonly CreditClass[] _ladder =
    [
        CreditClass.InvestmentGrade,
        CreditClass.RatedBelow,
        CreditClass.FundedLab,
        CreditClass.StartUp,
    ];

    /// <summary>Chance a year of a chance a month.</summary>
    public static double Yearly(double monthly) => 1 - Math.Pow(1 - monthly, 12);

    /// <summary>Chance a month of a chance a year.</summary>
    public static double Monthly(double yearly) => 1 - Math.Pow(1 - yearly, 1.0 / 12);

    /// <summary>Where a search goes: a passing plan to the worst, a failing one to investment grade; nowhere from there.</summary>
    /// <param name="yearly">Chance a year now.</param>
    /// <param name="passes">Whether the plan passes.</param>
    public static IReadOnlyList<double> Ends(double yearly, bool passes) =>
        passes
            ? yearly < Worst
                ? [Worst]
                : []
            : yearly > Best
                ? [Best]
                : [];

    private static double Best => CreditTerms.Of(CreditClass.InvestmentGrade).YearlyDefaultRate;

    /// <summary>The tenants under contract with the most rent, and the chance a year that each fails by itself.</summary>
    public static IEnumerable<(string Tenant, double Yearly)> Tenants(StudyCase plan) =>
        plan
            .Leases.Where(l => !TenantsToBeSigned.Are(l))
            .GroupBy(l => l.Terms.Terms.Tenant.Name, StringComparer.Ordinal)
            .OrderByDescending(g =>
                g.Sum(l => l.Terms.Terms.Accelerators * l.Terms.Terms.PricePerGpuHour)
            )
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(Most)
            .Select(g => (g.Key, Rate(g.First())));

    private static double Rate(LeaseCase lease)
    {
        var tenant = lease.Terms.Terms.Tenant;
        return lease.BreachHazard is { } number ? Yearly(number.Value)
            : tenant.MonthlyHazard is { } hazard ? Yearly(hazard)
            : tenant.YearlyDefaultRate
                ?? (tenant.Class is { } of ? CreditTerms.Of(of).YearlyDefaultRate : 0);
    }

    /// <summary>The plan with one tenant failing as often as stated; where it has a class, what goes with the class whose companies fail about as often holds for it too.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="name">The tenant.</param>
    /// <param name="yearly">Chance a year, 0 to 1.</param>
    public static StudyCase At(StudyCase plan, string name, double yearly) =>
        plan with
        {
            Leases =
            [
                .. plan.Leases.Select(l => l.Terms.Terms.Tenant.Name == name ? At(l, yearly) : l),
            ],
        };

    private static LeaseCase At(LeaseCase lease, double yearly)
    {
        var tenant = lease.Terms.Terms.Tenant with
        {
            MonthlyHazard = Monthly(yearly),
            YearlyDefaultRate = null,
        };
        if (tenant.Class is not null)
        {
            tenant = tenant with
            {
                Class = _ladder.MinBy(c =>
                    Math.Abs(Math.Log(CreditTerms.Of(c).YearlyDefaultRate / Math.Max(1e-6, yearly)))
                ),
            };
        }
        return lease with
        {
            BreachHazard = null,
            Terms = lease.Terms with
            {
                MonthlyBreachHazard = Monthly(yearly),
                Counterparty = tenant,
                Written = lease.Terms.Written is { } written
                    ? written with
                    {
                        Tenant = tenant,
                    }
                    : null,
            },
        };
    }
}
