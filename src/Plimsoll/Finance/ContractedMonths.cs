using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>What the terms fix by month before any outlook is known.</summary>
internal sealed class ContractedMonths
{
    private readonly int _months;

    public ContractedMonths(FinanceTerms terms, DebtPlan debt, int months, Month? start)
    {
        _months = months;
        FleetCapital = new double[months];
        OtherCapital = new double[months];
        Capital = new double[months];
        InputVat = new double[months];
        FleetWriteOff = new double[months];
        OtherWriteOff = new double[months];
        FleetInsurance = new double[months];
        OtherInsurance = new double[months];
        RefreshCost = new double[months];
        RefreshTarget = new double[months];
        Grants = new double[months];
        GrantsToDebt = new double[months];
        GrantsToCapital = new double[months];
        ForwardInterest = Ahead(debt.InterestDue, months);
        ForwardPrincipal = Ahead(debt.Principal, months);
        CollectionTarget = new double[months];
        TestMonth = new bool[months];
        PayoutMonth = new bool[months];
        foreach (var cost in terms.CapitalCosts.Where(c => c.Month < months))
        {
            Enter(cost, terms.InsuranceRate, start);
        }
        foreach (var asset in terms.Opening?.Assets ?? [])
        {
            OpeningBook += asset.Book;
            StraightLine(FleetWriteOff, asset.Book, asset.FromMonth, asset.MonthsLeft / 12.0);
            for (var m = asset.FromMonth; m < months; m++)
            {
                FleetInsurance[m] += asset.Cost * terms.InsuranceRate / 12;
            }
        }
        FirstCost = Array.FindIndex(Capital, c => c > 0);
        FirstOnline =
            terms.CapitalCosts.Count == 0
                ? 0
                : Math.Max(0, terms.CapitalCosts.Min(c => c.OnlineMonth));
        if (terms.Refresh is { } refresh && refresh.Month < months)
        {
            RefreshCost[refresh.Month] = refresh.Cost;
            InputVat[refresh.Month] += refresh.Cost * refresh.InputVatRate;
            StraightLine(FleetWriteOff, refresh.Cost, refresh.Month, refresh.TaxLifeYears);
            var steps = refresh.Month - refresh.FromMonth;
            for (var m = refresh.FromMonth; m < refresh.Month; m++)
            {
                RefreshTarget[m] = refresh.Cost * (m - refresh.FromMonth + 1) / steps;
            }
        }
        foreach (var grant in terms.Grants.Where(g => g.Month >= 0 && g.Month < months))
        {
            Grants[grant.Month] += grant.Amount;
            (grant.Use == GrantUse.Debt ? GrantsToDebt : GrantsToCapital)[grant.Month] +=
                grant.Amount;
        }
        for (var m = 0; m < months; m++)
        {
            for (var k = m + 1; k <= m + terms.CollectionMonths && k < months; k++)
            {
                CollectionTarget[m] += debt.Service[k];
            }
        }
        for (var i = 0; i < debt.Tranches.Count; i++)
        {
            SetAside(debt, i);
        }
        LastDraw = debt.Draws.Select(d => Array.FindLastIndex(d, x => x > 0)).Append(-1).Max();
        KeepsService = CollectionTarget.AsSpan().ContainsAnyExcept(0.0);
        Before = debt.Tranches.Count > 0 ? terms.Before : ServiceToDate.None;
        var from = debt.FirstPaymentMonth;
        // Months of service before the outlook are part of the first windows.
        var wait = Math.Max(0, ServiceToDate.Window - 1 - Before.Count);
        for (var m = 0; m < months; m++)
        {
            TestMonth[m] =
                from < months
                && m >= from + wait
                && (m - from - wait) % Math.Max(1, terms.TestEveryMonths) == 0;
            PayoutMonth[m] =
                (m - Math.Min(from, m) + 1) % Math.Max(1, terms.DistributeEveryMonths) == 0;
        }
    }

    /// <summary>Months of service before the outlook.</summary>
    public ServiceToDate Before { get; }

    /// <summary>Months of a window that lie before the outlook, none of them before its first payment counted; -1 where the window has no meaning.</summary>
    /// <param name="month">Last month of the window.</param>
    /// <param name="firstPayment">First payment of the outlook; beyond every horizon without debt.</param>
    public int MonthsBefore(int month, int firstPayment)
    {
        if (month < firstPayment)
        {
            return -1;
        }
        var before = Math.Max(0, ServiceToDate.Window - 1 - (month - firstPayment));
        return before <= Before.Count ? before : -1;
    }

    /// <summary>Capital cost that is sold with the accelerators, and all other.</summary>
    public double[] FleetCapital { get; }

    /// <summary>Capital cost that stays when accelerators are sold.</summary>
    public double[] OtherCapital { get; }

    /// <summary>All capital cost.</summary>
    public double[] Capital { get; }

    /// <summary>Value added tax on capital cost.</summary>
    public double[] InputVat { get; }

    /// <summary>Write-off of what is sold with the accelerators, while all of it is owned.</summary>
    public double[] FleetWriteOff { get; }

    /// <summary>Write-off of the rest.</summary>
    public double[] OtherWriteOff { get; }

    /// <summary>Insurance of what is sold with the accelerators, while all of it is owned.</summary>
    public double[] FleetInsurance { get; }

    /// <summary>Insurance of the rest.</summary>
    public double[] OtherInsurance { get; }

    /// <summary>Cost of replacing accelerators.</summary>
    public double[] RefreshCost { get; }

    /// <summary>What the refresh reserve should hold.</summary>
    public double[] RefreshTarget { get; }

    /// <summary>Grants received.</summary>
    public double[] Grants { get; }

    /// <summary>Those that repay debt.</summary>
    public double[] GrantsToDebt { get; }

    /// <summary>Those that pay capital cost.</summary>
    public double[] GrantsToCapital { get; }

    /// <summary>[tranche][month] scheduled interest that falls due in the twelve months ahead.</summary>
    public double[][] ForwardInterest { get; }

    /// <summary>[tranche][month] scheduled principal of the twelve months ahead.</summary>
    public double[][] ForwardPrincipal { get; }

    /// <summary>Coming debt service kept in the collection account, and what is set aside for the next payment.</summary>
    public double[] CollectionTarget { get; }

    /// <summary>Months in which cover is tested.</summary>
    public bool[] TestMonth { get; }

    /// <summary>Months in which money may be distributed.</summary>
    public bool[] PayoutMonth { get; }

    /// <summary>Of assets bought before the outlook what is not yet written off.</summary>
    public double OpeningBook { get; }

    /// <summary>Value of the rest at the end of the horizon.</summary>
    public double OtherResidual { get; private set; }

    /// <summary>Month of the first capital cost; -1 for none.</summary>
    public int FirstCost { get; }

    /// <summary>Month from which interest and fees are deducted as they accrue.</summary>
    public int FirstOnline { get; }

    /// <summary>Last month in which the schedule draws debt; -1 for none. Before it nothing is distributed: lenders pay into a centre whose cash is still there.</summary>
    public int LastDraw { get; }

    /// <summary>True when coming debt service is kept in any month.</summary>
    public bool KeepsService { get; }

    /// <summary>Between payments further apart than a month, an even part of the next one is set aside each month.</summary>
    private void SetAside(DebtPlan debt, int i)
    {
        var last = debt.FirstPayment[i] - 1;
        for (var q = Math.Max(0, debt.FirstPayment[i]); q < _months; q++)
        {
            if (!debt.Pays[i][q])
            {
                continue;
            }
            var due = debt.InterestDue[i][q] + debt.Principal[i][q];
            for (var m = last + 1; m < q; m++)
            {
                CollectionTarget[m] += due * (m - last) / (q - last);
            }
            last = q;
        }
    }

    private static double[][] Ahead(double[][] scheduled, int months) =>
        [
            .. scheduled.Select(row =>
                Enumerable
                    .Range(0, months)
                    .Select(m =>
                    {
                        double sum = 0;
                        for (var k = m + 1; k <= m + ServiceToDate.Window && k < months; k++)
                        {
                            sum += row[k];
                        }
                        return sum;
                    })
                    .ToArray()
            ),
        ];

    private void Enter(CapitalCost cost, double insurance, Month? start)
    {
        var fleet = cost.SoldWithAccelerators;
        var paid = Math.Max(0, cost.Month);
        Capital[paid] += cost.Amount;
        if (cost.DebtStanding)
        {
            return;
        }
        InputVat[paid] += cost.Amount * cost.InputVatRate;
        if (cost.Expensed)
        {
            OtherCapital[paid] += cost.Amount;
            OtherWriteOff[paid] += cost.Amount;
            return;
        }
        (fleet ? FleetCapital : OtherCapital)[paid] += cost.Amount;
        OtherResidual += fleet ? 0 : cost.Amount * cost.ResidualShare;
        var writeOff = fleet ? FleetWriteOff : OtherWriteOff;
        var online = Math.Max(0, cost.OnlineMonth);
        if (online >= _months)
        {
            return;
        }
        writeOff[online] += cost.Amount * cost.ImmediateShare;
        var rest = cost.Amount * (1 - cost.ImmediateShare);
        if (cost.WriteOffTable.Count > 0)
        {
            ByTable(writeOff, rest, online, cost.WriteOffTable, start);
        }
        else
        {
            StraightLine(writeOff, rest, online, cost.TaxLifeYears);
        }
        for (var m = online; m < _months; m++)
        {
            (fleet ? FleetInsurance : OtherInsurance)[m] += cost.Amount * insurance / 12;
        }
    }

    private void StraightLine(double[] writeOff, double amount, int from, double years)
    {
        var life = Math.Max(1, (int)Math.Round(years * 12));
        for (var m = from; m < Math.Min(_months, from + life); m++)
        {
            writeOff[m] += amount / life;
        }
    }

    private void ByTable(
        double[] writeOff,
        double amount,
        int online,
        IReadOnlyList<double> table,
        Month? start
    )
    {
        var from = online;
        foreach (var share in table)
        {
            var length = start is { } first ? 13 - (first + from).MonthOfYear : 12;
            for (var m = from; m < Math.Min(_months, from + length); m++)
            {
                writeOff[m] += amount * share / length;
            }
            from += length;
        }
    }
}
