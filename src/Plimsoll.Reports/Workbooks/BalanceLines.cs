namespace Plimsoll.Reports.Workbooks;

/// <summary>The balance sheet, each row reckoned on its own, with a check that it closes.</summary>
internal sealed class BalanceLines
{
    /// <summary>Writes it.</summary>
    public BalanceLines(Inputs x, OperationsSheet o, DebtSheet debt, TaxSheet tax, WaterfallSheet w)
    {
        var book = x.Book;
        var time = book.Time;
        var sheet = book.Monthly(
            "Balance",
            "Balance sheet at month end",
            "Book values follow the write-off for tax; income tax counts when paid; grants are income when received."
        );
        Line Row(string name, Look look = Look.Money) => book.Line(sheet, name, x.Currency, look);
        Book.Heading(sheet, "Owned");
        Accounts = Row("free cash, reserve account, reserve for replacement")
            .Fill(m =>
                w["free cash"][m]
                + w["reserve account"][m]
                + w["reserve for replacement"][m]
                + o.Deposits[m]
            );
        Receivable = Row("receivable").Fill(m => o.Receivable[m]);
        VatCredit = Row("input tax not yet recovered")
            .Fill(m => o.VatCredit[m] * (1 - time.Last[m]));
        Fixed = Row("assets not yet written off").Fill(m => tax.BookValue[m]);
        var assets = Row("assets", Look.MoneySum)
            .Fill(m => Accounts[m] + Receivable[m] + VatCredit[m] + Fixed[m]);
        Book.Heading(sheet, "Owed");
        Debt = Row("debt with arrears").Fill(m => w["debt with arrears"][m]);
        Payable = Row("payable, and bills not paid")
            .Fill(m => o.Payable[m] + w["bills not paid"][m]);
        Deposits = Row("rent prepaid by tenants").Fill(m => o.Deposits[m]);
        PaidIn = Row("equity paid in less paid out");
        NetIncome = Row("net income of the month");
        Retained = Row("net income so far");
        for (var m = 0; m < x.Count; m++)
        {
            PaidIn.Set(
                m,
                PaidIn[m - 1]
                    + w["equity paid in"][m]
                    - (w["paid out to equity"][m] + w["bridge money given back"][m])
            );
            NetIncome.Set(
                m,
                o.Revenue[m]
                    - o.RunningCost[m]
                    + o.Grants[m]
                    + o.Proceeds[m]
                    - o.WriteOffs.Sold[m]
                    - tax.WriteOff[m]
                    - w["interest accrued"][m]
                    - w["interest on arrears and charges"][m]
                    - debt.Fees[m]
                    + tax.Capitalised[m]
                    - tax.Tax[m]
                    - (time.Last[m] * o.VatCredit[m])
            );
            Retained.Set(m, (m > 0 ? Retained[m - 1] : Opening(x, o, debt, w)) + NetIncome[m]);
        }
        var owed = Row("debt, other liabilities and equity", Look.MoneySum)
            .Fill(m => Debt[m] + Payable[m] + Deposits[m] + PaidIn[m] + Retained[m]);
        Book.Heading(sheet, "Checks (0 is right)");
        var closes = Row("assets less liabilities and equity", Look.Check)
            .Fill(m => assets[m] - owed[m]);
        var cash = Row("cash: change of accounts less what came in and went out", Look.Check)
            .Fill(m =>
                Accounts[m]
                - o.Deposits[m]
                - w["bills not paid"][m]
                - (
                    m == 0 && x.Opening is not null
                        ? w.OpeningLiquidity + w.OpeningReserve
                        : Accounts[m - 1] - o.Deposits[m - 1] - w["bills not paid"][m - 1]
                )
                - (
                    w["cash available for debt service"][m]
                    + w["proceeds of accelerators and the rest"][m]
                    + o.Earmarked[m]
                    + o.ToCapital[m]
                    + w["debt drawn"][m]
                    + w["equity paid in"][m]
                    - w["uses: capital cost, input tax, replacement, fees"][m]
                    - w["debt service paid"][m]
                    - w["repaid early"][m]
                    - w["paid out to equity"][m]
                    - w["bridge money given back"][m]
                )
            );
        book.Checks.Add(
            (
                "the balance sheet closes in every month",
                Worst(sheet, "largest gap of the balance sheet", closes)
            )
        );
        book.Checks.Add(
            ("cash is conserved in every month", Worst(sheet, "largest gap of cash", cash))
        );
    }

    /// <summary>What is owned less what is owed as the outlook begins.</summary>
    private static Expr Opening(Inputs x, OperationsSheet o, DebtSheet debt, WaterfallSheet w)
    {
        var owed = Fn.Total(debt.Tranches.Select(c => c.Terms.Arrears));
        return x.Opening is not { } opening
            ? -owed
            : opening.Book
                + o.OpeningReceivable
                - o.OpeningPayable
                + w.OpeningLiquidity
                + w.OpeningReserve
                - owed
                - x.Capital.Standing;
    }

    public Line Accounts { get; }
    public Line Receivable { get; }
    public Line VatCredit { get; }
    public Line Fixed { get; }
    public Line Debt { get; }
    public Line Payable { get; }
    public Line Deposits { get; }
    public Line PaidIn { get; }
    public Line NetIncome { get; }
    public Line Retained { get; }

    private static Expr Worst(Sheet sheet, string name, Line line)
    {
        var row = sheet.Next++;
        sheet.Put(row, 1, name);
        return sheet.Put(
            row,
            3,
            new Expr(
                $"ROUND(MAX(MAX({line.All}),-MIN({line.All})),2)",
                Math.Round(line.Values.Max(Math.Abs), 2),
                9
            ),
            Look.Check
        );
    }
}
