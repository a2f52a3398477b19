using System.Globalization;
using Plimsoll.Quantities;

namespace Plimsoll.Hindcast;

/// <summary>A calendar quarter.</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="Number">1 to 4.</param>
public readonly record struct Quarter(int Year, int Number)
{
    /// <summary>Its first month.</summary>
    public Month FirstMonth => new(Year, (Number * 3) - 2);

    /// <summary>The quarter that holds a month.</summary>
    public static Quarter Of(Month month) => new(month.Year, ((month.MonthOfYear - 1) / 3) + 1);

    /// <summary>Quarters from this one to another; negative when that is earlier.</summary>
    public int To(Quarter other) => ((other.Year - Year) * 4) + other.Number - Number;

    /// <summary>The quarters from one to another, both included.</summary>
    public static IReadOnlyList<Quarter> Range(Quarter first, Quarter last) =>
        [
            .. Enumerable
                .Range(0, first.To(last) + 1)
                .Select(i => Of(first.FirstMonth.AddMonths(3 * i))),
        ];

    /// <summary>Reads <c>2025Q1</c>.</summary>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static Quarter Parse(string text)
    {
        var parts = text.Split('Q');
        return
            parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var year)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var number)
            && year is >= 1900 and <= 2200
            && number is >= 1 and <= 4
            ? new Quarter(year, number)
            : throw new FormatException($"'{text}' is not a quarter; write it as 2025Q1.");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Year:0000}Q{Number}");
}
