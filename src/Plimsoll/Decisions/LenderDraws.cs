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
        LifeYears = new double[draws];
        LowestCover = new double[draws];
        LockUp = new bool[draws];
        Breach = new bool[draws];
        Default = new bool[draws];
        Lossy = new bool[draws];
        DefaultMonth = new int[draws];
        Balloon = new double[draws];
        FairAtMaturity = new double[draws];
        AvailableValue = new double[draws];
        ContractsLeft = new double[draws];
        Flow = new double[draws][];
    }

    /// <summary>The loan.</summary>
    public LoanTerms Loan => _loan;

    /// <summary>True for draws that were recorded; the others were not computed, and count nowhere.</summary>
    public bool[] Recorded { get; }

    /// <summary>Money lost over money lent, 0 to 1.</summary>
    public double[] Loss { get; }

    /// <summary>Years that each unit lent was outstanding, up to default.</summary>
    public double[] LifeYears { get; }

    /// <summary>Lowest trailing cover at the tests, a balloon left out; NaN where none was tested.</summary>
    public double[] LowestCover { get; }

    /// <summary>True when distributions were locked up while debt was outstanding.</summary>
    public bool[] LockUp { get; }

    /// <summary>True when the covenant was broken while debt was outstanding, every default included.</summary>
    public bool[] Breach { get; }

    /// <summary>True when a payment was missed and not cured.</summary>
    public bool[] Default { get; }

    /// <summary>True when the lender lost money.</summary>
    public bool[] Lossy { get; }

    /// <summary>Month of default; -1 for none.</summary>
    public int[] DefaultMonth { get; }

    /// <summary>Debt still to be repaid at once at maturity, over and above a payment like the one before; money.</summary>
    public double[] Balloon { get; }

    /// <summary>Fair market value of the fleet in the month of maturity; money.</summary>
    public double[] FairAtMaturity { get; }

    /// <summary>Present value, at the loan's rate, of cash available for debt service from first payment to maturity; money.</summary>
    public double[] AvailableValue { get; }

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
            LifeYears,
            LowestCover,
            LockUp,
            Breach,
            Default,
            Lossy,
            DefaultMonth,
            Balloon,
            FairAtMaturity,
            AvailableValue,
            Flow,
            ContractsLeft,
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
        Default[draw] = CreditEvent.Defaults(cash);
        DefaultMonth[draw] = Default[draw] ? cash.DefaultMonth : -1;
        Loss[draw] = Default[draw] && cash.Lent > 0 ? Math.Min(1, cash.Loss.Lost / cash.Lent) : 0;
        // A loss of less than a hundred-thousandth of the loan is rounding.
        Lossy[draw] = Loss[draw] > 1e-5;
        LowestCover[draw] = cash.Lent > 0 ? CreditEvent.LowestCover(cash) : double.NaN;
        Breach[draw] = CreditEvent.Breaks(cash);
        LockUp[draw] = Enumerable.Range(0, end).Any(m => cash.Locked[m] && Outstanding(cash, m));
        LifeYears[draw] = cash.Lent > 0 ? cash.DebtBalance.Take(end).Sum() / 12 / cash.Lent : 0;
        Balloon[draw] = cash.TakenOut is { } taken
            ? cash.DebtBalance[taken.Month]
            : CreditEvent.Balloons(cash).Take(maturity + 1).Sum();
        FairAtMaturity[draw] = cash.FleetValue[maturity];
        ContractsLeft[draw] =
            contractsLeft is null || Balloon[draw] <= 0 ? 0 : contractsLeft(maturity);
        AvailableValue[draw] = Enumerable
            .Range(_loan.FirstPaymentMonth, Math.Max(0, maturity + 1 - _loan.FirstPaymentMonth))
            .Sum(m => cash.Cfads[m] * _loan.Discount(m + 1));
        Flow[draw] = FlowOf(cash, end);
    }

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
