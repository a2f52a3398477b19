using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <content>An empty cash flow to be filled by the run.</content>
public sealed partial record CashFlow
{
    internal static CashFlow Empty(Month start, Currency currency, int months, int tranches)
    {
        double[] Series() => new double[months];
        double[][] PerTranche() =>
            [.. Enumerable.Range(0, tranches).Select(_ => new double[months])];
        return new CashFlow
        {
            Start = start,
            Months = months,
            Currency = currency,
            TrancheDrawn = PerTranche(),
            TrancheRate = PerTranche(),
            TrancheInterest = PerTranche(),
            TranchePrincipal = PerTranche(),
            TranchePrepaid = PerTranche(),
            TrancheBalance = PerTranche(),
            TrancheArrears = PerTranche(),
            Locked = new bool[months],
            Tested = new bool[months],
            Lent = 0,
            DefaultMonth = -1,
            BreachMonth = -1,
            CovenantCover = double.NaN,
            Loss = LenderLoss.None,
            MinimumCover = double.NaN,
            MinimumCoverMonth = -1,
            AverageCover = double.NaN,
            InputVat = Series(),
            Revenue = Series(),
            ContractedRevenue = Series(),
            RunningCost = Series(),
            Insurance = Series(),
            PowerShortfall = Series(),
            WorkingCapital = Series(),
            Receivable = Series(),
            Payable = Series(),
            Deposits = Series(),
            VatRecovered = Series(),
            VatCredit = Series(),
            Grants = Series(),
            Earmarked = Series(),
            GrantsToCapital = Series(),
            BridgeReturned = Series(),
            OperatingCash = Series(),
            WriteOff = Series(),
            BookValue = Series(),
            BookSold = Series(),
            Capitalised = Series(),
            TaxableIncome = Series(),
            Tax = Series(),
            TaxProvision = Series(),
            LossCarried = Series(),
            CapitalCost = Series(),
            Fees = Series(),
            Proceeds = Series(),
            Cfads = Series(),
            InterestAccrued = Series(),
            InterestDue = Series(),
            InterestCapitalised = Series(),
            ArrearsInterest = Series(),
            PrincipalDue = Series(),
            DebtPaid = Series(),
            FromReserve = Series(),
            DebtDrawn = Series(),
            Prepaid = Series(),
            DebtBalance = Series(),
            Arrears = Series(),
            Reserve = Series(),
            ReserveTarget = Series(),
            RefreshReserve = Series(),
            Cash = Series(),
            Unpaid = Series(),
            EquityIn = Series(),
            SponsorSupport = Series(),
            Distributed = Series(),
            TrailingCover = Series(),
            ForwardCover = Series(),
            FleetValue = Series(),
            GpuHours = Series(),
        };
    }
}
