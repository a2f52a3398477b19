using System.Numerics;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>An outlook added up to the series that finance reads; one entry a month. May be read into again and again.</summary>
internal sealed class OutlookMonths
{
    private readonly double[] _none;
    private readonly double[] _hoursOfMonth;
    private Month _start;
    private double _perMonth = double.NaN;

    public OutlookMonths(int months)
    {
        double[] Series() => new double[months];
        _none = Series();
        _hoursOfMonth = Series();
        Revenue = Series();
        Contracted = Series();
        Forfeited = Series();
        Deposits = Series();
        Cost = Series();
        Hours = Series();
        Fill = Series();
        FleetValue = Series();
        SoldShare = Series();
        LostShare = Series();
        Proceeds = Vouchers = RateShift = Energy = _none;
    }

    /// <summary>Revenue of all products.</summary>
    public double[] Revenue { get; }

    /// <summary>Revenue under contracts, at most all of it.</summary>
    public double[] Contracted { get; }

    /// <summary>Prepaid rent kept because a tenant broke the contract.</summary>
    public double[] Forfeited { get; }

    /// <summary>Prepaid rent not yet earned, at month end.</summary>
    public double[] Deposits { get; }

    /// <summary>Running cost, all parts.</summary>
    public double[] Cost { get; }

    /// <summary>Accelerator-hours sold.</summary>
    public double[] Hours { get; }

    /// <summary>Share of installed hours sold.</summary>
    public double[] Fill { get; }

    /// <summary>Second-hand value of the fleet then installed.</summary>
    public double[] FleetValue { get; }

    /// <summary>Share of the fleet then owned that is sold in the month.</summary>
    public double[] SoldShare { get; }

    /// <summary>Accelerators of contracts broken in the month, over those installed.</summary>
    public double[] LostShare { get; }

    /// <summary>Proceeds of accelerators sold.</summary>
    public double[] Proceeds { get; private set; }

    /// <summary>Vouchers within revenue.</summary>
    public double[] Vouchers { get; private set; }

    /// <summary>Added to the base rate.</summary>
    public double[] RateShift { get; private set; }

    /// <summary>Energy bought, kWh.</summary>
    public double[] Energy { get; private set; }

    /// <summary>Adds up one outlook.</summary>
    public static OutlookMonths Of(MonthlyOutlook outlook)
    {
        var months = new OutlookMonths(outlook.Months);
        months.Read(outlook);
        months.AddContracts(outlook);
        months.AddFleet(outlook);
        return months;
    }

    /// <summary>Adds up an outlook of the same months in place of the one before; contracted revenue, fill and fleet value are left out.</summary>
    public void Read(MonthlyOutlook o)
    {
        ReadHours(o);
        foreach (var series in new[] { Revenue, Forfeited, Deposits, Cost, Hours, LostShare })
        {
            Array.Clear(series);
        }
        Proceeds = o.SaleProceeds.Length > 0 ? o.SaleProceeds : _none;
        Vouchers = o.SubsidyIncluded.Length > 0 ? o.SubsidyIncluded : _none;
        RateShift = o.BaseRateShift.Length > 0 ? o.BaseRateShift : _none;
        Energy = o.EnergyKwh;
        foreach (var product in o.Sales)
        {
            AddProduct(Revenue, product.GpuHours, product.PricePerGpuHour);
            Add(Hours, product.GpuHours);
        }
        if (o.ContractIncome.Length > 0)
        {
            Add(Revenue, o.ContractIncome);
        }
        foreach (var split in o.Costs)
        {
            AddSum(Cost, split.AvoidableWhenDark, split.AvoidableOnClosing, split.Sunk);
        }
        ReadSold(o);
        foreach (var lease in o.Leases)
        {
            AddLoss(o, lease);
            AddDeposit(o, lease);
        }
        ThrowIfNotFinite(o);
    }

    /// <summary>Refuses an outlook with a number that is not finite.</summary>
    private void ThrowIfNotFinite(MonthlyOutlook o)
    {
        Check(Revenue, "revenue");
        Check(Cost, "running cost");
        Check(Hours, "hours sold");
        Check(Energy, "energy");
        Check(Proceeds, "sale proceeds");
        Check(SoldShare, "accelerators sold");
        Check(Vouchers, "vouchers");
        Check(RateShift, "shift of the base rate");
        Check(Deposits, "prepaid rent");
        Check(LostShare, "contracts lost");
        Check(o.Installed, "accelerators installed");
        Check(o.ResalePrice, "second-hand price");
        Check(o.MonthsToSell, "months to sell");
    }

    private static void Check(double[] series, string name)
    {
        // Nothing times a number is nothing unless the number is not finite.
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= series.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(series, i) * 0.0;
        }
        var rest = Vector.Sum(sum);
        for (; i < series.Length; i++)
        {
            rest += series[i] * 0;
        }
        if (rest != 0)
        {
            var month = Array.FindIndex(series, x => !double.IsFinite(x));
            throw new ArgumentException(
                $"The outlook's {name} in month {month} is {series[month]}, which is no finite number."
            );
        }
    }

    private void ReadHours(MonthlyOutlook o)
    {
        if (_start == o.Start && _perMonth == o.HoursPerMonth)
        {
            return;
        }
        (_start, _perMonth) = (o.Start, o.HoursPerMonth);
        for (var m = 0; m < _hoursOfMonth.Length; m++)
        {
            _hoursOfMonth[m] = o.Hours(m);
        }
    }

    private void ReadSold(MonthlyOutlook o)
    {
        Array.Clear(SoldShare);
        if (o.Sold.Length > 0)
        {
            for (var m = 0; m < SoldShare.Length; m++)
            {
                SoldShare[m] = o.Sold[m] > 0 ? o.Sold[m] / (o.Installed[m] + o.Sold[m]) : 0;
            }
        }
        else if (o.SaleProceeds.Length > 0)
        {
            for (var m = 1; m < SoldShare.Length; m++)
            {
                SoldShare[m] =
                    Proceeds[m] > 0 && o.Installed[m - 1] > 0
                        ? Math.Max(0, 1 - (o.Installed[m] / o.Installed[m - 1]))
                        : 0;
            }
        }
    }

    private void AddFleet(MonthlyOutlook o)
    {
        for (var m = 0; m < Fill.Length; m++)
        {
            var installed = o.Installed[m] * _hoursOfMonth[m];
            Fill[m] = installed > 0 ? Hours[m] / installed : 0;
            FleetValue[m] = o.ResalePrice[m] * o.Installed[m];
        }
    }

    private void AddLoss(MonthlyOutlook o, Lease lease)
    {
        var m = lease.EndedMonth;
        if (lease.Breached && m >= 0 && m < LostShare.Length && o.Installed[m] > 0)
        {
            LostShare[m] = Math.Min(1, LostShare[m] + (lease.Accelerators / o.Installed[m]));
        }
    }

    /// <summary>Rent paid at signing is owed to the tenant until the last months of the term earn it; a tenant who breaks the contract forfeits it.</summary>
    private void AddDeposit(MonthlyOutlook o, Lease lease)
    {
        if (lease.PrepaidMonths <= 0 || lease.StartMonth < 0 || lease.StartMonth >= o.Months)
        {
            return;
        }
        var paid =
            lease.PrepaidMonths * lease.Accelerators * lease.PricePerGpuHour * o.PrepaidHours;
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

    private void AddContracts(MonthlyOutlook o)
    {
        var rent = o.SignedRent();
        for (var m = 0; m < Contracted.Length; m++)
        {
            Contracted[m] = Math.Min(Revenue[m], rent[m]);
        }
    }

    private static void Add(double[] to, double[] a)
    {
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(to, i) + new Vector<double>(a, i)).CopyTo(to, i);
        }
        for (; i < to.Length; i++)
        {
            to[i] += a[i];
        }
    }

    private static void AddProduct(double[] to, double[] a, double[] b)
    {
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (
                new Vector<double>(to, i) + (new Vector<double>(a, i) * new Vector<double>(b, i))
            ).CopyTo(to, i);
        }
        for (; i < to.Length; i++)
        {
            to[i] += a[i] * b[i];
        }
    }

    private static void AddSum(double[] to, double[] a, double[] b, double[] c)
    {
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (
                new Vector<double>(to, i)
                + (new Vector<double>(a, i) + new Vector<double>(b, i) + new Vector<double>(c, i))
            ).CopyTo(to, i);
        }
        for (; i < to.Length; i++)
        {
            to[i] += a[i] + b[i] + c[i];
        }
    }
}
