using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>An outlook added up to the series that finance reads; one entry a month.</summary>
internal sealed class OutlookMonths
{
    /// <summary>Revenue of all products.</summary>
    public required double[] Revenue { get; init; }

    /// <summary>Revenue under contracts, at most all of it.</summary>
    public required double[] Contracted { get; init; }

    /// <summary>Prepaid rent kept because a tenant broke the contract.</summary>
    public required double[] Forfeited { get; init; }

    /// <summary>Prepaid rent not yet earned, at month end.</summary>
    public required double[] Deposits { get; init; }

    /// <summary>Running cost, all parts.</summary>
    public required double[] Cost { get; init; }

    /// <summary>Accelerator-hours sold.</summary>
    public required double[] Hours { get; init; }

    /// <summary>Share of installed hours sold.</summary>
    public required double[] Fill { get; init; }

    /// <summary>Second-hand value of the fleet then installed.</summary>
    public required double[] FleetValue { get; init; }

    /// <summary>Proceeds of accelerators sold.</summary>
    public required double[] Proceeds { get; init; }

    /// <summary>Share of the fleet then owned that is sold in the month.</summary>
    public required double[] SoldShare { get; init; }

    /// <summary>Vouchers within revenue.</summary>
    public required double[] Vouchers { get; init; }

    /// <summary>Accelerators of contracts broken in the month, over those installed.</summary>
    public required double[] LostShare { get; init; }

    /// <summary>Added to the base rate.</summary>
    public required double[] RateShift { get; init; }

    /// <summary>Energy bought, kWh.</summary>
    public required double[] Energy { get; init; }

    public static OutlookMonths Of(MonthlyOutlook o)
    {
        var n = o.Months;
        double[] Series() => new double[n];
        var months = new OutlookMonths
        {
            Revenue = Series(),
            Contracted = Series(),
            Forfeited = Series(),
            Deposits = Series(),
            Cost = Series(),
            Hours = Series(),
            Fill = Series(),
            FleetValue = Series(),
            Proceeds = Or(o.SaleProceeds, n),
            SoldShare = Series(),
            Vouchers = Or(o.SubsidyIncluded, n),
            LostShare = Series(),
            RateShift = Or(o.BaseRateShift, n),
            Energy = o.EnergyKwh,
        };
        months.AddSales(o);
        months.AddLeases(o);
        return months;
    }

    private static double[] Or(double[] series, int months) =>
        series.Length > 0 ? series : new double[months];

    private void AddSales(MonthlyOutlook o)
    {
        var n = o.Months;
        foreach (var product in o.Sales)
        {
            for (var m = 0; m < n; m++)
            {
                Revenue[m] += product.GpuHours[m] * product.PricePerGpuHour[m];
                Hours[m] += product.GpuHours[m];
            }
        }
        foreach (var split in o.Costs)
        {
            for (var m = 0; m < n; m++)
            {
                Cost[m] += split.AvoidableWhenDark[m] + split.AvoidableOnClosing[m] + split.Sunk[m];
            }
        }
        for (var m = 0; m < n; m++)
        {
            var installed = o.Installed[m] * (o.Start + m).Hours;
            Fill[m] = installed > 0 ? Hours[m] / installed : 0;
            FleetValue[m] = o.ResalePrice[m] * o.Installed[m];
            SoldShare[m] =
                o.Sold.Length > 0
                    ? o.Installed[m] + o.Sold[m] > 0
                        ? o.Sold[m] / (o.Installed[m] + o.Sold[m])
                        : 0
                    : Proceeds[m] > 0 && m > 0 && o.Installed[m - 1] > 0
                        ? Math.Max(0, 1 - (o.Installed[m] / o.Installed[m - 1]))
                        : 0;
        }
    }

    private void AddLeases(MonthlyOutlook o)
    {
        var n = o.Months;
        foreach (var lease in o.Leases)
        {
            var end = Math.Min(lease.EndedMonth, lease.StartMonth + lease.TenorMonths);
            for (var m = Math.Max(0, lease.StartMonth); m < Math.Min(end, n); m++)
            {
                Contracted[m] += Rent(o, lease, m);
            }
            if (lease.Breached && lease.EndedMonth >= 0 && lease.EndedMonth < n)
            {
                var m = lease.EndedMonth;
                LostShare[m] += o.Installed[m] > 0 ? lease.Accelerators / o.Installed[m] : 0;
            }
            AddDeposit(o, lease);
        }
        for (var m = 0; m < n; m++)
        {
            Contracted[m] = Math.Min(
                Revenue[m],
                o.ContractedRevenue.Length > 0 ? o.ContractedRevenue[m] : Contracted[m]
            );
            LostShare[m] = Math.Min(1, LostShare[m]);
        }
    }

    /// <summary>Rent paid at signing is owed to the tenant until the last months of the term earn it; a tenant who breaks the contract forfeits it.</summary>
    private void AddDeposit(MonthlyOutlook o, Lease lease)
    {
        if (lease.PrepaidMonths <= 0 || lease.StartMonth < 0 || lease.StartMonth >= o.Months)
        {
            return;
        }
        var paid = lease.PrepaidMonths * lease.Accelerators * lease.PricePerGpuHour * 730;
        var end = lease.StartMonth + lease.TenorMonths;
        var earning = Math.Min(lease.TenorMonths, (int)Math.Ceiling(lease.PrepaidMonths));
        var stop = lease.Breached ? Math.Min(lease.EndedMonth, end) : end;
        for (var m = lease.StartMonth; m < Math.Min(stop, o.Months); m++)
        {
            var months = Math.Max(0, m - (end - earning) + 1);
            var left = Math.Max(0, paid * (1 - ((double)months / earning)));
            Deposits[m] += left;
            if (m == stop - 1 && lease.Breached && stop < o.Months)
            {
                Forfeited[stop] += left;
            }
        }
    }

    private static double Rent(MonthlyOutlook o, Lease lease, int month) =>
        lease.Accelerators * lease.PricePerGpuHour * (o.Start + month).Hours;
}
