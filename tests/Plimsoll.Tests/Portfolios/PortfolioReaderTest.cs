using Plimsoll.Files;
using Plimsoll.Portfolios;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>What a portfolio file says, and what is refused in it.</summary>
public sealed class PortfolioReaderTest
{
    private const string Table = """
        Project,Where,Chip servers,How many,Ready,let,finance.existing_debt,Remark
        first,Zhengzhou,8xH800,64,2024-06,0.3,80000000,seen
        second,Wuhan,8xA800,unknown,2024-03,unknown,,heard
        third,unknown,unknown,32,unknown,0.1,20000000,

        """;

    private static string WithTable(string columns = Columns) =>
        SmallPortfolio.Head + "table:\n  file: centres.csv\n" + columns;

    private const string Columns = """
          columns:
            - { column: Project, key: name }
            - { column: Where, key: site.name }
            - { column: Chip servers, key: fleet.server }
            - { column: How many, key: servers }
            - { column: Ready, key: online }
            - { column: Remark, key: ignore }

        """;

    private static StudyFolder Folder(TempFolder folder, string table)
    {
        folder.File("centres.csv", table.ReplaceLineEndings("\n"));
        return StudyFolder.Of(folder.In("portfolio.yaml"));
    }

    [Fact]
    public void A_table_with_a_column_map_gives_the_same_centres_as_a_list()
    {
        using var temp = new TempFolder();
        var tabled = SmallPortfolio.Read(WithTable(), Folder(temp, Table));
        Assert.Equal(["first", "second", "third"], tabled.Centres.Select(c => c.Name));
        Assert.Equal(512, tabled.Centres[0].Accelerators);
        Assert.Equal(80_000_000, tabled.Centres[0].Case.Loan!.Amount);
        Assert.Equal(0.3, tabled.Centres[0].Present!.Share.Value);
        // What is unknown has a range, and where chip and place are, several ways in which it may be.
        Assert.NotNull(tabled.Centres[1].Size);
        Assert.True(tabled.Centres[2].Variants.Count > 1);
        Assert.Equal(1, tabled.Centres[2].Variants.Sum(v => v.Weight), 1e-12);
        Assert.Contains(tabled.Centres[2].Unknown, u => u.Path == "site.name");
    }

    [Theory]
    [InlineData("first,Zhengzhou,8xH800", "first,Zhengzou,8xH800", "centres.csv:2:2", "Zhengzhou")]
    [InlineData("first,Zhengzhou,8xH800", "first,Zhengzhou,8xH80O", "centres.csv:2:3", "8xH800")]
    [InlineData("64,2024-06", "64,June 2024", "centres.csv:2:5", "yyyy-MM")]
    [InlineData("64,2024-06", "sixty,2024-06", "centres.csv:2:4", "number")]
    [InlineData("Project,Where", "Project,Place", "small.yaml", "Where")]
    public void A_wrong_cell_is_said_with_file_line_column_and_nearest_name(
        string old,
        string wrong,
        string place,
        string remedy
    )
    {
        using var temp = new TempFolder();
        var text = Table.Replace(old, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Table, text);
        var found = SmallPortfolio.Refused(WithTable(), Folder(temp, text));
        Assert.Contains(
            found,
            f =>
                f.ToString().StartsWith(place, StringComparison.Ordinal)
                && f.ToString().Contains(remedy, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("64", false)]
    [InlineData("unknown", true)]
    [InlineData("{ value: 64, low: 32, high: 96, grade: B, source: filing }", false)]
    [InlineData("{ value: 64, low: 32, high: 96 }", false)]
    [InlineData("{ value: 64, low: 32, high: 96, grade: D, source: PFLOP/s }", true)]
    public void A_size_that_nobody_stated_is_known_as_such(string servers, bool assumed) =>
        Assert.Equal(
            assumed,
            SmallPortfolio
                .Read(
                    SmallPortfolio.Of(
                        SmallPortfolio.Head,
                        SmallPortfolio
                            .Centre("a")
                            .Replace("servers: 64", "servers: " + servers, StringComparison.Ordinal)
                    )
                )
                .Centres[0]
                .SizeAssumed
        );

    [Fact]
    public void A_table_with_decimal_commas_is_read_or_refused_never_misread()
    {
        using var temp = new TempFolder();
        var commas = Table
            .Replace(',', ';')
            .Replace("0.3;80000000", "0,3;80000000", StringComparison.Ordinal)
            .Replace("0.1;20000000", "0,1;20000000", StringComparison.Ordinal);
        Assert.Equal(
            0.3,
            SmallPortfolio.Read(WithTable(), Folder(temp, commas)).Centres[0].Present!.Share.Value
        );
        var pointed = commas.Replace("80000000", "80.000.000", StringComparison.Ordinal);
        Assert.Contains(
            SmallPortfolio.Refused(WithTable(), Folder(temp, pointed)),
            f =>
                f.ToString().StartsWith("centres.csv:2:7", StringComparison.Ordinal)
                && f.Finding.Remedy.Contains("80000000", StringComparison.Ordinal)
        );
        var sixty = commas.Replace("80000000", "60.000", StringComparison.Ordinal);
        var found = SmallPortfolio.Refused(WithTable(), Folder(temp, sixty));
        Assert.Contains(
            found,
            f =>
                f.Finding.Rule == "not-a-number"
                && f.Finding.Remedy.Contains("60", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_blank_fill_is_unknown_and_a_blank_state_is_refused()
    {
        using var temp = new TempFolder();
        var blank = Table.Replace("2024-06,0.3,", "2024-06,,", StringComparison.Ordinal);
        var unknown = Table.Replace("2024-06,0.3,", "2024-06,unknown,", StringComparison.Ordinal);
        var read = SmallPortfolio.Read(WithTable(), Folder(temp, blank)).Centres[0];
        Assert.Equal(
            SmallPortfolio.Read(WithTable(), Folder(temp, unknown)).Centres[0].Present!.Share,
            read.Present!.Share
        );
        Assert.Contains(read.Unknown, u => u.Path == "today.let");
        var state = Table
            .Replace("Remark", "state", StringComparison.Ordinal)
            .Replace("seen", "standing", StringComparison.Ordinal)
            .Replace("heard", "", StringComparison.Ordinal)
            .Replace("20000000,", "20000000,standing", StringComparison.Ordinal);
        Assert.Contains(
            SmallPortfolio.Refused(
                WithTable(
                    Columns.Replace(
                        "    - { column: Remark, key: ignore }\n",
                        "",
                        StringComparison.Ordinal
                    )
                ),
                Folder(temp, state)
            ),
            f => f.Finding.Rule == "blank" && f.Line == 3
        );
    }

    [Theory]
    [InlineData("let: 0.3", "racked: 0.2\n          let: 0.3", "contradiction", true)]
    [InlineData(
        "let: 0.3",
        "let: 0.3\n          lit: 0.2\n          load: 0.4",
        "contradiction",
        true
    )]
    [InlineData("centre:", "state: planned\n        centre:", "not-there-yet", false)]
    [InlineData("online: 2024-06", "online: 2025-06", "not-there-yet", false)]
    public void What_cannot_all_be_true_of_a_centre_is_found(
        string old,
        string changed,
        string rule,
        bool warning
    )
    {
        var text = SmallPortfolio
            .Of(SmallPortfolio.Head, SmallPortfolio.Centre("a"))
            .Replace(
                old,
                changed
                    .Replace("\n          ", "\n      ", StringComparison.Ordinal)
                    .Replace("\n        ", "\n    ", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        if (warning)
        {
            Assert.Contains(SmallPortfolio.Warned(text), f => f.Finding.Rule == rule);
        }
        else
        {
            Assert.Contains(
                SmallPortfolio.Refused(text),
                f => f.Finding.Rule == rule && f.Line >= 8
            );
        }
    }

    [Fact]
    public void A_budget_below_what_is_owed_is_said_as_such()
    {
        var text = SmallPortfolio.Of(
            SmallPortfolio.Head + "budget:\n  amount: 10000000\n  owed: 4000000\n",
            SmallPortfolio.Centre("a", more: "    grant_due: 9000000\n")
        );
        var finding = Assert.Single(SmallPortfolio.Refused(text));
        Assert.Equal("owed-already", finding.Finding.Rule);
        Assert.Contains("13000000", finding.Finding.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_unique_and_a_fault_of_what_all_share_is_said_once()
    {
        var twice = SmallPortfolio.Of(
            SmallPortfolio.Head,
            SmallPortfolio.Centre("a"),
            SmallPortfolio.Centre("a")
        );
        Assert.Contains(
            SmallPortfolio.Refused(twice),
            f => f.Finding.Rule == "duplicate-name" && f.Line > 20
        );
        var shared = SmallPortfolio.Of(
            SmallPortfolio.Head + "defaults:\n  options:\n    other_server: 8xH100\n",
            SmallPortfolio.Centre("a"),
            SmallPortfolio.Centre("b")
        );
        Assert.Single(SmallPortfolio.Refused(shared));
    }

    [Fact]
    public void Everything_but_the_name_may_be_unknown()
    {
        var text = SmallPortfolio.Of(
            SmallPortfolio.Head,
            """
              - name: a
                province: unknown
                owner: unknown
                operator_class: unknown
                centre:
                  operator: unknown
                  operator_capability: unknown
                site:
                  name: unknown
                  tariff: unknown
                fleet:
                  - server: unknown
                    servers: unknown
                    online: unknown
                    capex_per_server: unknown
                signed:
                  - tenant: unknown
                    servers: unknown
                    price_per_gpu_hour: unknown
                    tenor: unknown
                today:
                  racked: unknown
                  let: unknown
                  lit: unknown
                  load: unknown
                  price_per_gpu_hour: unknown
                  months_left: unknown
                finance:
                  existing_debt: unknown
                jobs: unknown
                grant_due: unknown

            """
        );
        var centre = Assert.Single(SmallPortfolio.Read(text).Centres);
        Assert.NotEmpty(centre.Unknown);
        var draws = SmallPortfolio.Draws(text, 4);
        var kept = draws.Run(PortfolioPlan.KeepAll(1), SmallPortfolio.Context);
        Assert.All(kept.Failure, Assert.Null);
        Assert.True(kept.Centres[0].InstalledHours.Distinct().Count() > 1, "sizes differ");
    }
}
