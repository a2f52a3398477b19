using Plimsoll.Quantities;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The time line that every monthly sheet repeats at its top.</summary>
internal sealed class Months
{
    /// <summary>Rows that stay in sight: title, note, month, number, year.</summary>
    public const int HeaderRows = 5;

    private readonly Sheet _sheet;

    /// <summary>Builds the time line sheet.</summary>
    public Months(Book book, Month start, int count)
    {
        Count = count;
        Start = start;
        _sheet = book.Monthly(
            "Timeline",
            "Timeline",
            "Flows fall at month end. Months count from 1 in the row 'number'."
        );
        var from = book.Scalars;
        Line Row(string name, string unit, Look look) => book.Line(_sheet, name, unit, look);
        Number = Row("number", "month", Look.Whole);
        Index = Row("months since start", "month", Look.Whole);
        Date = Row("month", "date", Look.Date);
        Year = Row("calendar year", "year", Look.Whole);
        OfYear = Row("month of the year", "1 to 12", Look.Whole);
        Hours = Row("hours in which accelerators can be sold", "h", Look.Number);
        CalendarHours = Row("hours of the calendar", "h", Look.Whole);
        Days = Row("days", "d", Look.Whole);
        DaysOfYear = Row("days of the year", "d", Look.Whole);
        Last = Row("last month", "1 = yes", Look.Whole);
        Closing = Row("tax year closes", "1 = yes", Look.Whole);
        YearIndex = Row("years since the first", "year", Look.Whole);
        for (var m = 0; m < count; m++)
        {
            var month = start + m;
            Number.Set(m, Number[m - 1] + 1);
            Index.Set(m, Number[m] - 1);
            Date.Set(m, Dated(from.StartYear, from.StartMonth, Index[m], month));
            Year.Set(m, new Expr($"YEAR({Date[m].Text})", month.Year, 9));
            OfYear.Set(m, new Expr($"MONTH({Date[m].Text})", month.MonthOfYear, 9));
            Days.Set(m, new Expr($"DAY(DATE({Year[m].Text},{OfYear[m].Text}+1,0))", month.Days, 9));
            CalendarHours.Set(m, Days[m] * 24);
            Hours.Set(m, Fn.If(from.HoursPerMonth > 0, from.HoursPerMonth, CalendarHours[m]));
            DaysOfYear.Set(
                m,
                new Expr(
                    $"DATE({Year[m].Text}+1,1,1)-DATE({Year[m].Text},1,1)",
                    DateTime.IsLeapYear(month.Year) ? 366 : 365,
                    5
                )
            );
            Last.Set(m, Fn.Flag(Number[m].Is(from.MonthCount)));
            Closing.Set(m, Fn.Flag(Fn.Or(OfYear[m].Is(12), Last[m].Is(1))));
            YearIndex.Set(m, Year[m] - from.StartYear);
        }
    }

    public int Count { get; }

    public Month Start { get; }

    public Line Number { get; }

    public Line Index { get; }

    public Line Date { get; }

    public Line Year { get; }

    public Line OfYear { get; }

    public Line Days { get; }

    public Line Hours { get; }

    public Line CalendarHours { get; }

    public Line DaysOfYear { get; }

    public Line Last { get; }

    public Line Closing { get; }

    public Line YearIndex { get; }

    private static Expr Dated(Expr year, Expr month, Expr after, Month value) =>
        new(
            $"DATE({year.Text},{month.Text}+{after.Text},1)",
            value.FirstDay.DayNumber - new DateOnly(1899, 12, 30).DayNumber,
            9
        );
}
