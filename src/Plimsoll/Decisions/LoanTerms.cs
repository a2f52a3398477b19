namespace Plimsoll.Decisions;

/// <summary>The loan as it is judged.</summary>
/// <param name="Amount">Money asked for.</param>
/// <param name="BaseRate">Yearly base rate, nominal; what is swapped or capped at its own rate.</param>
/// <param name="Margin">Yearly margin over it.</param>
/// <param name="UpfrontFee">Share of the amount paid at the start.</param>
/// <param name="FirstPaymentMonth">Month of the first payment, from 0.</param>
/// <param name="MaturityMonth">Month of the last payment, from 0.</param>
public sealed record LoanTerms(
    double Amount,
    double BaseRate,
    double Margin,
    double UpfrontFee,
    int FirstPaymentMonth,
    int MaturityMonth
)
{
    /// <summary>Mean years from its draw until a unit of principal is repaid on the schedule: the contractual weighted life; NaN where no schedule is known.</summary>
    public double WeightedLifeYears { get; init; } = double.NaN;

    /// <summary>Years from the first draw to maturity, over which odds of default are spread.</summary>
    public double TermYears { get; init; } = Math.Max(1, MaturityMonth + 1) / 12.0;

    /// <summary>Present value, at month 0 and at the loan's rate, of the debt service scheduled, a balloon left out; NaN where no schedule is known.</summary>
    public double ServiceValue { get; init; } = double.NaN;

    /// <summary>True when a borrowing base limits what is drawn of it.</summary>
    public bool Based { get; init; }

    /// <summary>What is still owed on the schedule when it falls due in one sum, or is lent anew; money, 0 for none.</summary>
    public double ScheduledBalloon { get; init; }

    /// <summary>Month (from 0) whose end shows what is left of it; -1 for none.</summary>
    public int BalloonMonth { get; init; } = -1;

    /// <summary>Yearly rate charged.</summary>
    public double Rate => BaseRate + Margin;

    /// <summary>Present value, at month 0, of one in some month.</summary>
    public double Discount(int month) => Math.Pow(1 + (Rate / 12), -month);
}
