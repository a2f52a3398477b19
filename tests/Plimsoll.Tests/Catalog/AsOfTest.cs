using System.Text;
using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Catalog;

/// <summary>What was published later is never seen: not its value, not its name, not its existence.</summary>
public sealed class AsOfTest
{
    private static readonly IReadOnlyList<(string Path, string Text)> _files =
        FactCatalog.ShippedFiles();

    private static readonly Gen<DateOnly> _days = Gen.Int[0, 365 * 8]
        .Select(n => new DateOnly(2019, 6, 1).AddDays(n));

    [Fact]
    public void Altering_anything_later_never_changes_the_view() =>
        Gen.Select(_days, Gen.UInt)
            .Sample(
                (day, seed) =>
                    Assert.Equal(
                        Dump(FactCatalog.FromTexts(_files), day),
                        Dump(FactCatalog.FromTexts(Rewrite(day, (row, _) => Alter(row, seed))), day)
                    ),
                iter: 12
            );

    [Fact]
    public void Taking_away_anything_later_never_changes_the_view() =>
        _days.Sample(
            day =>
                Assert.Equal(
                    Dump(FactCatalog.FromTexts(_files), day),
                    Dump(FactCatalog.FromTexts(Rewrite(day, (_, _) => null)), day)
                ),
            iter: 8
        );

    [Fact]
    public void Adding_anything_later_never_changes_the_view() =>
        _days.Sample(
            day =>
                Assert.Equal(
                    Dump(FactCatalog.FromTexts(_files), day),
                    Dump(FactCatalog.FromTexts(WithLaterTwins(day)), day)
                ),
            iter: 8
        );

    [Fact]
    public void Altering_something_earlier_does_change_the_view()
    {
        // The power of the tests above: the same comparison sees a change that it should see.
        var day = new DateOnly(2024, 3, 31);
        var altered = _files.Select(f =>
            f.Path == "rents.csv"
                ? (
                    f.Path,
                    f.Text.Replace("200000,180000", "199999,180000", StringComparison.Ordinal)
                )
                : f
        );
        Assert.NotEqual(
            Dump(FactCatalog.FromTexts(_files), day),
            Dump(FactCatalog.FromTexts(altered), day)
        );
    }

    [Fact]
    public void Fitted_rows_obey_the_same_rule()
    {
        var catalog = FactCatalog.FromTexts([
            ("derived/fit.csv", "x,data_to\n1,2024-03\n2,2024-12\n3,2025\n"),
        ]);
        Assert.Null(catalog.AsOf(new DateOnly(2024, 3, 30)).Derived("fit"));
        Assert.Single(catalog.AsOf(new DateOnly(2024, 3, 31)).Derived("fit")!.Rows);
        Assert.Single(catalog.AsOf(new DateOnly(2024, 12, 30)).Derived("fit")!.Rows);
        Assert.Equal(2, catalog.AsOf(new DateOnly(2025, 12, 30)).Derived("fit")!.Rows.Count);
        Assert.Equal(3, catalog.AsOf(new DateOnly(2025, 12, 31)).Derived("fit")!.Rows.Count);
    }

    [Fact]
    public void A_coarse_date_of_publication_counts_from_its_last_day()
    {
        var view = Single("2024-02", "2024-02").AsOf(new DateOnly(2024, 2, 28));
        Assert.Null(view.Find("things", "a"));
        Assert.NotNull(
            Single("2024-02", "2024-02").AsOf(new DateOnly(2024, 2, 29)).Find("things", "a")
        );
        Assert.Null(Single("2024", "2024").AsOf(new Month(2024, 11)).Find("things", "a"));
        Assert.NotNull(Single("2024", "2024").AsOf(new Month(2024, 12)).Find("things", "a"));
    }

    [Fact]
    public void A_value_announced_for_later_does_not_displace_the_one_in_force()
    {
        var view = FactCatalog
            .FromTexts([
                (
                    "things.csv",
                    Header
                        + "a,price,1,,,1,2024-01,2024-01,A,s,seen,\n"
                        + "a,price,2,,,1,2025-01,2024-02,A,s,seen,\n"
                ),
            ])
            .AsOf(new Month(2024, 6));
        var entry = view.Entry("things", "a");
        Assert.Equal(1, entry.Number("price").Value);
        Assert.Equal(2, entry.FindAt("price", new DateOnly(2025, 1, 1))!.Number!.Value);
        Assert.Equal([1.0, 2.0], entry.Series("price").Select(s => s.Value));
    }

    [Fact]
    public void A_revision_replaces_what_it_revises_from_its_publication_on()
    {
        var catalog = FactCatalog.FromTexts([
            (
                "things.csv",
                Header
                    + "a,price,1,,,1,2024-01,2024-01,A,s,seen,\n"
                    + "a,price,3,,,1,2024-01,2024-09,A,s,seen,revised\n"
            ),
        ]);
        Assert.Equal(
            1,
            catalog.AsOf(new Month(2024, 8)).Entry("things", "a").Number("price").Value
        );
        var later = catalog.AsOf(new Month(2024, 9)).Entry("things", "a");
        Assert.Equal(3, later.Number("price").Value);
        Assert.Single(later.Series("price"));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest()
    {
        var view = FactCatalog.Shipped().AsOf(new Month(2024, 3));
        var e = Assert.Throws<KeyNotFoundException>(() => view.Entry("sites", "Zhengzou"));
        Assert.Contains("Did you mean 'Zhengzhou'?", e.Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => view.Entry("accelerators", "B200 SXM"));
    }

    private const string Header =
        "name,attribute,value,low,high,unit,valid_from,published,grade,source,evidence,note\n";

    private static FactCatalog Single(string validFrom, string published) =>
        FactCatalog.FromTexts([
            ("things.csv", $"{Header}a,b,1,,,1,{validFrom},{published},A,s,seen,\n"),
        ]);

    /// <summary>Everything a view can be asked, as text; line numbers in files apart, which are no knowledge.</summary>
    private static string Dump(FactCatalog catalog, DateOnly day)
    {
        var view = catalog.AsOf(day);
        var text = new StringBuilder();
        foreach (var kind in view.Kinds)
        {
            foreach (var entry in view.Entries(kind))
            {
                text.Append(kind).Append('|').Append(entry.Name).Append('\n');
                foreach (var fact in entry.Facts)
                {
                    text.Append(fact.Attribute).Append(fact.Text).Append(fact.Number).Append('\n');
                }
                foreach (var attribute in entry.Facts.Select(f => f.Attribute).Distinct())
                {
                    text.Append(entry.Find(attribute)!.Text.Value)
                        .AppendJoin(';', entry.Series(attribute).Select(s => s.Value))
                        .Append('\n');
                }
            }
        }
        foreach (var name in view.DerivedNames)
        {
            foreach (var row in view.Derived(name)!.Rows)
            {
                text.Append(name).AppendJoin('|', row.Cells).Append('\n');
            }
        }
        return text.ToString();
    }

    /// <summary>The files with every row later than a day put through a function; null takes it away.</summary>
    private static IEnumerable<(string Path, string Text)> Rewrite(
        DateOnly day,
        Func<string[], CsvTable, string[]?> change
    )
    {
        foreach (var (path, text) in _files)
        {
            var table = CsvTable.Parse(text, path);
            var rows = table
                .Rows.Select(row => Later(table, row, day) ? change(row.Cells, table) : row.Cells)
                .OfType<string[]>();
            yield return (path, Write(table, rows));
        }
    }

    /// <summary>The files with a twin of every row, published or fitted after the day, in a place before the original.</summary>
    private static IEnumerable<(string Path, string Text)> WithLaterTwins(DateOnly day)
    {
        var after = day.AddDays(1).ToString("yyyy-MM-dd");
        foreach (var (path, text) in _files)
        {
            var table = CsvTable.Parse(text, path);
            var column = Column(table);
            yield return (
                path,
                Write(
                    table,
                    table.Rows.SelectMany(row =>
                    {
                        string[] twin = [.. row.Cells];
                        twin[column] = after;
                        string[] stranger = [.. twin];
                        stranger[0] = "never heard of " + stranger[0];
                        return new[] { stranger, twin, row.Cells };
                    })
                )
            );
        }
    }

    private static string[] Alter(string[] cells, uint seed)
    {
        string[] altered = [.. cells];
        if (altered.Length == 12 && altered[5] == "text")
        {
            altered[2] = $"altered {seed}";
        }
        altered[0] = seed % 2 == 0 ? altered[0] : $"renamed {altered[0]}";
        altered[^1] = altered.Length == 12 ? $"note {seed}" : altered[^1];
        return altered;
    }

    private static int Column(CsvTable table) =>
        table.Header.ToList().IndexOf(table.HasColumn("data_to") ? "data_to" : "published");

    private static bool Later(CsvTable table, CsvRow row, DateOnly day) =>
        LastDay(row.Cells[Column(table)]) > day;

    private static DateOnly LastDay(string text) =>
        text.Length switch
        {
            4 => new DateOnly(int.Parse(text), 12, 31),
            7 => Month.Parse(text).LastDay,
            _ => DateOnly.ParseExact(text, "yyyy-MM-dd"),
        };

    private static string Write(CsvTable table, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Header).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Quote)).Append('\n');
        }
        return text.ToString();
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n#") >= 0
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
