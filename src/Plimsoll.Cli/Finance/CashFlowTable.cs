using System.Globalization;
using System.Text;
using Plimsoll.Finance;

namespace Plimsoll.Cli.Finance;

/// <summary>The rows of a cash flow by their stable names.</summary>
internal static class CashFlowTable
{
    /// <summary>Every row, one entry a month, in the order of the model.</summary>
    public static IReadOnlyList<(string Name, double[] Row)> Rows(ProjectModel model, CashFlow f)
    {
        var rows = new List<(string, double[])>
        {
            ("revenue", f.Revenue),
            ("contracted_revenue", f.ContractedRevenue),
            ("running_cost", f.RunningCost),
            ("insurance", f.Insurance),
            ("power_shortfall", f.PowerShortfall),
            ("working_capital", f.WorkingCapital),
            ("vat_recovered", f.VatRecovered),
            ("vat_credit", f.VatCredit),
            ("grants", f.Grants),
            ("earmarked", f.Earmarked),
            ("grants_to_capital", f.GrantsToCapital),
            ("prepaid_rent_blocked", f.Deposits),
            ("operating_cash", f.OperatingCash),
            ("write_off", f.WriteOff),
            ("book_value", f.BookValue),
            ("taxable_income", f.TaxableIncome),
            ("tax", f.Tax),
            ("losses_carried", f.LossCarried),
            ("cfads", f.Cfads),
            ("capital_cost", f.CapitalCost),
            ("fees", f.Fees),
            ("proceeds", f.Proceeds),
            ("debt_drawn", f.DebtDrawn),
            ("interest_capitalised", f.InterestCapitalised),
            ("interest_due", f.InterestDue),
            ("principal_due", f.PrincipalDue),
            ("arrears_interest", f.ArrearsInterest),
            ("debt_paid", f.DebtPaid),
            ("prepaid", f.Prepaid),
            ("arrears", f.Arrears),
            ("debt_balance", f.DebtBalance),
            ("reserve", f.Reserve),
            ("reserve_target", f.ReserveTarget),
            ("refresh_reserve", f.RefreshReserve),
            ("cash", f.Cash),
            ("unpaid", f.Unpaid),
            ("equity_in", f.EquityIn),
            ("sponsor_support", f.SponsorSupport),
            ("distributed", f.Distributed),
            ("bridge_returned", f.BridgeReturned),
            ("trailing_cover", f.TrailingCover),
            ("forward_cover", f.ForwardCover),
            ("locked", [.. f.Locked.Select(l => l ? 1.0 : 0)]),
            ("fleet_value", f.FleetValue),
            ("gpu_hours", f.GpuHours),
        };
        for (var i = 0; i < model.Debt.Tranches.Count; i++)
        {
            var name = model.Debt.Tranches[i].Name;
            rows.Add(($"{name}: rate", f.TrancheRate[i]));
            rows.Add(($"{name}: interest", f.TrancheInterest[i]));
            rows.Add(($"{name}: principal", f.TranchePrincipal[i]));
            rows.Add(($"{name}: prepaid", f.TranchePrepaid[i]));
            rows.Add(($"{name}: balance", f.TrancheBalance[i]));
        }
        return rows;
    }

    /// <summary>The rows as comma-separated text, one line a month; a cover that has no meaning is left empty.</summary>
    public static string Csv(ProjectModel model, CashFlow flow)
    {
        var rows = Rows(model, flow);
        var text = new StringBuilder("month");
        foreach (var (name, _) in rows)
        {
            text.Append(',')
                .Append(
                    name.Contains(',') || name.Contains('"')
                        ? $"\"{name.Replace("\"", "\"\"")}\""
                        : name
                );
        }
        for (var m = 0; m < flow.Months; m++)
        {
            text.Append('\n').Append(flow.Start + m);
            foreach (var (_, row) in rows)
            {
                text.Append(',');
                if (double.IsFinite(row[m]))
                {
                    text.Append(row[m].ToString("R", CultureInfo.InvariantCulture));
                }
            }
        }
        return text.Append('\n').ToString();
    }
}
