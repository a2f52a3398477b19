using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Reports.Workbooks;

namespace Plimsoll.Tests.Reports;

/// <summary>Which row of the workbook is which row of the engine.</summary>
internal static class EngineRows
{
    /// <summary>Rows over the months, with the engine's values; a blank cell is NaN.</summary>
    public static IEnumerable<(string Sheet, int Row, string Name, double[] Engine)> Of(
        ModelBook book,
        CashFlow f
    )
    {
        var (o, t, w, d, b) = (book.Operations, book.Tax, book.Waterfall, book.Debt, book.Balance);
        (Line Line, string Name, double[] Engine)[] rows =
        [
            (o.Revenue, "revenue", f.Revenue),
            (o.Contracted, "contracted", f.ContractedRevenue),
            (o.RunningCost, "running cost", f.RunningCost),
            (o.Insurance, "insurance", f.Insurance),
            (o.PowerShortfall, "power shortfall", f.PowerShortfall),
            (o.WorkingCapital, "working capital", f.WorkingCapital),
            (o.Receivable, "receivable", f.Receivable),
            (o.Payable, "payable", f.Payable),
            (o.Deposits, "deposits", f.Deposits),
            (o.VatRecovered, "vat recovered", f.VatRecovered),
            (o.VatCredit, "vat credit", f.VatCredit),
            (o.InputVat, "input vat", f.InputVat),
            (o.Grants, "grants", f.Grants),
            (o.OperatingCash, "operating cash", f.OperatingCash),
            (o.Proceeds, "proceeds", f.Proceeds),
            (o.WriteOffs.Sold, "book sold", f.BookSold),
            (o.FleetValue, "fleet value", f.FleetValue),
            (o.Hours, "hours", f.GpuHours),
            (t.Capitalised, "capitalised", f.Capitalised),
            (t.WriteOff, "write-off", f.WriteOff),
            (t.BookValue, "book value", f.BookValue),
            (t.Taxable, "taxable", f.TaxableIncome),
            (t.Tax, "tax", f.Tax),
            (t.Provision, "tax provision", f.TaxProvision),
            (t.Carried, "losses carried", f.LossCarried),
            (d.Fees, "fees", f.Fees),
            (w["cash available for debt service"], "cfads", f.Cfads),
            (w["uses: capital cost, input tax, replacement, fees"], "capital cost", f.CapitalCost),
            (w["interest due"], "interest due", f.InterestDue),
            (w["interest capitalised"], "interest capitalised", f.InterestCapitalised),
            (w["interest on arrears and charges"], "arrears interest", f.ArrearsInterest),
            (w["charges on early repayment"], "prepayment charges", f.PrepaymentCharges),
            (w["working-capital line"], "line", f.Revolver),
            (w["principal due"], "principal due", f.PrincipalDue),
            (w["debt service paid"], "debt paid", f.DebtPaid),
            (w["from the reserve account"], "from reserve", f.FromReserve),
            (w["debt drawn"], "debt drawn", f.DebtDrawn),
            (w["repaid early"], "prepaid", f.Prepaid),
            (w["debt with arrears"], "debt balance", f.DebtBalance),
            (w["reserve account"], "reserve", f.Reserve),
            (w["reserve target"], "reserve target", f.ReserveTarget),
            (w["reserve for replacement"], "refresh reserve", f.RefreshReserve),
            (w["free cash"], "cash", f.Cash),
            (w["bills not paid"], "unpaid", f.Unpaid),
            (w["equity paid in"], "equity in", f.EquityIn),
            (w["sponsor support"], "sponsor support", f.SponsorSupport),
            (w["paid out to equity"], "distributed", f.Distributed),
            (w["bridge money given back"], "bridge returned", f.BridgeReturned),
            (o.Earmarked, "earmarked", f.Earmarked),
            (o.ToCapital, "grants to capital", f.GrantsToCapital),
            (w["trailing cover"], "trailing cover", f.TrailingCover),
            (w["forward cover"], "forward cover", f.ForwardCover),
            (book.Ratios.Balloon, "ratios: balloon", CreditEvent.Balloons(f)),
            (book.Ratios.TrailingCover, "ratios: trailing cover", f.TrailingCover),
            (book.Ratios.ForwardCover, "ratios: forward cover", f.ForwardCover),
            .. w.Runs.SelectMany(
                (r, i) =>
                    new (Line, string, double[])[]
                    {
                        (r.BalanceEnd, $"balance {i}", f.TrancheBalance[i]),
                        (r.ArrearsEnd, $"arrears {i}", f.TrancheArrears[i]),
                        (r.Contract.Actual, $"rate {i}", f.TrancheRate[i]),
                        (w[r.Name("interest")], $"interest {i}", f.TrancheInterest[i]),
                        (w[r.Name("principal due")], $"principal {i}", f.TranchePrincipal[i]),
                    }
            ),
            .. Sheet(b, BalanceSheet.Of(f)),
        ];
        return rows.Select(r => (r.Line.Sheet.Name, r.Line.Row, r.Name, r.Engine));
    }

    /// <summary>Single figures by key with how near they must be, as the engine states them; NaN where it refuses. The two that need a search are left to the spreadsheet's goal seek.</summary>
    public static IEnumerable<(string Key, double Engine, double Near)> Figures(
        ProjectModel model,
        MonthlyOutlook outlook,
        CashFlow flow
    ) =>
        new ProjectFigures(model, outlook, flow)
            .All()
            .Where(f => !f.Key.EndsWith("equity_hurdle", StringComparison.Ordinal))
            .Where(f =>
                flow.Lent > 0
                || f.Key is not ("exposure_at_default" or "recovered" or "loss_given_default")
            )
            .Select(f => (f.Key, f.Figure.Value, f.Unit == flow.Currency.Code ? 0.01 : 1e-6));

    private static IEnumerable<(Line, string, double[])> Sheet(BalanceLines b, BalanceSheet s) =>
        [
            (b.Accounts, "balance: accounts", s.Accounts),
            (b.Receivable, "balance: receivable", s.Receivable),
            (b.VatCredit, "balance: vat credit", s.VatCredit),
            (b.Fixed, "balance: fixed assets", s.FixedAssets),
            (b.Debt, "balance: debt", s.Debt),
            (b.Payable, "balance: payable", s.Payable),
            (b.Deposits, "balance: deposits", s.Deposits),
            (b.PaidIn, "balance: paid in", s.PaidIn),
            (b.Retained, "balance: retained", s.Retained),
        ];
}
