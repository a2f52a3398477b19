namespace Plimsoll.Finance;

/// <summary>Cover of debt service without the sum that is due at the end of a tranche: the one reckoning of memo, report, workbook and <c>finance run</c>.</summary>
internal static class ServiceCover
{
    /// <summary>A last payment of up to so many times the one before is no balloon: rents fall and instalments differ a little.</summary>
    internal const double LastOverUsual = 1.5;

    /// <summary>A last payment of up to this share of what was lent is none either.</summary>
    internal const double ShareOfLent = 0.1;

    /// <summary>Principal by month that is no instalment like those before it but a sum due at the end of a tranche; money.</summary>
    /// <param name="principal">[tranche][month] principal due.</param>
    /// <param name="lent">Per tranche, money lent.</param>
    /// <param name="months">Months of the horizon.</param>
    public static double[] Balloons(double[][] principal, double[] lent, int months)
    {
        var balloons = new double[months];
        for (var i = 0; i < principal.Length; i++)
        {
            var due = principal[i];
            var last = Array.FindLastIndex(due, p => p > DebtRun.Cent);
            if (last < 0)
            {
                continue;
            }
            var before = Array.FindLastIndex(
                due,
                Math.Max(0, last - 1),
                last,
                p => p > DebtRun.Cent
            );
            var usual = before >= 0 && before < last ? due[before] : 0;
            if (due[last] > LastOverUsual * usual && due[last] > ShareOfLent * lent[i])
            {
                balloons[last] += due[last] - usual;
            }
        }
        return balloons;
    }

    /// <inheritdoc cref="Balloons(double[][],double[],int)"/>
    public static double[] Balloons(CashFlow cash) =>
        Balloons(cash.TranchePrincipal, [.. cash.TrancheDrawn.Select(d => d.Sum())], cash.Months);

    /// <summary>Trailing cover by month at every test while the loan runs, a balloon left out; NaN where no test has a figure.</summary>
    public static double[] AtTests(CashFlow cash)
    {
        var balloons = Balloons(cash);
        var last = cash.TakenOut?.Month ?? (cash.Months - 1);
        var covers = new double[cash.Months];
        for (var m = 0; m < covers.Length; m++)
        {
            covers[m] =
                m <= last && cash.Tested[m] && !double.IsNaN(cash.TrailingCover[m])
                    ? Of(cash, balloons, m)
                    : double.NaN;
        }
        return covers;
    }

    private static double Of(CashFlow cash, double[] balloons, int month)
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
        return due > DebtRun.Cent ? available / due : double.NaN;
    }
}
