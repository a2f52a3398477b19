using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>A centre's money month by month, and what follows from it.</summary>
/// <remarks>Arrays have one entry a month, flows at month end, nominal. Costs and payments are positive numbers under their own names.</remarks>
public sealed record CashFlow
{
    /// <summary>First month.</summary>
    public required Month Start { get; init; }

    /// <summary>Revenue, tax excluded.</summary>
    public required double[] Revenue { get; init; }

    /// <summary>Running cost with insurance and take-or-pay shortfall.</summary>
    public required double[] RunningCost { get; init; }

    /// <summary>Change of working capital, positive when it takes cash.</summary>
    public required double[] WorkingCapital { get; init; }

    /// <summary>Value added tax recovered against tax on sales.</summary>
    public required double[] VatRecovered { get; init; }

    /// <summary>Income tax paid.</summary>
    public required double[] Tax { get; init; }

    /// <summary>Grants received less clawback.</summary>
    public required double[] Grants { get; init; }

    /// <summary>Capital cost with its value added tax, fees included.</summary>
    public required double[] CapitalCost { get; init; }

    /// <summary>Proceeds of accelerators sold, and of the fleet at the end.</summary>
    public required double[] Proceeds { get; init; }

    /// <summary>Cash available for debt service.</summary>
    public required double[] Cfads { get; init; }

    /// <summary>Interest due.</summary>
    public required double[] InterestDue { get; init; }

    /// <summary>Principal due.</summary>
    public required double[] PrincipalDue { get; init; }

    /// <summary>Debt service paid.</summary>
    public required double[] DebtPaid { get; init; }

    /// <summary>Debt drawn.</summary>
    public required double[] DebtDrawn { get; init; }

    /// <summary>Debt repaid early.</summary>
    public required double[] Prepaid { get; init; }

    /// <summary>Debt outstanding at month end, arrears included.</summary>
    public required double[] DebtBalance { get; init; }

    /// <summary>Payments due and not made, cumulative.</summary>
    public required double[] Arrears { get; init; }

    /// <summary>Debt service reserve account at month end.</summary>
    public required double[] Reserve { get; init; }

    /// <summary>Free cash held at month end.</summary>
    public required double[] Cash { get; init; }

    /// <summary>Equity paid in.</summary>
    public required double[] EquityIn { get; init; }

    /// <summary>Paid out to equity.</summary>
    public required double[] Distributed { get; init; }

    /// <summary>Trailing twelve-month cover; NaN until twelve months of debt service are past, and when none was due.</summary>
    public required double[] TrailingCover { get; init; }

    /// <summary>Money lent, capitalised interest excluded.</summary>
    public required double Lent { get; init; }

    /// <summary>First month in which a missed payment was no longer cured; -1 for none.</summary>
    public required int DefaultMonth { get; init; }

    /// <summary>First test month in which trailing cover was below the covenant; -1 for none.</summary>
    public required int BreachMonth { get; init; }

    /// <summary>What the lender lost on a default, over the exposure then; 0 without default.</summary>
    public required LenderLoss Loss { get; init; }

    /// <summary>Lowest trailing cover at test months; NaN without debt.</summary>
    public required double MinimumCover { get; init; }

    /// <summary>Months.</summary>
    public int Months => Revenue.Length;

    /// <summary>Cash to and from equity, positive when received.</summary>
    public double[] EquityFlow()
    {
        var flow = new double[Months];
        for (var m = 0; m < flow.Length; m++)
        {
            flow[m] = Distributed[m] - EquityIn[m];
        }
        return flow;
    }

    /// <summary>Cash of the project before any finance, positive when received.</summary>
    public double[] ProjectFlow()
    {
        var flow = new double[Months];
        for (var m = 0; m < flow.Length; m++)
        {
            flow[m] = Cfads[m] + Proceeds[m] - CapitalCost[m];
        }
        return flow;
    }
}

/// <summary>A default seen from the lender.</summary>
/// <param name="Month">Month of default, from 0; -1 for none.</param>
/// <param name="Exposure">Debt outstanding with arrears at default.</param>
/// <param name="Recovered">Value at default of what is got back.</param>
/// <param name="ResalePrice">Second-hand price of one accelerator at default.</param>
/// <param name="MonthsToSell">Months the sale takes.</param>
public sealed record LenderLoss(
    int Month,
    double Exposure,
    double Recovered,
    double ResalePrice,
    double MonthsToSell
)
{
    /// <summary>No default.</summary>
    public static LenderLoss None => new(-1, 0, 0, 0, 0);

    /// <summary>Money lost, 0 or more.</summary>
    public double Lost => Math.Max(0, Exposure - Recovered);

    /// <summary>Loss over exposure, 0 to 1; 0 without default.</summary>
    public double GivenDefault => Exposure > 0 ? Lost / Exposure : 0;
}
