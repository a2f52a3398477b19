namespace Plimsoll.Finance;

/// <summary>What the vectorised run reads of the terms, worked out once for all blocks.</summary>
internal sealed class ScenarioConstants
{
    public ScenarioConstants(
        FinanceTerms terms,
        DebtPlan debt,
        ContractedMonths c,
        Quantities.Month start,
        int months
    )
    {
        var count = debt.Tranches.Count;
        Years = (start + (months - 1)).Year - start.Year + 1;
        Year = new int[months];
        YearEnd = new bool[months];
        TaxInstalment = new bool[months];
        CapitalCost = new double[months];
        ScheduledBalance = new double[months];
        PowerMinimum = new double[months];
        PowerExit = new double[months];
        EquityDiscount = Discounts(terms.EquityHurdle, months);
        ProjectDiscount = Discounts(terms.ProjectRate, months);
        Collected = OperatingRun.Lag.Of(terms.ReceivableDays);
        Paid = OperatingRun.Lag.Of(terms.PayableDays);
        for (var m = 0; m < months; m++)
        {
            var month = start + m;
            Year[m] = month.Year - start.Year;
            TaxInstalment[m] = month.MonthOfYear % Math.Max(1, terms.Tax.InstalmentMonths) == 0;
            YearEnd[m] = month.MonthOfYear == 12 || m == months - 1;
            CapitalCost[m] = c.Capital[m] + c.RefreshCost[m] + c.InputVat[m] + debt.Fees[m];
            (PowerMinimum[m], PowerExit[m]) = OperatingRun.PowerMinimum(terms.Power, month, m);
            for (var i = 0; i < count; i++)
            {
                ScheduledBalance[m] += debt.Balance[i][m];
            }
        }
        FixedRate = [.. debt.Tranches.Select(t => t.FixedPart)];
        FloatingShare = [.. debt.Tranches.Select(t => t.FloatingShare)];
        Floor = [.. debt.Tranches.Select(t => t.BaseFloor)];
        Base = [.. debt.Tranches.Select(t => Row(months, t.BaseAt))];
        Rate = [.. debt.Tranches.Select(t => Row(months, m => t.RateAt(m)))];
        MaySweep =
            terms.TrapTests > 0
            || debt.Tranches.Any(t => t.SweepShare > 0 || t.SweepOnContractLoss);
        HasBorrowingBase = debt.Tranches.Any(t => t.BorrowingBaseAdvance > 0);
        HasCapitalGrants = c.GrantsToCapital.AsSpan().ContainsAnyExcept(0.0);
        NeedsFill =
            terms.Grants.Any(g => g.TestMonth < months)
            || terms.Subsidies.Any(s => s.TestMonth < months)
            || terms.Vouchers is { } v && v.TestMonth < months;
    }

    public int Years { get; }

    public int[] Year { get; }

    public bool[] YearEnd { get; }

    public bool[] TaxInstalment { get; }

    public double[] CapitalCost { get; }

    public double[] ScheduledBalance { get; }

    public double[] PowerMinimum { get; }

    public double[] PowerExit { get; }

    public double[] EquityDiscount { get; }

    public double[] ProjectDiscount { get; }

    public double[] FixedRate { get; }

    public double[] FloatingShare { get; }

    public double[] Floor { get; }

    public double[][] Base { get; }

    public double[][] Rate { get; }

    public bool MaySweep { get; }

    public bool HasBorrowingBase { get; }

    public bool HasCapitalGrants { get; }

    public bool NeedsFill { get; }

    public OperatingRun.Lag Collected { get; }

    public OperatingRun.Lag Paid { get; }

    private static double[] Row(int months, Func<int, double> at) =>
        [.. Enumerable.Range(0, months).Select(at)];

    private static double[] Discounts(double rate, int months)
    {
        var factor = Returns.MonthlyDiscount(rate);
        var discount = factor;
        var row = new double[months];
        for (var m = 0; m < months; m++)
        {
            row[m] = discount;
            discount *= factor;
        }
        return row;
    }
}
