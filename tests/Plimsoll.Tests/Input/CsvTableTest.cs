using System.Text;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>Tables as spreadsheets write them are read, or refused with both readings; never misread.</summary>
public sealed class CsvTableTest
{
    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void A_table_is_read_in_every_encoding_that_spreadsheets_save(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes =
        [
            .. mark ? encoding.GetPreamble() : [],
            .. encoding.GetBytes("站\tb\n郑州\t2,5\n"),
        ];
        var table = CsvTable.Parse(new InputFile("t.csv", bytes).Text(), "t.csv");
        Assert.Equal(["站", "b"], table.Header);
        Assert.Equal("郑州", table.Cell(table.Rows[0], "站"));
    }

    [Fact]
    public void Half_a_character_is_no_text() =>
        Assert.Throws<FileRefusedException>(() =>
            new InputFile("t.csv", [0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8]).Text()
        );

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
    [InlineData("a;b\n1;980.000\n2;350.000\n", null)]
    [InlineData("a;b\n1;1.234.500\n", null)]
    [InlineData("a;b\n1;980.000\n2;35.25\n", "980")]
    [InlineData("a;b\n1;9.99\n2;9.98\n3;9,97\n", "9.99")]
    [InlineData("a;b\n1;9,97\n2;9.98\n3;9.99\n", null)]
    [InlineData("a;b\n1;1.234\n2;1.500\n3;2,5\n", null)]
    [InlineData("sep=;\na;b\n1;2,5\n", "2.5")]
    [InlineData("sep=,\na,b\n1,2.5\n", "2.5")]
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

    /// <summary>Points before three digits may part thousands or mark decimals: both are offered where nothing tells, one where a comma does.</summary>
    [Theory]
    [InlineData("a;b\n1;980.000\n", "980.000", "980 or 980000")]
    [InlineData("a;b\n1;2,5\n2;350.000\n", "350.000", "It may mean 350000;")]
    public void Points_before_three_digits_are_explained(string text, string cell, string words)
    {
        var table = CsvTable.Parse(text, "t.csv");
        Assert.Contains(words, new CsvNumber(table, "b").Remedy(cell), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_stands_twice_is_refused() =>
        Assert.Contains(
            "'price' stands twice",
            Assert
                .Throws<InvalidDataException>(() =>
                    CsvTable.Parse("month,price,price\n2024-01,9,99\n", "t.csv")
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Words_with_semicolons_stay_whole_in_a_table_parted_by_commas()
    {
        var table = CsvTable.Parse("a,b\nx; y,1\n", "t.csv");
        Assert.Equal("x; y", table.Cell(table.Rows[0], "a"));
    }

    /// <summary>A fault of a table stands at its own line of its own file.</summary>
    [Theory]
    [InlineData("a,b\n1,2\n3,\u0000\n", 3)]
    [InlineData("a,b\n1,\u001b[31m\n", 2)]
    [InlineData("a,b\n1,2\n\n1,2,3\n", 4)]
    [InlineData("a,b\n1\n", 2)]
    [InlineData("a,a\n1,2\n", 1)]
    [InlineData("a,b\n1,\"2\n", 2)]
    public void A_fault_has_its_line(string text, int line)
    {
        var fault = TableFault.Of(
            Assert.Throws<InvalidDataException>(() => CsvTable.Parse(text, "t.csv"))
        );
        Assert.Equal(("t.csv", line), (fault!.File, fault.Line));
        Assert.DoesNotContain('\u001b', fault.ToString());
    }
}
