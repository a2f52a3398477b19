namespace Plimsoll.Sites;

/// <summary>Outside air of a site through year and day, by a mean and two amplitudes.</summary>
/// <param name="MeanC">Mean of the year, degrees Celsius.</param>
/// <param name="YearlyAmplitudeC">Half the difference of the warmest and the coldest month, 0 or more.</param>
/// <param name="DailyAmplitudeC">Half the difference of day and night, 0 or more.</param>
/// <param name="WarmestMonth">Month of the year, 1 to 12: 7 in the north, 1 in the south.</param>
public sealed record SiteClimate(
    double MeanC,
    double YearlyAmplitudeC,
    double DailyAmplitudeC,
    int WarmestMonth = 7
)
{
    private const int WarmestHour = 15;

    /// <summary>Mean temperature of an hour of the day in a month.</summary>
    /// <param name="monthOfYear">1 to 12.</param>
    /// <param name="hour">0 to 23, local time.</param>
    /// <returns>Degrees Celsius.</returns>
    public double Temperature(int monthOfYear, int hour) =>
        MonthMean(monthOfYear)
        + (DailyAmplitudeC * Math.Cos(2 * Math.PI * (hour - WarmestHour) / 24));

    /// <summary>Mean temperature of a month.</summary>
    /// <param name="monthOfYear">1 to 12.</param>
    /// <returns>Degrees Celsius.</returns>
    public double MonthMean(int monthOfYear) =>
        MeanC + (YearlyAmplitudeC * Math.Cos(2 * Math.PI * (monthOfYear - WarmestMonth) / 12));
}

/// <summary>How cooling follows the air outside.</summary>
/// <param name="FreeBelowC">Below this the air cools alone, degrees Celsius.</param>
/// <param name="ChillersAboveC">Above this chillers carry all heat, degrees Celsius; more than the former.</param>
/// <param name="ChillerOverhead">Overhead power of chillers at full work over the overhead without them, 0 or more.</param>
public sealed record CoolingRule(double FreeBelowC, double ChillersAboveC, double ChillerOverhead)
{
    /// <summary>Overhead power at a temperature over that in free cooling.</summary>
    /// <param name="temperatureC">Outside air, degrees Celsius.</param>
    /// <returns>1 in free cooling, rising straight to 1 + chiller overhead.</returns>
    public double Overhead(double temperatureC) =>
        1
        + (
            ChillerOverhead
            * Math.Clamp((temperatureC - FreeBelowC) / (ChillersAboveC - FreeBelowC), 0, 1)
        );
}
