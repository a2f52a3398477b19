namespace Plimsoll.Finance;

/// <summary>What many scenarios of one contract come to; arrays have one entry a scenario.</summary>
/// <remarks>Each figure is defined as in <see cref="CashFlow"/> and <see cref="Returns"/>, and equals what the plain run gives.</remarks>
public sealed class ScenarioFigures
{
    internal ScenarioFigures(int count)
    {
        double[] Row() => new double[count];
        Count = count;
        MinimumCover = Row();
        AverageCover = Row();
        BreachMonth = new int[count];
        DefaultMonth = new int[count];
        EquityValue = Row();
        ProjectValue = Row();
        EquityIn = Row();
        Distributed = Row();
        Shortfall = Row();
        StrandedVat = Row();
        Tax = Row();
        DebtLeft = Row();
        LockedMonths = Row();
        HighestLoanToValue = Row();
        Loss = new LenderLoss[count];
    }

    /// <summary>Scenarios.</summary>
    public int Count { get; }

    /// <summary>Lowest trailing cover at test months; NaN without one.</summary>
    public double[] MinimumCover { get; }

    /// <summary>Mean of trailing cover over test months; NaN without one.</summary>
    public double[] AverageCover { get; }

    /// <summary>First test month below the covenant; -1 for none.</summary>
    public int[] BreachMonth { get; }

    /// <summary>Month of default; -1 for none.</summary>
    public int[] DefaultMonth { get; }

    /// <summary>Value of equity's flow at its hurdle.</summary>
    public double[] EquityValue { get; }

    /// <summary>Value of the project's flow at the project rate.</summary>
    public double[] ProjectValue { get; }

    /// <summary>Equity paid in, sum.</summary>
    public double[] EquityIn { get; }

    /// <summary>Paid out to equity with bridge money given back, sum.</summary>
    public double[] Distributed { get; }

    /// <summary>Debt service due that cash of the month did not cover, sum.</summary>
    public double[] Shortfall { get; }

    /// <summary>Input value added tax never recovered.</summary>
    public double[] StrandedVat { get; }

    /// <summary>Income tax paid, sum.</summary>
    public double[] Tax { get; }

    /// <summary>Debt left in the last month.</summary>
    public double[] DebtLeft { get; }

    /// <summary>Months that ended locked up.</summary>
    public double[] LockedMonths { get; }

    /// <summary>Highest debt over the second-hand value of the fleet while both stand; 0 without debt.</summary>
    public double[] HighestLoanToValue { get; }

    /// <summary>The default seen from the lender.</summary>
    public LenderLoss[] Loss { get; }

    /// <summary>Paid out over paid in; refused without equity.</summary>
    public Figure Multiple(int scenario) =>
        EquityIn[scenario] > 0
            ? Figure.Of(Distributed[scenario] / EquityIn[scenario])
            : Figure.Refused("no equity is paid in");

    /// <summary>Share of scenarios in default.</summary>
    public double DefaultShare => DefaultMonth.Count(m => m >= 0) / (double)Count;

    /// <summary>Share of scenarios in which the covenant is broken at a test.</summary>
    public double BreachShare => BreachMonth.Count(m => m >= 0) / (double)Count;

    /// <summary>Mean of the lender's loss over all scenarios, valued at default, over the money lent: chance of default times loss given default.</summary>
    /// <param name="lent">Money lent, more than 0.</param>
    public double ExpectedLoss(double lent) => Loss.Average(l => l.Lost) / lent;
}
