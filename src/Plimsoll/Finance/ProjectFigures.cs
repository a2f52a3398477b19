using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>Every figure of one run, with its convention in words; refused with the reason where it has no meaning.</summary>
/// <param name="model">The contracted model.</param>
/// <param name="outlook">The outlook it was run on.</param>
/// <param name="flow">What came of it.</param>
public sealed partial class ProjectFigures(
    ProjectModel model,
    MonthlyOutlook outlook,
    CashFlow flow
)
{
    private const string MonthEnd = "flows at month end, nominal";
    private static readonly Figure _noDebt = Figure.Refused("there is no debt");
    private readonly string _money = flow.Currency.Code;

    /// <summary>The outlook as it came about: closed where lenders closed the centre.</summary>
    private readonly MonthlyOutlook _cameAbout =
        flow.ClosedMonth < 0 ? outlook : ClosedOutlook.Of(outlook, flow.ClosedMonth, model.Terms);

    /// <summary>All figures in the order in which they are read.</summary>
    public IReadOnlyList<StatedFigure> All() =>
        [.. Funding(), .. Cover(), .. Earned(), .. Unit(), .. BreakEvens(), .. Lender()];

    private FinanceTerms Terms => model.Terms;

    private bool HasDebt => flow.Lent > 0 || flow.OpeningArrears > 0;

    private int FirstPayment => Math.Min(flow.Months, model.Debt.FirstPaymentMonth);

    private int LastPayment =>
        Math.Min(flow.Months - 1, model.Debt.Maturity.DefaultIfEmpty(-1).Max());

    private StatedFigure State(
        string key,
        string name,
        Figure figure,
        string unit,
        string convention
    ) => new(key, name, figure, unit, convention);

    private IEnumerable<StatedFigure> Funding()
    {
        var uses = flow.CapitalCost.Sum() + BoughtBefore() + flow.InterestCapitalised.Sum();
        yield return State(
            "lent",
            "Debt drawn",
            Figure.Of(flow.Lent),
            _money,
            "money drawn, capitalised interest excluded"
        );
        yield return State(
            "equity",
            "Equity paid in",
            Figure.Of(flow.EquityIn.Sum()),
            _money,
            "first reserves, liquidity and sponsor support included; bridge money counts when paid in"
        );
        yield return State(
            "gearing",
            "Gearing",
            uses > 0
                ? Figure.Of((flow.Lent + flow.InterestCapitalised.Sum()) / uses)
                : Figure.Refused("nothing is paid for"),
            "share",
            "debt with capitalised interest over capital cost with value added tax, fees and capitalised interest; of a centre that stands over what it cost"
        );
        yield return State(
            "stranded_vat",
            "Value added tax stranded",
            Figure.Of(flow.StrandedVat),
            _money,
            "input tax that tax on sales never recovered"
        );
    }

    /// <summary>What a centre that stands cost, in place of the money of its debt; 0 for one that begins with the outlook.</summary>
    private double BoughtBefore() =>
        model.Terms.Opening is not { } opening
            ? 0
            : opening.Assets.Sum(a => a.Cost)
                - model.Terms.CapitalCosts.Where(c => c.DebtStanding).Sum(c => c.Amount);

    /// <summary>A figure of the tests with the month to which they reach, where a default ends them.</summary>
    private Figure UntilDefault(Figure figure) =>
        figure.HasValue && flow.DefaultMonth >= 0
            ? figure with
            {
                Note =
                    flow.ClosedMonth >= 0
                        ? $"until the centre is closed after month {flow.ClosedMonth}, tests after the default in month {flow.DefaultMonth} among them"
                        : $"of the whole loan, the months after the default in month {flow.DefaultMonth} among them",
            }
            : figure;

    private IEnumerable<StatedFigure> Cover()
    {
        Figure Debt(double value, string none) =>
            !HasDebt ? _noDebt
            : double.IsNaN(value) ? Figure.Refused(none)
            : Figure.Of(value);
        const string NoTest = "no test falls twelve months after the first payment";
        Figure Tested(double tests) =>
            double.IsNaN(tests) && !double.IsNaN(flow.CoverInService)
                ? Debt(flow.CoverInService, NoTest) with
                {
                    Note =
                        $"{NoTest}: cash over debt service due in the months with any{(flow.DefaultMonth < 0 ? "" : $", until the default in month {flow.DefaultMonth}")}",
                }
                : UntilDefault(Debt(tests, NoTest));
        var covers = ServiceCover.AtTests(flow);
        var known = covers.Where(double.IsFinite).DefaultIfEmpty(double.NaN);
        var lowest = known.Min();
        yield return State(
            "min_dscr",
            "Lowest debt service cover",
            Tested(lowest),
            "times",
            $"cash available after income tax over interest and principal due, a balloon left out, twelve months behind, tested every {Terms.TestEveryMonths} months"
        );
        yield return State(
            "min_dscr_month",
            "Month of the lowest cover",
            Debt(double.IsNaN(lowest) ? double.NaN : Array.IndexOf(covers, lowest), NoTest),
            "month from 0",
            "as the lowest cover"
        );
        yield return State(
            "average_dscr",
            "Mean debt service cover",
            Tested(known.Average()),
            "times",
            "mean of the tests"
        );
        var forward = flow
            .ForwardCover.Where(
                (c, m) => flow.Tested[m] && !double.IsNaN(c) && flow.DebtBalance[m] > DebtRun.Cent
            )
            .DefaultIfEmpty(double.NaN)
            .Min();
        yield return State(
            "min_forward_dscr",
            "Lowest cover ahead",
            Debt(forward, "no test has twelve months of scheduled debt service ahead"),
            "times",
            "cash before income tax over the debt service owed on what is drawn, the twelve months ahead in this outlook; what is to be lent anew is left to the loan that takes its place"
        );
        yield return State(
            "llcr",
            "Loan life cover",
            LifeCover(LastPayment),
            "times",
            "value of cash available from the first payment to maturity over debt before it, or from the last draw on when that is later; discounted monthly at the rates that the loan bears in this outlook"
        );
        yield return State(
            "plcr",
            "Project life cover",
            LifeCover(flow.Months - 1),
            "times",
            "as loan life cover, to the end of the horizon, sale of the fleet excluded"
        );
        yield return State(
            "shortfall",
            "Debt service not covered by cash of the month",
            HasDebt ? Figure.Of(flow.Shortfall) : _noDebt,
            _money,
            "sum over months of interest and principal due above cash available"
        );
    }

    /// <summary>Value of cash available at the debt's own rates over the debt before the first payment.</summary>
    private Figure LifeCover(int to)
    {
        if (!HasDebt)
        {
            return _noDebt;
        }
        var lastDraw = Enumerable
            .Range(0, flow.Months)
            .LastOrDefault(m => flow.TrancheDrawn.Any(t => t[m] > 0), -1);
        var from = Math.Max(Math.Max(1, FirstPayment), lastDraw + 1);
        if (from >= flow.Months)
        {
            return Figure.Refused("no payment falls within the horizon");
        }
        double value = 0,
            discount = 1;
        for (var m = from; m <= to; m++)
        {
            discount /= 1 + MeanRate(m);
            value += flow.Cfads[m] * discount;
        }
        double debt = 0;
        for (var i = 0; i < model.Debt.Tranches.Count; i++)
        {
            debt += flow.TrancheBalance[i][from - 1];
        }
        return debt > 0
            ? Figure.Of(value / debt)
            : Figure.Refused("no debt stands before the first payment");
    }

    /// <summary>The rate that the debt bears in a month of this outlook, all tranches together, each by its scheduled balance: cash that just pays the debt is then worth it.</summary>
    private double MeanRate(int m)
    {
        double interest = 0,
            balance = 0;
        for (var i = 0; i < model.Debt.Tranches.Count; i++)
        {
            var scheduled = m > 0 ? model.Debt.Balance[i][m - 1] : 0;
            interest += scheduled * (flow.TrancheRate[i][m] * model.Debt.YearFraction[i][m]);
            balance += scheduled;
        }
        return balance > DebtRun.Cent
            ? interest / balance
            : flow.TrancheRate[0][m] * model.Debt.YearFraction[0][m];
    }

    private IEnumerable<StatedFigure> Earned()
    {
        var before = flow.ProjectFlowBeforeTax();
        var free = model.Unlevered().Run(_cameAbout);
        var after = free.ProjectFlow();
        var equity = flow.EquityFlow();
        yield return State(
            "project_npv_before_tax",
            "Project value before tax",
            Figure.Of(Returns.NetPresentValue(before, Terms.ProjectRate)),
            _money,
            $"no debt, no tax of any kind; {MonthEnd}, at {Terms.ProjectRate:P1} a year effective, seen from the start of month 0"
        );
        yield return State(
            "project_irr_before_tax",
            "Project rate of return before tax",
            Returns.OnMoneyPaidIn(before, Returns.InternalRate(before)),
            "share a year",
            $"no debt, no tax of any kind; {MonthEnd}, effective yearly rate"
        );
        yield return State(
            "project_npv",
            "Project value",
            Figure.Of(Returns.NetPresentValue(after, Terms.ProjectRate)),
            _money,
            $"no debt, after income and value added tax reckoned without debt; {MonthEnd}, at {Terms.ProjectRate:P1} a year effective"
        );
        yield return State(
            "project_irr",
            "Project rate of return",
            Returns.OnMoneyPaidIn(after, Returns.InternalRate(after)),
            "share a year",
            $"as project value; effective yearly rate"
        );
        yield return State(
            "project_mirr",
            "Project modified rate of return",
            Returns.OnMoneyPaidIn(after, Returns.ModifiedRate(after, Terms.ProjectRate)),
            "share a year",
            $"as project value; what is paid in is financed and what comes back reinvested at {Terms.ProjectRate:P1} a year"
        );
        yield return State(
            "equity_npv",
            "Equity value",
            LessBills(Figure.Of(Returns.NetPresentValue(equity, Terms.EquityHurdle))),
            _money,
            $"paid out less paid in and less bills left unpaid at the end; {MonthEnd}, at the hurdle of {Terms.EquityHurdle:P1} a year effective"
        );
        yield return State(
            "equity_irr",
            "Equity rate of return",
            flow.EquityIn.Sum() > 0
                ? LessBills(Returns.OnMoneyPaidIn(equity, Returns.InternalRate(equity)))
                : Figure.Refused("no equity is paid in"),
            "share a year",
            $"paid out less paid in; {MonthEnd}, effective yearly rate"
        );
        yield return State(
            "equity_mirr",
            "Equity modified rate of return",
            flow.EquityIn.Sum() > 0
                ? Returns.OnMoneyPaidIn(equity, Returns.ModifiedRate(equity, Terms.ProjectRate))
                : Figure.Refused("no equity is paid in"),
            "share a year",
            $"paid out less paid in; what is paid in is financed and what comes back reinvested at {Terms.ProjectRate:P1} a year"
        );
        yield return State(
            "moic",
            "Multiple of equity",
            flow.EquityIn.Sum() > 0
                ? LessBills(
                    Figure.Of(
                        (flow.Distributed.Sum() + flow.BridgeReturned.Sum() - flow.BillsOfEquity)
                            / flow.EquityIn.Sum()
                    )
                )
                : Figure.Refused("no equity is paid in"),
            "times",
            "all paid out, less bills left unpaid at the end, over all paid in; not discounted"
        );
        yield return State(
            "project_payback",
            "Project payback",
            PeriodValue.Payback(after),
            "months from month 0",
            "month in which the sum of project flow after tax turns positive for good, in proportion; sale of the fleet included"
        );
        yield return State(
            "equity_payback",
            "Equity payback",
            PeriodValue.Payback(equity),
            "months from month 0",
            "month in which the sum of equity flow turns positive for good, in proportion"
        );
    }

    /// <summary>A figure of equity with the bills left unpaid in the last month: within it, or after a default not.</summary>
    private Figure LessBills(Figure figure)
    {
        var bills = flow.Unpaid[^1];
        if (!figure.HasValue || bills <= DebtRun.Cent)
        {
            return figure;
        }
        var said =
            flow.DefaultMonth < 0
                ? $"{bills:0} of bills left unpaid at the end counts against it"
                : $"{bills:0} of bills is left unpaid at the end, after the default: equity owes nothing more";
        return figure with
        {
            Note = figure.Note is { Length: > 0 } note ? $"{note}; {said}" : said,
        };
    }

    private IEnumerable<StatedFigure> Unit()
    {
        double[] cost = new double[flow.Months];
        for (var m = 0; m < cost.Length; m++)
        {
            cost[m] =
                flow.RunningCost[m]
                + (flow.CapitalCost[m] - flow.Fees[m] - flow.InputVat[m])
                - flow.Proceeds[m];
        }
        const string Base =
            "value of running and capital cost less the sale of the fleet, over the value of hours sold (not installed); before tax, grants and finance; nominal";
        var hourly = PeriodValue.LevelisedCost(cost, flow.GpuHours, MonthlyRate, MonthlyRate);
        yield return State(
            "levelised_cost_gpu_hour",
            "Levelised cost of an accelerator-hour",
            hourly,
            $"{_money} per hour",
            $"{Base}, at {Terms.ProjectRate:P1} a year effective"
        );
        double[] hours = new double[flow.Months],
            tokens = new double[flow.Months];
        foreach (var product in _cameAbout.Sales.Where(s => s.Tokens.Length > 0))
        {
            for (var m = 0; m < hours.Length; m++)
            {
                hours[m] += product.GpuHours[m];
                tokens[m] += product.Tokens[m] / 1e6;
            }
        }
        var perToken = PeriodValue.LevelisedCost(hours, tokens, MonthlyRate, MonthlyRate);
        yield return State(
            "levelised_cost_million_tokens",
            "Levelised cost of a million tokens",
            !hourly.HasValue ? hourly
                : perToken.HasValue ? Figure.Of(hourly.Value * perToken.Value)
                : Figure.Refused("no tokens are sold"),
            $"{_money} per million tokens",
            "levelised cost of an hour times the hours that serve tokens, over the tokens sold, both as present values"
        );
    }

    private double MonthlyRate => (1 / Returns.MonthlyDiscount(Terms.ProjectRate)) - 1;

    private IEnumerable<StatedFigure> Lender()
    {
        var none = HasDebt ? Figure.Refused("there is no default") : _noDebt;
        Figure OnDefault(double value) => flow.DefaultMonth >= 0 ? Figure.Of(value) : none;
        var highest = LoanToValue().Where(q => q.Figure.HasValue).Select(q => q.Figure.Value);
        yield return State(
            "max_ltv",
            "Highest loan to value",
            !HasDebt ? _noDebt
                : highest.Any() ? Figure.Of(highest.Max())
                : Figure.Refused("the fleet has no second-hand value"),
            "share",
            "debt with arrears over fair second-hand value of the fleet, no discount of a sale taken off, at quarter ends"
        );
        yield return State(
            "default_month",
            "Month of default",
            OnDefault(flow.DefaultMonth),
            "month from 0",
            $"arrears or unpaid bills for more than {Terms.CureMonths} months in a row, a failed default test, or debt left at the end"
        );
        yield return State(
            "exposure_at_default",
            "Exposure at default",
            OnDefault(flow.Loss.Exposure),
            _money,
            "debt with arrears"
        );
        yield return State(
            "recovered",
            "Recovered",
            OnDefault(flow.Loss.Recovered),
            _money,
            "all that lenders are paid after the default, from cash while the centre runs and from its sale where lenders close it, discounted to the default at the first tranche's rate; at most the exposure"
        );
        yield return State(
            "loss_given_default",
            "Loss given default",
            OnDefault(flow.Loss.GivenDefault),
            "share",
            "exposure less recovered, over exposure"
        );
    }

    /// <summary>Debt over the second-hand value of the fleet at each quarter end.</summary>
    public IReadOnlyList<(int Month, Figure Figure)> LoanToValue()
    {
        var quarters = new List<(int, Figure)>();
        for (var m = 0; m < flow.Months; m++)
        {
            if (
                (flow.Start + m).MonthOfYear % 3 == 0
                && HasDebt
                && flow.DebtBalance[m] > DebtRun.Cent
            )
            {
                quarters.Add(
                    (
                        m,
                        flow.FleetValue[m] > 0
                            ? Figure.Of(flow.DebtBalance[m] / flow.FleetValue[m])
                            : Figure.Refused("the fleet has no second-hand value")
                    )
                );
            }
        }
        return quarters;
    }
}
