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

    /// <summary>Records what a draw is to the lender, with what contracts still pay when the loan falls due.</summary>
    public static void Record(LenderDraws lender, int draw, CaseDraw done) =>
        lender.Record(
            draw,
            done.Cash,
            month => Takeout.ContractsLeft(done.Outlook.Physical, month, lender.Loan.Rate)
        );

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
        var terms = new LoanTerms(
            plan.TotalLent,
            Mean(Base),
            Mean(t => t.MarginInForce),
            Mean(t => t.UpfrontFee),
            plan.FirstPaymentMonth,
            plan.Maturity.Max()
        )
        {
            Based = plan.Tranches.Any(t => t.BorrowingBaseAdvance > 0),
            WeightedLifeYears = LifeYears(plan),
            TermYears = Math.Max(1, plan.Maturity.Max() - FirstDraw(plan)) / 12.0,
        };
        var (balloon, month) = Balloon(plan);
        return terms with
        {
            ServiceValue = ServiceValue(plan, terms),
            ScheduledBalloon = balloon,
            BalloonMonth = month,
        };
    }

    private static double Base(DebtTranche t) =>
        t.HedgedShare > 0 || t.Cap is not null ? t.RateAt(0) - t.MarginInForce
        : t.BaseRates.Count > 0 ? t.BaseRates[0].Rate
        : t.BaseRate;

    /// <summary>What is owed on the schedule when it falls due in one sum or is lent anew, and the month at whose end it is still owed; 0 and -1 for none.</summary>
    private static (double Money, int Month) Balloon(DebtPlan plan)
    {
        var again = plan.RefinanceMonth.Where(m => m >= 0 && m < plan.Service.Length).ToList();
        if (again.Count > 0)
        {
            var month = again.Min();
            return (plan.Balance.Sum(b => b[month]), month);
        }
        var balloons = CreditEvent.Balloons(plan.Principal, plan.Lent, plan.Service.Length);
        var due = Array.FindIndex(balloons, b => b > 0);
        return due > 0 ? (balloons.Sum(), due - 1) : (0, -1);
    }

    /// <summary>Value at month 0 of the debt service scheduled, balloons left out.</summary>
    private static double ServiceValue(DebtPlan plan, LoanTerms terms) =>
        Scheduled(plan).Index().Sum(s => s.Item * terms.Discount(s.Index + 1));

    /// <summary>Debt service of each month as scheduled, balloons left out; money.</summary>
    public static double[] Scheduled(DebtPlan plan)
    {
        var balloons = CreditEvent.Balloons(plan.Principal, plan.Lent, plan.Service.Length);
        return [.. plan.Service.Select((s, m) => s - balloons[m])];
    }

    /// <summary>Mean years of the debt from the first draw, weighted by principal on the schedule; NaN without any.</summary>
    public static double LifeYears(DebtPlan plan)
    {
        double weighted = 0,
            all = 0;
        foreach (var principal in plan.Principal)
        {
            for (var m = 0; m < principal.Length; m++)
            {
                weighted += principal[m] * m;
                all += principal[m];
            }
        }
        return all > 0 ? Math.Max(1.0 / 12, ((weighted / all) - FirstDraw(plan)) / 12) : double.NaN;
    }

    private static int FirstDraw(DebtPlan plan) =>
        plan
            .Draws.Select(d => Array.FindIndex(d, x => x > 0))
            .Where(m => m >= 0)
            .DefaultIfEmpty(0)
            .Min();
}
