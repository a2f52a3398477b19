using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Tests.Finance;

/// <summary>Builds outlooks by hand.</summary>
internal static class Outlook
{
    /// <summary>An outlook with given revenue and running cost by month; month 0 is the month of building, with nothing in it.</summary>
    public static MonthlyOutlook Of(
        Func<int, double> revenue,
        Func<int, double> cost,
        int months,
        double accelerators = 1000,
        Func<int, double>? resalePrice = null,
        Month? start = null,
        Currency? currency = null
    )
    {
        var zero = new double[months];
        double[] Row(Func<int, double> f) => [.. Enumerable.Range(0, months).Select(f)];
        return new MonthlyOutlook
        {
            Start = start ?? new Month(2024, 1),
            Currency = currency ?? Currency.Usd,
            Installed = Row(m => m == 0 ? 0 : accelerators),
            Repair = zero,
            Dark = zero,
            Idle = zero,
            Sales =
            [
                new ProductSales(
                    Product.TrainingLease,
                    Row(m => m == 0 ? 0 : accelerators * 500),
                    Row(m => m == 0 ? 0 : revenue(m) / (accelerators * 500)),
                    []
                ),
            ],
            Leases = [],
            Costs = [new CostSplit("running", Row(m => m == 0 ? 0 : cost(m)), zero, zero)],
            EnergyKwh = zero,
            PeakKw = zero,
            ResalePrice = Row(m => resalePrice?.Invoke(m) ?? 0),
            MonthsToSell = Row(_ => 6),
        };
    }
}
