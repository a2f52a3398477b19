using Plimsoll.Contracts;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Tenants of a standing centre that tells how full it is and no rent roll: it begins as full as it was in the month of the decision.</summary>
internal static class TenantsOfTheDay
{
    /// <summary>Their name in tables.</summary>
    public const string Name = "tenants of the day, together";

    /// <summary>Months left of leases of which nothing is known.</summary>
    private const int MonthsLeft = 6;

    private const double HoursOfMonth = 730;

    /// <summary>One lease for all of them; none where the file has a rent roll or tells no fill.</summary>
    /// <param name="file">The study.</param>
    /// <param name="actuals">Its months to date.</param>
    /// <param name="fleets">Its fleets, all standing.</param>
    /// <param name="rent">Rent of its chips on the day, asked for where the months tell no revenue; null where none is known.</param>
    /// <remarks>
    /// The price is what the month's revenue comes to over the hours sold. Half of a year is left of each, own prior; each month about one in a hundred leaves before, as of any tenant without a class.
    /// </remarks>
    public static IReadOnlyList<LeaseCase> Of(
        InputValues file,
        ActualMonths actuals,
        IReadOnlyList<FleetCase> fleets,
        Func<double?> rent
    )
    {
        if (file.Items("signed").Count > 0 || actuals.Last is not { Fill: > 0 and var fill } last)
        {
            return [];
        }
        var let = fill * fleets.Where(f => f.Online <= last.Month).Sum(f => f.Accelerators);
        var price = last.Revenue is > 0 and var revenue
            ? revenue / (let * HoursOfMonth)
            : rent() ?? 0;
        if (let <= 0 || price <= 0)
        {
            return [];
        }
        const string Path = $"signed[{Name}].monthly_breach_hazard";
        var hazard = new InputNumber(
            Path,
            0.01,
            0.002,
            0.03,
            "1",
            "own prior for tenants of which nothing is known",
            Grade.D,
            true
        );
        var terms = new LeaseTerms(
            Name,
            new Counterparty(Name) { MonthlyHazard = hazard.Value },
            let,
            price,
            MonthsLeft
        );
        return
        [
            new LeaseCase(
                new SignedLease(Name, let, price, MonthsLeft, 1, 0, hazard.Value)
                {
                    Written = terms,
                },
                hazard
            ),
        ];
    }
}
