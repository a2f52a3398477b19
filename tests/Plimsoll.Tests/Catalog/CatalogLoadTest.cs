using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Catalog;

public sealed class CatalogLoadTest
{
    private const string Header =
        "name,attribute,value,low,high,unit,valid_from,published,grade,source,evidence,note\n";

    public static TheoryData<string> FactFiles() =>
        [
            .. FactCatalog
                .ShippedFiles()
                .Select(f => f.Path)
                .Where(p => !p.StartsWith("derived/", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(FactFiles))]
    public void Every_row_of_every_file_is_sound(string path)
    {
        var text = FactCatalog.ShippedFiles().Single(f => f.Path == path).Text;
        var table = CsvTable.Parse(text, path);
        Assert.Equal(CatalogReader.Columns, table.Header);
        Assert.NotEmpty(table.Rows);
        foreach (var row in table.Rows)
        {
            string Cell(string column) => table.Cell(row, column);
            var place = $"{path}:{row.Line}";
            Assert.True(Units.Known.ContainsKey(Cell("unit")), $"{place}: unit {Cell("unit")}");
            Assert.True(Cell("source").Trim().Length > 3, $"{place}: source");
            Assert.True(IsDate(Cell("valid_from")), $"{place}: valid_from {Cell("valid_from")}");
            Assert.True(IsDate(Cell("published")), $"{place}: published {Cell("published")}");
            Assert.Contains(Cell("grade"), new[] { "A", "B", "C", "D" });
            Assert.Contains(Cell("evidence"), new[] { "seen", "derived", "memory", "assumed" });
            Assert.DoesNotMatch("[\u0000-\u001f]", Cell("name") + Cell("note") + Cell("source"));
            if (Cell("unit") is "text" or "date")
            {
                Assert.True(
                    Cell("low").Length == 0 && Cell("high").Length == 0,
                    $"{place}: words have no range"
                );
                continue;
            }
            var value = Number(Cell("value"));
            var low = Cell("low").Length == 0 ? value : Number(Cell("low"));
            var high = Cell("high").Length == 0 ? value : Number(Cell("high"));
            Assert.True(low <= value && value <= high, $"{place}: {low} <= {value} <= {high}");
            if (Cell("evidence") == "assumed")
            {
                Assert.True(Cell("grade") == "D", $"{place}: an own prior has grade D");
            }
            if (Cell("unit") == "fraction" && Cell("attribute") is not "break-even")
            {
                Assert.InRange(low, -1, 2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FactFiles))]
    public void The_reader_keeps_every_row(string path)
    {
        var text = FactCatalog.ShippedFiles().Single(f => f.Path == path).Text;
        var facts = CatalogReader.Read(Path.GetFileNameWithoutExtension(path), text, path);
        Assert.Equal(CsvTable.Parse(text, path).Rows.Count, facts.Count);
    }

    [Fact]
    public void No_fact_stands_twice()
    {
        var twice = FactCatalog
            .Shipped()
            .Facts.GroupBy(f => (f.Kind, f.Name, f.Attribute, f.Text.ValidFrom, f.Text.Published))
            .Where(g => g.Count() > 1)
            .Select(g => string.Join(" and ", g.Select(f => f.Place)));
        Assert.Empty(twice);
    }

    [Fact]
    public void Every_fitted_artefact_has_its_date()
    {
        var catalog = FactCatalog.Shipped();
        Assert.NotEmpty(catalog.DerivedNames);
        foreach (var name in catalog.DerivedNames)
        {
            var derived = catalog.Derived(name)!;
            Assert.Equal(derived.Table.Rows.Count, derived.DataTo.Count);
            Assert.All(
                derived.DataTo,
                day => Assert.InRange(day, new DateOnly(2015, 1, 1), new DateOnly(2026, 12, 31))
            );
        }
    }

    [Theory]
    [InlineData("x,y,1,,,furlong,2024,2024,A,s,seen,", "unit: found furlong")]
    [InlineData("x,y,1,2,3,1,2024,2024,A,s,seen,", "value: found 1 outside 2 to 3")]
    [InlineData("x,y,NaN,,,1,2024,2024,A,s,seen,", "value: found NaN; expected a finite number")]
    [InlineData("x,y,1e999,,,1,2024,2024,A,s,seen,", "a finite number")]
    [InlineData("x,y,\"1,5\",,,1,2024,2024,A,s,seen,", "found 1,5; expected a finite number")]
    [InlineData("x,y,1,,,1,2024-13,2024,A,s,seen,", "valid_from: found 2024-13")]
    [InlineData("x,y,1,,,1,2024,yesterday,A,s,seen,", "published: found yesterday")]
    [InlineData("x,y,1,,,1,2024,2024,E,s,seen,", "grade: found E")]
    [InlineData("x,y,1,,,1,2024,2024,0,s,seen,", "grade: found 0")]
    [InlineData("x,y,1,,,1,2024,2024,\"A,B\",s,seen,", "grade: found A,B")]
    [InlineData("x,y,1,,,1,2024,2024,A,,seen,", "source: found nothing")]
    [InlineData("x,y,1,,,1,2024,2024,A,s,hearsay,", "evidence: found hearsay")]
    [InlineData("x,y,1,,,1,2024,2024,A,s,2,", "evidence: found 2")]
    [InlineData("x,y,2024-1-1,,,date,2024,2024,A,s,seen,", "expected a day as yyyy-MM-dd")]
    [InlineData(",y,1,,,1,2024,2024,A,s,seen,", "name: found nothing")]
    [InlineData("x,,1,,,1,2024,2024,A,s,seen,", "attribute: found nothing")]
    [InlineData("x,y,,,,1,2024,2024,A,s,seen,", "value: found nothing")]
    [InlineData("x,y,1,,,1,2024,2024,A,s,seen", "11 cells where the header has 12")]
    [InlineData("x,y,\"1,,,1,2024,2024,A,s,seen,", "a quote is opened and not closed")]
    public void A_broken_row_is_refused_with_file_and_line(string row, string reason)
    {
        var text = Header + "a,b,1,,,1,2024,2024,A,s,seen,\n" + row + "\n";
        var e = Assert.Throws<InvalidDataException>(() =>
            CatalogReader.Read("things", text, "things.csv")
        );
        Assert.StartsWith("things.csv:3: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var e = Assert.Throws<InvalidDataException>(() =>
            CatalogReader.Read("things", "name,attribute,value\na,b,1\n", "things.csv")
        );
        Assert.Contains("column 'low' is missing", e.Message, StringComparison.Ordinal);
    }

    private static bool IsDate(string text) =>
        text.Length switch
        {
            4 => int.TryParse(text, out _),
            7 => Month.TryParse(text, out _),
            10 => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            _ => false,
        };

    private static double Number(string text)
    {
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.True(double.IsFinite(number));
        return number;
    }
}
