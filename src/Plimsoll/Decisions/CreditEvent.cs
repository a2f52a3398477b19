using Plimsoll.Finance;

namespace Plimsoll.Decisions;

/// <summary>What befalls a loan in one draw: the one definition of cover, breach and default, for options, loans, stresses and memo alike.</summary>
/// <remarks>Events are those of the lender who lent: what happens after the loan was lent anew at maturity is another's.</remarks>
public static class CreditEvent
{
    /// <summary>Times the payment before above which a tranche's last payment may be a balloon.</summary>
    public const double BalloonOverUsual = ServiceCover.LastOverUsual;

    /// <summary>Share of what was lent above which a tranche's last payment may be a balloon.</summary>
    public const double BalloonOfLent = ServiceCover.ShareOfLent;

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
    public static double[] Balloons(CashFlow cash) => ServiceCover.Balloons(cash);

    /// <inheritdoc cref="Balloons(CashFlow)"/>
    /// <param name="principal">[tranche][month] principal due.</param>
    /// <param name="lent">Per tranche, money lent.</param>
    /// <param name="months">Months of the horizon.</param>
    public static double[] Balloons(double[][] principal, double[] lent, int months)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(lent);
        return ServiceCover.Balloons(principal, lent, months);
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
    public static IEnumerable<double> Covers(CashFlow cash) =>
        ServiceCover.AtTests(cash).Where(c => !double.IsNaN(c));
}
