namespace Plimsoll.Finance;

/// <summary>What the centre owns and owes at month end; it closes because every row is reckoned on its own.</summary>
/// <remarks>One entry a month. Book values follow the tax write-off; taxes on income count when paid; grants are income when received.</remarks>
public sealed record BalanceSheet
{
    /// <summary>Free cash, reserve account, refresh reserve and blocked rent.</summary>
    public required double[] Accounts { get; init; }

    /// <summary>Revenue not yet collected.</summary>
    public required double[] Receivable { get; init; }

    /// <summary>Input value added tax not yet recovered; 0 in the last month, where it is written off.</summary>
    public required double[] VatCredit { get; init; }

    /// <summary>Assets not yet written off.</summary>
    public required double[] FixedAssets { get; init; }

    /// <summary>Debt with arrears.</summary>
    public required double[] Debt { get; init; }

    /// <summary>Running cost not yet paid, and bills that cash could not pay.</summary>
    public required double[] Payable { get; init; }

    /// <summary>Rent prepaid by tenants.</summary>
    public required double[] Deposits { get; init; }

    /// <summary>Paid in by equity less paid out.</summary>
    public required double[] PaidIn { get; init; }

    /// <summary>Net income so far, with what was owned less what was owed when the outlook begins.</summary>
    public required double[] Retained { get; init; }

    /// <summary>Net income of the month.</summary>
    public required double[] NetIncome { get; init; }

    /// <summary>Assets less liabilities and equity; nothing but rounding.</summary>
    /// <param name="month">From 0.</param>
    public double Gap(int month) =>
        Accounts[month]
        + Receivable[month]
        + VatCredit[month]
        + FixedAssets[month]
        - Debt[month]
        - Payable[month]
        - Deposits[month]
        - PaidIn[month]
        - Retained[month];

    /// <summary>The balance sheet of a cash flow.</summary>
    /// <param name="f">The cash flow.</param>
    public static BalanceSheet Of(CashFlow f)
    {
        double[] Row(Func<int, double> row) => [.. Enumerable.Range(0, f.Months).Select(row)];
        double[] Total(double[] series)
        {
            double sum = 0;
            return [.. series.Select(x => sum += x)];
        }
        var last = f.Months - 1;
        var income = Row(m =>
            f.Revenue[m]
            - f.RunningCost[m]
            + f.Grants[m]
            + f.Proceeds[m]
            - f.BookSold[m]
            - f.WriteOff[m]
            - f.InterestAccrued[m]
            - f.ArrearsInterest[m]
            - f.Fees[m]
            + f.Capitalised[m]
            - f.Tax[m]
            - (m == last ? f.StrandedVat : 0)
        );
        return new BalanceSheet
        {
            Accounts = Row(m => f.Cash[m] + f.Reserve[m] + f.RefreshReserve[m] + f.Deposits[m]),
            Receivable = f.Receivable,
            VatCredit = Row(m => m == last ? 0 : f.VatCredit[m]),
            FixedAssets = f.BookValue,
            Debt = f.DebtBalance,
            Payable = Row(m => f.Payable[m] + f.Unpaid[m]),
            Deposits = f.Deposits,
            PaidIn = Total(Row(m => f.EquityIn[m] - (f.Distributed[m] + f.BridgeReturned[m]))),
            Retained = [.. Total(income).Select(r => r + f.OpeningEquity)],
            NetIncome = income,
        };
    }
}
