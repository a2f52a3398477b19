using Plimsoll.Finance;
using Plimsoll.Outlooks;

namespace Plimsoll.Tests.Reports;

/// <summary>Changes as they are typed into the workbook, and the same changes as terms and outlook for the engine.</summary>
internal sealed record Changes(
    double Rent = 1,
    double Opex = 1,
    double Capex = 1,
    double Rate = 0,
    int Delay = 0,
    double? IncomeTax = null
)
{
    /// <summary>By the names of the workbook's cells.</summary>
    public Dictionary<string, double> Named
    {
        get
        {
            var named = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["sens_rent"] = Rent,
                ["sens_opex"] = Opex,
                ["sens_capex"] = Capex,
                ["sens_rate"] = Rate,
                ["sens_delay"] = Delay,
            };
            if (IncomeTax is { } tax)
            {
                named["tax_income_rate"] = tax;
            }
            return named;
        }
    }

    public FinanceTerms On(FinanceTerms t) =>
        t with
        {
            CapitalCosts =
            [
                .. t.CapitalCosts.Select(c =>
                    c with
                    {
                        Amount = c.Amount * Capex,
                        OnlineMonth = c.OnlineMonth + Delay,
                    }
                ),
            ],
            Tranches =
            [
                .. t.Tranches.Select(x =>
                    x with
                    {
                        BaseRate = x.BaseRate + Rate,
                        BaseRates = [.. x.BaseRates.Select(r => r with { Rate = r.Rate + Rate })],
                    }
                ),
            ],
            Tax = t.Tax with { IncomeRate = IncomeTax ?? t.Tax.IncomeRate },
        };

    public MonthlyOutlook On(MonthlyOutlook o) =>
        o with
        {
            Installed = Later(o.Installed),
            Repair = Later(o.Repair),
            Dark = Later(o.Dark),
            Idle = Later(o.Idle),
            Sales =
            [
                .. o.Sales.Select(s =>
                    s with
                    {
                        GpuHours = Later(s.GpuHours),
                        PricePerGpuHour = Times(s.PricePerGpuHour, Rent),
                        Tokens = Later(s.Tokens),
                    }
                ),
            ],
            Leases =
            [
                .. o.Leases.Select(l =>
                    l with
                    {
                        StartMonth = l.StartMonth + Delay,
                        EndedMonth = l.EndedMonth + Delay,
                        PricePerGpuHour = l.PricePerGpuHour * Rent,
                    }
                ),
            ],
            Costs =
            [
                .. o.Costs.Select(c => new CostSplit(
                    c.Name,
                    Times(Later(c.AvoidableWhenDark), Opex),
                    Times(Later(c.AvoidableOnClosing), Opex),
                    Times(Later(c.Sunk), Opex)
                )),
            ],
            EnergyKwh = Later(o.EnergyKwh),
            PeakKw = Later(o.PeakKw),
            SaleProceeds = Later(o.SaleProceeds),
            Sold = Later(o.Sold),
            SubsidyIncluded = Times(Later(o.SubsidyIncluded), Rent),
            ContractedRevenue = Times(Later(o.ContractedRevenue), Rent),
        };

    private double[] Later(double[] series) =>
        [.. series.Select((_, m) => m < Delay ? 0 : series[m - Delay])];

    private static double[] Times(double[] series, double factor) =>
        [.. series.Select(v => v * factor)];
}
