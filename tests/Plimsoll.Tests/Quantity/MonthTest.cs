using CsCheck;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Quantity;

public sealed class MonthTest
{
    [Fact]
    public void Months_add_and_subtract_over_years() =>
        Gen.Select(Gen.Int[1900, 2200], Gen.Int[1, 12], Gen.Int[-2000, 2000])
            .Sample(
                (year, month, by) =>
                {
                    var a = new Month(year, month);
                    var b = a + by;
                    Assert.Equal(by, b - a);
                    Assert.Equal(a, b + -by);
                    Assert.Equal(new DateOnly(year, month, 1).AddMonths(by), b.FirstDay);
                    Assert.Equal(by > 0, b > a);
                    Assert.Equal(b.LastDay.AddDays(1), (b + 1).FirstDay);
                    Assert.Equal(b, Month.Parse(b.ToString()));
                    Assert.Equal(b, Month.Of(b.LastDay));
                    Assert.Equal(b.Days * 24.0, b.Hours);
                },
                iter: 500
            );

    [Theory]
    [InlineData("2024-3")]
    [InlineData("2024-13")]
    [InlineData("2024")]
    [InlineData("24-03")]
    [InlineData("2024-03-01")]
    [InlineData(" 2024-03")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_month_is_not_read(string? text) =>
        Assert.False(Month.TryParse(text, out _));

    [Fact]
    public void Months_outside_the_calendar_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Month(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Month(2024, 13));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Month(9999, 12) + 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Month(1, 1) + -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Month(2024, 1) + int.MaxValue);
        Assert.Throws<FormatException>(() => Month.Parse("March"));
    }

    [Fact]
    public void Leap_years_have_their_day()
    {
        Assert.Equal(29, new Month(2024, 2).Days);
        Assert.Equal(28, new Month(2023, 2).Days);
        Assert.Equal(696, new Month(2024, 2).Hours);
    }
}
