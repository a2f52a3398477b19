using System.Globalization;
using System.Text;
using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>Writes an outlook as the table of a finance case: read again, it gives the same revenue, cost and contracts.</summary>
public static class FinanceCaseTable
{
    /// <summary>The table, one row a month.</summary>
    /// <param name="outlook">One row a month.</param>
    public static string Csv(MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        var months = OutlookMonths.Of(outlook);
        double Sum(Func<CostSplit, double[]> part, int m) => outlook.Costs.Sum(c => part(c)[m]);
        double Income(int m) => outlook.ContractIncome.Length > 0 ? outlook.ContractIncome[m] : 0;
        double Rent(int m) => outlook.Revenue(m);
        var columns = new List<(string Name, Func<int, double> Value)>
        {
            ("installed", m => outlook.Installed[m]),
            ("gpu_hours", m => months.Hours[m]),
            ("price", m => months.Hours[m] > 0 ? Rent(m) / months.Hours[m] : 0),
            ("cost", m => Sum(c => c.AvoidableWhenDark, m)),
            ("cost_on_closing", m => Sum(c => c.AvoidableOnClosing, m)),
            ("cost_sunk", m => Sum(c => c.Sunk, m)),
            ("contracted_revenue", m => Math.Min(Rent(m), months.Contracted[m])),
            ("contract_income", Income),
            ("energy_kwh", m => outlook.EnergyKwh[m]),
            ("peak_kw", m => outlook.PeakKw[m]),
            ("resale_price", m => outlook.ResalePrice[m]),
            ("months_to_sell", m => outlook.MonthsToSell[m]),
        };
        void AddIfThere(string column, double[] series)
        {
            if (series.Length > 0)
            {
                columns.Add((column, m => series[m]));
            }
        }
        AddIfThere("sale_proceeds", outlook.SaleProceeds);
        AddIfThere("sold", outlook.Sold);
        AddIfThere("vouchers", outlook.SubsidyIncluded);
        AddIfThere("rate_shift", outlook.BaseRateShift);
        var served = outlook.Sales.Where(s => s.Tokens.Length > 0).ToList();
        if (served.Count > 0)
        {
            columns.Add(("tokens", m => served.Sum(s => s.Tokens[m])));
            columns.Add(("token_hours", m => served.Sum(s => s.GpuHours[m])));
        }
        var text = new StringBuilder("month");
        foreach (var (name, _) in columns)
        {
            text.Append(',').Append(name);
        }
        for (var m = 0; m < outlook.Months; m++)
        {
            text.Append('\n').Append(outlook.Start + m);
            foreach (var (_, value) in columns)
            {
                text.Append(',').Append(Number(value(m)));
            }
        }
        return text.Append('\n').ToString();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
