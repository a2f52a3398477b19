using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>When lenders of a centre in default close it where they expect its outlook to come about: a case that is run once, no draw of a market.</summary>
internal static class Foresight
{
    /// <summary>Last month of operation (from 0) that brings the lenders most; -1 where that is to wait to the end.</summary>
    /// <param name="model">The terms.</param>
    /// <param name="open">The centre left running; in default.</param>
    /// <param name="outlook">Its outlook.</param>
    /// <remarks>Of closings that bring as much the earliest is taken; to wait where no closing brings more, since what runs on is then paid for before its lenders are. Waiting, the month of the best sale, and the month in which lenders who go by what they saw would close are run to the end; the first of them that recovers most is taken, so that foresight never costs.</remarks>
    public static int Month(ProjectModel model, CashFlow open, MonthlyOutlook outlook)
    {
        var most = open.Loss.Recovered + (LenderExpectation.LeastGain * open.Loss.Exposure);
        var best = -1;
        foreach (
            var month in new[]
            {
                BestSale(model, open, outlook),
                Enforcement.Month(model.Terms, model.Debt.Tranches[0].RateAt(0), open, outlook),
            }
        )
        {
            if (
                month >= 0
                && model
                    .RunAsGiven(ClosedOutlook.Of(outlook, month, model.Terms), month)
                    .Loss.Recovered
                    is var recovered
                && recovered > most
            )
            {
                (most, best) = (recovered, month);
            }
        }
        return best;
    }

    /// <summary>The closing that brings most by what is paid up to it and the sale after it, as of the default, at most the exposure; of several the earliest. Values at each month's own rate of the first tranche; -1 where nobody buys the fleet.</summary>
    private static int BestSale(ProjectModel model, CashFlow open, MonthlyOutlook o)
    {
        var terms = model.Terms;
        var first = open.DefaultMonth;
        var worth = new double[open.Months];
        worth[first] = 1;
        for (var m = first + 1; m < worth.Length; m++)
        {
            worth[m] =
                worth[m - 1] / (1 + (open.TrancheRate[0][m] * model.Debt.YearFraction[0][m]));
        }
        var exposure = open.Loss.Exposure;
        double paid = 0,
            most = 0;
        var best = -1;
        for (var m = first; m < open.Months - 1; m++)
        {
            paid += m > first ? (open.DebtPaid[m] + open.Prepaid[m]) * worth[m] : 0;
            var months = Math.Max(0, o.MonthsToSell[m]);
            var sold = Math.Min(o.Months - 1, m + Math.Max(1, (int)Math.Ceiling(months)));
            var net = o.Installed[m] * o.ResalePrice[sold] * Enforcement.KeptShare(terms, months);
            var accounts = open.Reserve[m] + open.Cash[m] - open.Unpaid[m];
            var value = Math.Min(
                exposure,
                paid
                    + Math.Min(
                        open.DebtBalance[m] * worth[m],
                        (accounts * worth[m]) + (net * worth[sold])
                    )
            );
            if (
                m >= first + terms.StandstillMonths
                && open.DebtBalance[m] > DebtRun.Cent
                && net > 0
                && value > most + (LenderExpectation.LeastGain * exposure)
            )
            {
                (most, best) = (value, m);
            }
        }
        return best;
    }
}
