using Plimsoll.Finance;
using Plimsoll.Outlooks;

namespace Plimsoll.Decisions.Lending;

/// <summary>Whether a loan that falls due in one sum is paid at maturity: by an orderly sale, or by a new loan on the contracts that are left.</summary>
/// <remarks>Looks at what is known at maturity alone: contracts as they run on in that month, the second-hand value of that month.</remarks>
public static class Takeout
{
    /// <summary>Value, at the end of a month, of what the take-or-pay contracts then in force still pay after running cost; money, 0 or more.</summary>
    /// <param name="outlook">What the centre does.</param>
    /// <param name="month">From 0.</param>
    /// <param name="yearlyRate">Rate of the new loan.</param>
    /// <remarks>A contract counts to the first month in which its tenant may leave, the fee of leaving left out. Rent that must be paid and cost of the month run on; what darkness saves falls with the accelerators let. Before tax, which a new loan's cover has to bear.</remarks>
    public static double ContractsLeft(MonthlyOutlook outlook, int month, double yearlyRate)
    {
        var left = InForce(outlook, month);
        var lit = outlook.Installed[month] - outlook.Repair[month] - outlook.Dark[month];
        var total = outlook.Costs.Sum(c => c.Total(month));
        var saved = outlook.Costs.Sum(c => c.AvoidableWhenDark[month]);
        double value = 0,
            discount = 1;
        for (var k = 1; k <= left.Select(l => l.Months).DefaultIfEmpty(0).Max(); k++)
        {
            discount /= 1 + (yearlyRate / 12);
            var alive = left.Where(l => l.Months >= k).ToList();
            var let = lit > 0 ? Math.Min(1, alive.Sum(l => l.Accelerators) / lit) : 0;
            value += discount * (alive.Sum(l => l.Due) - (total - saved) - (saved * let));
        }
        return Math.Max(0, value);
    }

    /// <summary>Months for which the longest contract in force runs on after a month; 0 without one.</summary>
    public static int MonthsLeft(MonthlyOutlook outlook, int month) =>
        InForce(outlook, month).Select(l => l.Months).DefaultIfEmpty(0).Max();

    /// <summary>How the loan is taken out; null where it needs no taking out or nothing pays for it.</summary>
    /// <param name="rule">The lender's rule: target cover of a new loan, orderly over fair value.</param>
    /// <param name="plan">The debt as contracted.</param>
    /// <param name="cash">The centre's money on it.</param>
    /// <param name="outlook">What the centre does.</param>
    public static TakenOut? Of(
        LendingRule rule,
        DebtPlan plan,
        CashFlow cash,
        MonthlyOutlook outlook
    )
    {
        var bullets = Enumerable
            .Range(0, plan.Tranches.Count)
            .Where(i => plan.Tranches[i].Repayment == Repayment.Bullet && plan.Lent[i] > 0)
            .ToList();
        if (bullets.Count == 0 || cash.DefaultMonth < 0)
        {
            return null;
        }
        var month = bullets.Min(i => plan.Maturity[i]);
        if (
            cash.DefaultMonth < month
            || month >= cash.Months - 1
            || bullets.Any(i => plan.Maturity[i] != month)
        )
        {
            return null;
        }
        var owed = Enumerable
            .Range(0, plan.Tranches.Count)
            .Sum(i =>
                bullets.Contains(i)
                    ? cash.TranchePrincipal[i][month]
                    : cash.TrancheBalance[i][month]
            );
        var rate = plan.Tranches[bullets[0]].RateAt(month);
        var byContracts = ContractsLeft(outlook, month, rate) / rule.TargetCover;
        var bySale = rule.OrderlyShare * cash.FleetValue[month];
        if (owed > Math.Max(byContracts, bySale))
        {
            return null;
        }
        var ahead = cash.Months - 1 - month;
        var term = owed <= byContracts ? Math.Min(ahead, MonthsLeft(outlook, month)) : ahead;
        return new TakenOut(month, term);
    }

    /// <summary>Month after the last that binds the tenant: the end of its term, or the first in which it may leave.</summary>
    private static int Bound(MonthlyOutlook outlook, Lease lease)
    {
        var end = lease.StartMonth + lease.TenorMonths;
        return lease.Signed && outlook.Signed.FirstOrDefault(r => r.Terms.Id == lease.Id) is { } run
            ? Math.Min(end, ContractedOutlook.Until(run))
            : end;
    }

    private static List<(double Due, double Accelerators, int Months)> InForce(
        MonthlyOutlook outlook,
        int month
    ) =>
        [
            .. outlook
                .Leases.Where(l => l.StartMonth <= month && l.EndedMonth > month)
                .Select(l =>
                    (
                        ContractedOutlook.Due(outlook, l)[month],
                        l.Accelerators,
                        Math.Max(0, Bound(outlook, l) - 1 - month)
                    )
                )
                .Where(l => l.Item1 > 0 && l.Item3 > 0),
        ];
}
