using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;

namespace Plimsoll.Studies.Model;

/// <summary>The loan of a case as its lender judges it.</summary>
internal static class LoanOfCase
{
    /// <summary>What was done, on signed contracts alone.</summary>
    public static CasePhysical OnContracts(CasePhysical done) =>
        done with
        {
            Outlook = done.Outlook with { Physical = ContractedOutlook.Of(done.Outlook.Physical) },
        };

    /// <summary>Its terms; a base rate that steps is judged at its first step.</summary>
    public static LoanTerms Terms(DebtPlan plan, DebtTranche loan) =>
        new(
            plan.TotalLent,
            loan.BaseRates.Count > 0 ? loan.BaseRates[0].Rate : loan.BaseRate,
            loan.Margin,
            loan.UpfrontFee,
            plan.FirstPaymentMonth,
            plan.Maturity.Max()
        );
}
