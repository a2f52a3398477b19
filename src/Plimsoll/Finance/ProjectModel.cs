using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>The monthly cash model of one centre: terms contracted once, then run on any outlook.</summary>
/// <remarks>The order of the waterfall is <see cref="FinanceTerms.Order"/>; every row's formula and every convention is stated in docs/model/finance.md.</remarks>
public sealed partial class ProjectModel
{
    private const int MostRounds = 100;
    private readonly ContractedMonths _contracted;
    private readonly Quantities.Month? _start;
    private bool _expects;

    private ProjectModel(FinanceTerms terms, DebtPlan debt, int months, Quantities.Month? start)
    {
        Terms = terms;
        Debt = debt;
        Months = months;
        _start = start;
        _contracted = new ContractedMonths(terms, debt, months, start);
    }

    /// <summary>Months of the horizon.</summary>
    public int Months { get; }

    /// <summary>The debt as contracted.</summary>
    public DebtPlan Debt { get; }

    /// <summary>Coming debt service kept in the collection account while debt stands as scheduled, money at month end; what is set aside between rare payments is among it.</summary>
    public IReadOnlyList<double> KeptForService => _contracted.CollectionTarget;

    /// <summary>The terms.</summary>
    public FinanceTerms Terms { get; }

    /// <summary>Contracts the terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="months">Months of the horizon, at least 1.</param>
    /// <param name="sizing">The outlook on which sculpted tranches are sized; null when there is none.</param>
    /// <param name="downside">A second, poorer outlook on which tranches with a downside target are sized as well; null for none.</param>
    /// <exception cref="ArgumentException">Terms that contradict each other (see <see cref="FinanceCheck"/>), or a sculpted tranche without a sizing case.</exception>
    public static ProjectModel Contract(
        FinanceTerms terms,
        int months,
        MonthlyOutlook? sizing = null,
        MonthlyOutlook? downside = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        FinanceCheck.ThrowIfBroken(terms);
        var start = terms.Start ?? sizing?.Start;
        if (sizing is null || terms.Tranches.All(t => t.Repayment != Repayment.Sculpted))
        {
            return new ProjectModel(terms, DebtPlan.Of(terms, months), months, start);
        }
        return Sculpt(
            terms,
            months,
            sizing,
            terms.Tranches.Any(t => t.DownsideTargetCover > 0) ? downside : null,
            start
        );
    }

    /// <summary>Runs the model on terms and an outlook in one go; sculpted debt is sized on that outlook.</summary>
    public static CashFlow Run(FinanceTerms terms, MonthlyOutlook outlook) =>
        Contract(terms, outlook.Months, outlook).Run(outlook);

    /// <summary>Runs the model on one outlook; after a default the centre runs on or is closed, whichever is worth more to the lenders by what is seen each month.</summary>
    /// <param name="outlook">Of the same number of months, in the same currency.</param>
    /// <exception cref="ArgumentException">Months, start or currency differ, or a series is not finite.</exception>
    public CashFlow Run(MonthlyOutlook outlook)
    {
        var open = RunAsGiven(outlook);
        var closed = ClosedMonth(open, outlook);
        return closed < 0 ? open : RunAsGiven(ClosedOutlook.Of(outlook, closed, Terms), closed);
    }

    /// <summary>The outlook as it comes about: closed where lenders close the centre after a default, else as given.</summary>
    /// <param name="outlook">As it would go on.</param>
    /// <exception cref="ArgumentException">Months, start or currency differ, or a series is not finite.</exception>
    public MonthlyOutlook ComeAbout(MonthlyOutlook outlook)
    {
        var closed = ClosedMonth(outlook);
        return closed < 0 ? outlook : ClosedOutlook.Of(outlook, closed, Terms);
    }

    /// <summary>Last month of operation when lenders close the centre on an outlook; -1 when they do not.</summary>
    /// <param name="outlook">As it would go on.</param>
    /// <exception cref="ArgumentException">Months, start or currency differ, or a series is not finite.</exception>
    public int ClosedMonth(MonthlyOutlook outlook) => ClosedMonth(RunAsGiven(outlook), outlook);

    /// <summary>The same contract in a case that is no draw of a market: its outlook is what lenders expect, and a centre in default is closed in the month that brings them most by it, or never.</summary>
    internal ProjectModel Expecting() => new(Terms, Debt, Months, _start) { _expects = true };

    /// <summary>Runs the model on an outlook that nobody changes.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="closed">Last month of operation where it is one of a closed centre, after which cover is no longer tested; -1 for none.</param>
    internal CashFlow RunAsGiven(MonthlyOutlook outlook, int closed = -1)
    {
        Fits(outlook);
        var flow = CashFlow.Empty(outlook.Start, Terms.Currency, Months, Debt.Tranches.Count);
        var months = OutlookMonths.Of(outlook);
        var taxable = OperatingRun.Fill(flow, Terms, _contracted, months);
        flow = flow with { ClosedMonth = closed };
        return new DebtRun(Terms, Debt, _contracted, months, outlook, flow, taxable).ToEnd();
    }

    private int ClosedMonth(CashFlow open, MonthlyOutlook outlook) =>
        open.DefaultMonth < 0 ? -1
        : Terms.ClosedAfter is not { } known
            ? _expects ? Foresight.Month(this, open, outlook)
                : Enforcement.Month(Terms, Debt.Tranches[0].RateAt(0), open, outlook)
        : Math.Max(known, open.DefaultMonth + Terms.StandstillMonths) is var month
        && month < Months - 1
            ? month
        : -1;

    /// <summary>The same terms without debt: what the project earns by itself.</summary>
    public ProjectModel Unlevered() => Contract(Terms.WithoutDebt(), Months);

    private void Fits(MonthlyOutlook outlook)
    {
        if (outlook.Months != Months || outlook.Currency != Terms.Currency)
        {
            throw new ArgumentException(
                $"The outlook has {outlook.Months} months in {outlook.Currency}; the terms have {Months} in {Terms.Currency}.",
                nameof(outlook)
            );
        }
        if (Terms.Start is { } start && start != outlook.Start)
        {
            throw new ArgumentException(
                $"The outlook begins in {outlook.Start}, the terms in {start}.",
                nameof(outlook)
            );
        }
    }

    /// <summary>Sizes sculpted debt; after tax the cash depends on interest and interest on the size, so it repeats until still.</summary>
    private static ProjectModel Sculpt(
        FinanceTerms terms,
        int months,
        MonthlyOutlook sizing,
        MonthlyOutlook? downside,
        Quantities.Month? start
    )
    {
        var model = new ProjectModel(
            terms.WithoutDebt(),
            DebtPlan.Of(terms.WithoutDebt(), months),
            months,
            start
        );
        var flow = model.Run(sizing);
        var poor = downside is null ? null : model.Run(downside);
        var share = new double[months];
        for (var m = 0; m < months; m++)
        {
            share[m] = flow.Revenue[m] > 0 ? flow.ContractedRevenue[m] / flow.Revenue[m] : 0;
        }
        for (var round = 0; round < MostRounds; round++)
        {
            var cash = terms
                .Tranches.Select(t =>
                    t.Repayment == Repayment.Sculpted
                        ? new SizingCash(t.SculptAfterTax ? flow.Cfads : flow.OperatingCash, share)
                        {
                            Downside = t.SculptAfterTax ? poor?.Cfads : poor?.OperatingCash,
                        }
                        : null
                )
                .ToList();
            var debt = DebtPlan.Of(terms, months, cash);
            var change = Math.Abs(debt.TotalLent - model.Debt.TotalLent) / (1 + debt.TotalLent);
            model = new ProjectModel(terms, debt, months, start);
            if (!terms.Tranches.Any(t => t.SculptAfterTax) || (round > 0 && change < 1e-13))
            {
                break;
            }
            flow = model.Run(sizing);
            poor = downside is null ? null : model.Run(downside);
        }
        return new ProjectModel(terms, Noted(model, sizing, downside), months, start);
    }

    /// <summary>The debt with a note of what two sizing cases reach, and where one does not reach the cover it was sized for: interest that a poor month cannot pay, tax, arrears.</summary>
    private static DebtPlan Noted(
        ProjectModel model,
        MonthlyOutlook sizing,
        MonthlyOutlook? downside
    )
    {
        var sculpted = model.Terms.Tranches.Where(t => t.Repayment == Repayment.Sculpted).ToList();
        var flow = model.Run(sizing);
        var notes = new List<string>(model.Debt.Notes);
        if (downside is not null)
        {
            notes.Add(
                $"sized on two outlooks: cover over twelve months is at least {flow.MinimumCover:0.00} on the first and {model.Run(downside).MinimumCover:0.00} on the downside"
            );
            Missed(
                "the downside",
                model.Run(downside),
                sculpted.Where(t => t.DownsideTargetCover > 0).Min(t => t.DownsideTargetCover)
            );
        }
        Missed("the sizing case", flow, sculpted.Min(t => t.TargetCover));
        return notes.Count > model.Debt.Notes.Count
            ? model.Debt with
            {
                Notes = notes,
            }
            : model.Debt;
        void Missed(string on, CashFlow reached, double target)
        {
            if (reached.MinimumCover < target * (1 - 1e-6))
            {
                notes.Add(
                    $"the target cover of {target:0.00} is missed: on {on} cover over twelve months falls to {reached.MinimumCover:0.00} in month {reached.MinimumCoverMonth}{Why(reached, sculpted)}"
                );
            }
        }
    }

    /// <summary>Why the cover of the twelve months up to the lowest one misses its target: tax that was not counted, or a payment whose interest alone is more than the cash since the one before; nothing where neither is.</summary>
    private static string Why(CashFlow flow, IReadOnlyList<DebtTranche> sculpted)
    {
        var to = flow.MinimumCoverMonth;
        var from = Math.Max(0, to - ServiceToDate.Window + 1);
        var every = sculpted.Max(t => Math.Max(1, t.PaymentEveryMonths));
        var unpaid = Enumerable
            .Range(from, to - from + 1)
            .Where(m =>
                flow.InterestDue[m] > DebtRun.Cent
                && flow.InterestDue[m]
                    > Enumerable
                        .Range(Math.Max(0, m - every + 1), Math.Min(every, m + 1))
                        .Sum(k => flow.Cfads[k])
            )
            .DefaultIfEmpty(-1)
            .First();
        return unpaid >= 0
                ? $"; the interest due in month {unpaid} alone is more than the cash since the payment before, and no schedule lowers it"
            : flow.Tax[from..(to + 1)].Sum() > DebtRun.Cent && sculpted.Any(t => !t.SculptAfterTax)
                ? "; sized before income tax, tested after it"
            : "";
    }
}
