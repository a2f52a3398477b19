using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Decisions.Lending;

/// <summary>A centre that lives on its signed contracts alone, the rest of it dark: no hour is sold that nobody has signed for.</summary>
public static class ContractedOutlook
{
    /// <summary>The outlook on signed lease records alone.</summary>
    /// <param name="outlook">The whole outlook.</param>
    /// <remarks>
    /// Costs that darkness saves are kept in the share of the lit accelerators that the contracts use; those that it does not save are kept whole.
    /// Let servers draw more than idle ones, so that this share of energy is a little low. Installed fleet and resale stay.
    /// </remarks>
    public static MonthlyOutlook Of(MonthlyOutlook outlook)
    {
        var months = outlook.Months;
        var signed = outlook.Leases.Where(l => l.Signed).OrderBy(l => l.Id, StringComparer.Ordinal);
        var sales = signed.Select(l => Sales(outlook, l)).ToList();
        var used = new double[months];
        var lit = new double[months];
        for (var m = 0; m < months; m++)
        {
            lit[m] = outlook.Installed[m] - outlook.Repair[m] - outlook.Dark[m];
            used[m] = Math.Min(
                Math.Max(0, lit[m]),
                sales.Sum(s => s.GpuHours[m]) / outlook.Hours(m)
            );
        }
        double Kept(int m) => lit[m] > 0 ? used[m] / lit[m] : 0;
        return outlook with
        {
            Fleets = [],
            Sales = sales,
            Leases = [.. signed],
            Idle = new double[months],
            Dark = [.. Each(m => outlook.Dark[m] + Math.Max(0, lit[m] - used[m]))],
            Costs =
            [
                .. outlook.Costs.Select(c =>
                    c with
                    {
                        AvoidableWhenDark = [.. Each(m => c.AvoidableWhenDark[m] * Kept(m))],
                    }
                ),
            ],
            EnergyKwh = [.. Each(m => outlook.EnergyKwh[m] * Kept(m))],
            PeakKw = [.. Each(m => outlook.PeakKw[m] * Kept(m))],
            SubsidyIncluded = [],
            ContractedRevenue =
            [
                .. Each(m => sales.Sum(s => s.GpuHours[m] * s.PricePerGpuHour[m])),
            ],
        };
        IEnumerable<double> Each(Func<int, double> of) => Enumerable.Range(0, months).Select(of);
    }

    /// <summary>Hours and price of one lease, so that their product is the rent due.</summary>
    private static ProductSales Sales(MonthlyOutlook outlook, Lease lease)
    {
        var hours = new double[outlook.Months];
        var price = new double[outlook.Months];
        var end = Math.Min(lease.EndedMonth, lease.StartMonth + lease.TenorMonths);
        for (var m = Math.Max(0, lease.StartMonth); m < Math.Min(end, outlook.Months); m++)
        {
            var installed = outlook.Installed[m];
            var available = installed > 0 ? 1 - (outlook.Repair[m] / installed) : 0;
            hours[m] = lease.Accelerators * outlook.Hours(m) * available;
            var due =
                lease.Due.Length > 0
                    ? lease.Due[m]
                    : hours[m] * lease.PricePerGpuHour * lease.TakeOrPayShare;
            price[m] = hours[m] > 0 ? due / hours[m] : 0;
        }
        return new ProductSales(lease.Product, hours, price, []);
    }

    /// <summary>True when anything is signed.</summary>
    public static bool Any(MonthlyOutlook outlook) => outlook.Leases.Any(l => l.Signed);

    /// <summary>Signed leases of a plan over its accelerators, 0 to 1.</summary>
    public static double Share(IReadOnlyList<LeaseTerms> leases, double accelerators) =>
        accelerators > 0
            ? Math.Min(1, leases.Select(l => l.Accelerators).Order().Sum() / accelerators)
            : 0;
}
