using Plimsoll.Finance;

namespace Plimsoll.Decisions;

/// <summary>A loan seen by its lender, draw by draw. All arrays have one entry a draw.</summary>
/// <remarks>Recording is safe from several threads when each draw is recorded once.</remarks>
public sealed class LenderDraws
{
    private readonly LoanTerms _loan;

    /// <summary>Room for a number of draws.</summary>
    /// <param name="draws">How many.</param>
    /// <param name="loan">The loan.</param>
    public LenderDraws(int draws, LoanTerms loan)
    {
        _loan = loan;
        Recorded = new bool[draws];
        Loss = new double[draws];
        Lost = new double[draws];
        LifeYears = new double[draws];
        LowestCover = new double[draws];
        LockUp = new bool[draws];
        Breach = new bool[draws];
        BreachMonth = new int[draws];
        Default = new bool[draws];
        ByTest = new bool[draws];
        ByMarginCall = new bool[draws];
        Lossy = new bool[draws];
        DefaultMonth = new int[draws];
        Balloon = new double[draws];
        BalloonLeft = new double[draws];
        FairAtMaturity = new double[draws];
        AvailableValue = new double[draws];
        LifeCover = new double[draws];
        ProjectCover = new double[draws];
        HighestLoanToValue = new double[draws];
        Array.Fill(ProjectCover, double.NaN);
        Array.Fill(HighestLoanToValue, double.NaN);
        Array.Fill(LifeCover, double.NaN);
        ContractsLeft = new double[draws];
        Drawn = new double[draws];
        Standing = new double[draws];
        Owed = new double[draws];
        Flow = new double[draws][];
    }

    /// <summary>The loan.</summary>
    public LoanTerms Loan => _loan;

    /// <summary>True for draws that were recorded; the others were not computed, and count nowhere.</summary>
    public bool[] Recorded { get; }

    /// <summary>Money drawn: less than the loan where a borrowing base lends no more, or a default comes before.</summary>
    public double[] Drawn { get; }

    /// <summary>Of <see cref="Drawn"/>, what stood as debt when the outlook began; money.</summary>
    public double[] Standing { get; }

    /// <summary>What was due before the outlook and not paid when it began: owed to the lender beside the debt, so that its payment is no gain; money.</summary>
    public double[] Owed { get; }

    /// <summary>Money lost over money lent, 0 to 1.</summary>
    public double[] Loss { get; }

    /// <summary>Money lost, in the month of <see cref="DefaultMonth"/>.</summary>
    public double[] Lost { get; }

    /// <summary>Years that each unit lent was outstanding, up to default.</summary>
    public double[] LifeYears { get; }

    /// <summary>Lowest trailing cover at the tests, a balloon left out; where no test falls, over all months with debt service; NaN without debt service.</summary>
    public double[] LowestCover { get; }

    /// <summary>True when distributions were locked up while debt was outstanding.</summary>
    public bool[] LockUp { get; }

    /// <summary>True when the covenant was broken while debt was outstanding, every default included.</summary>
    public bool[] Breach { get; }

    /// <summary>Month in which the covenant was first broken, or of the default where that came first; -1 for never.</summary>
    public int[] BreachMonth { get; }

    /// <summary>True when a payment was missed and not cured, or a test of cover that is a default by the terms failed.</summary>
    public bool[] Default { get; }

    /// <summary>True when the default is a test of cover that failed, with nothing in arrears; false for a payment missed.</summary>
    public bool[] ByTest { get; }

    /// <summary>True when the default is a margin call under a borrowing base that was not met in time.</summary>
    public bool[] ByMarginCall { get; }

    /// <summary>True when the lender lost money.</summary>
    public bool[] Lossy { get; }

    /// <summary>Month of default; -1 for none.</summary>
    public int[] DefaultMonth { get; }

    /// <summary>Debt still to be repaid at once at maturity, over and above a payment like the one before; money.</summary>
    public double[] Balloon { get; }

    /// <summary>What is owed when the balloon of the schedule falls due or is lent anew, early repayment taken off; money, what was owed at a default before it.</summary>
    public double[] BalloonLeft { get; }

    /// <summary>Fair market value of the fleet in the month of maturity; money.</summary>
    public double[] FairAtMaturity { get; }

    /// <summary>Present value, at the loan's rate, of cash available for debt service from first payment to maturity; money.</summary>
    public double[] AvailableValue { get; }

    /// <summary>
    /// Loan life cover: <see cref="AvailableValue"/> over the value of the debt service scheduled for what is lent, a balloon left out. Neither a
    /// reserve that equity paid in nor early repayment moves it. NaN where nothing is lent or no schedule is known.
    /// </summary>
    public double[] LifeCover { get; }

    /// <summary>Project life cover: as <see cref="LifeCover"/>, with cash to the end of the horizon; NaN where nothing is lent or no schedule is known.</summary>
    public double[] ProjectCover { get; }

    /// <summary>Highest debt over the second-hand value of the fleet in any month with both, while the loan runs; NaN without.</summary>
    public double[] HighestLoanToValue { get; }

    /// <summary>The cover by which the loan is judged: the lower one of the lowest at the tests and over the life of the loan; NaN where neither has a figure.</summary>
    /// <param name="draw">Which draw.</param>
    public double JudgedCover(int draw) =>
        double.IsNaN(LowestCover[draw]) ? LifeCover[draw]
        : double.IsNaN(LifeCover[draw]) ? LowestCover[draw]
        : Math.Min(LowestCover[draw], LifeCover[draw]);

    /// <summary>[draw][month] cash to the lender, positive when received: drawn, paid, fees, and what is recovered at default.</summary>
    public double[][] Flow { get; }

    /// <summary>Indices of the draws recorded.</summary>
    public int[] Sound => [.. Enumerable.Range(0, Recorded.Length).Where(i => Recorded[i])];

    /// <summary>Value at maturity of what contracts still pay after running cost, at the loan's rate; money.</summary>
    public double[] ContractsLeft { get; }

    /// <summary>The first draws alone.</summary>
    /// <param name="draws">How many, at most all.</param>
    public LenderDraws First(int draws)
    {
        var first = new LenderDraws(draws, _loan);
        foreach (var (all, few) in Columns().Zip(first.Columns()))
        {
            Array.Copy(all, few, draws);
        }
        return first;
    }

    private Array[] Columns() =>
        [
            Recorded,
            Loss,
            Lost,
            LifeYears,
            LowestCover,
            LockUp,
            Breach,
            BreachMonth,
            Default,
            ByTest,
            ByMarginCall,
            Lossy,
            DefaultMonth,
            Balloon,
            BalloonLeft,
            FairAtMaturity,
            AvailableValue,
            LifeCover,
            ProjectCover,
            HighestLoanToValue,
            Flow,
            ContractsLeft,
            Drawn,
            Standing,
            Owed,
        ];

    /// <summary>Records a draw.</summary>
    /// <param name="draw">Which.</param>
    /// <param name="cash">Its money.</param>
    /// <param name="contractsLeft">Value, at the end of a month, of what contracts still pay after running cost; asked only where there is a balloon; null for none.</param>
    public void Record(int draw, CashFlow cash, Func<int, double>? contractsLeft = null)
    {
        var end = CreditEvent.Last(cash) + 1;
        var maturity = Math.Min(_loan.MaturityMonth, cash.Months - 1);
        Recorded[draw] = true;
        Drawn[draw] = cash.Lent;
        (Standing[draw], Owed[draw]) = (cash.OpeningDebt, cash.OpeningArrears);
        Default[draw] = CreditEvent.Defaults(cash);
        DefaultMonth[draw] = Default[draw] ? cash.DefaultMonth : -1;
        // Less than a cent is rounding.
        Lost[draw] = Default[draw] && cash.Loss.Lost >= CreditEvent.Cent ? cash.Loss.Lost : 0;
        Loss[draw] = cash.Lent > 0 ? Math.Min(1, Lost[draw] / cash.Lent) : 0;
        ByTest[draw] =
            Default[draw]
            && cash.Arrears[cash.DefaultMonth] < CreditEvent.Cent
            && cash.Unpaid[cash.DefaultMonth] < CreditEvent.Cent
            && cash.Tested[cash.DefaultMonth]
            && !cash.MarginCallDefault;
        ByMarginCall[draw] = Default[draw] && cash.MarginCallDefault;
        // A loss of less than a hundred-thousandth of the loan is rounding.
        Lossy[draw] = Loss[draw] > 1e-5;
        LowestCover[draw] = cash.Lent > 0 ? CreditEvent.LowestCover(cash) : double.NaN;
        Breach[draw] = CreditEvent.Breaks(cash);
        BreachMonth[draw] =
            !Breach[draw] ? -1
            : cash.BreachMonth < 0 ? cash.DefaultMonth
            : DefaultMonth[draw] < 0 ? cash.BreachMonth
            : Math.Min(cash.BreachMonth, DefaultMonth[draw]);
        LockUp[draw] = Enumerable.Range(0, end).Any(m => cash.Locked[m] && Outstanding(cash, m));
        LifeYears[draw] = cash.Lent > 0 ? cash.DebtBalance.Take(end).Sum() / 12 / cash.Lent : 0;
        Balloon[draw] = cash.TakenOut is { } taken
            ? cash.DebtBalance[taken.Month]
            : CreditEvent.Balloons(cash).Take(maturity + 1).Sum();
        BalloonLeft[draw] =
            _loan.BalloonMonth >= 0 ? cash.DebtBalance[Math.Min(_loan.BalloonMonth, end - 1)] : 0;
        FairAtMaturity[draw] = cash.FleetValue[maturity];
        ContractsLeft[draw] =
            contractsLeft is null || Balloon[draw] <= 0 ? 0 : contractsLeft(maturity);
        AvailableValue[draw] = Available(cash, maturity);
        LifeCover[draw] = OverService(cash, AvailableValue[draw]);
        ProjectCover[draw] = OverService(cash, Available(cash, cash.Months - 1));
        HighestLoanToValue[draw] = Enumerable
            .Range(0, Math.Min(end, maturity + 1))
            .Where(m => cash.DebtBalance[m] > 0 && cash.FleetValue[m] > 0)
            .Select(m => cash.DebtBalance[m] / cash.FleetValue[m])
            .DefaultIfEmpty(double.NaN)
            .Max();
        Flow[draw] = FlowOf(cash, end);
    }

    /// <summary>Value at month 0 of cash available from the first payment to a month.</summary>
    private double Available(CashFlow cash, int to)
    {
        var value = 0.0;
        for (var m = _loan.FirstPaymentMonth; m <= to; m++)
        {
            value += cash.Cfads[m] * _loan.Discount(m + 1);
        }
        return value;
    }

    private double OverService(CashFlow cash, double value) =>
        cash.Lent > 0 && _loan.ServiceValue > 0
            ? value / (_loan.ServiceValue * cash.Lent / _loan.Amount)
            : double.NaN;

    private static bool Outstanding(CashFlow cash, int month) =>
        cash.DebtBalance[month] > 0
        || cash.InterestDue[month] + cash.PrincipalDue[month] > 0
        || (month > 0 && cash.DebtBalance[month - 1] > 0);

    private static double[] FlowOf(CashFlow cash, int end)
    {
        var flow = new double[cash.Months];
        for (var m = 0; m < end; m++)
        {
            flow[m] = cash.DebtPaid[m] + cash.Prepaid[m] + cash.Fees[m] - cash.DebtDrawn[m];
        }
        if (CreditEvent.Defaults(cash))
        {
            flow[cash.DefaultMonth] += cash.Loss.Recovered;
        }
        else if (cash.TakenOut is { } taken)
        {
            flow[taken.Month] += cash.DebtBalance[taken.Month];
        }
        return flow;
    }
}
