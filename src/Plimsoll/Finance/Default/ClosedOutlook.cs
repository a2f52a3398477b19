using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>An outlook after lenders have closed the centre: nothing is sold or spent any more, and the fleet is sold when its sale is over.</summary>
internal static class ClosedOutlook
{
    /// <summary>The outlook with the centre closed at a month's end.</summary>
    /// <param name="o">As it would have gone on.</param>
    /// <param name="closed">The last month of operation, from 0, before the last of the horizon.</param>
    /// <param name="terms">Repossession and holding cost.</param>
    /// <remarks>
    /// The fleet of that month is sold at the price of the month in which its sale is over (the last of the horizon when later), less repossession and monthly
    /// holding cost as shares of that price. Contracts end without a breach: rent still blocked goes back to its tenants.
    /// </remarks>
    public static MonthlyOutlook Of(MonthlyOutlook o, int closed, FinanceTerms terms)
    {
        var last = o.Months - 1;
        var months = Math.Max(0, o.MonthsToSell[closed]);
        var sale = Math.Clamp(closed + (int)Math.Ceiling(months), closed + 1, last);
        var installed = Until(o.Installed, closed);
        Array.Fill(installed, o.Installed[closed], closed, sale - closed);
        var proceeds = Until(o.SaleProceeds, closed, o.Months);
        proceeds[sale] =
            o.ResalePrice[sale] * o.Installed[closed] * Enforcement.KeptShare(terms, months);
        var sold = Until(Sold(o), closed, o.Months);
        sold[sale] = o.Installed[closed];
        return o with
        {
            Installed = installed,
            Repair = Until(o.Repair, closed),
            Dark = Until(o.Dark, closed),
            Idle = Until(o.Idle, closed),
            Fleets = [],
            Sales =
            [
                .. o.Sales.Select(s =>
                    s with
                    {
                        GpuHours = Until(s.GpuHours, closed),
                        Tokens = Until(s.Tokens, closed),
                    }
                ),
            ],
            Leases =
            [
                .. o
                    .Leases.Where(l => l.StartMonth <= closed)
                    .Select(l =>
                        l.EndedMonth > closed
                            ? l with
                            {
                                EndedMonth = closed + 1,
                                Breached = false,
                            }
                            : l
                    ),
            ],
            Costs =
            [
                .. o.Costs.Select(c => new CostSplit(
                    c.Name,
                    Until(c.AvoidableWhenDark, closed),
                    Until(c.AvoidableOnClosing, closed),
                    Until(c.Sunk, closed)
                )),
            ],
            EnergyKwh = Until(o.EnergyKwh, closed),
            PeakKw = Until(o.PeakKw, closed),
            SaleProceeds = proceeds,
            Sold = sold,
            SubsidyIncluded = Until(o.SubsidyIncluded, closed),
            ContractIncome = Until(o.ContractIncome, closed),
            ContractedRevenue =
                o.Signed.Count > 0
                    ? Until(o.SignedRent(), closed)
                    : Until(o.ContractedRevenue, closed),
        };
    }

    /// <summary>Accelerators sold by month, read from the fall of those installed where they are not given.</summary>
    private static double[] Sold(MonthlyOutlook o)
    {
        if (o.Sold.Length > 0 || o.SaleProceeds.Length == 0)
        {
            return o.Sold;
        }
        var sold = new double[o.Months];
        for (var m = 1; m < sold.Length; m++)
        {
            sold[m] = o.SaleProceeds[m] > 0 ? Math.Max(0, o.Installed[m - 1] - o.Installed[m]) : 0;
        }
        return sold;
    }

    private static double[] Until(double[] series, int closed, int months = 0)
    {
        var cut = new double[Math.Max(series.Length, months)];
        series.AsSpan(0, Math.Min(series.Length, closed + 1)).CopyTo(cut);
        return cut;
    }
}
