using System.Globalization;
using System.Text;

namespace Plimsoll.Workloads.Traces;

/// <summary>Order of day, month and year in a trace's dates.</summary>
public enum DateOrder
{
    /// <summary>2023-11-05, the only one taken unless another is stated.</summary>
    YearFirst,

    /// <summary>05/11/2023 is the fifth of November.</summary>
    DayFirst,

    /// <summary>05/11/2023 is the eleventh of May.</summary>
    MonthFirst,
}

/// <summary>Reads dates with times, and never guesses the order of day and month.</summary>
internal static class CalendarTime
{
    private const long PicosecondsPerTick = 100_000;
    private const int Longest = 40;
    private static readonly string[] _times = ["H:m:s.FFFFFFF", "H:m:s", "H:m"];

    /// <summary>Reads one.</summary>
    /// <param name="cell">Such as 2023-11-16 18:17:03.9799600, with T, Z or an offset if wanted; UTC where none stands.</param>
    /// <param name="order">Order of dates written with the year last.</param>
    /// <param name="picoseconds">Since the year 1.</param>
    /// <returns>False when it is no date and time.</returns>
    /// <exception cref="InvalidDataException">The year stands last and no order is stated: whichever were taken, the trace might have holes of months.</exception>
    public static bool TryParse(ReadOnlySpan<byte> cell, DateOrder order, out Int128 picoseconds)
    {
        picoseconds = 0;
        cell = cell.Trim(" \""u8);
        if (cell.Length is < 8 or > Longest)
        {
            return false;
        }
        Span<char> buffer = stackalloc char[Longest];
        ReadOnlySpan<char> text = buffer[..Encoding.ASCII.GetChars(cell, buffer)];
        var cut = text.IndexOfAny(' ', 'T');
        if (cut < 6 || !TryDate(text[..cut], order, out var date))
        {
            return false;
        }
        var clock = text[(cut + 1)..].Trim();
        var zone = TimeSpan.Zero;
        var end = clock.IndexOfAny('Z', '+', '-');
        if (end >= 0)
        {
            var written = clock[end..];
            if (
                written is not "Z"
                && !TimeSpan.TryParseExact(
                    written[1..],
                    ["hh\\:mm", "hhmm", "hh"],
                    CultureInfo.InvariantCulture,
                    out zone
                )
            )
            {
                return false;
            }
            zone = written[0] == '-' ? -zone : zone;
            clock = clock[..end].Trim();
        }
        if (!TryClock(clock, out var time))
        {
            return false;
        }
        picoseconds = (Int128)(date + time - zone.Ticks) * PicosecondsPerTick;
        return true;
    }

    private static bool TryDate(ReadOnlySpan<char> text, DateOrder order, out long ticks)
    {
        ticks = 0;
        Span<Range> parts = stackalloc Range[4];
        if (text.SplitAny(parts, "-/.") != 3)
        {
            return false;
        }
        Span<int> numbers = stackalloc int[3];
        for (var i = 0; i < 3; i++)
        {
            if (
                !int.TryParse(
                    text[parts[i]],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out numbers[i]
                )
            )
            {
                return false;
            }
        }
        var (first, last) = (Length(parts[0]), Length(parts[2]));
        if (first != 4 && last != 4)
        {
            return false;
        }
        if (first != 4 && order == DateOrder.YearFirst)
        {
            var known =
                numbers[0] > 12 ? "whose day seems to stand first"
                : numbers[1] > 12 ? "whose month seems to stand first"
                : "of which nobody can tell whether the day or the month stands first";
            throw new InvalidDataException(
                $"found the date '{text}', {known}; expected yyyy-MM-dd, or the order stated: 'dates: day_first' or 'dates: month_first' under workload (--dates on the command line)"
            );
        }
        var (year, month, day) =
            first == 4 ? (numbers[0], numbers[1], numbers[2])
            : order == DateOrder.DayFirst ? (numbers[2], numbers[1], numbers[0])
            : (numbers[2], numbers[0], numbers[1]);
        if (
            year is < 1 or > 9999
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks;
        return true;
    }

    private static int Length(Range part) => part.End.Value - part.Start.Value;

    private static bool TryClock(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        // A comma marks decimals of a second as well as a point does (ISO 8601).
        if (text.Contains(','))
        {
            text = text.ToString().Replace(',', '.');
        }
        // More than seven decimals are below the clock's tick and are cut.
        var point = text.IndexOf('.');
        if (point >= 0 && text.Length - point - 1 > 7)
        {
            if (text[(point + 1)..].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
            text = text[..(point + 8)];
        }
        if (
            !DateTime.TryParseExact(
                text,
                _times,
                CultureInfo.InvariantCulture,
                DateTimeStyles.NoCurrentDateDefault,
                out var time
            )
        )
        {
            return false;
        }
        ticks = time.TimeOfDay.Ticks;
        return true;
    }
}
