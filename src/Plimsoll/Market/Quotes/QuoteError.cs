using Plimsoll.Quantities;

namespace Plimsoll.Market.Quotes;

/// <summary>How far a printed price may be from the one it stands for.</summary>
public static class QuoteError
{
    /// <summary>Standard deviation of the logarithm of a printed price.</summary>
    /// <param name="fact">The price; low and high are its 10 % and 90 % points.</param>
    /// <returns>At least 0.03: no printed rent is exact, since sizes and terms differ.</returns>
    /// <remarks>Without a range the grade speaks: 0.03, 0.08, 0.12, 0.20 for A to D, own prior.</remarks>
    public static double Of(Sourced<double> fact) =>
        fact.High > fact.Low
            ? Math.Max(Smallest, Math.Log(fact.High / fact.Low) / (2 * Z90))
            : OfGrade(fact.Grade);

    /// <summary>Least error of a quote, deviation of the logarithm.</summary>
    public const double Smallest = 0.03;

    /// <summary>90 % point of the standard normal.</summary>
    internal const double Z90 = 1.2815515655446004;

    /// <summary>Error of a price printed without a range.</summary>
    public static double OfGrade(Grade grade) =>
        grade switch
        {
            Grade.A => Smallest,
            Grade.B => 0.08,
            Grade.C => 0.12,
            Grade.D => 0.20,
            _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "Unknown grade."),
        };
}
