using Plimsoll.Inputs;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>Tables as spreadsheets write them are read, or refused with both readings; never misread.</summary>
public sealed class CsvTableTest
{
    [Theory]
    [InlineData("a,b\n1,2.5\n", "2.5")]
    [InlineData("a;b\n1;2,5\n", "2.5")]
    [InlineData("\uFEFFa;b\r\n1;2,5\r\n", "2.5")]
    [InlineData("a\tb\n1\t2,5\n", "2.5")]
    [InlineData("a;b\n1;2.5\n", "2.5")]
    [InlineData("\"a\";\"b\"\n1;\"2,5\"\n", "2.5")]
    [InlineData("a,b\n1,\"2,5\"\n", null)]
    [InlineData("a;b\n1;2,5\n2;1.234\n", "2.5")]
    [InlineData("a;b\n1;1.234\n2;2,5\n", null)]
    [InlineData("a;b\n1;1.234,5\n", null)]
    [InlineData("a,b\n1,\n", null)]
    [InlineData("a,b\n1,1 234\n", null)]
    [InlineData("a,b\n1,NaN\n", null)]
    public void A_number_has_one_reading_or_is_refused(string text, string? expected)
    {
        var table = CsvTable.Parse(text, "t.csv");
        var numbers = new CsvNumber(table, table.Header);
        var read = numbers.TryRead(table.Rows[0], "b", out var number);
        Assert.Equal(expected is not null, read);
        if (expected is not null)
        {
            Assert.Equal(expected, NumberReading.Written(number));
        }
    }

    [Fact]
    public void A_refused_cell_is_explained_with_every_reading()
    {
        var table = CsvTable.Parse("a;b\n1;2,5\n2;1.234,5\n", "t.csv");
        var remedy = new CsvNumber(table, "b").Remedy("1.234,5");
        Assert.Contains("1234.5 or 1.2345", remedy, StringComparison.Ordinal);
        Assert.Contains("a comma marks decimals in this table", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_with_semicolons_stay_whole_in_a_table_parted_by_commas()
    {
        var table = CsvTable.Parse("a,b\nx; y,1\n", "t.csv");
        Assert.Equal("x; y", table.Cell(table.Rows[0], "a"));
    }
}
