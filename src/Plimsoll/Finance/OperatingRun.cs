namespace Plimsoll.Finance;

/// <summary>First pass over the months: everything that does not depend on debt.</summary>
internal static class OperatingRun
{
    /// <summary>Fills the operating rows of a cash flow.</summary>
    /// <returns>Taxable income by month before interest and fees.</returns>
    public static double[] Fill(CashFlow f, FinanceTerms t, ContractedMonths c, OutlookMonths o)
    {
        var n = f.Months;
        var tax = t.Tax;
        var taxable = new double[n];
        var subsidies = new double[t.Subsidies.Count];
        double owned = 1,
            fleetBook = c.OpeningBook,
            otherBook = 0,
            vouchers = 0;
        var collected = Lag.Of(t.ReceivableDays);
        var paid = Lag.Of(t.PayableDays);
        var (revenueBefore, costBefore) = (RevenueBefore(t.Opening, o), 0.0);
        for (var m = 0; m < n; m++)
        {
            var last = m == n - 1;
            var revenue = f.Revenue[m] = o.Revenue[m] + o.Forfeited[m];
            f.ContractedRevenue[m] = o.Contracted[m];
            f.GpuHours[m] = o.Hours[m];
            f.FleetValue[m] = o.FleetValue[m];
            f.Insurance[m] = (c.FleetInsurance[m] * owned) + c.OtherInsurance[m];
            f.PowerShortfall[m] = PowerShortfall(t.Power, f.Start + m, m, o.Energy[m]);
            var running = o.Cost[m] + f.Insurance[m] + f.PowerShortfall[m];
            var proceeds = f.Proceeds[m] =
                o.Proceeds[m]
                + (last ? (o.FleetValue[m] * (1 - t.SellingCost)) + c.OtherResidual : 0);

            // Value added tax: the credit of purchases is used up by the tax on sales.
            var before = m > 0 ? f.VatCredit[m - 1] : 0;
            var refund = tax.VatRefund ? before : 0;
            var inCosts = o.Cost[m] * tax.CostVatRate;
            f.InputVat[m] = c.InputVat[m];
            var available = before - refund + c.InputVat[m] + inCosts;
            var onSales = (revenue * tax.OutputVatRate) + (proceeds * tax.SaleVatRate);
            var recovered = Math.Min(available, onSales);
            var left = available - recovered;
            if (last && tax.VatRefund)
            {
                refund += left;
                left = 0;
            }
            f.VatCredit[m] = left;
            f.VatRecovered[m] = recovered + refund - inCosts;
            running += (onSales - recovered) * tax.SurchargeRate;
            f.RunningCost[m] = running;

            // Working capital: cash comes and goes later than revenue and cost; all is settled in the last month. Prepaid rent is blocked until it is
            // earned and then moves no cash of the centre's own; what a tenant forfeits was paid long ago.
            costBefore = m == 0 ? CostBefore(t.Opening, f) : costBefore;
            var state = o.Vouchers[m];
            vouchers += state;
            var later = t.Vouchers?.PaidAfterMonths ?? 0;
            var cashIn =
                collected.At(m, k => o.Revenue[k] - o.Vouchers[k], revenueBefore)
                + (m >= later ? o.Vouchers[m - later] : 0);
            var cashOut = paid.At(m, k => f.RunningCost[k], costBefore);
            var (receivable, payable) =
                m > 0
                    ? (f.Receivable[m - 1], f.Payable[m - 1])
                    : (collected.Outstanding(revenueBefore), paid.Outstanding(costBefore));
            f.Receivable[m] = last ? 0 : receivable + (o.Revenue[m] - cashIn);
            f.Payable[m] = last ? 0 : payable + (running - cashOut);
            f.Deposits[m] = last ? 0 : o.Deposits[m];
            f.WorkingCapital[m] = f.Receivable[m] - receivable - (f.Payable[m] - payable);

            f.Grants[m] = c.Grants[m] + Support(t, o, m, subsidies, vouchers);
            f.Earmarked[m] = o.Forfeited[m] + c.GrantsToDebt[m];
            f.GrantsToCapital[m] = c.GrantsToCapital[m];
            f.OperatingCash[m] =
                revenue
                - running
                - f.WorkingCapital[m]
                + f.VatRecovered[m]
                + f.Grants[m]
                - f.Earmarked[m]
                - f.GrantsToCapital[m];

            // Book value, the same for tax and for the balance sheet.
            var fleetOff = c.FleetWriteOff[m] * owned;
            fleetBook += c.FleetCapital[m] + c.RefreshCost[m] - fleetOff;
            otherBook += c.OtherCapital[m] - c.OtherWriteOff[m];
            var sold = last ? fleetBook + otherBook : fleetBook * o.SoldShare[m];
            fleetBook = last ? 0 : fleetBook - sold;
            otherBook = last ? 0 : otherBook;
            owned *= 1 - o.SoldShare[m];
            f.WriteOff[m] = fleetOff + c.OtherWriteOff[m];
            f.BookSold[m] = sold;
            f.BookValue[m] = fleetBook + otherBook;
            taxable[m] =
                revenue
                - running
                + f.Grants[m]
                - f.WriteOff[m]
                + proceeds
                - sold
                - (last ? left : 0);
        }
        return taxable;
    }

    /// <summary>What tenants came to owe in each month before the outlook: as told, or as in its first month; nothing where the centre begins with it.</summary>
    internal static double RevenueBefore(OpeningPosition? opening, OutlookMonths o) =>
        opening is null ? 0 : opening.Revenue ?? (o.Revenue[0] - o.Vouchers[0]);

    /// <summary>Running cost of each month before the outlook: as told, or as in its first month, already worked out.</summary>
    internal static double CostBefore(OpeningPosition? opening, CashFlow f) =>
        opening is null ? 0 : opening.RunningCost ?? f.RunningCost[0];

    /// <summary>Money for power paid and not used, and on leaving the exit fee.</summary>
    internal static double PowerShortfall(
        TakeOrPayPower? power,
        Quantities.Month month,
        int m,
        double energyKwh
    )
    {
        var (minimum, exit) = PowerMinimum(power, month, m);
        return power is null ? 0 : (Math.Max(0, minimum - energyKwh) + exit) * power.PricePerKwh;
    }

    /// <summary>Least energy paid for in a month, and energy whose price is the exit fee; kWh.</summary>
    internal static (double Minimum, double Exit) PowerMinimum(
        TakeOrPayPower? power,
        Quantities.Month month,
        int m
    )
    {
        if (
            power is null
            || m < power.StartMonth
            || m >= power.StartMonth + power.TermMonths
            || m > power.ExitMonth
        )
        {
            return (0, 0);
        }
        var ramp =
            power.RampMonths <= 0
                ? 1
                : Math.Min(1, (m - power.StartMonth + 1.0) / power.RampMonths);
        var minimum = power.ContractKw * month.Hours * power.MinimumShare * ramp;
        return (minimum, m == power.ExitMonth ? minimum * power.ExitFeeMonths : 0);
    }

    /// <summary>Running subsidies received less every clawback of the month.</summary>
    private static double Support(
        FinanceTerms t,
        OutlookMonths o,
        int m,
        double[] received,
        double vouchers
    )
    {
        double sum = 0;
        foreach (var grant in t.Grants)
        {
            sum -=
                grant.TestMonth == m && MeanFill(o.Fill, m) < grant.FillTest
                    ? grant.Amount * grant.ClawbackShare
                    : 0;
        }
        for (var i = 0; i < received.Length; i++)
        {
            var s = t.Subsidies[i];
            if (m >= s.FromMonth && m < s.FromMonth + s.Months)
            {
                var paid = Math.Min(
                    s.Budget - received[i],
                    s.PerMonth + (s.PerKwh * o.Energy[m]) + (s.PerGpuHour * o.Hours[m])
                );
                received[i] += paid;
                sum += paid;
            }
            sum -=
                s.TestMonth == m && MeanFill(o.Fill, m) < s.FillTest
                    ? received[i] * s.ClawbackShare
                    : 0;
        }
        if (t.Vouchers is { } v && v.TestMonth == m && MeanFill(o.Fill, m) < v.FillTest)
        {
            sum -= vouchers * v.ClawbackShare;
        }
        return sum;
    }

    /// <summary>Mean fill of the twelve months up to and with m, or of all there are.</summary>
    internal static double MeanFill(double[] fill, int m)
    {
        double sum = 0;
        var from = Math.Max(0, m - 11);
        for (var k = from; k <= m; k++)
        {
            sum += fill[k];
        }
        return sum / (m - from + 1);
    }

    /// <summary>A delay of some days in months of thirty: part of what fell due so many months ago, the rest of what fell due a month earlier.</summary>
    internal readonly record struct Lag(int Months, double Rest)
    {
        public static Lag Of(double days)
        {
            var whole = (int)Math.Floor(days / 30);
            return new Lag(whole, (days / 30) - whole);
        }

        /// <summary>What falls due in a month.</summary>
        /// <param name="m">From 0.</param>
        /// <param name="series">What arose in a month.</param>
        /// <param name="before">What arose in each month before the first.</param>
        public double At(int m, Func<int, double> series, double before) =>
            ((m >= Months ? series(m - Months) : before) * (1 - Rest))
            + ((m > Months ? series(m - Months - 1) : before) * Rest);

        /// <summary>What arose before the first month and has not fallen due when it begins.</summary>
        /// <param name="before">What arose in each month before the first.</param>
        public double Outstanding(double before) => before * (Months + Rest);
    }
}
