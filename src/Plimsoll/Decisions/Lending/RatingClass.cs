namespace Plimsoll.Decisions.Lending;

/// <summary>Odds of default as the rating class whose companies fail as often.</summary>
/// <remarks>
/// Mean one-year default rates of 1981-2023 by class, rounded: S&amp;P Global Ratings, 2023 annual global corporate default and
/// rating transition study, March 2024. A class reaches to the geometric mean of its rate and the next one's. Odds, not an opinion of an agency.
/// </remarks>
public static class RatingClass
{
    private static readonly (string Name, double Rate)[] _classes =
    [
        ("AA", 0.0002),
        ("A", 0.0005),
        ("BBB", 0.0015),
        ("BB", 0.006),
        ("B", 0.03),
        ("CCC", 0.27),
    ];

    /// <summary>The class of a yearly chance of default.</summary>
    /// <param name="yearly">0 to 1.</param>
    public static string Of(double yearly)
    {
        for (var i = 0; i + 1 < _classes.Length; i++)
        {
            if (yearly <= Math.Sqrt(_classes[i].Rate * _classes[i + 1].Rate))
            {
                return _classes[i].Name;
            }
        }
        return _classes[^1].Name;
    }

    /// <summary>The yearly chance that, kept up over some years, gives the odds of default over them.</summary>
    /// <param name="odds">Odds over the life of the loan, 0 to 1.</param>
    /// <param name="years">Years of that life, more than 0.</param>
    public static double Yearly(double odds, double years) =>
        odds >= 1 ? 1 : 1 - Math.Pow(1 - odds, 1 / years);
}
