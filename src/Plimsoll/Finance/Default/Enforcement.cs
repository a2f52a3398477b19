namespace Plimsoll.Finance;

/// <summary>Whether lenders of a centre in default wait, or have it closed and sold: the better of the two by what is seen that month.</summary>
/// <remarks>
/// Nothing of the draw's own future enters. Where draws have taught what to expect (<see cref="LenderExpectation"/>) that decides. Else cash is expected to run on as in the last three months, second-hand prices to fall on as in the last twelve, and selling now is set against one more year of operation and a sale after it, both valued at the loan's rate and neither above the debt; a centre that burns
/// cash is therefore closed as soon as its sale brings anything, and one that repays in full either way, or whose fleet nobody buys, is left running.
/// </remarks>
internal static class Enforcement
{
    /// <summary>Months whose mean cash is expected to run on.</summary>
    internal const int MonthsSeen = 3;

    /// <summary>Months after which a price is compared.</summary>
    internal const int PriceMonths = 12;

    private const int MonthsAhead = 12;

    /// <summary>True when the lenders close the centre at the end of this month.</summary>
    /// <param name="terms">Repossession and holding cost.</param>
    /// <param name="seen">What is seen.</param>
    public static bool Closes(FinanceTerms terms, in Seen seen)
    {
        var months = Math.Max(0, seen.MonthsToSell);
        var net = seen.Installed * seen.Price * KeptShare(terms, months);
        if (terms.Expected is { } expected)
        {
            return net > 0 && expected.Gain(terms, seen) > LenderExpectation.LeastGain;
        }
        var fall =
            seen.PriceBefore > 0 && seen.Price > 0 && seen.PriceSpan > 0
                ? Math.Pow(seen.Price / seen.PriceBefore, 1.0 / seen.PriceSpan)
                : 1;
        var discount = 1 / (1 + (seen.YearlyRate / 12));
        var ahead = Math.Min(MonthsAhead, seen.MonthsLeft);
        var annuity = 0.0;
        for (var k = ahead; k > 0; k--)
        {
            annuity = (annuity + 1) * discount;
        }
        var now = net * Math.Pow(fall * discount, months);
        var later = (seen.Cash * annuity) + (net * Math.Pow(fall * discount, months + ahead));
        return now > 0
            && Math.Min(seen.Debt, seen.Accounts + now)
                > Math.Min(seen.Debt, seen.Accounts + later);
    }

    /// <summary>Share of second-hand value that is left after repossession and holding.</summary>
    public static double KeptShare(FinanceTerms terms, double monthsToSell) =>
        Math.Max(0, 1 - terms.RepossessionCost - (terms.HoldingCost * monthsToSell));

    /// <summary>First month in which the lenders close the centre; -1 when they never do.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="yearlyRate">Yearly rate of the first tranche.</param>
    /// <param name="f">The centre left running.</param>
    /// <param name="o">Its outlook.</param>
    public static int Month(
        FinanceTerms terms,
        double yearlyRate,
        CashFlow f,
        Outlooks.MonthlyOutlook o
    )
    {
        if (f.DefaultMonth < 0)
        {
            return -1;
        }
        for (var m = f.DefaultMonth + terms.StandstillMonths; m < f.Months - 1; m++)
        {
            if (f.DebtBalance[m] > DebtRun.Cent && Closes(terms, Seen.At(yearlyRate, f, o, m)))
            {
                return m;
            }
        }
        return -1;
    }
}

/// <summary>What the lenders of a centre in default see at a month's end.</summary>
/// <param name="Cash">Cash available for debt service a month, mean of the last months.</param>
/// <param name="Price">Second-hand price of one accelerator.</param>
/// <param name="PriceBefore">The same some months before.</param>
/// <param name="PriceSpan">How many.</param>
/// <param name="Installed">Accelerators.</param>
/// <param name="MonthsToSell">Months that a sale begun now takes.</param>
/// <param name="YearlyRate">Yearly rate of the loan.</param>
/// <param name="Debt">Debt with arrears.</param>
/// <param name="Accounts">Cash and reserve account less bills unpaid, which come before lenders.</param>
/// <param name="MonthsLeft">Months to the end of the horizon.</param>
internal readonly record struct Seen(
    double Cash,
    double Price,
    double PriceBefore,
    int PriceSpan,
    double Installed,
    double MonthsToSell,
    double YearlyRate,
    double Debt,
    double Accounts,
    int MonthsLeft
)
{
    /// <summary>What is seen of a centre that runs on.</summary>
    /// <param name="yearlyRate">Yearly rate of the first tranche.</param>
    /// <param name="f">Its money.</param>
    /// <param name="o">Its outlook, of which no later month is read.</param>
    /// <param name="m">The month, from 0.</param>
    public static Seen At(double yearlyRate, CashFlow f, Outlooks.MonthlyOutlook o, int m)
    {
        var from = Math.Max(0, m - Enforcement.MonthsSeen + 1);
        var cash = 0.0;
        for (var k = from; k <= m; k++)
        {
            cash += f.Cfads[k];
        }
        var before = Math.Max(0, m - Enforcement.PriceMonths);
        return new Seen(
            cash / (m - from + 1),
            o.ResalePrice[m],
            o.ResalePrice[before],
            m - before,
            o.Installed[m],
            o.MonthsToSell[m],
            yearlyRate,
            f.DebtBalance[m],
            f.Reserve[m] + f.Cash[m] - f.Unpaid[m],
            f.Months - 1 - m
        );
    }
}
