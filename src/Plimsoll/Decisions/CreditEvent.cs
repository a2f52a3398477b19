using Plimsoll.Finance;

namespace Plimsoll.Decisions;

/// <summary>What befalls a loan in one draw: the one definition of cover, breach and default, for options, loans, stresses and memo alike.</summary>
/// <remarks>Events are those of the lender who lent: what happens after the loan was lent anew at maturity is another's.</remarks>
public static class CreditEvent
{
    /// <summary>Half a cent: less is nothing.</summary>
    internal const double Cent = 0.005;

    /// <summary>True when a payment was missed and not cured, or a loan due in one sum was neither paid nor lent anew.</summary>
    public static bool Defaults(CashFlow cash) =>
        cash.DefaultMonth >= 0 && !(cash.DefaultMonth > cash.TakenOut?.Month);

    /// <summary>True when cover fell below the covenant at a test, or the loan defaults: a default breaks every covenant.</summary>
    public static bool Breaks(CashFlow cash) =>
        Defaults(cash) || (cash.Lent > 0 && LowestCover(cash) < cash.CovenantCover);

    /// <summary>Last month that concerns the lender: that of default, of taking out, or the horizon's.</summary>
    public static int Last(CashFlow cash) =>
        Defaults(cash) ? cash.DefaultMonth : cash.TakenOut?.Month ?? (cash.Months - 1);

    /// <summary>Principal by month that is no instalment like those before it but a sum due at the end of a tranche; money.</summary>
    /// <remarks>A last payment of up to one and a half of the one before is none: rents fall and instalments differ a little.</remarks>
    public static double[] Balloons(CashFlow cash) =>
        Balloons(cash.TranchePrincipal, [.. cash.TrancheDrawn.Select(d => d.Sum())], cash.Months);

    /// <inheritdoc cref="Balloons(CashFlow)"/>
    /// <param name="principal">[tranche][month] principal due.</param>
    /// <param name="lent">Per tranche, money lent.</param>
    /// <param name="months">Months of the horizon.</param>
    public static double[] Balloons(double[][] principal, double[] lent, int months)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(lent);
        var balloons = new double[months];
        for (var i = 0; i < principal.Length; i++)
        {
            var due = principal[i];
            var last = Array.FindLastIndex(due, p => p > Cent);
            if (last < 0)
            {
                continue;
            }
            var before = Array.FindLastIndex(due, Math.Max(0, last - 1), last, p => p > Cent);
            var usual = before >= 0 && before < last ? due[before] : 0;
            if (due[last] > 1.5 * usual && due[last] > 0.1 * lent[i])
            {
                balloons[last] += due[last] - usual;
            }
        }
        return balloons;
    }

    /// <summary>
    /// Lowest trailing cover over all tests while the loan runs, those after a default included; where no test falls, as in a loan of less than a
    /// year or one that defaults before, cash over debt service due in the months with any; NaN without debt service. A balloon is no part of debt
    /// service: it has its own test.
    /// </summary>
    public static double LowestCover(CashFlow cash)
    {
        ArgumentNullException.ThrowIfNull(cash);
        var lowest = Covers(cash).DefaultIfEmpty(double.NaN).Min();
        if (!double.IsNaN(lowest))
        {
            return lowest;
        }
        var balloons = Balloons(cash);
        double available = 0,
            service = 0;
        for (var m = 0; m <= Last(cash); m++)
        {
            var due = cash.InterestDue[m] + cash.PrincipalDue[m] - balloons[m];
            service += due;
            available += due > Cent ? cash.Cfads[m] : 0;
        }
        return service > Cent ? available / service : double.NaN;
    }

    /// <summary>First and last month whose cash stands against debt service: from the period of the first payment to the last payment, a balloon none; none of them where nothing is due.</summary>
    /// <remarks>Between payments further apart than a month all months count.</remarks>
    public static (int From, int To) Served(CashFlow cash)
    {
        ArgumentNullException.ThrowIfNull(cash);
        var balloons = Balloons(cash);
        var due = Enumerable
            .Range(0, (cash.TakenOut?.Month ?? (cash.Months - 1)) + 1)
            .Where(m => cash.InterestDue[m] + cash.PrincipalDue[m] - balloons[m] > Cent)
            .ToList();
        return due.Count == 0
            ? (0, -1)
            : (due[0] - (due.Count > 1 ? due[1] - due[0] - 1 : 0), due[^1]);
    }

    /// <summary>Trailing cover at every test while the loan runs, those after a default included and a balloon left out; tests without a figure are skipped.</summary>
    public static IEnumerable<double> Covers(CashFlow cash)
    {
        var balloons = Balloons(cash);
        var last = cash.TakenOut?.Month ?? (cash.Months - 1);
        return Enumerable
            .Range(0, last + 1)
            .Where(m => cash.Tested[m] && !double.IsNaN(cash.TrailingCover[m]))
            .Select(m => Cover(cash, balloons, m))
            .Where(c => !double.IsNaN(c));
    }

    private static double Cover(CashFlow cash, double[] balloons, int month)
    {
        var balloon = 0.0;
        for (var m = Math.Max(0, month - 11); m <= month; m++)
        {
            balloon += balloons[m];
        }
        if (balloon == 0)
        {
            return cash.TrailingCover[month];
        }
        double available = 0,
            due = 0;
        for (var m = Math.Max(0, month - 11); m <= month; m++)
        {
            available += cash.Cfads[m];
            due += cash.InterestDue[m] + cash.PrincipalDue[m] - balloons[m];
        }
        return due > Cent ? available / due : double.NaN;
    }
}
