using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A calendar month, counted from January of year 0; the time step of market and finance.</summary>
/// <remarks>Ordered, subtractable, and printed as <c>2024-03</c>. Valid from 0001-01 to 9999-12.</remarks>
public readonly record struct Month : IComparable<Month>
{
    private readonly int _index;

    private Month(int index) => _index = index;

    /// <summary>Builds a month from its calendar year and month number.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException">Year or month outside its range.</exception>
    public Month(int year, int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        _index = (year * 12) + month - 1;
    }

    /// <summary>Calendar year.</summary>
    public int Year => _index / 12;

    /// <summary>Month of the year, 1 to 12.</summary>
    public int MonthOfYear => (_index % 12) + 1;

    /// <summary>Number of days in this month, 28 to 31.</summary>
    public int Days => DateTime.DaysInMonth(Year, MonthOfYear);

    /// <summary>Hours in this month, 672 to 744.</summary>
    public double Hours => Days * 24.0;

    /// <summary>First day of the month.</summary>
    public DateOnly FirstDay => new(Year, MonthOfYear, 1);

    /// <summary>Last day of the month.</summary>
    public DateOnly LastDay => new(Year, MonthOfYear, Days);

    /// <summary>The month that holds a date.</summary>
    public static Month Of(DateOnly date) => new(date.Year, date.Month);

    /// <summary>Adds (or with a negative number takes away) months.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside 0001-01 to 9999-12.</exception>
    public Month AddMonths(int months)
    {
        var index = (long)_index + months;
        return index is >= 12 and < 10_000 * 12
            ? new Month((int)index)
            : throw new ArgumentOutOfRangeException(
                nameof(months),
                months,
                $"{this} moved by {months} months lies outside 0001-01 to 9999-12."
            );
    }

    /// <summary>Months from <paramref name="b"/> to <paramref name="a"/>; negative when a is earlier.</summary>
    public static int operator -(Month a, Month b) => a._index - b._index;

    /// <summary>A month some months later.</summary>
    public static Month operator +(Month a, int months) => a.AddMonths(months);

    /// <summary>True when a is earlier than b.</summary>
    public static bool operator <(Month a, Month b) => a._index < b._index;

    /// <summary>True when a is later than b.</summary>
    public static bool operator >(Month a, Month b) => a._index > b._index;

    /// <summary>True when a is not later than b.</summary>
    public static bool operator <=(Month a, Month b) => a._index <= b._index;

    /// <summary>True when a is not earlier than b.</summary>
    public static bool operator >=(Month a, Month b) => a._index >= b._index;

    /// <inheritdoc/>
    public int CompareTo(Month other) => _index.CompareTo(other._index);

    /// <summary>Reads <c>yyyy-MM</c>.</summary>
    /// <returns>False when the text is not of this form.</returns>
    public static bool TryParse(string? text, out Month month)
    {
        month = default;
        if (
            !DateOnly.TryParseExact(
                text,
                "yyyy-MM",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return false;
        }
        month = Of(date);
        return true;
    }

    /// <summary>Reads <c>yyyy-MM</c>.</summary>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static Month Parse(string text) =>
        TryParse(text, out var month)
            ? month
            : throw new FormatException(
                $"'{text}' is not a month; write yyyy-MM, for example 2024-03."
            );

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{MonthOfYear:00}");
}
