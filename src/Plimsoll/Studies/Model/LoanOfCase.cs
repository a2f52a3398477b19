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

    /// <summary>The terms of all that is lent, rates and fees in the mean over tranches; a base rate that steps is judged at its first step.</summary>
    public static LoanTerms Terms(DebtPlan plan)
    {
        double Mean(Func<DebtTranche, double> of)
        {
            // One tranche is taken as it stands: a mean over it would round.
            var lent = plan.Tranches.Zip(plan.Lent).Where(t => t.Second > 0).ToList();
            return lent.Count == 1
                ? of(lent[0].First)
                : lent.Sum(t => of(t.First) * t.Second) / plan.TotalLent;
        }
        return new LoanTerms(
            plan.TotalLent,
            Mean(t => t.BaseRates.Count > 0 ? t.BaseRates[0].Rate : t.BaseRate),
            Mean(t => t.MarginInForce),
            Mean(t => t.UpfrontFee),
            plan.FirstPaymentMonth,
            plan.Maturity.Max()
        );
    }
}
