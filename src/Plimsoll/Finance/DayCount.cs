using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>How many years of interest a calendar month is.</summary>
public enum DayCount
{
    /// <summary>Every month is a twelfth of a year (30/360).</summary>
    Thirty360,

    /// <summary>Days of the month over 360, as most floating-rate loans are written.</summary>
    Actual360,

    /// <summary>Days of the month over 365.</summary>
    Actual365,

    /// <summary>Days of the month over the days of its year.</summary>
    ActualActual,
}

/// <summary>Year fractions of day counts.</summary>
public static class DayCounts
{
    /// <summary>Years of interest in a month.</summary>
    /// <param name="count">The convention.</param>
    /// <param name="month">The calendar month.</param>
    public static double YearFraction(this DayCount count, Month month) =>
        count switch
        {
            DayCount.Actual360 => month.Days / 360.0,
            DayCount.Actual365 => month.Days / 365.0,
            DayCount.ActualActual => month.Days / (DateTime.IsLeapYear(month.Year) ? 366.0 : 365.0),
            _ => 1.0 / 12,
        };
}
