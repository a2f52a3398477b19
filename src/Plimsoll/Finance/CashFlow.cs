using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>A centre's money month by month, and what follows from it.</summary>
/// <remarks>Arrays have one entry a month, flows at month end, nominal. Costs and payments are positive numbers under their own names. Each row's formula stands in docs/model/finance.md.</remarks>
public sealed partial record CashFlow
{
    /// <summary>First month.</summary>
    public required Month Start { get; init; }

    /// <summary>Months.</summary>
    public required int Months { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>[tranche][month] money drawn.</summary>
    public required double[][] TrancheDrawn { get; init; }

    /// <summary>[tranche][month] rate of interest charged, yearly.</summary>
    public required double[][] TrancheRate { get; init; }

    /// <summary>[tranche][month] interest accrued, due or capitalised.</summary>
    public required double[][] TrancheInterest { get; init; }

    /// <summary>[tranche][month] principal due.</summary>
    public required double[][] TranchePrincipal { get; init; }

    /// <summary>[tranche][month] repaid early.</summary>
    public required double[][] TranchePrepaid { get; init; }

    /// <summary>[tranche][month] balance at month end, arrears left out.</summary>
    public required double[][] TrancheBalance { get; init; }

    /// <summary>[tranche][month] arrears at month end.</summary>
    public required double[][] TrancheArrears { get; init; }

    /// <summary>True in months that ended locked up: nothing may be distributed.</summary>
    public required bool[] Locked { get; init; }

    /// <summary>True in months in which cover is tested.</summary>
    public required bool[] Tested { get; init; }

    /// <summary>Money lent, capitalised interest excluded.</summary>
    public required double Lent { get; init; }

    /// <summary>Service due before the outlook and not paid when it begins; owed beside what is lent.</summary>
    public double OpeningArrears { get; init; }

    /// <summary>Of <see cref="Lent"/>, what stood as debt when the outlook begins: lent at the end of the month before it.</summary>
    public double OpeningDebt { get; init; }

    /// <summary>Cash and reserve account when the outlook begins.</summary>
    public double OpeningCash { get; init; }

    /// <summary>What is owned less what is owed when the outlook begins, book values; 0 for a centre that begins with it.</summary>
    public double OpeningEquity { get; init; }

    /// <summary>First month of default (a missed payment no longer cured, a failed test of the default cover, or debt left at the end); -1 for none.</summary>
    public required int DefaultMonth { get; init; }

    /// <summary>How a loan due in one sum was lent anew at maturity; null where it was not. What befalls the debt after it befalls another lender.</summary>
    public TakenOut? TakenOut { get; init; }

    /// <summary>Last month of operation when lenders closed the centre after a default; -1 when they did not.</summary>
    public int ClosedMonth { get; init; } = -1;

    /// <summary>True when the default is a margin call under a borrowing base that was not met in time.</summary>
    public bool MarginCallDefault { get; init; }

    /// <summary>First test month in which trailing cover was below the covenant; -1 for none.</summary>
    public required int BreachMonth { get; init; }

    /// <summary>Trailing cover below which the covenant is broken.</summary>
    public required double CovenantCover { get; init; }

    /// <summary>The default seen from the lender.</summary>
    public required LenderLoss Loss { get; init; }

    /// <summary>Lowest trailing cover at test months; NaN without one.</summary>
    public required double MinimumCover { get; init; }

    /// <summary>Month of it; -1 for none.</summary>
    public required int MinimumCoverMonth { get; init; }

    /// <summary>Mean of trailing cover over test months; NaN without one.</summary>
    public required double AverageCover { get; init; }

    /// <summary>Revenue, tax excluded, with prepaid rent that tenants forfeited.</summary>
    public required double[] Revenue { get; init; }

    /// <summary>Part of revenue earned under contracts; the rest is merchant.</summary>
    public required double[] ContractedRevenue { get; init; }

    /// <summary>Running cost with insurance, take-or-pay shortfall and surcharge on value added tax.</summary>
    public required double[] RunningCost { get; init; }

    /// <summary>Insurance, within running cost.</summary>
    public required double[] Insurance { get; init; }

    /// <summary>Power paid and not used, with the exit fee, within running cost.</summary>
    public required double[] PowerShortfall { get; init; }

    /// <summary>Change of working capital, positive when it takes cash.</summary>
    public required double[] WorkingCapital { get; init; }

    /// <summary>Revenue not yet collected, at month end.</summary>
    public required double[] Receivable { get; init; }

    /// <summary>Running cost not yet paid, at month end.</summary>
    public required double[] Payable { get; init; }

    /// <summary>Rent prepaid by tenants and not yet earned, at month end; its cash is blocked.</summary>
    public required double[] Deposits { get; init; }

    /// <summary>Value added tax recovered or refunded, less that paid within running cost.</summary>
    public required double[] VatRecovered { get; init; }

    /// <summary>Input value added tax not yet recovered, at month end; what is left in the last month is stranded.</summary>
    public required double[] VatCredit { get; init; }

    /// <summary>Grants and running subsidies received less clawback.</summary>
    public required double[] Grants { get; init; }

    /// <summary>What repays debt before anything else and is no cash for debt service: grants for debt, and prepaid rent that a tenant forfeited.</summary>
    public required double[] Earmarked { get; init; }

    /// <summary>Grants that pay capital cost in place of equity.</summary>
    public required double[] GrantsToCapital { get; init; }

    /// <summary>Cash before income tax, debt and capital cost: revenue - running cost - working capital + value added tax + grants, less <see cref="Earmarked"/> and <see cref="GrantsToCapital"/>. Rent that tenants prepay stays blocked until it is earned, and so never enters before.</summary>
    public required double[] OperatingCash { get; init; }

    /// <summary>Written off for tax, capitalised interest and fees included.</summary>
    public required double[] WriteOff { get; init; }

    /// <summary>Assets not yet written off, capitalised interest and fees included, at month end.</summary>
    public required double[] BookValue { get; init; }

    /// <summary>Book value of what was sold or wound up.</summary>
    public required double[] BookSold { get; init; }

    /// <summary>Interest and fees before the first fleet is online that joined the assets, written off later.</summary>
    public required double[] Capitalised { get; init; }

    /// <summary>Income of the month on which income tax is reckoned, before losses.</summary>
    public required double[] TaxableIncome { get; init; }

    /// <summary>Income tax paid: instalments on the income of the year so far, settled in December and in the last month; negative when too much was paid.</summary>
    public required double[] Tax { get; init; }

    /// <summary>Income tax accrued in the year so far and not yet paid; kept from distribution.</summary>
    public required double[] TaxProvision { get; init; }

    /// <summary>Losses of years gone by that may still be used, at month end; changes in December and in the last month.</summary>
    public required double[] LossCarried { get; init; }

    /// <summary>Capital cost with its value added tax, replacement and fees included.</summary>
    public required double[] CapitalCost { get; init; }

    /// <summary>Up-front and commitment fees, within capital cost.</summary>
    public required double[] Fees { get; init; }

    /// <summary>Proceeds of accelerators sold, and of the fleet and the rest at the end.</summary>
    public required double[] Proceeds { get; init; }

    /// <summary>Cash available for debt service, after income tax.</summary>
    public required double[] Cfads { get; init; }

    /// <summary>Interest accrued in the month, due, due later or capitalised; what lowers taxable and net income.</summary>
    public required double[] InterestAccrued { get; init; }

    /// <summary>Interest due.</summary>
    public required double[] InterestDue { get; init; }

    /// <summary>Interest added to the debt.</summary>
    public required double[] InterestCapitalised { get; init; }

    /// <summary>Lent anew at the end of a tenor.</summary>
    public required double[] Refinanced { get; init; }

    /// <summary>Paid under a letter of credit, the sponsor's money; within <see cref="EquityIn"/>.</summary>
    public required double[] LetterDrawn { get; init; }

    /// <summary>Working-capital line at month end, within <see cref="DebtBalance"/>; its draws and repayments stand among <see cref="DebtDrawn"/> and <see cref="Prepaid"/>.</summary>
    public required double[] Revolver { get; init; }

    /// <summary>Make-whole and hedge break cost paid, negative for a gain; within <see cref="ArrearsInterest"/>.</summary>
    public required double[] PrepaymentCharges { get; init; }

    /// <summary>Interest that a limit has refused so far, to be deducted later.</summary>
    public required double[] InterestCarried { get; init; }

    /// <summary>Interest on arrears and charges due at once: fees of a refinancing, of a letter of credit and of a working-capital line, its interest, charges on early repayment.</summary>
    public required double[] ArrearsInterest { get; init; }

    /// <summary>Principal due.</summary>
    public required double[] PrincipalDue { get; init; }

    /// <summary>Debt service paid, arrears and their interest included, from cash, reserve account and sponsors.</summary>
    public required double[] DebtPaid { get; init; }

    /// <summary>Part of it that came out of the reserve account.</summary>
    public required double[] FromReserve { get; init; }

    /// <summary>Debt drawn.</summary>
    public required double[] DebtDrawn { get; init; }

    /// <summary>Debt repaid early.</summary>
    public required double[] Prepaid { get; init; }

    /// <summary>Debt outstanding at month end, with arrears and with interest accrued and not yet due.</summary>
    public required double[] DebtBalance { get; init; }

    /// <summary>Payments due and not made, at month end.</summary>
    public required double[] Arrears { get; init; }

    /// <summary>Debt service reserve account at month end.</summary>
    public required double[] Reserve { get; init; }

    /// <summary>What that account should hold.</summary>
    public required double[] ReserveTarget { get; init; }

    /// <summary>Reserve for replacing accelerators at month end.</summary>
    public required double[] RefreshReserve { get; init; }

    /// <summary>Free cash at month end, 0 or more.</summary>
    public required double[] Cash { get; init; }

    /// <summary>Bills that cash could not pay, at month end, 0 or more.</summary>
    public required double[] Unpaid { get; init; }

    /// <summary>Equity paid in, sponsor support included.</summary>
    public required double[] EquityIn { get; init; }

    /// <summary>Sponsor support within it.</summary>
    public required double[] SponsorSupport { get; init; }

    /// <summary>Paid out to equity; bridge money given back is apart.</summary>
    public required double[] Distributed { get; init; }

    /// <summary>Given back to equity of what it paid for uses that a later draw or grant pays.</summary>
    public required double[] BridgeReturned { get; init; }

    /// <summary>Trailing twelve-month cover; NaN until twelve months of debt service are past, and when none was due.</summary>
    public required double[] TrailingCover { get; init; }

    /// <summary>Cover of the twelve months ahead, before income tax, on the debt service owed on what is drawn and not repaid, at the contract's rates; NaN where that or the debt is 0, or where fewer than twelve months are left.</summary>
    public required double[] ForwardCover { get; init; }

    /// <summary>Second-hand value of the fleet, orderly sale.</summary>
    public required double[] FleetValue { get; init; }

    /// <summary>Accelerator-hours sold.</summary>
    public required double[] GpuHours { get; init; }

    /// <summary>Bills left unpaid in the last month, for which equity answers; 0 after a default, from which on it owes nothing more.</summary>
    public double BillsOfEquity => DefaultMonth < 0 && Months > 0 ? Unpaid[^1] : 0;

    /// <summary>Cash to and from equity, positive when received; in the last month less <see cref="BillsOfEquity"/>, so that without debt it is worth what the project is.</summary>
    public double[] EquityFlow() =>
        Row(m =>
            Distributed[m]
            + BridgeReturned[m]
            - (m == Months - 1 ? EquityIn[m] + BillsOfEquity : EquityIn[m])
        );

    /// <summary>Cash of the project, positive when received: cash available for debt service, proceeds, grants and forfeited rent less capital cost. Income tax in it is what is really paid, so that interest lowers it.</summary>
    public double[] ProjectFlow() =>
        Row(m => Cfads[m] + Proceeds[m] + (Earmarked[m] + GrantsToCapital[m]) - CapitalCost[m]);

    /// <summary>Cash of the project before any tax and any debt: no income tax, value added tax, fees.</summary>
    public double[] ProjectFlowBeforeTax() =>
        Row(m =>
            OperatingCash[m]
            + (Earmarked[m] + GrantsToCapital[m])
            - VatRecovered[m]
            + Proceeds[m]
            - (CapitalCost[m] - Fees[m] - InputVat[m])
        );

    /// <summary>Cash available over debt service due, a balloon left out, in the months with any, until a default; NaN without debt service. It stands for the tests of cover where none falls, as in a loan repaid within its first year.</summary>
    public double CoverInService
    {
        get
        {
            double cash = 0,
                service = 0;
            var last = DefaultMonth >= 0 ? DefaultMonth : TakenOut?.Month ?? (Months - 1);
            var balloons = ServiceCover.Balloons(this);
            for (var m = 0; m <= last; m++)
            {
                var due = InterestDue[m] + PrincipalDue[m] - balloons[m];
                service += due;
                cash += due > DebtRun.Cent ? Cfads[m] : 0;
            }
            return service > DebtRun.Cent ? cash / service : double.NaN;
        }
    }

    /// <summary>Bills of the month left unpaid, less those of earlier months paid; summed over all months 0 or more.</summary>
    public double[] PutOff() => Row(m => Unpaid[m] - (m > 0 ? Unpaid[m - 1] : 0));

    /// <summary>Paid into cash, reserve account and refresh reserve, less what is taken from them.</summary>
    /// <remarks>Cfads + Proceeds + Earmarked + GrantsToCapital + DebtDrawn + EquityIn + bills put off = CapitalCost + DebtPaid + Prepaid + Distributed + BridgeReturned + this, in every month.</remarks>
    public double[] IntoAccounts() =>
        Row(m =>
            Cash[m]
            + Reserve[m]
            + RefreshReserve[m]
            - (m > 0 ? Cash[m - 1] + Reserve[m - 1] + RefreshReserve[m - 1] : OpeningCash)
        );

    /// <summary>Value added tax paid on capital cost, within it.</summary>
    public required double[] InputVat { get; init; }

    /// <summary>Input value added tax that sales never recovered, written off in the last month.</summary>
    public double StrandedVat => VatCredit[^1];

    /// <summary>Debt service due in a month that cash of the month did not cover, summed over months.</summary>
    public double Shortfall
    {
        get
        {
            double sum = 0;
            for (var m = 0; m < Months; m++)
            {
                var due = InterestDue[m] + PrincipalDue[m];
                sum += due > 0 ? Math.Max(0, due - Cfads[m]) : 0;
            }
            return sum;
        }
    }

    private double[] Row(Func<int, double> formula)
    {
        var row = new double[Months];
        for (var m = 0; m < row.Length; m++)
        {
            row[m] = formula(m);
        }
        return row;
    }
}
